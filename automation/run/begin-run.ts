import { randomUUID } from "node:crypto";
import type { Target } from "../engine/engine-session";
import { FileJournal } from "../journal/file-journal";
import { journalDirectory } from "../journal/journal-directory";
import type { GitPort } from "../ports/git";
import type { OwnersPort } from "../ports/owners";

/** A run that is going to begin. */
export interface RunRequest {
  /** The workspace's root. */
  readonly root: string;
  readonly target: Target;
  readonly environment: string;
  readonly stacks: readonly string[];
  readonly dependencies: ReadonlyMap<string, readonly string[]>;
  /** Where the bundles lie that it applies, from the root. @default it applies none */
  readonly bundles?: string;
}

/** Begins the journal of a run. */
export async function beginRun(
  { git, owners }: { readonly git: Pick<GitPort, "headCommit">; readonly owners: Pick<OwnersPort, "own"> },
  { root, target, environment, stacks, dependencies, bundles }: RunRequest,
): Promise<FileJournal> {
  const commit = await git.headCommit(root);
  return FileJournal.begin(journalDirectory(root, target, environment), {
    kind: "run",
    version: 1,
    run: randomUUID().slice(0, 8),
    at: new Date().toISOString(),
    target,
    environment,
    ...(commit !== undefined && { commit }),
    stacks: [...stacks],
    dependencies: Object.fromEntries(stacks.map((stack) => [stack, [...(dependencies.get(stack) ?? [])]])),
    owner: await owners.own(),
    ...(bundles !== undefined && { bundles }),
  });
}
