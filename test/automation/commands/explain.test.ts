import assert from "node:assert/strict";
import pico from "picocolors";
import { explain } from "../../../automation/commands/explain";
import { ERROR_CODES } from "../../../automation/error-codes/error-code";
import { AutomationError } from "../../../automation/errors";
import { cliReport } from "../../../automation/report/cli-report";
import { presentExplain } from "../../../automation/report/present-explain";
import { verbDeps } from "../../support/verb-deps";

const silent = { live: false, colours: pico.createColors(false), width: 100, out: () => {}, err: () => {} };

describe("trunkline explain", () => {
  for (const code of Object.keys(ERROR_CODES)) {
    it(`explains ${code}`, async () => {
      const lines = presentExplain.lines(await explain(verbDeps(), { code }), silent);
      assert.match(lines[0] ?? "", new RegExp(`^${code}  exit code [1-4] \\(`));
      assert.match(lines.at(-1) ?? "", /^next: /);
    });
  }

  it("lists every code without one", async () => {
    const lines = presentExplain.lines(await explain(verbDeps(), {}), silent);
    for (const code of Object.keys(ERROR_CODES)) assert.ok(lines.includes(`  ${code}`), code);
  });

  for (const code of ["state-movd", "toString", ""]) {
    it(`fails for ${JSON.stringify(code)} and names the nearest code`, async () => {
      const expected = { code: "usage", hint: /^did you mean trunkline explain [a-z-]+$/ };
      await assert.rejects(explain(verbDeps(), { code }), expected);
    });
  }

  it("is what an error points to, below its hint, and with --json in the field code", () => {
    for (const [json, expected] of [
      [false, "error: there is no run to resume\nnext: begin one\nmore: trunkline explain nothing-to-resume\n"],
      [
        true,
        '{\n  "kind": "error",\n  "message": "there is no run to resume",\n  "hint": "begin one",\n  "code": "nothing-to-resume"\n}\n',
      ],
    ] as const) {
      let printed = "";
      const write = (text: string) => void (printed += text);
      const error = new AutomationError("usage", "there is no run to resume", { hint: "begin one" });
      cliReport({ ...silent, out: write, err: write }, json).error(error);
      assert.equal(printed, expected);
    }
  });
});
