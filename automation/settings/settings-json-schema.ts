import { z } from "zod";
import { settingsSchema } from "./settings-schema";

/** The JSON Schema of `trunkline.yaml`, for editors and for checks without running anything. */
export function settingsJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(settingsSchema, { target: "draft-7", io: "input" });
  return { $schema, title: "trunkline.yaml", ...schema };
}
