import { stackOutputs } from "../outputs/stack-outputs";
import type { Target } from "../engine/engine-session";
import { mlflowFacts, mlflowSecrets, type MlflowFacts } from "../mlflow/mlflow-facts";
import type { JobCluster } from "../ports/job-cluster";
import type { ProjectShare } from "../ports/project-share";
import type { EnvironmentName } from "../stack/stack-for-branch";
import { withStack, type StackNeeds, type VerbDeps, type VerbOptions } from "./verb";

/** What of a platform is outside of this process. */
export interface MlflowPorts {
  readonly share: ProjectShare;
  readonly cluster: JobCluster;
  /** Where a person sees a run of MLflow; undefined where nothing is recorded of it. */
  readonly runAddress: (runId: string) => Promise<string | undefined>;
}

/** Which platform is to be reached. */
export interface MlflowRequest {
  readonly target: Target;
  readonly projectDir: string;
  readonly facts: MlflowFacts;
  /** Is told of each secret before it is used. */
  readonly learned: (secrets: readonly string[]) => void;
  /** Is told what a user should know. */
  readonly note: (text: string) => void;
}

/** What verbs about projects of MLflow work with. */
export interface MlflowDeps extends VerbDeps {
  readonly openMlflow: (request: MlflowRequest) => Promise<MlflowPorts>;
  readonly pause: (milliseconds: number) => Promise<unknown>;
  /** The present, for names. */
  readonly date: () => Date;
  /** A few lower-case letters and digits, other ones each time. */
  readonly random: () => string;
}

/** An environment's platform, and the way to it. */
export interface OpenPlatform extends MlflowPorts {
  readonly environment: EnvironmentName;
  readonly facts: MlflowFacts;
}

/** Finds an environment's platform by the outputs of its last update, and opens the way to it. */
export async function openPlatform(
  deps: MlflowDeps,
  options: VerbOptions,
  needs: Pick<StackNeeds, "readOnly"> = {},
): Promise<OpenPlatform> {
  const found = await platformFacts(deps, options, needs);
  const learned = (secrets: readonly string[]) => deps.secrets.add(secrets);
  const { note } = deps;
  return { ...found, ...(await deps.openMlflow({ ...found, target: options.target, learned, note })) };
}

/** What the last update of an environment told of its platform. */
export function platformFacts(
  deps: VerbDeps,
  options: VerbOptions,
  { readOnly }: Pick<StackNeeds, "readOnly"> = {},
): Promise<Pick<OpenPlatform, "environment" | "facts"> & { projectDir: string }> {
  return withStack(
    deps,
    options,
    { absent: "refuse", stateOnly: true, readOnly },
    async ({ environment, stack, projectDir }) => {
      const outputs = await stackOutputs(stack);
      deps.secrets.add(mlflowSecrets(outputs));
      return { environment, projectDir, facts: mlflowFacts(outputs, environment) };
    },
  );
}
