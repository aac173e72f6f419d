import { at } from "./schema-kit";

/** A part of the config that another part cannot be without. */
export interface MissingPart {
  readonly path: readonly string[];
  /** What would be right. */
  readonly allowed: string;
}

/** The parts that a config lacks though others need them. */
export function missingParts(config: unknown): MissingPart[] {
  const has = (...path: string[]) => at(config, path) !== undefined;
  const missing: MissingPart[] = [];
  const credentials = ["azure", "keyVault", "credentials", "create"];
  if (has(...credentials) && !has(...credentials, "clientId") && !has("azure", "identity")) {
    const allowed = "the application that deploys to Databricks, where azure.identity is absent";
    missing.push({ path: [...credentials, "clientId"], allowed });
  }
  if (!has("databricks")) {
    return missing;
  }
  if (!has("azure")) {
    missing.push({ path: ["azure"], allowed: "the subscription and tenant that the Databricks workspace is in" });
  }
  if (has("databricks", "workspace") === has("azure", "databricks")) {
    const allowed = "the existing workspace of the environment, or azure.databricks, which makes one; not both";
    missing.push({ path: ["databricks", "workspace"], allowed });
  }
  if (has("databricks", "secretScope") && !has("azure", "keyVault")) {
    missing.push({ path: ["azure", "keyVault"], allowed: "the vault whose secrets the secret scope has" });
  }
  const login = at(config, ["databricks", "principal", "login"]) ?? "azure";
  if (has("databricks", "principal") && login === "azure" && !has("azure", "identity")) {
    const allowed = "federation or secret, where azure.identity is absent";
    missing.push({ path: ["databricks", "principal", "login"], allowed });
  }
  return missing;
}
