import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AutomationError } from "../errors";
import type { EngineRequest, EngineSession } from "./engine-session";
import { openSimulatedCloud, prepared } from "./open-simulated-cloud";
import { rehearsalBackend } from "./rehearsal-backend";
import { rehearsalCommand, type RehearsalCommand } from "./rehearsal-command";
import { rehearsalPassphrase } from "./rehearsal-passphrase";
import { rehearsalPaths } from "./rehearsal-paths";
import { scoringScripts } from "./scoring-scripts";
import { stageProject } from "./stage-project";

/** Properties with which vendors protect a resource from deletion. */
const VENDOR_PROTECTIONS = ["deletionProtectionEnabled", "deletionProtection"];

/**
 * Opens the engine of a rehearsal with the simulated cloud of a project's workspace. Everything that it writes lies in
 * `.trunkline` at the workspace's root. Throws AutomationError where that is not writable or another process has the
 * simulated cloud.
 */
export async function openRehearsal(request: EngineRequest): Promise<EngineSession> {
  const paths = rehearsalPaths(request.projectDir);
  const passphrase = await prepared(paths, () => {
    mkdirSync(paths.home, { recursive: true, mode: 0o700 });
    mkdirSync(paths.state, { recursive: true });
    // A repository that does not ignore the folder would count as modified after each rehearsal.
    const ignore = join(paths.folder, ".gitignore");
    if (!existsSync(ignore)) writeFileSync(ignore, "*\n");
    return rehearsalPassphrase(paths);
  });
  const { standIns, missing } = await prepared(paths, () =>
    stageProject(request.projectDir, request.environment, paths, passphrase, request.statePart),
  );
  const backendUrl = await prepared(paths, () => rehearsalBackend(request, paths));
  const lease = request.stateOnly ? undefined : await openSimulatedCloud(request.projectDir, paths);
  const cloud = lease?.cloud;
  let command: RehearsalCommand;
  try {
    command = await rehearsalCommand(request, paths, cloud);
  } catch (error) {
    await lease?.close();
    throw error;
  }
  return {
    workDir: paths.project,
    workspace: {
      pulumiCommand: command.pulumiCommand,
      pulumiHome: paths.home,
      envVars: { ...command.env, PULUMI_BACKEND_URL: backendUrl, PULUMI_CONFIG_PASSPHRASE: passphrase },
    },
    statePlace: paths.root,
    notes: standIns.map(({ path }) => `${path} is a secret of the real environment: the rehearsal uses a stand-in`),
    standIns: missing,
    secrets: [passphrase, ...standIns.map(({ value }) => value)],
    releaseProtection: async (resources) => {
      // The same name may be in several workspaces of one vendor: only what is protected has to be the only one.
      const all = cloud?.list() ?? [];
      for (const { type, id } of resources) {
        const found = all.filter((resource) => resource.type === type && resource.id === id);
        const protection = VENDOR_PROTECTIONS.filter((name) => found.some(({ inputs }) => inputs[name] === true));
        const released = Object.fromEntries(protection.map((name) => [name, false]));
        if (protection.length > 0) await cloud?.change(type, id, released);
      }
    },
    openEndpoint: async (reference, { env }) => {
      if (!cloud)
        throw new AutomationError("fault", "only the recorded state is open, and no endpoint of it can be asked");
      const { rehearsedEndpoint } = await import("./rehearsed-endpoint.js");
      const scripts = scoringScripts(request);
      return rehearsedEndpoint(cloud, reference, { env, ...(scripts !== undefined && { scripts }) });
    },
    close: async () => {
      try {
        await command.close();
      } finally {
        await lease?.close();
      }
    },
  };
}
