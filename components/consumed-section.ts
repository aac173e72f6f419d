import * as pulumi from "@pulumi/pulumi";
import { holdsSecretPart, withSecretParts, type SecretParts } from "./secret-parts";

/** Where a section and its secret parts come from. */
export interface SectionSource {
  /** The section with what is secret in it taken out; `check` throws where one is not as the contract has it. */
  readonly section: pulumi.Output<{ readonly value: unknown; readonly check: (whole: unknown) => void }>;
  /** A secret; nothing where the environment is of a version before there was that. */
  readonly parts: pulumi.Output<unknown>;
}

/**
 * A section of outputs, or what lies in it by a path, in which a part is a secret only if it is one in the environment:
 * `section.a.b` of a plain value is plain beside a secret, and what has a secret in it is a secret.
 */
export function consumedSection<T>(
  name: string,
  { section, parts }: SectionSource,
  path: readonly string[] = [],
): pulumi.Output<T> {
  const at = (inner: readonly string[]): pulumi.Output<unknown> => {
    const own = section.apply(({ value: whole, check }) => {
      if (!holdsSecretPart(whole)) check(whole);
      const value = valueAt(whole, inner);
      if (!holdsSecretPart(value)) return pulumi.output(value);
      return parts.apply((known) => {
        const filled = withSecretParts(whole, (known ?? {}) as SecretParts, [name]);
        check(filled);
        return valueAt(filled, inner);
      });
    });
    return lifted(own, (key) => at([...inner, key]));
  };
  return at(path) as pulumi.Output<T>;
}

/** An output whose properties come from `inner`, as Pulumi lifts them; what asks for a kind or a promise gets what the output has. */
function lifted(
  output: pulumi.Output<unknown>,
  inner: (key: string) => pulumi.Output<unknown>,
): pulumi.Output<unknown> {
  return new Proxy(output, {
    get: (target, key) => {
      const isOwn = typeof key === "symbol" || key in target || key === "then" || key.startsWith("__");
      if (isOwn || key === "doNotCapture" || key === "deploymentOnlyModule") return Reflect.get(target, key) as unknown;
      return inner(key);
    },
  });
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>> | undefined | null)?.[key], value);
}
