import { z } from "zod";
import { flag, section, text } from "./schema-kit";

const sizes = ["Small", "Medium", "Large"] as const;

/** The part of the config that describes an endpoint of Databricks' model serving. */
export const databricksServingSection = section(
  {
    name: text(
      /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?$/,
      "1 to 63 letters, digits, dashes and underscores, with a letter or digit at both ends",
      "Name of the endpoint. Absent: {organization}-{environment}-{model}.",
    ).optional(),
    initialModel: text(
      /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+:\d+$/,
      "a registered model and its version, such as ml_dev.default.fares:1",
      "Version that is served from the first update on, which has to be registered; releases choose the later ones.",
    ),
    workloadSize: z
      .enum(sizes, { error: `one of ${sizes.join(", ")}` })
      .describe("Size of each slot: 4, 16 or 64 requests at once.")
      .default("Small"),
    scaleToZero: flag("Let a slot without requests cost nothing, and take a while to wake up.").default(true),
  },
  "The endpoint that serves a registered model in Databricks. Absent: none.",
);

/** The serving part of a config, with its defaults filled in. */
export type DatabricksServingConfig = z.infer<typeof databricksServingSection>;
