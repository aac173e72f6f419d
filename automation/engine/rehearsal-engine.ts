import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CloudError } from "../../rehearsal/cloud/cloud-error";
import { SimulatedCloud } from "../../rehearsal/cloud/simulated-cloud";
import { EngineError } from "../../rehearsal/engine/engine-error";
import { AutomationError } from "../errors";
import type { EngineRequest, EngineSession } from "./engine-session";
import { rehearsalBackend } from "./rehearsal-backend";
import { rehearsalCommand, type RehearsalCommand } from "./rehearsal-command";
import { rehearsalPassphrase } from "./rehearsal-passphrase";
import { rehearsalPaths, type RehearsalPaths } from "./rehearsal-paths";
import { rehearsalSeed } from "./rehearsal-seed";
import { shareCloud, type CloudLease } from "./shared-cloud";
import { stageProject } from "./stage-project";
import { workspaceSettings } from "./workspace-settings";

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
    close: async () => {
      try {
        await command.close();
      } finally {
        await lease?.close();
      }
    },
  };
}

async function openSimulatedCloud(projectDir: string, paths: RehearsalPaths): Promise<CloudLease> {
  const settings = await workspaceSettings(projectDir);
  const open = () => SimulatedCloud.open(paths.cloud, { seed: rehearsalSeed(settings) });
  try {
    return await prepared(paths, () => shareCloud(paths.cloud, open));
  } catch (cause) {
    if (!(cause instanceof CloudError)) throw cause;
    throw new AutomationError("fault", cause.message, {
      hint: `wait for the other run to end; if there is none, remove ${paths.cloud} to start with an empty cloud`,
      errorCode: "simulated-cloud-in-use",
      cause,
    });
  }
}

/** Answers what the disk refuses with one clear error. */
async function prepared<T>(paths: RehearsalPaths, prepare: () => T | Promise<T>): Promise<T> {
  try {
    return await prepare();
  } catch (cause) {
    const { code, message } = (cause instanceof EngineError ? cause.cause : cause) as NodeJS.ErrnoException;
    if (code === undefined || !/^E[A-Z]+$/.test(code)) throw cause;
    throw new AutomationError("fault", `the rehearsal cannot write to ${paths.root}: ${message}`, {
      hint: "make the directory writable, or run from a copy of the project",
      cause,
    });
  }
}
