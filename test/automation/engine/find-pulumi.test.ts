import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPulumi } from "../../../automation/engine/find-pulumi";

/** Stands in for the CLI: as many interrupts as its argument says end it. */
const SCRIPT = `#!/usr/bin/env node
if (process.argv[2] === "version") console.log("v3.260.0");
else {
  let left = Number(process.argv[2]);
  process.on("SIGINT", () => {
    console.log("interrupted");
    if (--left === 0) process.exit(130);
  });
  setInterval(() => {}, 1000);
  console.log("ready");
}
`;

interface Runner {
  run(
    args: string[],
    cwd: string,
    env: object,
    onOutput: (text: string) => void,
    onError: undefined,
    signal: AbortSignal,
  ): Promise<unknown>;
}

describe("the Pulumi CLI on PATH", function () {
  this.timeout(60_000);
  const { PATH } = process.env;
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "trunkline-path-"));
    writeFileSync(join(directory, "pulumi"), SCRIPT);
    chmodSync(join(directory, "pulumi"), 0o755);
    process.env.PATH = `${directory}:${PATH}`;
  });
  afterEach(() => {
    process.env.PATH = PATH;
    rmSync(directory, { recursive: true });
  });

  for (const needed of [1, 2]) {
    it(`is interrupted ${needed === 1 ? "once where that ends it" : "again where once does not end it"}`, async () => {
      const command = (await findPulumi(500)) as unknown as Runner;
      const controller = new AbortController();
      let output = "";
      const onOutput = (text: string) => {
        output += text;
        if (output.includes("ready")) controller.abort();
      };
      await assert.rejects(command.run([String(needed)], directory, {}, onOutput, undefined, controller.signal));
      assert.equal(output.match(/interrupted/g)?.length, needed);
    });
  }

  it("is told to be missing where there is none", async () => {
    rmSync(join(directory, "pulumi"));
    process.env.PATH = directory;
    await assert.rejects(findPulumi(), /the Pulumi CLI is not on PATH/);
  });
});
