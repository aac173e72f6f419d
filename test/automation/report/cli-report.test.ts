import assert from "node:assert/strict";
import pico from "picocolors";
import { AutomationError } from "../../../automation/errors";
import { cliReport } from "../../../automation/report/cli-report";
import { SecretRegister } from "../../../automation/report/secret-register";

const CANARY = "canary-S3CR3T-0123456789";

describe("what the CLI prints", () => {
  for (const json of [false, true]) {
    it(`has no secret on any path${json ? ", as JSON" : ""}: results, errors, hints, stacks of faults, notes`, () => {
      let printed = "";
      const write = (text: string) => void (printed += text);
      const terminal = { live: false, colours: pico.createColors(false), width: 80, out: write, err: write };
      const secrets = new SecretRegister();
      const report = cliReport(terminal, json, secrets);
      secrets.add([CANARY]);
      const lines = () => [`result ${CANARY}`];
      report.result({ kind: "x" }, { exit: () => "done", lines, json: () => ({ deep: [`result ${CANARY}`] }) });
      report.error(new AutomationError("fault", `message ${CANARY}`, { hint: `hint ${CANARY}` }));
      report.error(new Error(`unforeseen ${CANARY}`));
      report.error(`thrown ${CANARY}`);
      report.note(`debug note ${CANARY}`);
      for (const word of ["result", "message", "hint", "unforeseen", "thrown", "debug note"]) {
        assert.ok(printed.includes(`${word} [secret]`), `${word}:\n${printed}`);
      }
      assert.ok(!printed.includes("S3CR3T"), printed);
    });
  }
});
