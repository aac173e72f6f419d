import { AutomationError } from "../errors";
import { parseModel } from "../release/choose-model";
import { deploySlot, type DeployedSlot } from "../release/deploy-slot";
import { parseDuration } from "../release/step-plan";
import type { EnvironmentName } from "../stack/stack-for-branch";
import { withRelease, type ReleaseDeps, type ReleaseOptions } from "./release-session";

export interface ReleaseDeployOptions extends ReleaseOptions {
  /** As `name:version`. @default the newest registered version of the endpoint's model */
  readonly model?: string;
  /** How long the slot may take to become healthy, as in `30m`. */
  readonly timeout: string;
}

/** A model that is up and gets no traffic yet. */
export interface ReleaseDeployResult extends DeployedSlot {
  readonly kind: "deployed";
  readonly environment: EnvironmentName;
  readonly endpoint: string;
}

/** How often a slot that comes up is looked at, in milliseconds. */
const POLL_MS = 5000;

/** Brings a model up in the slot without traffic; the endpoint is made where there is none. */
export async function releaseDeploy(deps: ReleaseDeps, options: ReleaseDeployOptions): Promise<ReleaseDeployResult> {
  const asked = options.model === undefined ? undefined : parseModel(options.model);
  const timeoutMs = parseDuration("timeout", options.timeout);
  return withRelease(deps, options, async ({ opened, reference, ports }) => {
    const { platform, model, instanceType, instanceCount, endpointName } = reference;
    if (platform === "databricks" && !(await ports.endpoint.live())) {
      throw new AutomationError(
        "usage",
        `${endpointName} is not there, and an endpoint of Databricks begins with traffic`,
        {
          hint: "let the environment make it with its initial model: trunkline refresh, then trunkline up",
        },
      );
    }
    const commit = await deps.git.headCommit(opened.projectDir);
    const deployed = await deploySlot(ports, {
      asked: asked ?? { name: model },
      size: { instanceType, instanceCount },
      ...{ timeoutMs, pollMs: POLL_MS, owner: await deps.owners.own() },
      ...(commit !== undefined && { commit }),
    });
    return { kind: "deployed", environment: opened.environment, endpoint: endpointName, ...deployed };
  });
}
