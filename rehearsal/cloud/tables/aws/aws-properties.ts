import type { PropertySchemas } from "../../schema/property-schema";
import { record, text } from "../../schema/property-schema";
import type { ResourceContext } from "../table";
import { planned } from "../table";
import type { AwsScope } from "./aws-scope";

/** What a table function of AWS gets. */
export type AwsContext = ResourceContext<AwsScope>;

/** The region of a regional resource; check fills in the provider's. */
export const regional: PropertySchemas = { region: text({ replace: true }) };

/** Tags; check adds the provider's default tags. */
export const tagged: PropertySchemas = { tags: record(text({ maxLength: 256 })) };

/** Tags with the provider's default tags. */
export const tagsAll = planned<AwsScope>(({ inputs }) => inputs.tags ?? {});

/** An ARN in the scope's account; `region` is empty for global services. */
export function arnOf(scope: AwsScope, service: string, region: string, resource: string): string {
  return `arn:${scope.partition}:${service}:${region}:${scope.account}:${resource}`;
}

/** An identifier of IAM, such as `AROA…`: the prefix and 17 letters and digits. */
export function iamUniqueId({ hex }: AwsContext, prefix: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const digits = hex(prefix, 34);
  const letters = Array.from(
    { length: 17 },
    (_, i) => alphabet[Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16) % 32],
  );
  return `${prefix}${letters.join("")}`;
}

/** The name that was given, or one that begins with the given prefix. */
export function nameOrPrefixed(context: AwsContext, name: string, prefix: string): string {
  const { [name]: given, [prefix]: start } = context.inputs;
  if (typeof given === "string") return given;
  const stamp = context.now.replace(/[^0-9]/g, "").slice(0, 14);
  return `${typeof start === "string" ? start : "terraform-"}${stamp}${context.hex("name", 12)}`;
}

/** How long a policy is to AWS, which does not count white space. */
export function policySize(policy: unknown): number {
  return typeof policy === "string" ? policy.replace(/\s/g, "").length : 0;
}
