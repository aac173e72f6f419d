import { parse } from "yaml";
import { z } from "zod";
import { AutomationError } from "../errors";

const text = z.string().min(1);
const named = <T extends z.ZodType>(key: string, value: T) =>
  z.array(z.looseObject({ name: text, [key]: value })).min(1);

const execPlugin = z.looseObject({
  apiVersion: text,
  command: text,
  args: z.array(z.string()).nullish(),
  env: z.array(z.object({ name: text, value: z.string() })).nullish(),
  installHint: z.string().nullish(),
});

const schema = z.looseObject({
  "current-context": text,
  clusters: named("cluster", z.looseObject({ server: z.url(), "certificate-authority-data": z.base64().optional() })),
  contexts: named("context", z.looseObject({ cluster: text, user: text })),
  users: named("user", z.looseObject({ exec: execPlugin })),
});

/** A program that gets a token for the API server. */
export type ExecPlugin = z.infer<typeof execPlugin>;

/** The cluster that a kubeconfig leads to, and how one logs in there. */
export interface ClusterAccess {
  readonly name: string;
  /** Address of the API server. */
  readonly server: string;
  /** PEM; absent where the API server's certificate is one of a public authority. */
  readonly authority?: string;
  readonly exec: ExecPlugin;
}

/** What the current context of a kubeconfig leads to. Throws AutomationError where it is not one with an exec login. */
export function clusterAccess(kubeconfig: string): ClusterAccess {
  const { data, error } = schema.safeParse(parse(kubeconfig));
  if (data === undefined) {
    const faults = error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    throw new AutomationError("fault", `the kubeconfig of the environment is unusable: ${faults.join("; ")}`, {
      hint: "bring the environment up with this version of trunkline, and try again",
    });
  }
  const of = <T>(list: readonly T[], name: string) =>
    (list as readonly (T & { name: string })[]).find((item) => item.name === name) ?? dangling(name);
  const { context } = of(data.contexts, data["current-context"]) as unknown as {
    context: { cluster: string; user: string };
  };
  const { cluster } = of(data.clusters, context.cluster) as unknown as {
    cluster: { server: string; "certificate-authority-data"?: string };
  };
  const { user } = of(data.users, context.user) as unknown as { user: { exec: ExecPlugin } };
  const authority = cluster["certificate-authority-data"];
  return {
    name: context.cluster,
    server: cluster.server,
    ...(authority !== undefined && { authority: Buffer.from(authority, "base64").toString("utf8") }),
    exec: user.exec,
  };
}

function dangling(name: string): never {
  throw new AutomationError("fault", `the kubeconfig of the environment names "${name}" and does not have it`);
}
