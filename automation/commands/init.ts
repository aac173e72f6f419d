import { relative } from "node:path";
import { AutomationError } from "../errors";
import { collectAnswers, suggestedAnswers, type GivenAnswers } from "../init/collect-answers";
import { generatePlan } from "../init/generate-plan";
import type { InitAnswers } from "../init/init-answers";
import { hasEsModules } from "../init/merge-files";
import { parseRecord, RECORD_FILE, type InitRecord } from "../init/init-record";
import { installedPackage } from "../init/package-root";
import { applyPlan, type ApplyOptions, type InitDeps, type InitResult } from "../init/apply-plan";
import type { RepositoryFiles } from "../ports/repository-files";
import { findProjects } from "../workspace/find-projects";
import { workspaceRoot } from "../workspace/workspace-root";

/** Options of `trunkline init`; answers that are not given are asked for. */
export interface InitOptions extends ApplyOptions {
  readonly cwd: string;
  readonly directory?: string;
  readonly name?: string;
  readonly organization?: string;
  readonly repository?: string;
  readonly state?: string;
  /** Systems, separated by commas. */
  readonly with?: string;
  readonly ci?: string;
}

/**
 * Writes into a repository what it needs to have the chosen systems: program, configuration, workflows, settings; then
 * rehearses it. What is there is never overwritten without a word. Throws a usage error for answers that vendors refuse
 * and for a folder that has another program.
 */
export async function init(deps: InitDeps, options: InitOptions): Promise<InitResult> {
  const root = workspaceRoot(options.cwd);
  const files = deps.files(root);
  const before = parseRecord(files.read(RECORD_FILE));
  const questions = options.yes ? undefined : await deps.questions();
  const suggested = before?.answers ?? suggestedAnswers(root, await files.origin());
  const answers = await collectAnswers(givenAnswers(options), suggested, questions);
  await refuseOthers(deps, root, files, answers, before);
  if (answers.directory === "" && hasEsModules(files.read("package.json"))) {
    throw new AutomationError("usage", 'package.json has "type": "module", and the program is CommonJS', {
      hint: "write it into a folder of its own: --directory platform",
    });
  }
  const generated = generatePlan(files, installedPackage(), answers, { before, offerEdits: true });
  return applyPlan(deps, { root, files, questions, ...generated }, options);
}

function givenAnswers({
  directory,
  name,
  organization,
  repository,
  state,
  with: systems,
  ci,
}: InitOptions): GivenAnswers {
  const listed = systems
    ?.split(",")
    .map((one) => one.trim())
    .filter(Boolean);
  const given: GivenAnswers = { directory, name, organization, repository, state, systems: listed, ci };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** Another program is never taken over, and no two projects have one name. */
async function refuseOthers(
  { git }: InitDeps,
  root: string,
  files: RepositoryFiles,
  { directory, name }: InitAnswers,
  before: InitRecord | undefined,
): Promise<void> {
  const path = directory === "" ? "Pulumi.yaml" : `${directory}/Pulumi.yaml`;
  if (files.read(path) !== undefined && before?.files[path] === undefined) {
    throw new AutomationError("usage", `there is another Pulumi program: ${path}`, {
      hint: "write into another folder, beside it: --directory platform",
    });
  }
  const other = (await findProjects(root, git)).find(
    (project) => project.name === name && relative(root, project.directory) !== directory,
  );
  if (other === undefined) return;
  throw new AutomationError("usage", `the name "${name}" is that of the project in ${other.path}`, {
    hint: "choose another one: --name",
  });
}
