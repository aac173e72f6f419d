import type { ReleaseTestResult } from "../commands/release-test";
import type { Presenter } from "../verbs/verb-definition";

/** Tells how each case was answered. */
export const presentReleaseTest: Presenter<ReleaseTestResult> = {
  exit: ({ kind }) => (kind === "passed" ? "done" : "fault"),
  lines: ({ kind, model, slot, cases }, { colours }) => [
    ...cases.flatMap(({ name, answers, faults, p95Ms }) => {
      const mark = faults.length === 0 ? colours.green("passed") : colours.red("failed");
      return [
        `${mark}  ${name}  ${answers} ${answers === 1 ? "answer" : "answers"}, ${Math.round(p95Ms)} ms`,
        ...faults.map((fault) => `        ${fault}`),
      ];
    }),
    `${model} in ${slot} ${kind} its test`,
    kind === "passed" ? "next: trunkline release promote" : "next: correct the model, then trunkline release deploy",
  ],
  json: (result) => result,
};
