import type { RecordedUpdate } from "../changes/last-deploy";
import type { EnvironmentName } from "../stack/stack-for-branch";
import type { Project } from "./project";

/** What is recorded of a stack: its history, and what it read from others. */
export type StackRecords =
  | {
      readonly kind: "recorded";
      /** The newest first; at least as far back as the last update. Empty for a stack that was never made. */
      readonly updates: readonly RecordedUpdate[];
      /** Names of the stacks whose outputs it read: `organization/project/stack`. */
      readonly references: readonly string[];
    }
  /** It cannot be looked up, and why. */
  | { readonly kind: "unavailable"; readonly reason: string };

/** Looks up what is recorded of the stack of a project and an environment. */
export type ReadRecords = (project: Project, environment: EnvironmentName) => Promise<StackRecords>;
