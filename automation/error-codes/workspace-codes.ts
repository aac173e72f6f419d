import type { ErrorCodes } from "./error-code";

/** Errors of a repository's projects and their settings. */
export const workspaceCodes: ErrorCodes = {
  "no-project": {
    exit: "usage",
    words: ["no Pulumi.yaml in "],
    meaning: "There is no Pulumi.yaml in this directory or above it.",
    remedy: "Run inside a project, name its directory with --cwd, or begin one with trunkline init.",
  },
  "project-file-faulty": {
    exit: "usage",
    words: [],
    meaning: "A Pulumi.yaml is not a project file: it cannot be read, is no YAML, or names no project.",
    remedy: "Correct the file: https://www.pulumi.com/docs/iac/concepts/projects/project-file/ says what it holds.",
  },
  "project-named-twice": {
    exit: "usage",
    words: ["two projects are named"],
    meaning: "Two projects of the repository have one name, so that no one could tell their stacks apart.",
    remedy: "Give each project its own name in Pulumi.yaml.",
  },
  "unknown-project": {
    exit: "usage",
    words: ["trunkline.yaml names a project"],
    meaning: "trunkline.yaml has a section for a project that is not in the repository.",
    remedy: "Correct the name; the message lists those that there are.",
  },
  "environment-without-settings": {
    exit: "usage",
    words: [" has no settings: "],
    meaning: "The environment has no Pulumi.<env>.yaml beside Pulumi.yaml.",
    remedy: "Write it, or copy another environment's; docs/config.schema.json says what it may hold.",
  },
  "no-project-has-environment": {
    exit: "usage",
    words: [" has settings for "],
    meaning:
      "Several stacks were asked for, and no project of the workspace has a Pulumi.<env>.yaml of that environment.",
    remedy: "Name an environment that a project has, or write its settings.",
  },
  "settings-faulty": {
    exit: "usage",
    words: [],
    meaning: "trunkline.yaml has faults; the message lists all of them, each with where it lies and what is allowed.",
    remedy: "Correct them; docs/trunkline.schema.json lets an editor do so while you type.",
  },
};
