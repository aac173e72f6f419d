import type { Tense } from "./change-words";
import type { PageData, PageFact, PageMood, PageStack, PageVerdict } from "./page-data";
import { pageResources } from "./page-resources";
import type { PipelineReport, StackReport, StackResult } from "./pipeline-report";
import { reportHeadline, RESULT_WORDS, tenseOf, worstResult } from "./report-headline";

const MOODS: Readonly<Record<StackResult, PageMood>> = {
  unchanged: "good",
  changing: "neutral",
  applied: "good",
  refused: "bad",
  waiting: "attention",
  blocked: "attention",
  failed: "bad",
  stopped: "attention",
  unknown: "bad",
  drifted: "attention",
  "not-checked": "attention",
};

/** The page of a run of the pipeline. */
export function pageOfReport(report: PipelineReport): PageData {
  const { stacks, fault, step } = report;
  const worst = worstResult(stacks);
  const verdict: PageVerdict =
    fault !== undefined
      ? { word: RESULT_WORDS.failed, mood: "bad" }
      : worst === undefined
        ? { word: "no stack is affected", mood: "good" }
        : verdictOf(worst);
  return {
    title: reportHeadline(report),
    verdict,
    facts: reportFacts(report),
    stacks: stacks.map((stack) => pageStack(stack, tenseOf(step))),
    ...(fault !== undefined && { fault }),
  };
}

function verdictOf(result: StackResult): PageVerdict {
  return { word: RESULT_WORDS[result], mood: MOODS[result] };
}

function pageStack(stack: StackReport, tense: Tense): PageStack {
  const { project, environment, result, detail, reasons, counts, gate, policies, messages, changes, bundle } = stack;
  return {
    ...{ project, environment, verdict: verdictOf(result), tense, reasons, counts, policies, messages },
    ...(detail !== undefined && { detail }),
    facts: [
      ...(bundle ? [fact("bundle", shortDigest(bundle.digest)), fact("expires", timeText(bundle.expiresAt))] : []),
      ...(stack.durationMs > 0 ? [fact("took", `${(stack.durationMs / 1000).toFixed(1)} s`)] : []),
    ],
    ...(gate && { gate }),
    resources: pageResources(stack.resources ?? [], changes),
  };
}

function reportFacts({ event, reason, target, createdAt, trunkline }: PipelineReport): PageFact[] {
  const { repository, branch, baseBranch, pullRequest, commit, actor, run } = event;
  const known = (label: string, value: string | undefined) => (value === undefined ? [] : [fact(label, value)]);
  return [
    ...known("repository", repository),
    ...known("pull request", pullRequest === undefined ? undefined : `#${pullRequest}`),
    ...known("branch", branch === undefined || baseBranch === undefined ? branch : `${branch} → ${baseBranch}`),
    ...known("commit", commit?.slice(0, 12)),
    ...known("by", actor),
    ...known("run", run),
    fact("target", target === "rehearsal" ? "rehearsal, in the simulated cloud" : target),
    fact("why", reason),
    fact("made", `${timeText(createdAt)} by trunkline ${trunkline}`),
  ];
}

/** A digest as far as people compare it. */
export function shortDigest(digest: string): string {
  return digest.slice("sha256:".length, "sha256:".length + 12);
}

/** A time as people read it, in UTC. */
export function timeText(iso: string): string {
  return `${iso.slice(0, 16).replace("T", " ")} UTC`;
}

/** Something that is told, with the word for it. */
export function fact(label: string, value: string): PageFact {
  return { label, value };
}
