import { readFileSync, statSync } from "node:fs";
import { z } from "zod";
import { AutomationError } from "../errors";
import type { PipelineEvent } from "./pipeline-event";
import { actorName, branchName, branchOfRef, commitId, repositoryName, runId } from "./ref-names";
import { schemaFaults } from "../settings/schema-faults";

type Environment = Readonly<Record<string, string | undefined>>;

/** An event file holds at most a few hundred kilobytes; GitHub itself cuts at 25 MB. */
const LARGEST_FILE = 32 * 1024 * 1024;

const repository = z.object({ full_name: z.string() }).nullish();

/** What is read of the payload of a pull request's event. */
const pullRequestPayload = z.object({
  pull_request: z.object({
    number: z.int().positive(),
    head: z.object({ ref: z.string(), sha: z.string(), repo: repository }),
    base: z.object({ ref: z.string(), repo: repository }),
  }),
});

/** What is read of the payload of a merge queue's event. */
const mergeGroupPayload = z.object({ merge_group: z.object({ head_sha: z.string(), base_ref: z.string() }) });

/** The events of GitHub Actions that the pipeline knows, by what they are to it. */
const KINDS: Readonly<Record<string, PipelineEvent["kind"]>> = {
  push: "push",
  pull_request: "pull_request",
  pull_request_target: "pull_request",
  merge_group: "pull_request",
  workflow_dispatch: "manual",
  repository_dispatch: "manual",
  schedule: "schedule",
};

/**
 * Reads what happened from the environment of a GitHub Actions job and, for pull requests, from its event file. Throws a
 * usage error for an event that the pipeline does not know, a file that is missing or is not what it should be, and a
 * branch that git would not allow.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 */
export function githubEvent(env: Environment): PipelineEvent {
  const name = env.GITHUB_EVENT_NAME ?? "";
  const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
  if (kind === undefined) {
    throw new AutomationError(
      "usage",
      `GitHub's event ${JSON.stringify(name)} is none that decides anything; those are ${Object.keys(KINDS).join(", ")}`,
      { hint: "run on one of these events, or say what to do: --event manual --branch main" },
    );
  }
  const told = {
    kind,
    source: "github",
    actor: actorName(env.GITHUB_ACTOR),
    repository: repositoryName(env.GITHUB_REPOSITORY),
    run: runId(env.GITHUB_RUN_ID, env.GITHUB_RUN_ATTEMPT),
  } as const;
  if (name === "merge_group") {
    const { merge_group: group } = payload(env, mergeGroupPayload);
    const baseBranch = branchOfRef(group.base_ref, "the event file");
    return defined({ ...told, baseBranch, commit: commitId(group.head_sha), fork: false });
  }
  if (kind !== "pull_request") {
    const branch = branchOfRef(env.GITHUB_REF, "GITHUB_REF");
    return defined({ ...told, branch, commit: commitId(env.GITHUB_SHA), fork: false });
  }
  const { number, head, base } = payload(env, pullRequestPayload).pull_request;
  return defined({
    ...told,
    branch: branchName(head.ref, "the event file"),
    baseBranch: branchName(base.ref, "the event file"),
    commit: commitId(head.sha),
    pullRequest: number,
    // A repository that is not told, because it is deleted, is another one.
    fork: head.repo?.full_name === undefined || head.repo.full_name !== base.repo?.full_name,
  });
}

function payload<T>(env: Environment, schema: z.ZodType<T>): T {
  const file = env.GITHUB_EVENT_PATH;
  const refuse = (problem: string, cause?: unknown) =>
    new AutomationError("usage", `the event file of GitHub Actions ${problem}`, {
      hint: "run inside a job of GitHub Actions, or tell the event: --event pull_request --base-branch main",
      cause,
    });
  if (!file) throw refuse("is not told: GITHUB_EVENT_PATH is not set");
  const stats = statSync(file, { throwIfNoEntry: false });
  if (!stats?.isFile()) throw refuse(`is missing: ${file} is no file`);
  if (stats.size > LARGEST_FILE) throw refuse(`has ${stats.size} bytes, at most ${LARGEST_FILE} are read: ${file}`);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw refuse(`is not JSON: ${file}`, cause);
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw refuse(`lacks what it should hold: ${schemaFaults(content, parsed.error.issues).join("; ")} (${file})`);
}

/** The event without what is not known. */
function defined(event: PipelineEvent): PipelineEvent {
  return Object.fromEntries(
    Object.entries(event).filter(([, value]) => value !== undefined),
  ) as unknown as PipelineEvent;
}
