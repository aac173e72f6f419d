import { z } from "zod";
import { list, section, text } from "../../components/config/schema-kit";

const reason = text(/\S/, "why, in words", "Why that is so, for whoever reads the report.");

const allowance = section(
  {
    urn: text(
      /^urn:pulumi:\S+$|^\*\S*$/,
      "a URN, or a pattern of URNs with *",
      "The resources; * stands for any text.",
    ),
    properties: list(
      text(
        /^\S+$/,
        "a property such as tags or tags.owner, or *",
        "A property with all below it; * stands for any part.",
      ),
      1,
      100,
      "Properties that others may change.",
    ),
    reason,
  },
  "Differences that are nobody's fault.",
);

const exemption = section(
  {
    project: text(/^[A-Za-z0-9_.-]{1,100}$/, "the name of a project", "Name of the project, as in its Pulumi.yaml."),
    environment: z.enum(["dev", "tst", "prd"], { error: "one of dev, tst, prd" }).optional(),
    reason,
  },
  "A stack that is never looked at; without an environment, those of all.",
);

/** The schema of the section `drift` of `trunkline.yaml`. */
export const driftSettingsSchema = section(
  {
    allow: list(allowance, 0, 1000, "Differences between state and cloud that are no drift.").default([]),
    exempt: list(exemption, 0, 1000, "Stacks that are not checked.").default([]),
  },
  "What counts as drift.",
);

/** What counts as drift. */
export type DriftSettings = z.infer<typeof driftSettingsSchema>;
