import { type AccessTokens, sameText } from "./access-tokens";
import type { LiveEndpoint } from "./live-endpoint";

/** Why an endpoint does not let a caller in; undefined where it does. `now` in milliseconds since 1970. */
export function authorizationRefusal(
  header: string | undefined,
  { keys }: LiveEndpoint,
  tokens: AccessTokens,
  now: number,
): string | undefined {
  const [, credential] = /^Bearer (.+)$/.exec(header ?? "") ?? [];
  if (credential === undefined) return "a request needs the header authorization: Bearer, with a token or key";
  if (keys === undefined) return tokens.refusal(credential, now);
  return keys.some((key) => sameText(key, credential)) ? undefined : "this is no key of the endpoint";
}
