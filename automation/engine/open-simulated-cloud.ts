import { CloudError } from "../../rehearsal/cloud/cloud-error";
import { SimulatedCloud } from "../../rehearsal/cloud/simulated-cloud";
import { EngineError } from "../../rehearsal/engine/engine-error";
import { AutomationError } from "../errors";
import type { RehearsalPaths } from "./rehearsal-paths";
import { rehearsalSeed } from "./rehearsal-seed";
import { shareCloud, type CloudLease } from "./shared-cloud";
import { workspaceSettings } from "./workspace-settings";

/** Opens the simulated cloud of a project's workspace. Throws AutomationError where another process has it. */
export async function openSimulatedCloud(projectDir: string, paths: RehearsalPaths): Promise<CloudLease> {
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
export async function prepared<T>(paths: RehearsalPaths, prepare: () => T | Promise<T>): Promise<T> {
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
