import assert from "node:assert/strict";
import { join } from "node:path";
import { ERROR_CODES, ERROR_SUBJECTS, errorCodeOf } from "../../../automation/error-codes/error-code";
import { AutomationError } from "../../../automation/errors";
import { EXIT_CODES } from "../../../automation/exit-codes";
import { errorSites, sitesOf, type ErrorSite } from "../../support/error-sites";

const sites = errorSites(join(__dirname, "../../../automation"));

/** The codes that a site's messages have; undefined for one that has none. */
function codesOf({ exit, texts, errorCode }: ErrorSite): (string | undefined)[] {
  return texts.map((text) => errorCodeOf(new AutomationError(exit as "fault", text, { errorCode })));
}

describe("error codes", () => {
  it("has a code for every AutomationError of the source", () => {
    const without = sites.filter((site) => !site.passesOn && codesOf(site).includes(undefined));
    assert.deepEqual(
      without.map(({ file, exit, texts }) => `${file}: ${exit}: ${texts.join(" | ")}`),
      [],
      "add the words of the message to a code in automation/error-codes, or name one with errorCode",
    );
    assert.ok(sites.length > 80);
  });

  it("has exactly one code for the words of each message", () => {
    for (const { exit, texts, errorCode, file } of sites) {
      if (errorCode !== undefined) continue;
      for (const text of texts) {
        const found = Object.entries(ERROR_CODES).filter(
          ([, code]) => code.exit === exit && code.words.some((words) => text.includes(words)),
        );
        assert.ok(found.length <= 1, `${file}: "${text}" is said of ${found.map(([name]) => name).join(" and ")}`);
      }
    }
  });

  it("has no code that nothing throws, and no words that nothing says", () => {
    const thrown = new Set(sites.flatMap(codesOf));
    assert.deepEqual(
      Object.keys(ERROR_CODES).filter((name) => !thrown.has(name)),
      [],
    );
    const texts = sites.flatMap((site) => site.texts);
    const words = Object.values(ERROR_CODES).flatMap((code) => code.words);
    assert.deepEqual(
      words.filter((part) => !texts.some((text) => text.includes(part))),
      [],
    );
  });

  it("exits as its errors do", () => {
    for (const { exit, errorCode, file } of sites) {
      if (errorCode !== undefined) assert.equal(ERROR_CODES[errorCode]?.exit, exit, `${file}: ${errorCode}`);
    }
    for (const { exit } of Object.values(ERROR_CODES)) assert.ok(exit in EXIT_CODES);
  });

  it("names each code once, in lower case words, with a meaning and a remedy that are sentences", () => {
    const names = Object.values(ERROR_SUBJECTS).flatMap((codes) => Object.keys(codes));
    assert.equal(new Set(names).size, names.length);
    for (const [name, { meaning, remedy }] of Object.entries(ERROR_CODES)) {
      assert.match(name, /^[a-z]+(?:-[a-z]+)+$/);
      for (const sentence of [meaning, remedy]) assert.match(sentence, /^\S.{15,}\.$/, name);
    }
  });

  it("finds no code for what it does not know", () => {
    assert.equal(errorCodeOf(new AutomationError("fault", "something else entirely")), undefined);
    assert.equal(errorCodeOf(new AutomationError("refused", "there is no run to resume")), undefined);
    assert.equal(errorCodeOf(new AutomationError("fault", "a", { errorCode: "never-heard-of" })), undefined);
  });

  it("is looked for by a search that finds faults", () => {
    const text = 'throw new AutomationError("fault", `${a} never heard of ${b}`, { hint });';
    const [site] = sitesOf("a.ts", text);
    assert.deepEqual(site && codesOf(site), [undefined]);
  });
});
