/** Keys of what is a secret, in the configuration of an environment and in the files of artifacts. */
export const SECRET_KEYS: ReadonlySet<string> = new Set([
  ...["personalAccessToken", "clientSecret"],
  ...["password", "log_analytics_primary_key"],
]);

/** Longest text of a value in a fault, in characters. */
const LONGEST = 80;

/** A value that is at fault, as a fault shows it: shortened, and without the secrets in it. `path` is where it lies. */
export function shownValue(value: unknown, path: readonly PropertyKey[]): string {
  if (path.some((key) => SECRET_KEYS.has(String(key)))) return "a secret, not shown";
  const json =
    JSON.stringify(value, (key, inner: unknown) => (SECRET_KEYS.has(key) ? "[secret]" : inner)) ?? String(value);
  return json.length > LONGEST ? `${json.slice(0, LONGEST)}…` : json;
}
