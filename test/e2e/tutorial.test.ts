import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { CheckoutClone, shellBlocks } from "../support/checkout-clone";

const root = resolve(__dirname, "../..");
const blocks = shellBlocks(readFileSync(join(root, "docs/tutorial.md"), "utf8"));

/** Packages are installed by whoever runs the tests, and linked: what `npm ci` does besides is the build. */
const asHere = (commands: string) => commands.replace(/^npm ci$/m, "npm run --silent prepare");

describe("the tutorial", function () {
  this.timeout(900_000);
  let clone: CheckoutClone;
  let failed = false;
  before(() => {
    clone = new CheckoutClone("main");
  });
  after(() => clone.remove());

  it("has blocks, one of which is refused", () => {
    assert.ok(blocks.length >= 8);
    assert.equal(blocks.filter(({ words }) => words === "exits-with-3").length, 1);
  });

  for (const [index, { words, commands }] of blocks.entries()) {
    const last = commands.split("\n").at(-1) ?? "";
    it(`has a block ${index + 1} that ${words === "" ? "works" : words}: ${last}`, () => {
      assert.equal(failed, false, "an earlier block failed");
      const { status, output } = clone.sh(`set -euo pipefail\n${asHere(commands)}`);
      failed = status !== (words === "exits-with-3" ? 3 : 0);
      assert.equal(failed, false, output);
    });
  }

  it("leaves nothing in the working tree that is in no commit", () => {
    assert.equal(clone.sh("git status --short").output, "");
  });
});
