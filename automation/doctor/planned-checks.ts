import { at, type Config } from "../engine/config-value";
import type { PreflightCheck } from "./preflight";

/** The checks that the config of an environment asks for: what it does not switch on is not looked at. */
export function plannedChecks(config: Config): PreflightCheck[] {
  const azure = at(config, "trunkline:azure");
  const subscriptionId = at(azure, "subscriptionId");
  const tenantId = at(azure, "tenantId");
  const host = at(config, "trunkline:databricks", "workspace", "host");
  const gitCredential = at(config, "trunkline:databricks", "principal", "gitCredential");
  const repository = at(config, "trunkline:repository", "fullName");
  const checks: PreflightCheck[] = [];
  if (typeof subscriptionId === "string" && typeof tenantId === "string") {
    checks.push({ kind: "tenant", subscriptionId, tenantId }, { kind: "contributor", subscriptionId });
    if (at(azure, "identity", "mode") === "application") checks.push({ kind: "applications", tenantId });
  }
  if (typeof host === "string") checks.push({ kind: "workspace-admin", host });
  if (gitCredential !== undefined && typeof repository === "string") checks.push({ kind: "checkout", repository });
  return checks;
}
