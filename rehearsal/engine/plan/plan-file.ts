import type { StepOp } from "../deployment/step";
import type { CustomTimeouts, DeploymentFile } from "../state/deployment-file";
import type { PropertyMap } from "../values/property-value";

/** How properties are expected to change, at the top level. */
export interface PlanDiff {
  adds?: PropertyMap;
  deletes?: string[];
  updates?: PropertyMap;
}

/** What a preview saw the program ask for. */
export interface GoalPlan {
  type: string;
  name: string;
  custom: boolean;
  inputDiff: PlanDiff;
  outputDiff: PlanDiff;
  parent?: string;
  protect: boolean;
  dependencies?: string[];
  provider?: string;
  propertyDependencies?: Record<string, string[]>;
  deleteBeforeReplace?: boolean;
  ignoreChanges?: string[];
  additionalSecretOutputs?: string[];
  structuredAliases?: unknown[];
  id?: string;
  customTimeouts: CustomTimeouts;
}

/** What an update may do to one resource. */
export interface ResourcePlan {
  /** Absent for a resource that is to be deleted. */
  goal?: GoalPlan;
  steps?: StepOp[];
  /** The outputs that the preview expected. */
  state: PropertyMap | null;
  /** Base64. */
  seed?: string;
}

/**
 * An update plan as `--save-plan` writes it (`apitype.DeploymentPlanV1`).
 * @see https://www.pulumi.com/docs/iac/concepts/update-plans/
 */
export interface PlanFile {
  manifest: DeploymentFile["manifest"];
  config?: Record<string, unknown>;
  resourcePlans: Record<string, ResourcePlan>;
}
