import { resolve } from "node:path";
import { findProject } from "../stack/find-project";
import { readRequests } from "../release/read-requests";
import type { ServingPlatform } from "../release/serving-platform";
import { testSlot, type TestedSlot } from "../release/test-slot";
import type { EnvironmentName } from "../stack/stack-for-branch";
import { withRelease, type ReleaseDeps, type ReleaseOptions } from "./release-session";

/** Where the cases lie, from the project's directory: each vendor's endpoints take requests of another form. */
export const DEFAULT_REQUESTS: Readonly<Record<ServingPlatform, string>> = {
  azure: "artifacts/azure-ml/requests",
  databricks: "artifacts/model-serving/requests",
};

export interface ReleaseTestOptions extends ReleaseOptions {
  /** Folder of the cases. @default {@link DEFAULT_REQUESTS} of the project */
  readonly requests?: string;
}

/** How the slot without traffic answered. */
export interface ReleaseTestResult extends TestedSlot {
  readonly environment: EnvironmentName;
  readonly endpoint: string;
}

/** Sends request files to the slot without traffic, and compares each answer with what is expected of it. */
export async function releaseTest(deps: ReleaseDeps, options: ReleaseTestOptions): Promise<ReleaseTestResult> {
  const { requests, cwd } = options;
  // A faulty file that is named is told before anything is opened.
  const named = requests === undefined ? undefined : await readRequests(resolve(cwd, requests));
  return withRelease(deps, options, async ({ opened, reference, ports }) => {
    const cases = named ?? (await readRequests(resolve(findProject(cwd), DEFAULT_REQUESTS[reference.platform])));
    const tested = await testSlot(ports, { cases, owner: await deps.owners.own() });
    return { ...tested, environment: opened.environment, endpoint: reference.endpointName };
  });
}
