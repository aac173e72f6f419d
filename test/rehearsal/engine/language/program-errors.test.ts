import assert from "node:assert/strict";
import fc from "fast-check";
import { ProgramErrors } from "../../../../rehearsal/engine/language/program-errors";

const undelivered = (original: string): string =>
  `failed to deliver log message. \nerror: Error: Channel has been shut down \noriginal message: ${original}\n    at registerResource\n message severity: error\n`;

/** What is passed on of texts as they come. */
function passed(...texts: readonly string[]): string {
  const parts: string[] = [];
  const errors = new ProgramErrors((text) => parts.push(text));
  for (const text of texts) errors.write(text);
  errors.end();
  return parts.join("");
}

describe("what a program writes on standard error", () => {
  for (const about of [
    "Error: Channel has been shut down",
    "Error: 14 UNAVAILABLE: resource monitor shut down",
    "Error: Resource monitor is terminating",
    "Running program '/p/index.ts' failed with an unhandled exception:\n<ref *1> Error: Channel has been shut down",
    "Running program '/p/index.ts' failed with an unhandled exception:\nError: Channel closed before call started",
  ]) {
    it(`is passed on without the SDK's report of "${about}"`, () => {
      assert.equal(passed(`before\n${undelivered(about)}after\n${undelivered(about)}`), "before\nafter\n");
    });
  }

  it("keeps a report of the program's own error, and one that was cut", () => {
    const own = undelivered("Error: no such region");
    assert.equal(passed(own), own);
    const cut = undelivered("Error: Channel has been shut down").slice(0, 60);
    assert.equal(passed(cut), cut);
  });

  it("is passed on line by line, and whole, however it comes", () => {
    const text = `one\n${undelivered("Error: Channel has been shut down")}two\n\nthree`;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: text.length })), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), text.length];
        assert.equal(passed(...at.slice(1).map((end, i) => text.slice(at[i], end))), "one\ntwo\n\nthree");
      }),
    );
    const parts: string[] = [];
    const errors = new ProgramErrors((part) => parts.push(part));
    for (const part of ["a", "b\nc\nd", "e"]) errors.write(part);
    errors.end();
    assert.deepEqual(parts, ["ab\nc\n", "de"]);
  });
});
