import type { RepositoryFiles } from "../ports/repository-files";
import { generateFiles } from "./generate-files";
import type { InitAnswers } from "./init-answers";
import { digestOf, type InitRecord } from "./init-record";
import { hasEsModules, mergeIgnore, mergePackage } from "./merge-files";
import type { InstalledPackage } from "./package-root";
import { planFiles, type FilePlan } from "./plan-files";

/** What is to be written, and what is remembered once it is. */
export interface GeneratedPlan {
  readonly plan: readonly FilePlan[];
  readonly record: InitRecord;
}

/** Compares what a repository with these answers has to have with what is there. */
export function generatePlan(
  files: Pick<RepositoryFiles, "read">,
  installed: InstalledPackage,
  answers: InitAnswers,
  { before, offerEdits }: { readonly before: InitRecord | undefined; readonly offerEdits: boolean },
): GeneratedPlan {
  const manifest = files.read("package.json");
  const wanted = generateFiles(answers, { esModules: hasEsModules(manifest) }, installed);
  const versions = {
    trunkline: installed.version,
    typescript: installed.versionOf("typescript"),
    nodeTypes: installed.versionOf("@types/node"),
  };
  const merged = {
    "package.json": mergePackage(manifest, answers, versions),
    ".gitignore": mergeIgnore(files.read(".gitignore")),
  };
  const recorded = before?.files ?? {};
  const plan = planFiles({ wanted, merged, current: (path) => files.read(path), recorded, offerEdits });
  const digests = Object.entries(wanted).map(([path, text]) => [path, digestOf(text)] as const);
  return { plan, record: { version: installed.version, answers, files: Object.fromEntries(digests) } };
}
