import type { ExplainResult } from "../commands/explain";
import { EXIT_CODES } from "../exit-codes";
import type { Presenter } from "../verbs/verb-definition";

/** Tells what an error code means, or lists all of them by subject. */
export const presentExplain: Presenter<ExplainResult> = {
  exit: () => "done",
  lines: (result, { colours }) => {
    if (result.kind === "one") {
      const { exit, meaning, remedy } = result.error;
      return [
        `${colours.bold(result.code)}  exit code ${EXIT_CODES[exit]} (${exit})`,
        "",
        meaning,
        "",
        `next: ${remedy}`,
      ];
    }
    const subjects = Object.entries(result.subjects).flatMap(([subject, codes]) => [
      colours.bold(subject),
      ...Object.keys(codes).map((code) => `  ${code}`),
      "",
    ]);
    return [...subjects, "trunkline explain CODE says what it means"];
  },
  json: (result) => {
    if (result.kind === "all") return result;
    const { exit, meaning, remedy } = result.error;
    return { code: result.code, exit, exitCode: EXIT_CODES[exit], meaning, remedy };
  },
};
