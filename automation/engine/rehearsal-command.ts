import type { PulumiCommand } from "@pulumi/pulumi/automation";
import type { SimulatedCloud } from "../../rehearsal/cloud/simulated-cloud";
import { embeddedEngine } from "../../rehearsal/engine/embedded-engine";
import { serveProviders } from "../../rehearsal/engine/provider-server/serve-providers";
import { programLauncher } from "../../rehearsal/program/launch-program";
import type { EngineRequest } from "./engine-session";
import { findPulumi } from "./find-pulumi";
import type { RehearsalPaths } from "./rehearsal-paths";

/** What executes the operations of a rehearsal. */
export interface RehearsalCommand {
  readonly pulumiCommand: PulumiCommand;
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/**
 * The embedded engine, or, where that is asked for, the Pulumi CLI with the simulated providers as its plugins. Without a
 * cloud there are none: only the recorded state can be looked at.
 */
export async function rehearsalCommand(
  { engine, projectDir }: EngineRequest,
  { cache }: RehearsalPaths,
  cloud: SimulatedCloud | undefined,
): Promise<RehearsalCommand> {
  if (engine !== "cli") {
    const pulumiCommand = embeddedEngine({
      providers: (name, version) => cloud?.providers(name, version),
      launchProgram: programLauncher({ cacheDir: cache }),
      programDirectory: projectDir,
    });
    return { pulumiCommand, env: {}, close: async () => {} };
  }
  const pulumiCommand = await findPulumi();
  const served = cloud && (await serveProviders(cloud.providers, cloud.packages));
  return {
    pulumiCommand,
    // A plugin that is not served must not be downloaded: it would be a real one.
    env: { ...served?.env, PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true", PULUMI_SKIP_UPDATE_CHECK: "true" },
    close: async () => served?.close(),
  };
}
