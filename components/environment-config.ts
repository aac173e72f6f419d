import * as pulumi from "@pulumi/pulumi";
import { allConfig } from "@pulumi/pulumi/runtime";
import { z } from "zod";
import { awsSection } from "./config/aws-section";
import { azureSection } from "./config/azure-section";
import { configFaults, EnvironmentConfigError } from "./config/config-fault";
import { databricksSection } from "./config/databricks-section";
import { githubSection } from "./config/github-section";
import { missingParts } from "./config/missing-parts";
import { repositorySection } from "./config/repository-section";
import { section, text } from "./config/schema-kit";
import { commonTagKeys } from "./tags";

/** Namespace of the config keys: `trunkline:aws` in `Pulumi.<env>.yaml`. */
export const configNamespace = "trunkline";

/** The environments, each one a stack of that name. */
export const environmentNames = ["dev", "tst", "prd"] as const;

/** Name of an environment and of its stack. */
export type EnvironmentName = (typeof environmentNames)[number];

const tagText = (max: number) => new RegExp(`^(?!aws:)[\\p{L}\\p{N} +\\-=._:/@]{1,${max}}$`, "u");

/** The schema of the config: one key a vendor or subject, one section a part. A new vendor adds its line here. */
export const environmentSchema = section(
  {
    organization: text(
      /^(?=.{2,32}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
      "2 to 32 lower case letters, digits and single dashes, starting with a letter",
      "Short name of the organization, with which the names of its resources begin.",
    ),
    repository: repositorySection,
    tags: z
      .record(
        text(tagText(128), "a tag key of at most 128 characters", "Tag key.").refine(
          (key) => !commonTagKeys.includes(key),
          { error: `a tag key other than ${commonTagKeys.join(", ")}, which are set already` },
        ),
        text(tagText(256), "a tag value of at most 256 characters, in quotes", "Tag value."),
        { error: "tags as key and value" },
      )
      .describe("Further tags of every resource that can carry tags.")
      .default({}),
    aws: awsSection.optional(),
    azure: azureSection.optional(),
    databricks: databricksSection.optional(),
    github: githubSection.optional(),
  },
  "One environment of the platform.",
).superRefine(
  (config, context) => {
    for (const { path, allowed } of missingParts(config)) {
      context.addIssue({ code: "custom", path: [...path], message: allowed });
    }
  },
  { when: () => true },
);

/** The config of one environment, checked and with its defaults filled in. */
export interface EnvironmentConfig extends z.infer<typeof environmentSchema> {
  readonly environment: EnvironmentName;
}

/**
 * Checks the raw config of a stack, the keys without their namespace.
 * Throws one {@link EnvironmentConfigError} that lists every fault, a wrong stack name included.
 */
export function parseEnvironmentConfig(stack: string, raw: Readonly<Record<string, unknown>>): EnvironmentConfig {
  const environment = environmentNames.find((name) => name === stack);
  const parsed = environmentSchema.safeParse(raw);
  const faults = parsed.success ? [] : configFaults(configNamespace, raw, parsed.error.issues);
  if (environment === undefined) {
    const allowed = `one of ${environmentNames.join(", ")}: the stack is the environment`;
    faults.unshift({ path: "stack name", problem: `got ${JSON.stringify(stack)}`, allowed });
  }
  if (!parsed.success || environment === undefined) {
    throw new EnvironmentConfigError(stack, faults);
  }
  return { environment, ...parsed.data };
}

/** Reads and checks the config of the running stack; all keys of the namespace are looked at, so that none is mistyped in silence. */
export function readEnvironmentConfig(): EnvironmentConfig {
  const prefix = `${configNamespace}:`;
  const raw = Object.entries(allConfig())
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, value]): [string, unknown] => [key.slice(prefix.length), fromConfigText(value)]);
  return parseEnvironmentConfig(pulumi.getStack(), Object.fromEntries(raw));
}

/** Pulumi hands structured values over as JSON and plain ones as text. */
function fromConfigText(value: string): unknown {
  if (!/^\s*[[{]/.test(value)) {
    return value;
  }
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
