import { statSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import type { DeployBundleOptions } from "../bundle/deploy-bundle";
import { AutomationError } from "../errors";
import { beginRun } from "../run/begin-run";
import { runBundles } from "../run/run-bundles";
import { environmentStacks } from "../workspace/environment-stacks";
import type { RunOptions } from "./run-result";
import { stacksResult, type StacksResult } from "./stacks-result";
import type { VerbDeps } from "./verb";

/** How the gates of several bundles are opened. */
export type BundlesConsent = Pick<DeployBundleOptions, "digest" | "acknowledge" | "approval" | "wait"> & {
  /** The directory of the bundles that were reviewed in the pull request. @default none were */
  readonly reviewed?: string;
};

export interface UpAllBundlesOptions extends RunOptions, BundlesConsent {
  /** The directory of the bundles, as `trunkline preview --all --bundle` wrote them. */
  readonly bundle: string;
}

/**
 * Applies the bundles of a directory, each after those of the stacks that it builds on and each behind its own gate, and
 * records in a journal how far that got. A stack without a bundle is one that waited for another: its bundle is made when its
 * turn comes, and the gate is asked about that. Throws a usage error where no project has the environment.
 */
export async function upAllBundles(deps: VerbDeps, options: UpAllBundlesOptions): Promise<StacksResult> {
  const { target } = options;
  const directory = resolve(options.bundle);
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
    throw new AutomationError("usage", `${directory} is no directory of bundles`, {
      hint: "name the one that trunkline preview --all --bundle wrote; a single bundle is applied without --all",
    });
  }
  const { root, chosen, projects, dependencies } = await environmentStacks(deps, options);
  const { environment } = chosen;
  const stacks = projects.map(({ name }) => name);
  const bundles = relative(root, directory).split(sep).join("/") || ".";
  const journal = await beginRun(deps, { root, target, environment, stacks, dependencies, bundles });
  try {
    const run = { ...options, environment, directory, projects, dependencies, journal };
    return stacksResult("apply", environment, await runBundles(deps, run));
  } finally {
    await journal.end();
  }
}
