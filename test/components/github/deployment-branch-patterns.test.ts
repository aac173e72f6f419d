import assert from "node:assert/strict";
import fc from "fast-check";
import { deploymentBranchPatterns } from "../../../components";
import { isBranchName } from "../../../components/github/deployment-branch-patterns";

/** Ruby's File.fnmatch with FNM_PATHNAME, which GitHub matches with, for patterns of names, `*` and `**`. */
function fnmatch(pattern: string, branch: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replace(/\*\*\/|\*+/g, (star) => (star === "**/" ? "(?:[^/]+/)*" : "[^/]*"));
  return new RegExp(`^${source}$`).test(branch);
}

describe("deploymentBranchPatterns", () => {
  const table: [branch: string, patterns: string[]][] = [
    ["main", ["main"]],
    ["release/*", ["release/*"]],
    ["feature/**", ["feature/*", "feature/**/*"]],
    ["team/a/**", ["team/a/*", "team/a/**/*"]],
    ["**", ["*", "**/*"]],
    ["feature/**/*", ["feature/**/*"]],
    ["**/hotfix", ["**/hotfix"]],
  ];
  for (const [branch, patterns] of table) {
    it(`gives ${patterns.join(" and ")} for ${branch}`, () => {
      assert.deepEqual(deploymentBranchPatterns(branch), patterns);
    });
  }

  const matches: [branch: string, name: string, matched: boolean][] = [
    ["feature/**", "feature/x", true],
    ["feature/**", "feature/team/x", true],
    ["feature/**", "feature/a/b/c/d", true],
    ["feature/**", "feature", false],
    ["feature/**", "features/x", false],
    ["feature/**", "hotfix/feature/x", false],
    ["feature/*", "feature/x", true],
    ["feature/*", "feature/team/x", false],
    ["main", "main", true],
    ["main", "main2", false],
  ];
  for (const [branch, name, matched] of matches) {
    it(`lets ${branch} ${matched ? "" : "not "}match ${name} on GitHub`, () => {
      const patterns = deploymentBranchPatterns(branch);
      assert.equal(
        patterns.some((pattern) => fnmatch(pattern, name)),
        matched,
      );
    });
  }

  it("matches a branch of any depth, which the pattern as written would not", () => {
    const segment = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,10}$/);
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 6 }), (segments) => {
        const branch = ["feature", ...segments].join("/");
        assert.ok(deploymentBranchPatterns("feature/**").some((pattern) => fnmatch(pattern, branch)));
        assert.equal(fnmatch("feature/**", branch), segments.length === 1);
      }),
    );
  });
});

describe("isBranchName", () => {
  for (const [branch, single] of [
    ["main", true],
    ["release/1.x", true],
    ["feature/**", false],
    ["v[12]", false],
    ["a?", false],
  ] as const) {
    it(`says ${single} of ${branch}`, () => {
      assert.equal(isBranchName(branch), single);
    });
  }
});
