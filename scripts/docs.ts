import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { generatedPages } from "./docs/pages";

/** Writes the pages of docs/ that are made from schemas, the menu, doc comments and the table of errors. */
async function main(): Promise<void> {
  for (const [path, text] of Object.entries(await generatedPages())) {
    const file = join(__dirname, "..", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

void main();
