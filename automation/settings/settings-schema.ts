import { z } from "zod";
import { list, section, text } from "../../components/config/schema-kit";
import { gatePolicy } from "../gate/gate-policy";
import { driftSettingsSchema } from "../drift/drift-settings";
import { DEFAULT_RULES, ENVIRONMENTS } from "../stack/stack-for-branch";

/** Files of which no program is made: changes to them run nothing, unless something else says so. */
const NEVER_READ = ["**/*.md", "**/LICENSE*", "**/.gitignore", "**/.gitattributes", "**/.editorconfig", ".github/**"];

const environment = z
  .enum(ENVIRONMENTS, { error: `one of ${ENVIRONMENTS.join(", ")}` })
  .describe("Environment, the name of its stack.");

const pattern = text(
  /^[^\s\\~^:]{1,255}$/,
  "a branch or a glob of branches without blanks, such as main or feature/**",
  "A branch, or a glob: * stays within a part of the name, ** spans several.",
);

const glob = text(
  /^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$))[^\\\0\n]{1,1000}$/,
  "a glob from the workspace's root with / and without .., such as artifacts/**",
  "A glob of files, from the workspace's root.",
);

const name = text(
  /^[A-Za-z0-9_.-]{1,100}$/,
  "1 to 100 letters, digits, hyphens, underscores and periods",
  "Name of a project, as in its Pulumi.yaml.",
);

const alias = text(
  /^(?!(?:dev|tst|prd)$)[A-Za-z0-9_.-]{1,100}$/,
  `1 to 100 letters, digits, hyphens, underscores and periods, but not ${ENVIRONMENTS.join(", ")}`,
  "Another name of an environment.",
);

const project = section(
  {
    dependsOn: list(
      name,
      0,
      1000,
      "Projects that are brought up before, besides those whose outputs it reads.",
    ).default([]),
    artifacts: list(
      glob,
      0,
      1000,
      "Files that the program reads without importing them: a change to one brings it up.",
    ).default([]),
  },
  "What cannot be seen in the program of a project.",
);

const changes = section(
  {
    ignore: list(glob, 0, 1000, "Files that no program is made of: a change to one brings nothing up.").default(
      NEVER_READ,
    ),
  },
  "How changed files are told from those that do not matter.",
);

/** The schema of `trunkline.yaml`: one section a subject. A new subject adds its line here. */
export const settingsSchema = section(
  {
    branches: list(
      section({ pattern, environment }, "Branches that deploy to an environment."),
      1,
      1000,
      "Which branches deploy where; the first line that fits counts. Replaces the built-in table.",
    ).default([...DEFAULT_RULES.branches]),
    aliases: z
      .record(alias, environment, { error: "names of environments, each with the environment that it stands for" })
      .describe("Other names of environments: for --env, and for a branch of that very name.")
      .default({ ...DEFAULT_RULES.aliases }),
    projects: z
      .record(name, project, { error: "projects by name" })
      .describe("What cannot be seen in the programs, by project.")
      .default({}),
    changes: changes.prefault({}),
    gate: gatePolicy
      .describe(
        "Who may open the gate of an environment: rules, one of which has to be satisfied; an empty list opens it.",
      )
      .default({}),
    drift: driftSettingsSchema.prefault({}),
  },
  "Settings of a workspace's pipeline.",
);

/** The settings of a workspace, checked and with their defaults filled in. */
export type Settings = z.infer<typeof settingsSchema>;

/** The settings of a workspace without a `trunkline.yaml`. */
export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({});
