import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { branchName, branchOfRef, commitId, repositoryName, runId } from "../../../automation/events/ref-names";

describe("the name of a branch", function () {
  this.timeout(120_000);

  for (const name of ["main", "feature/a", "feature/$(id)", "a;b|c&d", "`x`", "fix/<b>'\"", "müll", "a#b!c", "a{b}"]) {
    it(`is taken as data: ${name}`, () => assert.equal(branchName(name, "GITHUB_REF"), name));
  }

  for (const name of [
    "",
    " ",
    "a b",
    "a\nb",
    "a\r\n::set-env::",
    "\u001b[2J",
    "a..b",
    "/a",
    "a/",
    "-a",
    "a.lock",
    "a~1",
    "@",
  ]) {
    it(`fails for ${JSON.stringify(name)}, and shows it without its control characters`, () => {
      assert.throws(
        () => branchName(name, "GITHUB_REF"),
        (error: Error & { code?: string }) => {
          assert.equal(error.code, "usage");
          // eslint-disable-next-line no-control-regex
          assert.doesNotMatch(error.message, /[\0-\x1f]/);
          return error.message.startsWith(`GITHUB_REF names ${JSON.stringify(name)}, `);
        },
      );
    });
  }

  it("fails for one that is too long, without printing it all", () =>
    assert.throws(() => branchName("a".repeat(10_000), "the event file"), /a{60}\.\.\. \(10000 characters\)/));

  it("is accepted exactly where git accepts it, but for a leading hyphen and a single @", () => {
    const signs = fc.constantFrom(
      ..."ab/.@{}~^:?*[\\- \t\n$;.lock".split(""),
      ".lock",
      "..",
      "@{",
      "//",
      "é",
      "\u007f",
    );
    const name = fc.array(signs, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(name, (text) => {
        const { status } = spawnSync("git", ["check-ref-format", `refs/heads/${text}`]);
        const expected = status === 0 && !text.startsWith("-") && text !== "@";
        let accepted = true;
        try {
          branchName(text, "git");
        } catch {
          accepted = false;
        }
        assert.equal(accepted, expected, JSON.stringify(text));
      }),
      { numRuns: 300 },
    );
  });
});

describe("what else an event names", () => {
  it("is a branch only under refs/heads", () => {
    assert.equal(branchOfRef("refs/heads/feature/a", "GITHUB_REF"), "feature/a");
    for (const ref of ["refs/tags/v1", "refs/pull/7/merge", "main", "", undefined]) {
      assert.equal(branchOfRef(ref, "GITHUB_REF"), undefined);
    }
    assert.throws(() => branchOfRef("refs/heads/a\nb", "GITHUB_REF"), /no name of a branch/);
  });

  it("is a commit only with all its digits, and never the zeros that stand for none", () => {
    const full = "0123456789abcdef0123456789abcdef01234567";
    assert.equal(commitId(full), full);
    for (const text of ["0123456", `${full}0`, full.toUpperCase(), "0".repeat(40), "--upload-pack=x", `${full}\n`]) {
      assert.equal(commitId(text), undefined, text);
    }
  });

  it("is a repository and a run only in their own form", () => {
    assert.equal(repositoryName("org/repo.x"), "org/repo.x");
    for (const text of ["org", "org/repo/x", "org/re po", "../..\n", "https://x/y"])
      assert.equal(repositoryName(text), undefined);
    assert.deepEqual(
      [runId("12", "3"), runId("12", undefined), runId("12", "x"), runId("a", "1")],
      ["12-3", "12-1", "12-1", undefined],
    );
  });
});
