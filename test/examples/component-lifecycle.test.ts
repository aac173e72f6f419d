import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { exports as exported } from "../../package.json";
// The example brings its own tests.
import "../../examples/component-lifecycle/artifact-bucket.test";

const root = resolve(__dirname, "../..");
const read = (...path: string[]): string => readFileSync(join(root, ...path), "utf8");

describe("docs/lifecycle-tests.md", () => {
  const page = read("docs", "lifecycle-tests.md");

  it("shows the example as it is", () => {
    const blocks = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code!);
    assert.ok(blocks.length >= 4);
    const example = read("examples", "component-lifecycle", "artifact-bucket.test.ts");
    const squeezed = (text: string): string => text.replaceAll(/\s+/g, " ").trim();
    for (const block of blocks) assert.ok(squeezed(example).includes(squeezed(block)), block);
  });

  it("names only what the package exports", () => {
    const index = read("rehearsal", "index.ts");
    for (const name of ["rehearse", "MemoryProvider", "OperationFailure", "SimulatedCloud", "serveProviders"]) {
      assert.match(page, new RegExp(`\\b${name}\\b`));
      assert.match(index, new RegExp(`\\b${name}\\b`));
    }
    assert.ok("./rehearsal" in exported);
  });
});
