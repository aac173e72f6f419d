import type { DoctorResult } from "../commands/doctor";
import { describeCheck } from "../doctor/preflight";
import type { Presenter } from "../verbs/verb-definition";

/** Tells what is in order, one line a check, each with the way to fix it. */
export const presentDoctor: Presenter<DoctorResult> = {
  exit: (result) =>
    result.kind === "planned" ||
    result.environments.every(({ results }) => results.every((r) => r.outcome === "passed"))
      ? "done"
      : "refused",
  lines: (result) => {
    if (result.kind === "planned") {
      return result.environments.flatMap(({ name, checks }) =>
        checks.length === 0
          ? [`${name}: nothing to check`]
          : checks.map((check) => `${name}: would check that ${describeCheck(check)}`),
      );
    }
    return result.environments.flatMap(({ name, results }) =>
      results.length === 0
        ? [`${name}: nothing to check`]
        : results.map(({ check, outcome, detail, fix }) => {
            const words = { passed: "ok", failed: "no", unknown: "not known" };
            const about = outcome === "passed" ? "" : ` (${detail}); fix: ${fix ?? ""}`;
            return `${name}: ${words[outcome]}: ${describeCheck(check)}${about}`;
          }),
    );
  },
  json: (result) => result,
};
