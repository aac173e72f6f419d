import { stackOutputs } from "../outputs/stack-outputs";
import { copyFile, mkdir, chmod } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation";
import type { EngineSession, Target } from "../engine/engine-session";
import { AutomationError } from "../errors";
import { runOperation } from "../stack/run-operation";
import { openStack } from "../stack/open-stack";
import { findProject } from "../stack/find-project";
import type { EnvironmentName } from "../stack/stack-for-branch";
import { backendFilePath, readBackendFile, writeBackendFile } from "../state/backend-file";
import { moveState } from "../state/move-state";
import { directoryOf } from "../state/read-locks";
import { pendingOf, resourcesOf, stateDigest } from "../state/same-state";
import { backendUrlOf } from "../state/state-part";
import { workspaceRoot } from "../workspace/workspace-root";
import { chosenEnvironment, operationResult, type OperationResult, type VerbDeps, type VerbOptions } from "./verb";

/** How a bootstrap ended. */
export type BootstrapResult =
  | {
      readonly kind: "bootstrapped";
      readonly environment: EnvironmentName;
      /** Address of the backend, as `pulumi login` takes it. */
      readonly url: string;
      /** The file that says so to later runs in this workspace. */
      readonly file: string;
      /** A copy of the local state, secrets encrypted; absent where an earlier run had moved it already. */
      readonly backup?: string;
    }
  | Extract<OperationResult, { kind: "failed" }>;

/**
 * Brings the backend for an environment's state up on a local state, and moves that very state into it: copied aside, put
 * into the new backend, read back and compared, and only then removed here. Each step finds out whether it is done
 * already, so that a run which ended early is simply repeated.
 */
export async function bootstrap(deps: VerbDeps, options: VerbOptions): Promise<BootstrapResult> {
  const projectDir = findProject(options.cwd);
  const root = workspaceRoot(projectDir);
  const chosen = await chosenEnvironment(deps, options, projectDir);
  const { environment } = chosen;
  const { target, engine } = options;
  const request = { projectDir, environment, target, engine, statePart: true };
  const file = backendFilePath(root, target, environment);
  const moved = readBackendFile(root, target, environment);
  const session = await deps.openEngine({ ...request, backend: "local", stateOnly: moved !== undefined });
  try {
    deps.opened(chosen, session);
    if (moved) {
      await removeMoved(deps, session, { environment, target, digest: moved.movedFrom });
      return { kind: "bootstrapped", environment, url: moved.url, file };
    }
    const stack = await openStack(session, environment, "create", target);
    const failed = await bringUp(deps, stack);
    if (failed) return operationResult(environment, failed) as Extract<OperationResult, { kind: "failed" }>;
    const url = backendUrlOf(await stackOutputs(stack));
    if (url === undefined) {
      throw new AutomationError("fault", "the program has no output aws.state.backendUrl or azure.state.backendUrl", {
        hint: "export what the state's component offers, as this package's index.ts does",
      });
    }
    const state = await stack.exportStack();
    deps.note("copying the local state aside");
    const backup = await copyAside(root, target, stack, stateDigest(state));
    const other = await deps.openEngine({ ...request, backend: url, stateOnly: true });
    try {
      deps.note(`opening ${url}`);
      await moveState(state, await openStack(other, environment, "create", target), deps.note);
    } finally {
      await other.close();
    }
    deps.note(`writing ${file}`);
    const movedFrom = stateDigest(state);
    await writeBackendFile(root, target, { version: 1, environment, url, movedFrom });
    await removeMoved(deps, session, { environment, target, digest: movedFrom });
    return { kind: "bootstrapped", environment, url, file, backup };
  } finally {
    await session.close();
  }
}

/** Brings the part that keeps state up; answers the report of an operation that did not succeed. */
async function bringUp(deps: VerbDeps, stack: Stack) {
  deps.note("bringing the backend up on a local state");
  const preview = await runOperation(stack, "preview", deps);
  if (preview.result !== "succeeded") return preview;
  const { delete: deleted = 0, replace = 0 } = preview.counts;
  if (deleted + replace > 0) {
    // The whole environment was brought up on this state before: its backend is part of it, and moves with it.
    if (backendUrlOf(await stackOutputs(stack)) !== undefined) return undefined;
    throw new AutomationError("refused", `the local state of ${stack.name} has more than the backend, and no backend`, {
      hint: "bring the environment up with its state section first, then bootstrap it",
    });
  }
  if (!preview.changed) return undefined;
  const report = await runOperation(stack, "up", deps);
  if (report.result !== "succeeded") return report;
  deps.ended(report);
  return undefined;
}

/** Copies the checkpoint of a stack in a local backend, its secrets encrypted as they are. */
async function copyAside(root: string, target: string, stack: Stack, digest: string): Promise<string> {
  const { url = "" } = await stack.workspace.whoAmI();
  const { name: project } = await stack.workspace.projectSettings();
  const checkpoint = join(directoryOf(url), ".pulumi", "stacks", project, `${stack.name}.json`);
  const backup = join(root, ".trunkline", target, "backup", `${project}-${stack.name}-${digest.slice(0, 12)}.json`);
  await mkdir(dirname(backup), { recursive: true, mode: 0o700 });
  await copyFile(checkpoint, backup);
  await chmod(backup, 0o600);
  return backup;
}

/** Removes the local state, if it is still the one that was moved. */
async function removeMoved(
  deps: VerbDeps,
  session: EngineSession,
  { environment, target, digest }: { environment: string; target: Target; digest: string },
): Promise<void> {
  let stack: Stack;
  try {
    stack = await openStack(session, environment, "refuse", target);
  } catch (fault) {
    // It is gone already.
    if (fault instanceof AutomationError && fault.code === "usage") return;
    throw fault;
  }
  const state = await stack.exportStack();
  if (resourcesOf(state).length > 0 && (stateDigest(state) !== digest || pendingOf(state).length > 0)) {
    throw new AutomationError("refused", `the local state of ${environment} has changed since it was moved`, {
      hint: "see which of the two is right before one of them is removed",
    });
  }
  deps.note("removing the local state");
  await stack.workspace.removeStack(environment, { force: true, preserveConfig: true });
}
