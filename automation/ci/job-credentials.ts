import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { VerbDeps } from "../commands/verb";
import { requestIdToken } from "../ports/id-token";
import { isSecretVariable } from "../report/mask";
import { cloudLogin, type CloudLogin } from "./cloud-login";

/** Variables that let a process get at credentials without being one. */
const WAYS_TO_CREDENTIALS =
  /^(?:ACTIONS_ID_TOKEN_REQUEST_URL|AWS_|ARM_|AZURE_|DATABRICKS_|GOOGLE_|KUBECONFIG$|SSH_AUTH_SOCK$)/;

/** Logs a job in at the clouds that its variables name. */
export function loginToClouds(deps: Pick<VerbDeps, "secrets" | "note">, env: NodeJS.ProcessEnv): Promise<CloudLogin> {
  return cloudLogin({
    env: { ...env },
    directory: join(env.RUNNER_TEMP || tmpdir(), `trunkline-${randomUUID()}`),
    requestIdToken: (audience) => requestIdToken(env, audience),
    learned: (secret) => deps.secrets.add([secret]),
    note: deps.note,
  });
}

/**
 * Lets a job log in when, and not before, an engine is opened for a cloud: by then the gate has decided. What the login
 * needs to tell the engine goes into `env`, which its processes inherit.
 */
export function loginWhenOpened(deps: VerbDeps, env: NodeJS.ProcessEnv): { deps: VerbDeps; close: () => void } {
  let login: Promise<CloudLogin> | undefined;
  let opened: CloudLogin | undefined;
  return {
    deps: {
      ...deps,
      openEngine: async (request) => {
        if (request.target === "cloud") {
          opened = await (login ??= loginToClouds(deps, env));
          Object.assign(env, opened.env);
        }
        return deps.openEngine(request);
      },
    },
    close: () => opened?.close(),
  };
}

/** Takes out of an environment everything that could be a credential, or could get one. */
export function dropCredentials(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(env)) {
    if (isSecretVariable(name) || WAYS_TO_CREDENTIALS.test(name)) delete env[name];
  }
}
