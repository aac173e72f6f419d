import { randomUUID } from "node:crypto";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AutomationError } from "../errors";

/** Asks the CI system for a token that proves which job this is. */
export type RequestIdToken = (audience: string) => Promise<string>;

/** The login of a job at its clouds, by what the job is and not by a stored secret. */
export interface CloudLogin {
  /** Variables for the engine and its providers. */
  readonly env: Readonly<Record<string, string>>;
  /** Tokens; never printed. */
  readonly secrets: readonly string[];
  /** Removes the token from the disk. */
  readonly close: () => void;
}

export interface CloudLoginOptions {
  readonly env: NodeJS.ProcessEnv;
  /** A directory of this job alone. */
  readonly directory: string;
  readonly requestIdToken: RequestIdToken;
  /** Is told of each new token before it is used. */
  readonly learned: (secret: string) => void;
  /** Is told when a token could not be renewed. */
  readonly note: (text: string) => void;
  /** How often the token on the disk is renewed; GitHub's last for five minutes. @default 4 minutes, in milliseconds */
  readonly renewMs?: number;
}

const RENEW_MS = 240_000;

/** Audiences by partition: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html */
const AWS_AUDIENCES: Readonly<Record<string, string>> = { cn: "sts.amazonaws.com.cn" };

/**
 * Logs a job of GitHub Actions in at the clouds that its variables name. AWS: where `AWS_ROLE_ARN` is set, a token goes to a
 * file that only this user can read and `AWS_WEB_IDENTITY_TOKEN_FILE` names it; every AWS SDK takes it from there, and reads
 * it again when the role's session ends, so it is kept fresh. Azure and Databricks ask for tokens themselves when they are
 * told so: `ARM_USE_OIDC` and `DATABRICKS_AUTH_TYPE` are set where a client id is. Without such variables nothing is done.
 * See https://docs.aws.amazon.com/sdkref/latest/guide/access-assume-role-web.html,
 * https://www.pulumi.com/registry/packages/azure-native/installation-configuration/ and
 * https://docs.databricks.com/aws/en/dev-tools/auth/provider-github.
 */
export async function cloudLogin(options: CloudLoginOptions): Promise<CloudLogin> {
  const { env } = options;
  const oidc = env.ACTIONS_ID_TOKEN_REQUEST_URL !== undefined;
  const azure: Record<string, string> = oidc && env.ARM_CLIENT_ID && !env.ARM_CLIENT_SECRET ? azureVariables(env) : {};
  const databricks: Record<string, string> =
    oidc && env.DATABRICKS_CLIENT_ID && !env.DATABRICKS_CLIENT_SECRET && !env.DATABRICKS_AUTH_TYPE
      ? { DATABRICKS_AUTH_TYPE: "github-oidc" }
      : {};
  const role = env.AWS_ROLE_ARN;
  if (!role || env.AWS_WEB_IDENTITY_TOKEN_FILE) {
    return { env: { ...azure, ...databricks }, secrets: [], close: () => {} };
  }
  if (!oidc) {
    throw new AutomationError("usage", "AWS_ROLE_ARN is set, and the job can ask for no token", {
      hint: "give the job the permission id-token: write",
    });
  }
  const token = await awsToken(role, options);
  const sessionName = `trunkline-${(env.GITHUB_RUN_ID ?? randomUUID()).replace(/[^\w=,.@-]/g, "-")}`.slice(0, 64);
  return {
    env: {
      ...azure,
      ...databricks,
      AWS_WEB_IDENTITY_TOKEN_FILE: token.file,
      AWS_ROLE_SESSION_NAME: env.AWS_ROLE_SESSION_NAME ?? sessionName,
    },
    secrets: token.secrets,
    close: token.close,
  };
}

/** Where the providers of Azure ask for a token. */
function azureVariables({
  ACTIONS_ID_TOKEN_REQUEST_URL: url,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: token,
}: NodeJS.ProcessEnv) {
  return { ARM_USE_OIDC: "true", ARM_OIDC_REQUEST_URL: url ?? "", ARM_OIDC_REQUEST_TOKEN: token ?? "" };
}

async function awsToken(role: string, { directory, requestIdToken, learned, note, renewMs }: CloudLoginOptions) {
  const [, partition = "aws"] = role.split(":");
  const audience = AWS_AUDIENCES[partition.replace(/^aws-?/, "")] ?? "sts.amazonaws.com";
  const file = join(directory, "aws-web-identity-token");
  const secrets: string[] = [];
  const renew = async () => {
    const token = await requestIdToken(audience);
    secrets.push(token);
    learned(token);
    writePrivately(file, token);
  };
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  await renew();
  const timer = setInterval(() => {
    renew().catch((error: Error) => note(`the token for AWS could not be renewed: ${error.message}`));
  }, renewMs ?? RENEW_MS);
  timer.unref();
  const close = () => {
    clearInterval(timer);
    rmSync(file, { force: true });
  };
  return { file, secrets, close };
}

/** A reader sees the token before or the token after, and nobody else sees either. */
function writePrivately(file: string, content: string): void {
  const next = `${file}.${randomUUID()}`;
  writeFileSync(next, content, { mode: 0o600, flag: "wx" });
  renameSync(next, file);
}
