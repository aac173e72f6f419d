import { AutomationError } from "../errors";
import type { EngineRequest, EngineSession } from "./engine-session";

/**
 * Opens the engine that fits the target: the embedded one never reaches a cloud, and the CLI of a rehearsal gets simulated
 * providers only.
 */
export async function openEngine(request: EngineRequest): Promise<EngineSession> {
  const { target, engine } = request;
  if (target === "rehearsal") {
    const { openRehearsal } = await import("./rehearsal-engine.js");
    return openRehearsal(request);
  }
  if (engine === "embedded") {
    throw new AutomationError("usage", "the embedded engine has simulated providers only and cannot reach a cloud", {
      hint: "leave out --engine to use the Pulumi CLI, or rehearse with --target rehearsal",
    });
  }
  const { openCloud } = await import("./cloud-engine.js");
  return openCloud(request);
}
