import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { AutomationError } from "../errors";
import { maskedCopy } from "../report/mask";
import { pageCode } from "../report/page-code";
import { pageOfFile } from "../report/page-of-file";
import { renderPage } from "../report/render-page";
import type { VerbDeps } from "./verb";

export interface ReportOptions {
  /** The directory from which files are looked for. */
  readonly cwd: string;
  /** A report of `trunkline ci`, a bundle, or the record of a release. */
  readonly file: string;
  /** The file of the page. */
  readonly output: string;
}

/** The page that was written. */
export interface ReportResult {
  readonly kind: "written";
  readonly file: string;
  readonly title: string;
  /** How many resources it shows. */
  readonly resources: number;
}

/** Writes a page that shows a run, a bundle or a release; it needs nothing beside it, and reaches nothing. */
export async function report({ secrets }: Pick<VerbDeps, "secrets">, options: ReportOptions): Promise<ReportResult> {
  const { cwd, file, output } = options;
  const data = maskedCopy(pageOfFile(await textOf(resolve(cwd, file)), file), secrets.mask);
  const path = resolve(cwd, output);
  try {
    await writeFileAtomic(path, renderPage(data, pageCode()), { mode: 0o600 });
  } catch (cause) {
    throw new AutomationError("fault", `${path} cannot be written: ${cause instanceof Error ? cause.message : ""}`, {
      hint: "name a file in a folder that exists and can be written to: --output FILE",
      cause,
    });
  }
  const resources = data.stacks.reduce((sum, stack) => sum + stack.resources.length, 0);
  return { kind: "written", file: path, title: data.title, resources };
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new AutomationError("usage", `${path} cannot be read: ${cause instanceof Error ? cause.message : ""}`, {
      hint: "name the report.json of trunkline ci, a bundle of trunkline preview --bundle, or the record of a release",
      cause,
    });
  }
}
