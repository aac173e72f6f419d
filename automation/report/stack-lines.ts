import type { ExitKind } from "../exit-codes";
import type { PipelineStep, StackReport } from "./pipeline-report";
import { countsText, RESULT_WORDS, tenseOf } from "./report-headline";

/** Lines of text that tell what became of each stack. */
export function stackLines(stacks: readonly StackReport[], step: PipelineStep): string[] {
  return stacks.flatMap(({ project, environment, result, counts, detail, gate }) => [
    `  ${project}/${environment}: ${[RESULT_WORDS[result], countsText(counts, tenseOf(step))].filter(Boolean).join(", ")}`,
    ...(detail === undefined ? [] : [`    ${detail}`]),
    ...(gate?.reasons ?? []).map(({ code, message, hint }) => `    ${code}: ${message}; next: ${hint}`),
  ]);
}

/** How the CLI ends: a preview that waits for its upstream is done; a deployment that waits for somebody is not. */
export function stacksExit(stacks: readonly StackReport[], step: PipelineStep): ExitKind {
  const results = stacks.map(({ result }) => result);
  if (results.some((result) => ["failed", "unknown", "blocked", "stopped"].includes(result))) {
    const refused = results.includes("refused") && !results.some((one) => one === "failed" || one === "unknown");
    return refused ? "refused" : "fault";
  }
  if (results.includes("refused") || (step === "apply" && results.includes("waiting"))) return "refused";
  return results.includes("drifted") ? "drift" : "done";
}
