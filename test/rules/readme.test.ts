import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { CheckoutClone, shellBlocks } from "../support/checkout-clone";

const root = resolve(__dirname, "../..");

/** The commands of the README's shell blocks, one a line. */
function commands(): string[] {
  return shellBlocks(readFileSync(join(root, "README.md"), "utf8")).flatMap(({ commands }) => commands.split("\n"));
}

/**
 * What runs in the place of a command: packages are installed by whoever runs the tests, and linked; running all tests
 * from a test would not end.
 */
const INSTEAD: Readonly<Record<string, string>> = {
  "npm ci && npm start": "npm run prepare && npm start",
  "npm test": "npm run types -- --version",
};

describe("the README", function () {
  this.timeout(900_000);
  let clone: CheckoutClone;
  before(() => {
    clone = new CheckoutClone("feature/readme");
  });
  after(() => clone.remove());
  const sh = (command: string) => clone.sh(command);

  it("opens with the command that rehearses and the one that tests", () => {
    assert.deepEqual(commands().slice(0, 2), ["npm ci && npm start", "npm test"]);
  });

  for (const command of commands()) {
    it(`has a command that works: ${command}`, () => {
      const { status, output } = sh(INSTEAD[command] ?? command);
      assert.equal(status, 0, output);
    });
  }

  it("prints what the README says, and nothing but the figures differ", () => {
    const [, told = ""] = /```text\n([\s\S]*?)```/.exec(readFileSync(join(root, "README.md"), "utf8")) ?? [];
    const { output } = sh("rm -rf .trunkline/rehearsal && npm start");
    const normal = (text: string) => text.replace(/\d+\.\d s|\d+ (?=to create|unchanged)/g, "N ").trimEnd();
    const printed = output.split("\n").map(normal);
    let at = 0;
    for (const line of told.trimEnd().split("\n").map(normal)) {
      if (line.trim() === "..." || line === "") continue;
      at = printed.indexOf(line, at);
      assert.ok(at >= 0, `"${line}" is not printed, or not in this order:\n${output}`);
    }
  });

  it("leaves the working tree as git has it", () => {
    assert.equal(sh("git status --short").output, "");
  });
});
