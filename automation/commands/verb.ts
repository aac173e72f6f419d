import type { Stack } from "@pulumi/pulumi/automation";
import type { EngineName, EngineSession, OpenEngine, Target } from "../engine/engine-session";
import type { GitPort } from "../ports/git";
import type { OwnersPort } from "../ports/owners";
import { chooseEnvironment, type ChosenEnvironment } from "../stack/choose-environment";
import { findProject } from "../stack/find-project";
import { openStack, type Absent } from "../stack/open-stack";
import type { OperationOptions, OperationReport } from "../stack/run-operation";
import type { EnvironmentName } from "../stack/stack-for-branch";

/** What a verb works with. */
export interface VerbDeps extends OperationOptions {
  readonly git: GitPort;
  readonly openEngine: OpenEngine;
  readonly owners: OwnersPort;
  /** Is told what is opened, before anything runs. */
  readonly opened: (chosen: ChosenEnvironment, session: EngineSession) => void;
  /** Is told how one of several operations of a verb ended, as soon as it has. */
  readonly ended: (report: OperationReport) => void;
}

/** What every verb is asked. */
export interface VerbOptions {
  /** The directory from which the project is looked for. */
  readonly cwd: string;
  /** The environment. @default the one that the checked-out branch deploys to */
  readonly env?: string;
  readonly target: Target;
  /** @default the one that fits the target */
  readonly engine?: EngineName;
}

/** How an operation on an environment ended. */
export type OperationResult =
  | { readonly kind: "done"; readonly environment: EnvironmentName; readonly report: OperationReport }
  | { readonly kind: "failed"; readonly environment: EnvironmentName; readonly report: OperationReport };

/** What a verb needs of the stack. */
export interface StackNeeds {
  readonly absent: Absent;
  /** Nothing but the recorded state is looked at. @default false */
  readonly stateOnly?: boolean;
  /** The environment for a branch that deploys nowhere. @default a usage error */
  readonly fallback?: EnvironmentName;
}

/** An opened environment. */
export interface OpenEnvironment extends ChosenEnvironment {
  readonly session: EngineSession;
  readonly stack: Stack;
}

/** Chooses the environment, opens its engine and stack for the work, and closes them whatever happens. */
export async function withStack<T>(
  deps: VerbDeps,
  options: VerbOptions,
  { absent, stateOnly = false, fallback }: StackNeeds,
  work: (environment: OpenEnvironment) => Promise<T>,
): Promise<T> {
  const projectDir = findProject(options.cwd);
  const branch = options.env === undefined ? await deps.git.currentBranch(projectDir) : undefined;
  const chosen = chooseEnvironment(options.env, branch, fallback);
  const { target, engine } = options;
  const session = await deps.openEngine({ projectDir, environment: chosen.environment, target, engine, stateOnly });
  try {
    deps.opened(chosen, session);
    return await work({ ...chosen, session, stack: await openStack(session, chosen.environment, absent) });
  } finally {
    await session.close();
  }
}

/** The result of a verb that is one operation. */
export function operationResult(environment: EnvironmentName, report: OperationReport): OperationResult {
  return { kind: report.result === "succeeded" ? "done" : "failed", environment, report };
}
