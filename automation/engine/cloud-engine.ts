import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { AutomationError } from "../errors";
import { readBackendFile } from "../state/backend-file";
import { workspaceRoot } from "../workspace/workspace-root";
import type { EngineRequest, EngineSession } from "./engine-session";
import { findPulumi } from "./find-pulumi";
import { stageStatePart } from "./stage-state-part";

/** Opens the Pulumi CLI that is on PATH. Throws AutomationError where it is missing or older than the SDK works with. */
export async function openCloud(request: EngineRequest): Promise<EngineSession> {
  const { projectDir, environment, statePart = false } = request;
  const pulumiCommand = await findPulumi();
  const staged = statePart ? await stageStatePart(projectDir, environment) : undefined;
  const url = backendUrl(request);
  return {
    workDir: staged?.directory ?? projectDir,
    workspace: { pulumiCommand, ...(url !== undefined && { envVars: { PULUMI_BACKEND_URL: url } }) },
    statePlace: url ?? "the backend that pulumi is logged in to",
    notes: [],
    standIns: [],
    secrets: [],
    releaseProtection: async () => {
      throw new AutomationError("refused", "protection in a real cloud is not taken off here");
    },
    openEndpoint: async (reference, access) => {
      const { cloudEndpoint } = await import("../ports/cloud-endpoint.js");
      return cloudEndpoint(reference, access);
    },
    close: async () => staged?.keepSecretsSettings(),
  };
}

/** Where state is: as asked for, else where a bootstrap has moved it, else where the CLI is logged in. */
function backendUrl({ projectDir, environment, backend }: EngineRequest): string | undefined {
  const root = workspaceRoot(projectDir);
  if (backend !== "local") return backend ?? readBackendFile(root, "cloud", environment)?.url;
  const directory = join(root, ".trunkline", "cloud", "bootstrap", environment, "state");
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return `file://${directory}`;
}
