import type { PropertyMap } from "../../../engine/values/property-value";
import { set, text, asText } from "../../schema/property-schema";
import type { ResourceTypeTable } from "../table";
import { onlyAt, providerConfig, SERVICE_PRINCIPAL } from "./databricks-properties";
import type { DatabricksContext, DatabricksScope } from "./databricks-scope";

const SECURABLES = [
  "catalog",
  "credential",
  "externalLocation",
  "foreignConnection",
  "function",
  "mcpService",
  "metastore",
  "model",
  "modelProviderService",
  "modelService",
  "pipeline",
  "recipient",
  "schema",
  "secret",
  "share",
  "storageCredential",
  "table",
  "volume",
];

/** Types that make a securable, by the input of a grant that names it. */
const MAKERS: Readonly<Record<string, string>> = {
  catalog: "databricks:index/catalog:Catalog",
  externalLocation: "databricks:index/externalLocation:ExternalLocation",
  schema: "databricks:index/schema:Schema",
  storageCredential: "databricks:index/storageCredential:StorageCredential",
  table: "databricks:index/sqlTable:SqlTable",
  volume: "databricks:index/volume:Volume",
};

/**
 * What one principal may do with one securable of Unity Catalog; the privileges of others stay as they are.
 * @see https://learn.microsoft.com/azure/databricks/data-governance/unity-catalog/manage-privileges/privileges
 */
export const grant: ResourceTypeTable<DatabricksScope> = {
  type: "databricks:index/grant:Grant",
  properties: {
    catalog: text({ replace: true }),
    credential: text({ replace: true }),
    externalLocation: text({ replace: true }),
    foreignConnection: text({ replace: true }),
    function: text({ replace: true }),
    mcpService: text({ replace: true }),
    metastore: text({ replace: true }),
    model: text({ replace: true }),
    modelProviderService: text({ replace: true }),
    modelService: text({ replace: true }),
    pipeline: text({ replace: true }),
    principal: text({ required: true, replace: true, minLength: 1 }),
    privileges: set(text({ pattern: /^[A-Z_]+$/, meaning: "upper case letters and underscores" }), {
      required: true,
      minItems: 1,
    }),
    providerConfig,
    recipient: text({ replace: true }),
    schema: text({ replace: true }),
    secret: text({ replace: true }),
    share: text({ replace: true }),
    storageCredential: text({ replace: true }),
    table: text({ replace: true }),
    volume: text({ replace: true }),
  },
  idOf: ({ inputs }) => `${securableOf(inputs).join("/")}/${asText(inputs.principal)}`,
  existing: "overwrite",
  rules: (inputs) => {
    const given = SECURABLES.filter((name) => inputs[name] !== undefined);
    return given.length === 1
      ? []
      : [{ property: "catalog", reason: `exactly one of ${SECURABLES.join(", ")} must be given, got ${given.length}` }];
  },
  refuse: (context) => onlyAt("workspace")(context) ?? missingSecurable(context) ?? missingPrincipal(context),
};

function securableOf(inputs: PropertyMap): [kind: string, name: string] {
  const kind = SECURABLES.find((name) => inputs[name] !== undefined) ?? "";
  return [kind, asText(inputs[kind])];
}

function missingSecurable({ inputs, scope, seed, world }: DatabricksContext): string | undefined {
  const [kind, name] = securableOf(inputs);
  const maker = MAKERS[kind];
  if (maker === undefined || scope.level === "account" || world.find(maker, "id", name).length > 0) return undefined;
  const seeded = seed.databricks?.accounts
    .flatMap(({ workspaces }) => workspaces)
    .find(({ host }) => host === scope.host)
    ?.securables?.includes(name);
  return seeded ? undefined : `404 ${kind.toUpperCase()}_DOES_NOT_EXIST: ${kind} '${name}' does not exist.`;
}

// Users and groups of the account are not modelled: only the id of an application can be looked up.
function missingPrincipal({ inputs, world }: DatabricksContext): string | undefined {
  const principal = asText(inputs.principal);
  const isApplication = /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(principal);
  return isApplication && world.find(SERVICE_PRINCIPAL, "applicationId", principal).length === 0
    ? `404 PRINCIPAL_DOES_NOT_EXIST: Could not find principal with name ${principal}.`
    : undefined;
}
