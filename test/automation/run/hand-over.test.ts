import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { handOver } from "../../../automation/run/hand-over";

/** Stands in for the CLI: keeps its arguments, and answers as a deployment that created two resources. */
const SCRIPT = `#!/usr/bin/env node
const args = process.argv.slice(2);
require("node:fs").appendFileSync(__dirname + "/calls", JSON.stringify(args) + "\\n");
const is = (...words) => words.every((word, index) => args[index] === word);
if (is("version")) console.log("v3.260.0");
else if (is("preview", "--help")) console.log("--remote");
else if (is("stack", "output")) console.log('{"bucket":"acme"}');
else if (is("stack", "history")) console.log('[{"kind":"update","startTime":"2026-11-21T10:00:00Z","message":"","environment":{},"config":{},"result":"succeeded","endTime":"2026-11-21T10:01:00Z","version":1,"resourceChanges":{"create":2}}]');
else if (args[0] === "up" && args.includes("organization/refused/dev")) {
  console.error("error: deployment failed");
  process.exit(1);
}
`;

describe("a stack that is handed to Pulumi Deployments", function () {
  this.timeout(60_000);
  const { PATH } = process.env;
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "trunkline-remote-"));
    writeFileSync(join(directory, "pulumi"), SCRIPT);
    chmodSync(join(directory, "pulumi"), 0o755);
    process.env.PATH = `${directory}:${PATH}`;
  });
  afterEach(() => {
    process.env.PATH = PATH;
    rmSync(directory, { recursive: true });
  });
  const calls = () =>
    readFileSync(join(directory, "calls"), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as string[]);
  const request = {
    stack: "acme/network/dev",
    url: "https://github.com/acme/platform",
    commit: "4f2c1e0d9b8a7f6e5d4c3b2a19080706f5e4d3c2",
    projectPath: "network",
  };

  it("is brought up there from exactly that commit, with the settings that are kept there", async () => {
    const { counts, outputs } = await handOver(request);
    assert.deepEqual(counts, { create: 2 });
    assert.equal(outputs.bucket?.value, "acme");
    const [up = [], ...others] = calls().filter(([verb]) => verb === "up");
    assert.equal(others.length, 0);
    const flag = (name: string) => up[up.indexOf(name) + 1];
    assert.ok(up.includes(request.url));
    assert.ok(up.includes("--remote") && up.includes("--remote-inherit-settings"));
    assert.equal(flag("--remote-git-commit"), request.commit);
    assert.equal(flag("--remote-git-repo-dir"), "network");
    assert.equal(flag("--stack"), request.stack);
    // No variable, and so no secret, of this process goes along.
    assert.ok(!up.some((argument) => argument.startsWith("--remote-env")));
  });

  it("fails with what the CLI said", async () => {
    await assert.rejects(
      handOver({ ...request, stack: "organization/refused/dev" }),
      /Pulumi Deployments did not bring organization\/refused\/dev up: deployment failed/,
    );
  });
});
