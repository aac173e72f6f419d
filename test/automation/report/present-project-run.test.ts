import assert from "node:assert/strict";
import type { MlprojectRunResult } from "../../../automation/commands/mlproject-run";
import { exitCodeOf } from "../../../automation/exit-codes";
import { presentProjectRun } from "../../../automation/report/present-project-run";

const result = (told: Pick<MlprojectRunResult, "kind" | "exitCode" | "reason">): MlprojectRunResult => ({
  ...{ environment: "dev", name: "run-1", runs: [] },
  ...told,
});

describe("the end of a run of a project", () => {
  for (const [what, told, code, of] of [
    ["succeeded", { kind: "succeeded", exitCode: 0 }, 0, "run"],
    ["succeeded, its pod gone", { kind: "succeeded" }, 0, "run"],
    ["failed with 1", { kind: "failed", exitCode: 1, reason: "r" }, 1, "run"],
    ["failed with 4", { kind: "failed", exitCode: 4, reason: "r" }, 4, "run"],
    ["was killed for its memory", { kind: "failed", exitCode: 137, reason: "OOMKilled" }, 137, "run"],
    ["failed, its pod gone", { kind: "failed", reason: "Evicted" }, 1, "trunkline"],
    ["took too long and ended with 0", { kind: "failed", exitCode: 0, reason: "DeadlineExceeded" }, 1, "trunkline"],
    ["was stopped", { kind: "stopped", exitCode: 143 }, 143, "run"],
    ["was stopped and ended with 0", { kind: "stopped", exitCode: 0 }, 1, "trunkline"],
    ["was stopped, its pod gone", { kind: "stopped" }, 1, "trunkline"],
    ["is followed no more", { kind: "left" }, 1, "trunkline"],
  ] as const) {
    it(`ends the CLI with ${code}, a code of ${of}, where it ${what}`, () => {
      assert.equal(exitCodeOf(presentProjectRun.exit(result(told))), code);
      const { exit, exitCode } = presentProjectRun.json(result(told)) as Record<string, unknown>;
      assert.deepEqual(exit, { code, of });
      assert.equal(exitCode, "exitCode" in told ? told.exitCode : undefined);
    });
  }
});
