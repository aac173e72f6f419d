import type { MlflowPorts, MlflowRequest } from "../commands/mlflow-platform";

/** Opens the way to a platform: that of a cloud, or that of the rehearsal. */
export async function openMlflow(request: MlflowRequest, env: NodeJS.ProcessEnv): Promise<MlflowPorts> {
  if (request.target === "rehearsal") {
    const { rehearsalMlflow } = await import("./rehearsal-mlflow.js");
    return rehearsalMlflow(request, env);
  }
  const { cloudMlflow } = await import("../ports/cloud-mlflow.js");
  return cloudMlflow(request, env);
}
