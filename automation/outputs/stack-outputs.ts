import type { OutputMap, Stack } from "@pulumi/pulumi/automation";
import { SECRET_PARTS, withSecretParts, type SecretParts } from "../../components/secret-parts";

/** The outputs of a stack by name, in clear, with secret parts back in the sections that they were taken out of. */
export async function stackOutputs(stack: Pick<Stack, "outputs">): Promise<OutputMap> {
  const all = await stack.outputs();
  const { [SECRET_PARTS]: secret, ...outputs } = all;
  if (secret?.secret !== true) return all;
  const parts = (secret.value ?? {}) as SecretParts;
  return Object.fromEntries(
    Object.entries(outputs).map(([name, output]) => {
      const value = withSecretParts(output.value as unknown, parts, [name]);
      return [name, { value, secret: output.secret || JSON.stringify(value) !== JSON.stringify(output.value) }];
    }),
  );
}
