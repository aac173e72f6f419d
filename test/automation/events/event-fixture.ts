import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PipelineEvent } from "../../../automation/events/pipeline-event";
import { readEvent, type EventFlags } from "../../../automation/events/read-event";

export const HEAD = "a".repeat(40);
export const OTHER = "b".repeat(40);
export const ACTIONS = {
  GITHUB_ACTIONS: "true",
  GITHUB_ACTOR: "octo-cat",
  GITHUB_REPOSITORY: "org/repo",
  GITHUB_RUN_ID: "77",
  GITHUB_RUN_ATTEMPT: "2",
  GITHUB_SHA: HEAD,
};
export const TOLD_BY_ACTIONS = { source: "github", actor: "octo-cat", repository: "org/repo", run: "77-2" } as const;
export const PIPELINES = {
  TF_BUILD: "True",
  BUILD_REQUESTEDFOR: "Ada Lovelace",
  BUILD_REPOSITORY_NAME: "org/repo",
  BUILD_BUILDID: "9",
  SYSTEM_JOBATTEMPT: "1",
  BUILD_SOURCEVERSION: HEAD,
};
export const TOLD_BY_PIPELINES = {
  source: "azure-pipelines",
  actor: "Ada Lovelace",
  repository: "org/repo",
  run: "9-1",
} as const;

export const pullRequest = (head: object = {}, base: object = {}) => ({
  pull_request: {
    number: 12,
    head: { ref: "feature/a", sha: OTHER, repo: { full_name: "org/repo" }, ...head },
    base: { ref: "develop", repo: { full_name: "org/repo" }, ...base },
  },
});

/** A directory for the files of events. */
export class EventFiles {
  readonly directory = mkdtempSync(join(tmpdir(), "trunkline-event-"));

  /** Writes an event file; answers its path. */
  write(content: unknown): string {
    const path = join(this.directory, "event.json");
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    return path;
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Reads an event where git has main checked out. */
export function read(env: Record<string, string>, flags?: EventFlags): Promise<PipelineEvent> {
  const git = { currentBranch: async () => "main", headCommit: async () => HEAD };
  return readEvent({ git, env, directory: "/", flags });
}
