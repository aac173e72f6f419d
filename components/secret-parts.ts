import * as pulumi from "@pulumi/pulumi";

/** Name of the output that has the parts of all sections. */
export const SECRET_PARTS = "secretParts";

/** What stands in a section where a part of it is a secret. */
export const SECRET_PART = "[secret]";

/** Values of secret parts, by JSON Pointers from the outputs on (RFC 6901), such as `/azure/mlflow/trackingUri`. */
export type SecretParts = Readonly<Record<string, unknown>>;

type Path = readonly (string | number)[];

/**
 * Sections of outputs with every part that is a secret taken out, and these parts by their place. A stack reference tells only
 * of a whole output whether it is a secret, so that one secret part would make all of its section one.
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/stackReference.ts
 */
export function separateSecrets<Sections extends object>(
  sections: Sections,
): { readonly sections: Sections; readonly secretParts: pulumi.Output<Record<string, unknown>> } {
  const leaves: { readonly path: Path; readonly leaf: pulumi.Output<unknown> }[] = [];
  const separated = (value: unknown, path: Path): unknown => {
    if (pulumi.Output.isInstance(value)) {
      leaves.push({ path, leaf: value });
      return pulumi.output(pulumi.isSecret(value)).apply((secret) => (secret ? pulumi.output(SECRET_PART) : value));
    }
    if (Array.isArray(value)) return value.map((item: unknown, index) => separated(item, [...path, index]));
    if (!isPlain(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, separated(inner, [...path, key])]));
  };
  const plain = separated(sections, []) as Sections;
  const parts = leaves.map(({ path, leaf }) =>
    pulumi
      .output(pulumi.isSecret(leaf))
      .apply((secret) => (secret ? leaf.apply((value) => [[pointerOf(path), value]]) : pulumi.output([]))),
  );
  const secretParts = pulumi.secret(
    pulumi.all(parts).apply((all) => Object.fromEntries(all.flat()) as Record<string, unknown>),
  );
  return { sections: plain, secretParts: secretParts as unknown as pulumi.Output<Record<string, unknown>> };
}

/** Whether a value has a place in it where a secret was taken out. */
export function holdsSecretPart(value: unknown): boolean {
  if (value === SECRET_PART) return true;
  if (Array.isArray(value)) return value.some(holdsSecretPart);
  return isPlain(value) && Object.values(value).some(holdsSecretPart);
}

/** A value with what was taken out put back, by where it lies; what is in no part stays as it is. */
export function withSecretParts(value: unknown, parts: SecretParts, path: Path = []): unknown {
  const pointer = pointerOf(path);
  if (value === SECRET_PART) return Object.hasOwn(parts, pointer) ? parts[pointer] : value;
  if (Array.isArray(value)) return value.map((item: unknown, index) => withSecretParts(item, parts, [...path, index]));
  if (!isPlain(value)) return value;
  const filled = Object.entries(value).map(([key, inner]) => [key, withSecretParts(inner, parts, [...path, key])]);
  return Object.fromEntries(filled);
}

function pointerOf(path: Path): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
