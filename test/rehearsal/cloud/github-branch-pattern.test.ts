import assert from "node:assert/strict";
import fc from "fast-check";
import { branchMatches } from "../../../rehearsal/cloud/github-branch-pattern";

describe("branchMatches", () => {
  const cases: [string, string[], string[]][] = [
    ["main", ["main"], ["mainx", "xmain", "Main", "a/main"]],
    ["*", ["main", "feature"], ["feature/a", ".hidden"]],
    ["feature/*", ["feature/a", "feature/a.b"], ["feature", "feature/a/b", "feature/.a"]],
    ["feature/**", ["feature/a"], ["feature/a/b", "feature"]],
    ["feature/**/*", ["feature/a", "feature/a/b", "feature/a/b/c"], ["feature", "other/a", "feature/.x/a"]],
    ["**/*", ["main", "a/b", "a/b/c"], [".a"]],
    ["**/main", ["main", "a/main", "a/b/main"], ["a/mainx", ".a/main"]],
    ["**", ["main"], ["a/b"]],
    ["a/**/b/**/c", ["a/b/c", "a/x/b/y/z/c", "a/b/b/c"], ["a/c", "a/b/c/d"]],
    ["release/*/*", ["release/a/b"], ["release/a", "release/a/b/c"]],
    ["v?.*", ["v1.0"], ["v10.0", "v/.0"]],
    ["v[0-9]", ["v5"], ["va", "v55"]],
    ["v[!0-9]", ["va"], ["v5", "v/"]],
    ["v[^a-c]", ["vd"], ["vb"]],
    ["[a/b]c", ["ac", "bc"], ["/c"]],
    ["v[0-9", [], ["v5", "v[0-9"]],
    ["a\\*", ["a*"], ["ab"]],
    ["{a,b}", ["{a,b}"], ["a", "b"]],
    ["a**b", ["ab", "axxb"], ["a/b"]],
    [".x*", [".xy"], ["xy"]],
  ];
  for (const [pattern, yes, no] of cases) {
    it(`takes ${pattern} as Ruby's File.fnmatch with FNM_PATHNAME does`, () => {
      for (const branch of yes) assert.equal(branchMatches(pattern, branch), true, branch);
      for (const branch of no) assert.equal(branchMatches(pattern, branch), false, branch);
    });
  }

  const part = fc.stringMatching(/^[a-z][a-z0-9-]{0,6}$/);
  it("lets a pattern without wildcard match itself only", () => {
    fc.assert(fc.property(part, part, (a, b) => branchMatches(a, b) === (a === b)));
  });
  it("lets `*` cover exactly one level and `**/*` every depth", () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
        const branch = parts.join("/");
        return (
          branchMatches("*", branch) === (parts.length === 1) &&
          branchMatches("**/*", branch) &&
          branchMatches(`x/**/*`, `x/${branch}`)
        );
      }),
    );
  });
});
