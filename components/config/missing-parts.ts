import { at } from "./schema-kit";

/** A part of the config that another part cannot be without. */
export interface MissingPart {
  readonly path: readonly string[];
  /** What would be right. */
  readonly allowed: string;
}

/** The parts that a config lacks though others need them. */
export function missingParts(config: unknown): MissingPart[] {
  if (at(config, ["databricks"]) === undefined) {
    return [];
  }
  const missing: MissingPart[] = [];
  if (at(config, ["azure"]) === undefined) {
    missing.push({ path: ["azure"], allowed: "the subscription and tenant that the Databricks workspace is in" });
  }
  if (at(config, ["databricks", "workspace"]) === undefined) {
    missing.push({ path: ["databricks", "workspace"], allowed: "the existing workspace of the environment" });
  }
  const principal = at(config, ["databricks", "principal"]);
  const login = at(principal, ["login"]) ?? "azure";
  if (principal !== undefined && login === "azure" && at(config, ["azure", "identity"]) === undefined) {
    const allowed = "federation or secret, where azure.identity is absent";
    missing.push({ path: ["databricks", "principal", "login"], allowed });
  }
  return missing;
}
