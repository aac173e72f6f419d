import { LocalWorkspace, StackNotFoundError, type Stack } from "@pulumi/pulumi/automation";
import type { EngineSession, Target } from "../engine/engine-session";
import { AutomationError } from "../errors";
import { failureText } from "./failure-text";

/** Whether a stack may be made where there is none. */
export type Absent = "create" | "refuse";

/**
 * Opens the stack of an environment and sets the stand-ins of its configuration. Throws a usage error for a stack that
 * does not exist and may not be made.
 */
export async function openStack(
  session: EngineSession,
  environment: string,
  absent: Absent,
  target: Target,
): Promise<Stack> {
  const program = { stackName: environment, workDir: session.workDir };
  try {
    const stack =
      absent === "create"
        ? await LocalWorkspace.createOrSelectStack(program, session.workspace)
        : await LocalWorkspace.selectStack(program, session.workspace);
    for (const { path, value } of session.standIns) await stack.setConfig(path, { value, secret: true }, true);
    return stack;
  } catch (cause) {
    if (cause instanceof StackNotFoundError) {
      throw new AutomationError("usage", `environment ${environment} does not exist yet in ${session.statePlace}`, {
        hint: `bring it up first: trunkline up --target ${target} --env ${environment}`,
        cause,
      });
    }
    throw new AutomationError("fault", failureText(cause), { cause, errorCode: "engine-failed" });
  }
}
