import type { Deployment } from "../deployment/deployment";
import type { Source } from "../deployment/source-event";
import type { EventReporter } from "../events/event-reporter";
import type { RunningProgram } from "../language/running-program";
import { Callbacks } from "../monitor/callbacks";
import { DefaultProviders } from "../monitor/default-providers";
import { Monitor } from "../monitor/monitor";
import { MonitorServer } from "../monitor/monitor-server";
import { engineMethods, monitorMethods } from "../monitor/monitor-service";
import { ProgramSource } from "../monitor/program-source";
import { Transforms } from "../monitor/transforms";
import { newestVersions } from "../deployment/newest-versions";
import type { ConfigValue } from "../session/stack-session";
import { asError } from "../deployment/as-error";

/** How long a program may take to end after the operation has, in milliseconds. */
const GRACE_MS = 2_000;

/** What a program's wishes are collected with. */
export interface ProgramSourceInput {
  readonly deployment: Deployment;
  readonly reporter: EventReporter;
  readonly config: ReadonlyMap<string, ConfigValue>;
  readonly projectRoot: string;
  readonly start: (monitorAddress: string) => RunningProgram;
}

/** Serves the engine to a program and starts it; the source is to be closed whatever happens. */
export async function openProgramSource(input: ProgramSourceInput): Promise<Source> {
  const { deployment, reporter, config, projectRoot } = input;
  const callbacks = new Callbacks();
  let program: RunningProgram | undefined;
  const source = new ProgramSource(async () => {
    try {
      if (program) await endOf(program);
    } finally {
      callbacks.close();
      server.close();
    }
  });
  const defaults = new DefaultProviders(source, config, newestVersions(deployment.base.resources));
  const monitor = new Monitor(
    source,
    new Transforms(callbacks),
    deployment.registry,
    defaults,
    projectRoot,
    deployment.options.dryRun,
    deployment.knownSecrets,
  );
  const server = await MonitorServer.start({ monitor: monitorMethods(monitor), engine: engineMethods(reporter) });
  try {
    program = input.start(server.address);
  } catch (error) {
    server.close();
    throw error;
  }
  program.ended.then(
    () => source.end(),
    (error: unknown) => source.end(asError(error)),
  );
  return source;
}

/** Waits for the program's end; one that does not come to it is ended. */
async function endOf(program: RunningProgram): Promise<void> {
  const timer = setTimeout(() => program.kill(), GRACE_MS);
  try {
    await program.ended;
  } finally {
    clearTimeout(timer);
  }
}
