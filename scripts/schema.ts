import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { environmentConfigSchema } from "../components";

const file = join(__dirname, "..", "docs", "config.schema.json");

/** Writes the JSON Schema of `Pulumi.<env>.yaml` anew from the types that read it. */
async function main(): Promise<void> {
  writeFileSync(file, await format(JSON.stringify(environmentConfigSchema()), { parser: "json", printWidth: 120 }));
}

void main();
