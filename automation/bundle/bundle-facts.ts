import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { readStackSettings, settingsFile } from "../engine/stack-settings";
import type { Target } from "../engine/engine-session";
import { AutomationError } from "../errors";
import type { PipelineEvent } from "../events/pipeline-event";
import type { CheckoutPort } from "../ports/checkout";
import { sha256Of } from "./bundle";
import { canonicalJson } from "./canonical-json";
import { programInputs, treeHash } from "./program-inputs";

/** Everything that a bundle is bound to and that can be told without an engine. */
export interface BundleFacts {
  readonly repository: string;
  readonly commit: string;
  readonly inputsTree: string;
  /** Inputs that differ from the commit, from the repository's root. */
  readonly uncommitted: readonly string[];
  readonly project: string;
  readonly stack: string;
  readonly target: Target;
  readonly configHash: string;
  readonly lockfileHash: string;
  readonly trunkline: string;
  readonly node: string;
  readonly authors: readonly string[];
  readonly fork: boolean;
  readonly pullRequest?: number;
  readonly run?: string;
  /** The repository's root. */
  readonly root: string;
}

/** Whose facts are told. */
export interface FactsRequest {
  readonly projectDir: string;
  readonly environment: string;
  readonly target: Target;
  /** What the pipeline runs for. @default the checked-out commit alone */
  readonly event?: PipelineEvent;
}

const LOCKFILES = ["package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock"];

/** Tells the facts. Throws a usage error outside a repository, and where another commit is checked out than the event's. */
export async function bundleFacts(port: CheckoutPort, request: FactsRequest): Promise<BundleFacts> {
  const { projectDir, environment, target, event } = request;
  const checkout = await port.checkout(projectDir);
  if (!checkout) {
    throw new AutomationError("usage", `${projectDir} is in no git repository with a commit`, {
      hint: "a bundle is bound to a commit: commit the program first",
    });
  }
  const { root, parents, author } = checkout;
  const commit = event?.commit ?? checkout.commit;
  // For a pull request, CI checks out its merge with the base.
  if (commit !== checkout.commit && !(event?.kind === "pull_request" && parents.includes(commit))) {
    throw new AutomationError("usage", `commit ${checkout.commit} is checked out, but the event is about ${commit}`, {
      hint: "check the event's commit out",
    });
  }
  const files = await programInputs(port, root, projectDir);
  const lockfile = findLockfile(projectDir, root);
  const settings = settingsFile(projectDir, environment);
  const project = parse(await readFile(join(projectDir, "Pulumi.yaml"), "utf8")) as { name: string };
  const bound = [...files, ...[settings, lockfile].flatMap((file) => (file ? [fromRoot(root, file)] : []))];
  return {
    root,
    repository: event?.repository ?? checkout.repository,
    commit,
    inputsTree: await treeHash(root, files),
    uncommitted: await port.uncommitted(root, bound),
    project: project.name,
    stack: environment,
    target,
    configHash: sha256Of(canonicalJson(readStackSettings(settings) ?? null)),
    lockfileHash: sha256Of(lockfile ? await readFile(lockfile) : "no lockfile"),
    trunkline: ownVersion(),
    node: process.version,
    authors: [...new Set([author, ...(event?.actor ? [event.actor] : [])])],
    fork: event?.fork ?? false,
    ...(event?.pullRequest !== undefined && { pullRequest: event.pullRequest }),
    ...(event?.run !== undefined && { run: event.run }),
  };
}

/** The lockfile nearest to a project, within its repository. */
function findLockfile(projectDir: string, root: string): string | undefined {
  for (let directory = projectDir; ; directory = dirname(directory)) {
    const found = LOCKFILES.map((name) => join(directory, name)).find(existsSync);
    if (found !== undefined || directory === root || directory === dirname(directory)) return found;
  }
}

function fromRoot(root: string, file: string): string {
  return file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file;
}

function ownVersion(): string {
  return (createRequire(__filename)("trunkline/package.json") as { version: string }).version;
}
