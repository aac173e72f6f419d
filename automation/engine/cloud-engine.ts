import { AutomationError } from "../errors";
import type { EngineRequest, EngineSession } from "./engine-session";
import { findPulumi } from "./find-pulumi";

/** Opens the Pulumi CLI that is on PATH. Throws AutomationError where it is missing or older than the SDK works with. */
export async function openCloud({ projectDir }: EngineRequest): Promise<EngineSession> {
  return {
    workDir: projectDir,
    workspace: { pulumiCommand: await findPulumi() },
    statePlace: "the backend that pulumi is logged in to",
    notes: [],
    standIns: [],
    secrets: [],
    releaseProtection: async () => {
      throw new AutomationError("refused", "protection in a real cloud is not taken off here");
    },
    close: async () => {},
  };
}
