import writeFileAtomically from "write-file-atomic";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { CiHost } from "../ports/ci-host";
import type { CommentChange } from "../ports/github";
import type { PullRequestComments } from "../ports/pull-request-comments";
import { maskedCopy } from "./mask";
import { pageCode } from "./page-code";
import { pageOfReport } from "./page-of-report";
import { renderPage } from "./render-page";
import type { PipelineReport } from "./pipeline-report";
import { renderMarkdown, REPORT_MARKER, TEXT_LIMITS } from "./render-markdown";

/** Where a report goes. */
export interface PublishDeps {
  readonly host: CiHost;
  /** Absent where there is no token: then nothing is commented. */
  readonly comments?: PullRequestComments;
  /** Takes out the secrets of the run. */
  readonly mask: (text: string) => string;
}

export interface PublishOptions {
  /** The report file. */
  readonly file: string;
  /** The page of the run, for what a comment has no room for. */
  readonly runUrl?: string;
}

/** What became of a report. */
export interface Published {
  /** The report as it was written: without secrets. */
  readonly report: PipelineReport;
  readonly comment?: CommentChange;
  /** What could not be told, and why. It never changes how the run itself ended. */
  readonly faults: readonly string[];
}

/**
 * Writes a report to its file, as HTML to a page beside it, and to the page of the run, and to the one comment of its pull
 * request. Secrets are masked before anything is written. What fails is told and does not stop the rest: the deployment is
 * what it is.
 */
export async function publishReport(
  deps: PublishDeps,
  report: PipelineReport,
  options: PublishOptions,
): Promise<Published> {
  const masked = maskedCopy(report, deps.mask);
  const faults: string[] = [];
  const attempt = async <T>(what: string, work: () => Promise<T> | T): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      faults.push(deps.mask(`${what}: ${reason}`));
      return undefined;
    }
  };
  const { file, runUrl } = options;
  const elsewhere = runUrl ? `see ${runUrl}` : `see the report file, ${file}`;
  await attempt(`the report file ${file} was not written`, async () => {
    await mkdir(dirname(file), { recursive: true });
    await writeFileAtomically(file, `${JSON.stringify(masked, null, 2)}\n`, { mode: 0o600 });
  });
  const page = join(dirname(file), "report.html");
  await attempt(`the page ${page} was not written`, async () => {
    const html = renderPage(pageOfReport(masked), pageCode());
    await writeFileAtomically(page, html, { mode: 0o600 });
  });
  await attempt("the summary of the run was not written", () => {
    const rest = `see the report file, ${file}`;
    deps.host.summary(renderMarkdown(masked, { limit: TEXT_LIMITS.githubSummary, elsewhere: rest }));
  });
  const comment = await attempt("the pull request was not commented on", async () => {
    const { comments } = deps;
    const { pullRequest } = report.event;
    if (pullRequest === undefined || !comments) return undefined;
    const body = renderMarkdown(masked, { limit: comments.limit, elsewhere });
    return comments.upsert(pullRequest, REPORT_MARKER, body);
  });
  return { report: masked, ...(comment && { comment }), faults };
}
