import { hostname, userInfo } from "node:os";
import { z } from "zod";
import { ownProcess } from "../engine/process-identity";

/** A run of CI, by what its API calls it. */
const ciRunSchema = z.strictObject({
  system: z.enum(["github", "azure-pipelines"]),
  /** `owner/name` at GitHub, `organization/project` at Azure DevOps. */
  repository: z.string().min(1),
  run: z.string().regex(/^\d+$/),
  attempt: z.number().int().positive(),
});

/** The form of a run's owner in journals and locks. */
export const runOwnerSchema = z.strictObject({
  host: z.string().min(1),
  pid: z.number().int().positive(),
  user: z.string(),
  /** Absent on systems without `/proc`. */
  process: z
    .strictObject({ hostname: z.string(), boot: z.string(), namespace: z.string(), started: z.string() })
    .optional(),
  ciRun: ciRunSchema.optional(),
});

/** Who runs, or did: a process of a host, and the run of CI that it belongs to. */
export type RunOwner = z.infer<typeof runOwnerSchema>;

/** A run of CI. */
export type CiRun = z.infer<typeof ciRunSchema>;

/** This process as the owner of what it locks and records. */
export async function ownRun(env: NodeJS.ProcessEnv = process.env): Promise<RunOwner> {
  return {
    host: hostname(),
    pid: process.pid,
    user: userInfo().username,
    process: await ownProcess(),
    ciRun: ciRunOf(env),
  };
}

/**
 * The run of CI that an environment belongs to; undefined outside CI and where its variables have another form.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 * @see https://learn.microsoft.com/en-us/azure/devops/pipelines/build/variables
 */
export function ciRunOf(env: NodeJS.ProcessEnv): CiRun | undefined {
  const found = env.GITHUB_ACTIONS === "true" ? githubRun(env) : env.TF_BUILD === "True" ? azureRun(env) : undefined;
  const { success, data } = ciRunSchema.safeParse(found);
  return success ? data : undefined;
}

/** How an owner is named by people and by `--force`: its run of CI, else its process. */
export function ownerId({ host, pid, ciRun }: Pick<RunOwner, "host" | "pid" | "ciRun">): string {
  return ciRun ? `${ciRun.system}:${ciRun.repository}:${ciRun.run}-${ciRun.attempt}` : `${host}:${pid}`;
}

function githubRun(env: NodeJS.ProcessEnv): unknown {
  const { GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run, GITHUB_RUN_ATTEMPT: attempt } = env;
  return { system: "github", repository, run, attempt: Number(attempt) };
}

function azureRun(env: NodeJS.ProcessEnv): unknown {
  const organization = env.SYSTEM_COLLECTIONURI?.match(/^https:\/\/dev\.azure\.com\/([^/]+)\/?$/)?.[1];
  const { SYSTEM_TEAMPROJECT: project, BUILD_BUILDID: run, SYSTEM_JOBATTEMPT: attempt } = env;
  return {
    system: "azure-pipelines",
    repository: organization && project && `${organization}/${project}`,
    run,
    attempt: Number(attempt),
  };
}
