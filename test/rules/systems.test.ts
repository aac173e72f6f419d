import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");
const pages = readdirSync(join(root, "docs/systems"));

describe("the pages of docs/systems", () => {
  for (const page of pages) {
    const text = readFileSync(join(root, "docs/systems", page), "utf8");

    it(`name only tests that there are: ${page}`, () => {
      const named = [...text.matchAll(/`([^`\s]+\.test\.ts|test\/[^`\s]+)`/g)].map(([, path = ""]) => path);
      assert.ok(named.length > 3, named.join());
      const exists = (path: string) => existsSync(join(root, path)) || existsSync(join(root, "test", path));
      assert.deepEqual(
        named.filter((path) => !exists(path)),
        [],
      );
    });

    it(`lead only to pages that there are: ${page}`, () => {
      for (const [, target = ""] of text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)) {
        assert.ok(existsSync(join(root, "docs/systems", target)), target);
      }
    });
  }
});
