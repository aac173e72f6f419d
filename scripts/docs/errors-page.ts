import { ERROR_SUBJECTS } from "../../automation/error-codes/error-code";
import { EXIT_CODES } from "../../automation/exit-codes";
import { GENERATED } from "./markdown";

/** docs/errors.md: every error code with its meaning and what to do. */
export function errorsPage(): string {
  const subjects = Object.entries(ERROR_SUBJECTS).flatMap(([subject, codes]) => [
    `## ${subject}`,
    "",
    ...Object.entries(codes).flatMap(([name, { exit, meaning, remedy }]) => [
      `### ${name}`,
      "",
      `Exit code ${EXIT_CODES[exit]} (${exit}). ${meaning}`,
      "",
      `What to do: ${remedy}`,
      "",
    ]),
  ]);
  return [
    "# Errors",
    "",
    GENERATED,
    "",
    "An error is printed with its code. `trunkline explain CODE` says the same as this page; with `--json` the code is in the",
    "field `code`. A code stays what it is; the words of a message may change.",
    "",
    ...subjects,
  ].join("\n");
}
