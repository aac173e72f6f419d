import type { LiveEndpoint } from "../ports/online-endpoints";
import { nextReleaseStep, type NextStep } from "../release/next-step";
import { FileReleaseJournal } from "../release/release-journal";
import type { ReleaseRecord } from "../release/release-record";
import type { EnvironmentName } from "../stack/stack-for-branch";
import { viewEndpoint, type ReleaseDeps, type ReleaseOptions } from "./release-session";

/** An endpoint as it is, its last release, and what comes next. */
export interface ReleaseStatusResult {
  readonly kind: "status";
  readonly environment: EnvironmentName;
  readonly endpoint: string;
  /** Absent where there is no such endpoint yet. */
  readonly live?: LiveEndpoint;
  /** Absent where no release was begun from here. */
  readonly release?: ReleaseRecord;
  readonly next: NextStep;
}

/** Looks at the endpoint of an environment and at its last release; changes neither. */
export function releaseStatus(deps: ReleaseDeps, options: ReleaseOptions): Promise<ReleaseStatusResult> {
  return viewEndpoint(deps, options, async ({ opened: { environment }, reference, endpoint, directory }) => {
    const live = await endpoint.live();
    const release = await FileReleaseJournal.read(directory, reference.endpointName);
    const next = nextReleaseStep(release, live);
    const found = { ...(live && { live }), ...(release && { release }) };
    return { kind: "status", environment, endpoint: reference.endpointName, ...found, next };
  });
}
