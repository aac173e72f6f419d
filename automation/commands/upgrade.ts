import { AutomationError } from "../errors";
import { applyPlan, type ApplyOptions, type InitDeps, type InitResult } from "../init/apply-plan";
import { generatePlan } from "../init/generate-plan";
import { parseRecord, RECORD_FILE } from "../init/init-record";
import { installedPackage } from "../init/package-root";
import { workspaceRoot } from "../workspace/workspace-root";

/**
 * Brings what `trunkline init` wrote to what this version writes: files that nobody changed are written anew, the
 * differences of others are shown, and nothing is asked about a file that this version writes as before. Throws a usage
 * error in a repository that init never wrote to.
 */
export async function upgrade(deps: InitDeps, options: ApplyOptions & { readonly cwd: string }): Promise<InitResult> {
  const root = workspaceRoot(options.cwd);
  const files = deps.files(root);
  const before = parseRecord(files.read(RECORD_FILE));
  if (before === undefined) {
    throw new AutomationError("usage", `${root} has no record of trunkline init, which is ${RECORD_FILE}`, {
      hint: "begin with trunkline init",
    });
  }
  const questions = options.yes ? undefined : await deps.questions();
  const generated = generatePlan(files, installedPackage(), before.answers, { before, offerEdits: false });
  return applyPlan(deps, { root, files, questions, ...generated }, options);
}
