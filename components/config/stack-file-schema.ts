import { z } from "zod";
import { configNamespace, environmentSchema } from "../environment-config";

/**
 * The JSON Schema of a whole `Pulumi.<env>.yaml`, for editors and for checks without running the program.
 * Keys of other namespaces, such as a provider's, are let through. See https://www.pulumi.com/docs/iac/concepts/config/.
 */
export function environmentConfigSchema(): Record<string, unknown> {
  const { properties = {}, required = [] } = z.toJSONSchema(environmentSchema, { target: "draft-7", io: "input" });
  const namespaced = (key: string) => `${configNamespace}:${key}`;
  const text = (description: string) => ({ type: "string", description });
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Pulumi.<env>.yaml of trunkline",
    type: "object",
    additionalProperties: false,
    required: ["config"],
    properties: {
      config: {
        type: "object",
        description: "The config of the stack.",
        additionalProperties: false,
        required: required.map(namespaced),
        properties: Object.fromEntries(Object.entries(properties).map(([key, schema]) => [namespaced(key), schema])),
        patternProperties: { [`^(?!${configNamespace}:)[^:]+:.+$`]: {} },
      },
      secretsprovider: text("What encrypts the stack's secrets. Absent: a passphrase."),
      encryptionsalt: text("Salt of the passphrase; written by Pulumi."),
      encryptedkey: text("Key of the secrets provider, encrypted by it; written by Pulumi."),
    },
  };
}
