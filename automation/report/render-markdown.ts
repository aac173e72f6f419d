import type { Change } from "../bundle/change";
import { changeDiff } from "./change-diff";
import { CHANGE_WORDS } from "./change-words";
import { codeBlock, inlineCode, inlineText } from "./markdown";
import type { PipelineReport, PipelineStep, StackReport } from "./pipeline-report";
import { countsText, reportHeadline, RESULT_WORDS, tenseOf } from "./report-headline";
import { shortType } from "./render-tree";
import { TextBudget } from "./text-budget";

/** By it the one comment of a pull request is found; it is not shown. */
export const REPORT_MARKER = "<!-- trunkline:report -->";

/** How long a text may be, where it is written to. */
export interface TextLimit {
  readonly length: number;
  readonly measure: (text: string) => number;
}

const characters = (text: string) => text.length;

/** Limits of the platforms: a comment on GitHub and on Azure DevOps in characters, the summary of a job in bytes. */
export const TEXT_LIMITS = {
  /** "Body is too long (maximum is 65536 characters)"; a character outside the basic plane counts as two here. */
  githubComment: { length: 65_536, measure: characters },
  azureDevopsComment: { length: 150_000, measure: characters },
  /** 1 MiB a step: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits */
  githubSummary: { length: 1_048_576, measure: (text: string) => Buffer.byteLength(text, "utf8") },
} as const satisfies Record<string, TextLimit>;

export interface MarkdownOptions {
  readonly limit: TextLimit;
  /** Where what found no room can be read, such as the URL of the run. */
  readonly elsewhere: string;
}

/** What the last line needs, which says what is missing. */
const CLOSING = 500;

/** More rows of a table are not read by anybody. */
const LONGEST_TABLE = 60;

/**
 * A report as Markdown, at most as long as the limit: counts and what would be lost first, then the gate, policies and
 * messages, at last the differences of each resource. What has no room is counted in the last line.
 */
export function renderMarkdown(report: PipelineReport, { limit, elsewhere }: MarkdownOptions): string {
  const text = new TextBudget(limit.length - CLOSING, limit.measure);
  text.add(`${REPORT_MARKER}\n${heading(report)}`);
  const sections: readonly Section[] = [
    { before: "> [!CAUTION]\n> **Data would be lost:**\n", parts: losses(report), after: "\n" },
    { before: "| Stack | Result | Changes | Gate |\n| --- | --- | --- | --- |\n", parts: rows(report), after: "\n" },
    { before: "**Gate**\n\n", parts: gateLines(report), after: "\n" },
    { before: "**Policies**\n\n", parts: policyLines(report), after: "\n" },
    { before: "**Messages**\n\n", parts: messageLines(report), after: "\n" },
    ...report.stacks.map((stack) => differences(stack, report.step)),
  ];
  let missing = 0;
  for (const { before, parts, after } of sections) missing += parts.length - text.addWithin(before, parts, after);
  const closing = missing > 0 ? `**${missing} more parts of this report are not shown here**: ${elsewhere}\n` : "";
  return `${text.toString()}${closing.slice(0, CLOSING)}`;
}

interface Section {
  readonly before: string;
  readonly parts: readonly string[];
  readonly after: string;
}

function heading(report: PipelineReport): string {
  const { commit, branch, baseBranch } = report.event;
  const place = [branch, baseBranch].filter((name) => name !== undefined).map((name) => inlineCode(name, 100));
  const lines = [
    `### ${inlineText(reportHeadline(report), 300)}`,
    "",
    [
      ...(commit ? [`commit ${inlineCode(commit.slice(0, 12))}`] : []),
      ...(place.length > 0 ? [place.join(" → ")] : []),
      `${report.createdAt.slice(0, 16).replace("T", " ")} UTC`,
      ...(report.target === "rehearsal" ? ["rehearsed in the simulated cloud"] : []),
    ].join(" · "),
    "",
    ...(report.reason ? [inlineText(report.reason, 500), ""] : []),
    ...(report.fault !== undefined ? [`> [!WARNING]\n> ${inlineText(report.fault, 2000)}`, ""] : []),
  ];
  return `${lines.join("\n")}\n`;
}

function losses({ stacks }: PipelineReport): string[] {
  return stacks.flatMap((stack) =>
    stack.changes.filter(isLoss).map(({ action, type, name, properties }) => {
      const causes = properties.filter(({ replaces }) => replaces).map(({ path }) => inlineCode(path, 60));
      const because = causes.length > 0 ? `, because of ${causes.slice(0, 3).join(", ")}` : "";
      const where = inlineCode(`${stack.project}/${stack.environment}`, 100);
      return `> - ${action} ${inlineCode(shortType(type), 100)} ${inlineCode(name)} in ${where}${because}\n`;
    }),
  );
}

function isLoss({ action, stateful }: Change): boolean {
  return stateful && (action === "delete" || action === "replace");
}

function rows({ stacks, step }: PipelineReport): string[] {
  const told = stacks.slice(0, LONGEST_TABLE).map(({ project, environment, result, counts, gate, detail }) => {
    const why = detail === undefined ? "" : `: ${inlineText(detail, 300)}`;
    const cells = [
      inlineCode(`${project}/${environment}`, 100),
      `${RESULT_WORDS[result]}${why}`,
      countsText(counts, tenseOf(step)) || "none",
      gate ? gate.kind : "",
    ];
    return `| ${cells.join(" | ")} |\n`;
  });
  const rest = stacks.length - told.length;
  return rest > 0 ? [...told, `| ${rest} more | | | |\n`] : told;
}

function gateLines({ stacks }: PipelineReport): string[] {
  return stacks.flatMap(({ project, gate }) => [
    ...(gate?.approvedBy ?? []).map((by) => `- ${inlineCode(project, 100)}: approved by ${inlineText(by)}\n`),
    ...(gate?.reasons ?? []).map(
      ({ code, message, hint }) =>
        `- ${inlineCode(project, 100)} ${inlineCode(code)}: ${inlineText(message, 600)}. Next: ${inlineText(hint, 300)}\n`,
    ),
  ]);
}

function policyLines({ stacks }: PipelineReport): string[] {
  const all = stacks.flatMap(({ policies }) => policies);
  const ordered = [...all].sort((a, b) => Number(b.level === "mandatory") - Number(a.level === "mandatory"));
  return ordered.map(
    ({ policy, pack, level, message }) =>
      `- **${level}** ${inlineCode(`${pack}/${policy}`, 120)}: ${inlineText(message, 600)}\n`,
  );
}

function messageLines({ stacks }: PipelineReport): string[] {
  const told = stacks.flatMap(({ messages }) => messages.filter(({ severity }) => severity !== "info"));
  const ordered = [...told].sort((a, b) => Number(b.severity === "error") - Number(a.severity === "error"));
  return ordered.map(
    ({ severity, text }) =>
      `- ${severity === "error" ? "**error**" : severity === "warning" ? "warning" : "note"}: ${inlineText(text, 1000)}\n`,
  );
}

/** One stack that is folded away, with each of its resources folded away in it; what would be lost first. */
function differences({ project, environment, changes, result }: StackReport, step: PipelineStep): Section {
  const ordered = [...changes].sort((a, b) => Number(isLoss(b)) - Number(isLoss(a)));
  const tense = step === "drift" ? "found" : result === "applied" ? "done" : "planned";
  const parts = ordered.map((change) => {
    const words = CHANGE_WORDS[change.action];
    const word = `${inlineText(words.sign)} ${words[tense]}`;
    const summary = `${word} ${inlineCode(shortType(change.type), 120)} ${inlineCode(change.name)}`;
    const diff = changeDiff(change);
    if (diff.length === 0) return `<p>${summary}</p>\n\n`;
    return `<details><summary>${summary}</summary>\n\n${codeBlock("diff", diff)}\n</details>\n\n`;
  });
  const title = `${inlineCode(`${project}/${environment}`, 100)}: ${changes.length} changes`;
  return { before: `<details><summary>${title}</summary>\n\n`, parts, after: "</details>\n\n" };
}
