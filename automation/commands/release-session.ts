import { stackOutputs } from "../outputs/stack-outputs";
import { join } from "node:path";
import { journalDirectory } from "../journal/journal-directory";
import type { OnlineEndpointPort } from "../ports/online-endpoints";
import { applyStep } from "../release/apply-step";
import { endpointReference, type EndpointReference } from "../release/endpoint-reference";
import type { ServingPlatform } from "../release/serving-platform";
import { FileReleaseJournal } from "../release/release-journal";
import { lockRelease } from "../release/release-lock";
import type { ReleasePorts, TimelinePoint } from "../release/release-ports";
import { workspaceRoot } from "../workspace/workspace-root";
import { withStack, type OpenEnvironment, type VerbDeps, type VerbOptions } from "./verb";

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
  return withStack(deps, options, { absent: "refuse", readOnly }, async (opened) => {
    const reference = endpointReference(await stackOutputs(opened.stack), options.platform);
    const env = deps.env ?? process.env;
    const endpoint = await opened.session.openEndpoint(reference, {
      env,
      addSecrets: (secrets) => deps.secrets.add(secrets),
    });
    try {
      const journals = journalDirectory(workspaceRoot(opened.projectDir), options.target, opened.environment);
      return await work({ opened, reference, endpoint, directory: join(journals, "releases") });
    } finally {
      await endpoint.close();
    }
  });
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
