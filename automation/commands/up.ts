import { applyRecorded } from "../run/apply-recorded";
import { beginRun } from "../run/begin-run";
import { untilPrincipalsAreKnown } from "../run/unknown-principals";
import { workspaceRoot } from "../workspace/workspace-root";
import { operationResult, withStack, type OperationResult, type VerbDeps, type VerbOptions } from "./verb";

/** Brings an environment to what the program declares, and records in a journal how far that got. */
export function up(deps: VerbDeps, options: VerbOptions): Promise<OperationResult> {
  return withStack(deps, options, { absent: "create" }, async ({ environment, projectDir, stack }) => {
    const { name } = await stack.workspace.projectSettings();
    const root = workspaceRoot(projectDir);
    const request = { root, target: options.target, environment, stacks: [name], dependencies: new Map() };
    const journal = await beginRun(deps, request);
    try {
      const apply = () => applyRecorded(deps, journal, name, stack);
      // A simulated directory knows everybody at once.
      const report =
        options.target === "cloud" ? untilPrincipalsAreKnown(apply, { ...deps, sleep: deps.gate.sleep }) : apply();
      return operationResult(environment, await report);
    } finally {
      await journal.end();
    }
  });
}
