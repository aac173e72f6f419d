import { object, text } from "../../schema/property-schema";
import type { Reference, TableContext } from "../table";
import type { DatabricksScope } from "./databricks-scope";

/** Which workspace a resource of an account-level provider belongs to. */
export const providerConfig = object({ workspaceId: text() });

/** Type token of a service principal. */
export const SERVICE_PRINCIPAL = "databricks:index/servicePrincipal:ServicePrincipal";
/** Type token of a group. */
export const GROUP = "databricks:index/group:Group";

/** A number like those that Databricks gives. */
export function numberFrom({ hex }: Pick<TableContext, "hex">, purpose: string, digits = 15): string {
  const number = BigInt(`0x${hex(purpose, 16)}`) % 10n ** BigInt(digits - 1);
  return String(10n ** BigInt(digits - 1) + number);
}

/** A resource goes with the service principal whose number it names. */
export function ofServicePrincipal(property: string): Reference {
  return {
    property,
    types: [SERVICE_PRINCIPAL],
    attributes: ["id"],
    anyScope: true,
    missing: (id) => `Service principal with id ${id} not found`,
    onDelete: "cascade",
  };
}

/** The number of the account that the scope belongs to; undefined for a workspace that no account of the seed has. */
export function accountOf({ scope, seed }: TableContext<DatabricksScope>): string | undefined {
  if (scope.level === "account") return scope.accountId;
  return seed.databricks?.accounts.find(({ workspaces }) => workspaces.some(({ host }) => host === scope.host))?.id;
}

/** What a call says that the level of its provider does not have. */
export function onlyAt(
  level: DatabricksScope["level"],
): (context: TableContext<DatabricksScope>) => string | undefined {
  return ({ scope }) =>
    scope.level === level
      ? undefined
      : `this resource can only be used with a${level === "account" ? "n account" : " workspace"}-level provider, got ${scope.id}`;
}
