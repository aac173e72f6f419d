import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");
const page = readFileSync(join(root, "docs/comparison.md"), "utf8");

const [head = [], , ...rows] = page
  .split("\n")
  .filter((line) => line.startsWith("|"))
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

describe("docs/comparison.md", () => {
  it("compares with each of the tools that it names", () => {
    const tools = ["Atlantis", "Terramate", "pulumi/actions", "mlops-stacks", "SST"];
    assert.deepEqual(head, ["Feature", ...tools, "trunkline", "Shown by"]);
    for (const tool of tools) assert.ok(page.includes(`**${tool}**`), tool);
    assert.ok(rows.length > 25);
  });

  for (const row of rows) {
    const [feature = "", ...cells] = row;
    const [own = "", shown = ""] = cells.slice(-2);
    it(`has a test for what it says of "${feature}"`, () => {
      for (const cell of cells.slice(0, -2)) assert.match(cell, /^(?:yes|part|–)$/);
      assert.match(own, /^(?:yes|part|no)$/);
      if (own === "no") return assert.equal(shown, "");
      const [, file = ""] = /^`(test\/\S+\.test\.ts)`$/.exec(shown) ?? assert.fail(`no test: ${shown}`);
      assert.ok(existsSync(join(root, file)), file);
      assert.match(readFileSync(join(root, file), "utf8"), /\bit\(/);
    });
  }
});
