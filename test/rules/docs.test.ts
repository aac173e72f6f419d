import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { ERROR_CODES } from "../../automation/error-codes/error-code";
import { VERBS } from "../../automation/verbs/verbs";
import { generatedPages } from "../../scripts/docs/pages";
import { exportedComponents } from "../support/exported-components";

const root = resolve(__dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

const pages = [
  ...readdirSync(root).filter((name) => name.endsWith(".md")),
  ...["docs", "examples"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".md") && !name.includes("node_modules"))
      .map((name) => `${folder}/${name}`),
  ),
];

/** The headings of a page as GitHub links to them. */
function anchors(page: string): string[] {
  const headings = page.replace(/```[\s\S]*?```/g, "").matchAll(/^#{1,6} (.+)$/gm);
  const seen = new Map<string, number>();
  return [...headings].map(([, text = ""]) => {
    const plain = text.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replaceAll("`", "");
    const slug = plain
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-");
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
}

/** The links of a page into this repository that lead nowhere. */
function deadLinks(path: string, text: string): string[] {
  const prose = text.replace(/```[\s\S]*?```/g, "").replace(/`[^`\n]*`/g, "");
  const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  return targets.filter((target) => {
    if (/^(?:https?|mailto):/.test(target)) return false;
    const [file = "", anchor] = target.split("#");
    const linked = file === "" ? path : relative(root, join(root, dirname(path), file));
    if (linked.startsWith("..") || !existsSync(join(root, linked))) return true;
    return anchor !== undefined && !anchors(file === "" ? text : read(linked)).includes(anchor);
  });
}

describe("the documentation", function () {
  this.timeout(300_000);

  it("has the generated pages as they are made", async () => {
    for (const [path, text] of Object.entries(await generatedPages())) {
      assert.ok(existsSync(join(root, path)), `${path} is missing: npm run docs`);
      assert.equal(read(path), text, `${path} is out of date: npm run docs`);
    }
  });

  it("has each verb, each component and each error code on its page", () => {
    for (const { name } of VERBS) assert.ok(read("docs/reference/verbs.md").includes(`\n## trunkline ${name}\n`), name);
    for (const name of Object.keys(ERROR_CODES)) assert.ok(read("docs/errors.md").includes(`\n### ${name}\n`), name);
    for (const name of exportedComponents()) {
      assert.ok(read("docs/reference/components.md").includes(`\n## ${name}\n`), name);
    }
  });

  for (const page of pages) {
    it(`has no link that leads nowhere: ${page}`, () => assert.deepEqual(deadLinks(page, read(page)), []));
  }

  it("is looked through by a search that finds dead links", () => {
    const text = "# A\n[a](#b) [b](no-such-file.md) [c](README.md#no-such-heading) [d](../outside.md) [e](#a)";
    assert.deepEqual(deadLinks("README.md", text), [
      "#b",
      "no-such-file.md",
      "README.md#no-such-heading",
      "../outside.md",
    ]);
  });
});
