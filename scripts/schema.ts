import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { settingsJsonSchema } from "../automation/settings/settings-json-schema";
import { environmentConfigSchema } from "../components";

/** The schemas by the name of their file. */
const SCHEMAS = { "config.schema.json": environmentConfigSchema, "trunkline.schema.json": settingsJsonSchema };

/** Writes the JSON Schemas of `Pulumi.<env>.yaml` and `trunkline.yaml` anew from the types that read them. */
async function main(): Promise<void> {
  for (const [name, schema] of Object.entries(SCHEMAS)) {
    const text = await format(JSON.stringify(schema()), { parser: "json", printWidth: 120 });
    writeFileSync(join(__dirname, "..", "docs", name), text);
  }
}

void main();
