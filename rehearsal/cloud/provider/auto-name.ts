import { createHash, randomBytes } from "node:crypto";
import type { AutoName } from "../tables/table";
import { uuidOf } from "./uuid";

/**
 * A physical name for a resource that was given none: its name in the program, a separator and hexadecimal digits
 * which stay the same as long as the seed does; or a UUID that does so.
 * @see https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming
 */
export function autoNameFor(rule: AutoName, name: string, urn: string, randomSeed: Uint8Array): string {
  const seed = randomSeed.length > 0 ? randomSeed : randomBytes(32);
  const digits = createHash("sha256").update(seed).update(urn).digest("hex");
  if (rule.uuid) return uuidOf(digits);
  const suffix = digits.slice(0, rule.digits ?? 7);
  const base = rule.transform ? rule.transform(name) : name;
  const separator = rule.separator ?? "-";
  return `${base.slice(0, rule.maxLength - suffix.length - separator.length)}${separator}${suffix}`;
}
