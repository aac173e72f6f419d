import { stackOutputs } from "../outputs/stack-outputs";
import { join } from "node:path";
import type { Target } from "../engine/engine-session";
import { AutomationError } from "../errors";
import { journalDirectory } from "../journal/journal-directory";
import type { OnlineEndpointPort } from "../ports/online-endpoints";
import { applyStep } from "../release/apply-step";
import { endpointReference, type EndpointReference } from "../release/endpoint-reference";
import type { ServingPlatform } from "../release/serving-platform";
import { FileReleaseJournal } from "../release/release-journal";
import { lockRelease, refuseUnderWay } from "../release/release-lock";
import type { ReleasePorts, TimelinePoint } from "../release/release-ports";
import { findProject } from "../stack/find-project";
import { workspaceRoot } from "../workspace/workspace-root";
import { chosenEnvironment, withStack, type OpenEnvironment, type VerbDeps, type VerbOptions } from "./verb";

/** What every verb of a release is asked. */
export interface ReleaseOptions extends VerbOptions {
  /** Where the endpoint lies, if the environment has several. */
  readonly platform?: ServingPlatform;
}

/** What a verb of a release works with. */
export interface ReleaseDeps extends VerbDeps {
  /** Is told what the slots did, while new traffic is watched. @default nothing is drawn */
  readonly sampled?: (point: TimelinePoint) => void;
}

/** An endpoint whose releases this process has to itself. */
export interface ReleaseSession {
  readonly opened: OpenEnvironment;
  readonly reference: EndpointReference;
  readonly ports: ReleasePorts;
}

/** An endpoint that is only looked at. */
export interface EndpointView {
  readonly opened: OpenEnvironment;
  readonly reference: EndpointReference;
  readonly endpoint: OnlineEndpointPort;
  /** Where the journal of its releases lies. */
  readonly directory: string;
}

/** Opens the endpoint of an environment to look at it, and closes it whatever happens. */
export function viewEndpoint<T>(
  deps: VerbDeps,
  options: ReleaseOptions,
  work: (view: EndpointView) => Promise<T>,
  readOnly = true,
): Promise<T> {
  const view = async (opened: OpenEnvironment): Promise<T> => {
    const reference = endpointReference(await stackOutputs(opened.stack), options.platform);
    const env = deps.env ?? process.env;
    const endpoint = await opened.session.openEndpoint(reference, {
      env,
      addSecrets: (secrets) => deps.secrets.add(secrets),
    });
    try {
      const directory = releasesDirectory(opened.projectDir, options.target, opened.environment);
      return await work({ opened, reference, endpoint, directory });
    } finally {
      await endpoint.close();
    }
  };
  return withStack(deps, options, { absent: "refuse", readOnly }, view).catch(async (fault: unknown) => {
    // A rehearsal's cloud is one process's at a time: who has it is likely to release, and is named then.
    if (fault instanceof AutomationError && fault.errorCode === "simulated-cloud-in-use") {
      const projectDir = findProject(options.cwd);
      const { environment } = await chosenEnvironment(deps, options, projectDir, { readOnly });
      await refuseUnderWay(releasesDirectory(projectDir, options.target, environment), deps.owners);
    }
    throw fault;
  });
}

function releasesDirectory(projectDir: string, target: Target, environment: string): string {
  return join(journalDirectory(workspaceRoot(projectDir), target, environment), "releases");
}

/**
 * Opens the endpoint of an environment for one verb of a release, under the lock of its releases and with their journal.
 * Refuses, with the owner's name, while another release is under way.
 */
export function withRelease<T>(
  deps: ReleaseDeps,
  options: ReleaseOptions,
  work: (session: ReleaseSession) => Promise<T>,
): Promise<T> {
  const locked = async ({ opened, reference, endpoint, directory }: EndpointView): Promise<T> => {
    const { endpointName, platform } = reference;
    const { clock, sleep } = deps.gate;
    const unlock = await lockRelease(directory, endpointName, deps.owners);
    try {
      const journal = await FileReleaseJournal.open(directory, endpointName, clock);
      try {
        const { signal, note } = deps;
        const sampled = deps.sampled ?? (() => {});
        const applying = { ...deps, stack: opened.stack, platform, clock, sleep };
        const apply: ReleasePorts["apply"] = (step) => applyStep(applying, step);
        return await work({
          opened,
          reference,
          ports: { endpoint, journal, apply, clock, sleep, signal, note, sampled },
        });
      } finally {
        await journal.close();
      }
    } finally {
      await unlock();
    }
  };
  return viewEndpoint(deps, options, locked, false);
}
