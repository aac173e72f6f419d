import { AutomationError } from "../errors";
import { rehearse, type RehearseResult } from "../commands/rehearse";
import type { VerbDeps } from "../commands/verb";
import type { Questions } from "../ports/questions";
import type { RepositoryFiles } from "../ports/repository-files";
import { renderFilePlan } from "../report/render-file-plan";
import type { GeneratedPlan } from "./generate-plan";
import { RECORD_FILE, recordText } from "./init-record";
import type { FilePlan } from "./plan-files";
import { countStandIns } from "./stand-in";
import { writePlan } from "./write-plan";

/** What `init` and `upgrade` work with. */
export interface InitDeps extends VerbDeps {
  readonly files: (root: string) => RepositoryFiles;
  readonly questions: () => Promise<Questions | undefined>;
}

/** How `init` and `upgrade` are told to go about it. */
export interface ApplyOptions {
  /** Write what loses nobody's work without a question, and keep the rest. */
  readonly yes: boolean;
  /** Files that are replaced though somebody's work is in them. */
  readonly replace?: readonly string[];
  /** Show what would be written, and write nothing. */
  readonly dryRun: boolean;
  /** Change also files whose changes are in no commit. */
  readonly allowDirty: boolean;
  readonly install: boolean;
  readonly rehearsal: boolean;
}

/** What became of a repository. */
export type InitResult =
  | { readonly kind: "shown"; readonly files: readonly FilePlan[] }
  | {
      readonly kind: "written";
      readonly written: readonly string[];
      /** Files with somebody's work in them that were left as they are. */
      readonly kept: readonly string[];
      /** How many values of the configuration have to be replaced before the first update of a real cloud. */
      readonly standIns: number;
      readonly rehearsal: RehearseResult | { readonly kind: "left-out"; readonly reason: string };
    };

/** A repository, and what it is to have. */
export interface PlannedRepository extends GeneratedPlan {
  readonly root: string;
  readonly files: RepositoryFiles;
  readonly questions: Questions | undefined;
}

/** Shows a plan, writes what was agreed to, remembers it, and rehearses the program. */
export async function applyPlan(
  deps: InitDeps,
  { root, files, questions, plan, record }: PlannedRepository,
  options: ApplyOptions,
): Promise<InitResult> {
  for (const line of renderFilePlan(plan)) deps.note(line);
  if (options.dryRun || (!options.yes && questions === undefined)) return { kind: "shown", files: plan };
  const replace = options.replace ?? [];
  if (!options.allowDirty) await refuseDirty(deps, root, plan, replace);
  const result = await writePlan(files, plan, { questions, yes: options.yes, replace });
  if (result === undefined) return { kind: "shown", files: plan };
  const text = recordText(record);
  if (files.read(RECORD_FILE) !== text) await files.write(RECORD_FILE, text);
  const configs = Object.keys(record.files).filter((path) => /(?:^|\/)Pulumi\.\w+\.yaml$/.test(path));
  const standIns = configs.reduce((sum, path) => sum + countStandIns(files.read(path) ?? ""), 0);
  return {
    kind: "written",
    ...result,
    standIns,
    rehearsal: await rehearsed(deps, root, files, { plan, record }, options),
  };
}

/** What is changed has to be told from what was there: by a commit. */
async function refuseDirty(
  deps: InitDeps,
  root: string,
  plan: readonly FilePlan[],
  replace: readonly string[],
): Promise<void> {
  const modified = (await deps.git.modifiedFiles(root)) ?? [];
  const touched = plan.filter(
    ({ path, action }) => action === "merge" || action === "update" || (action === "edited" && replace.includes(path)),
  );
  const dirty = touched.filter(({ path }) => modified.some((file) => file.path === path && file.status !== "added"));
  if (dirty.length === 0) return;
  const paths = dirty.map(({ path }) => path).join(", ");
  throw new AutomationError("refused", `changes of these files are in no commit: ${paths}`, {
    hint: "commit or stash them, so that you see what is written; or change them anyway: --allow-dirty",
  });
}

async function rehearsed(
  deps: InitDeps,
  root: string,
  files: RepositoryFiles,
  { record }: GeneratedPlan,
  { install, rehearsal }: ApplyOptions,
): Promise<Extract<InitResult, { kind: "written" }>["rehearsal"]> {
  if (!rehearsal) return { kind: "left-out", reason: "it was not asked for" };
  const { directory } = record.answers;
  if (files.installed(directory) !== record.version) {
    if (!install) return { kind: "left-out", reason: "packages are not installed: npm install" };
    deps.note("installing packages: npm install");
    if (!(await files.install())) return { kind: "left-out", reason: "npm install failed, see above" };
  }
  const cwd = directory === "" ? root : `${root}/${directory}`;
  return rehearse(deps, { cwd, env: "dev", target: "rehearsal" });
}
