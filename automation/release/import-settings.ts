import { isMap, parseDocument } from "yaml";
import { azureEndpointSection } from "../../components/config/azure-endpoint-section";
import { AutomationError } from "../errors";
import type { EnvSettings } from "./env-file";
import { schemaFaults } from "../settings/schema-faults";

const ENDPOINT = ["config", "trunkline:azure", "endpoint"] as const;

/** Where each key goes, below the section of the endpoint. */
const PATHS: Readonly<Record<keyof EnvSettings, readonly string[]>> = {
  group: ["workspace", "existing", "resourceGroupName"],
  workspace: ["workspace", "existing", "name"],
  location: ["location"],
  compute: ["compute"],
  endpoint: ["name"],
  model: ["model"],
};

/**
 * The text of a `Pulumi.<env>.yaml` with the settings of an env file in `azure.endpoint`; comments and everything else stay as
 * they are. Throws a usage error, with every fault, where that would be no endpoint.
 */
export function importSettings(text: string, file: string, settings: EnvSettings): string {
  const document = parseDocument(text);
  const [broken] = document.errors;
  if (broken || (document.contents !== null && !isMap(document.contents))) {
    throw new AutomationError("usage", `${file} is no settings file: ${broken?.message ?? "it must be an object"}`, {
      hint: "correct it first; nothing was changed",
    });
  }
  for (const [key, value] of Object.entries(settings) as [keyof EnvSettings, string][]) {
    const path = [...ENDPOINT, ...PATHS[key]];
    // What is there already keeps its comment.
    if (document.getIn(path) !== value) document.setIn(path, value);
  }
  if (settings.group !== undefined || settings.workspace !== undefined)
    document.deleteIn([...ENDPOINT, "workspace", "create"]);
  if (!document.hasIn([...ENDPOINT, "scoring"])) document.setIn([...ENDPOINT, "scoring"], { create: {} });
  const written = document.toString({ lineWidth: 0 });
  const section = (parseDocument(written).toJS() as Settings).config?.["trunkline:azure"]?.endpoint;
  const { success, error } = azureEndpointSection.safeParse(section);
  if (success) return written;
  const faults = schemaFaults(section, error.issues, "the section").map((fault) => `azure.endpoint.${fault}`);
  throw new AutomationError("usage", `what is imported makes no endpoint of ${file}: ${faults.join("; ")}`, {
    hint: "correct the env file, or add what is missing to the settings; nothing was changed",
  });
}

interface Settings {
  readonly config?: Readonly<Record<string, { readonly endpoint?: unknown }>>;
}
