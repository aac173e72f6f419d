import type { PropertyMap } from "../../engine/values/property-value";
import { asText } from "../schema/property-schema";
import { endpointKeys } from "../tables/azure-native/online-endpoint";
import { type AccessTokens, sameText } from "./access-tokens";
import type { LiveEndpoint } from "./live-endpoint";

/** What callers of an endpoint show: `Key`, `AADToken` or `AMLToken`. */
export function authModeOf({ resource }: LiveEndpoint): string {
  return asText((resource.outputs.properties as PropertyMap).authMode);
}

/** Why an endpoint does not let a caller in; undefined where it does. `now` in milliseconds since 1970. */
export function authorizationRefusal(
  header: string | undefined,
  endpoint: LiveEndpoint,
  tokens: AccessTokens,
  now: number,
): string | undefined {
  const [, credential] = /^Bearer (.+)$/.exec(header ?? "") ?? [];
  if (credential === undefined) return "a request needs the header authorization: Bearer, with a token or key";
  if (authModeOf(endpoint) !== "Key") return tokens.refusal(credential, now);
  const { primaryKey, secondaryKey } = endpointKeys(endpoint.resource);
  const known = [primaryKey, secondaryKey].some((key) => sameText(key, credential));
  return known ? undefined : "this is no key of the endpoint";
}
