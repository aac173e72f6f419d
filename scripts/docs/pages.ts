import { join } from "node:path";
import { format } from "prettier";
import { settingsJsonSchema } from "../../automation/settings/settings-json-schema";
import { environmentConfigSchema } from "../../components";
import { componentsPage } from "./components-page";
import { errorsPage } from "./errors-page";
import { outputsPage } from "./outputs-page";
import { schemaPage } from "./schema-page";
import { verbsPage } from "./verbs-page";

const root = join(__dirname, "../..");

const CONFIG = [
  "What `Pulumi.<env>.yaml` may hold, made from [config.schema.json](../config.schema.json), which an editor completes and",
  "checks the files by. A section that is absent creates nothing.",
];

const SETTINGS = [
  "What `trunkline.yaml` at the root of a workspace may hold, made from [trunkline.schema.json](../trunkline.schema.json).",
  "Without the file, every default counts.",
];

const PAGES: Readonly<Record<string, () => string>> = {
  "docs/errors.md": errorsPage,
  "docs/reference/verbs.md": verbsPage,
  "docs/reference/config.md": () => schemaPage("Configuration", CONFIG, environmentConfigSchema(), ["config"]),
  "docs/reference/settings.md": () => schemaPage("Settings", SETTINGS, settingsJsonSchema()),
  "docs/reference/components.md": () => componentsPage(root),
  "docs/reference/outputs.md": () => outputsPage(root),
};

/** The generated pages of docs/, as the formatter leaves them, by path. */
export async function generatedPages(): Promise<Readonly<Record<string, string>>> {
  const options = { parser: "markdown", printWidth: 120 } as const;
  const pages = Object.entries(PAGES).map(async ([path, page]) => [path, await format(page(), options)] as const);
  return Object.fromEntries(await Promise.all(pages));
}
