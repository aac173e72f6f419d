import type { Stack } from "@pulumi/pulumi/automation";
import type { EngineName, EngineSession, OpenEngine, Target } from "../engine/engine-session";
import { readStackSettings, settingsFile } from "../engine/stack-settings";
import { AutomationError } from "../errors";
import type { CiHost } from "../ports/ci-host";
import type { GatePorts } from "../gate/gate-ports";
import type { GitPort } from "../ports/git";
import type { OwnersPort } from "../ports/owners";
import { readEvent } from "../events/read-event";
import { loadSettings } from "../settings/load-settings";
import { chooseEnvironment, decidedEnvironment, type ChosenEnvironment } from "../stack/choose-environment";
import { configSecrets } from "../stack/config-secrets";
import { findProject } from "../stack/find-project";
import { openStack, type Absent } from "../stack/open-stack";
import { resolveEvent } from "../stack/resolve-event";
import type { OperationOptions, OperationReport } from "../stack/run-operation";
import type { EnvironmentName } from "../stack/stack-for-branch";
import type { SecretRegister } from "../report/secret-register";
import { workspaceRoot } from "../workspace/workspace-root";

/** What a verb works with. */
export interface VerbDeps extends OperationOptions {
  readonly git: GitPort;
  /** The environment that the event of a CI system is read from. @default that of the process */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly openEngine: OpenEngine;
  readonly owners: OwnersPort;
  /** The CI system that this runs in. */
  readonly host: CiHost;
  /** What is never printed; add to it before a secret can be. */
  readonly secrets: SecretRegister;
  /** Is told what a user should know while a verb runs. */
  readonly note: (text: string) => void;
  /** What bundles are bound to, and who approves them. */
  readonly gate: GatePorts;
  /** Is told what is opened, before anything runs. */
  readonly opened: (chosen: ChosenEnvironment, session: EngineSession) => void;
  /** Is told how one of several operations of a verb ended, as soon as it has. */
  readonly ended: (report: OperationReport) => void;
}

/** What every verb is asked. */
export interface VerbOptions {
  /** The directory from which the project is looked for. */
  readonly cwd: string;
  /** The environment, by its name or an alias. @default the one that the event, or the checked-out branch, deploys to */
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
  /** Neither state nor cloud are changed, so that a pull request may do it. @default false */
  readonly readOnly?: boolean;
  /** The environment for a branch that deploys nowhere. @default a usage error */
  readonly fallback?: EnvironmentName;
}

/** An opened environment. */
export interface OpenEnvironment extends ChosenEnvironment {
  /** The directory of its project. */
  readonly projectDir: string;
  readonly session: EngineSession;
  readonly stack: Stack;
}

/** Chooses the environment, opens its engine and stack for the work, and closes them whatever happens. */
export async function withStack<T>(
  deps: VerbDeps,
  options: VerbOptions,
  needs: StackNeeds,
  work: (environment: OpenEnvironment) => Promise<T>,
): Promise<T> {
  const projectDir = findProject(options.cwd);
  const chosen = await chosenEnvironment(deps, options, projectDir, needs);
  return withProjectStack(deps, { ...options, projectDir, chosen }, needs, work);
}

/** What is to be opened of a project. */
export interface ProjectRequest extends Pick<VerbOptions, "target" | "engine"> {
  readonly projectDir: string;
  readonly chosen: ChosenEnvironment;
}

/** Opens engine and stack of a project for the work, and closes them whatever happens. */
export async function withProjectStack<T>(
  deps: Pick<VerbDeps, "openEngine" | "opened" | "secrets">,
  { projectDir, chosen, target, engine }: ProjectRequest,
  { absent, stateOnly = false }: StackNeeds,
  work: (environment: OpenEnvironment) => Promise<T>,
): Promise<T> {
  const session = await deps.openEngine({ projectDir, environment: chosen.environment, target, engine, stateOnly });
  try {
    deps.opened(chosen, session);
    const stack = await openStack(session, chosen.environment, absent, target);
    // A rehearsal has told its stand-ins already.
    if (target === "cloud" && !stateOnly) {
      const settings = readStackSettings(settingsFile(session.workDir, chosen.environment));
      deps.secrets.add(configSecrets(settings, await stack.getAllConfig()));
    }
    return await work({ ...chosen, projectDir, session, stack });
  } finally {
    await session.close();
  }
}

/**
 * The environment that was asked for, else the one that the event is for. Throws a usage error where there is neither, and
 * refuses what a pull request may not do: change a cloud, and, from a fork, reach one.
 */
export async function chosenEnvironment(
  { git, env = process.env }: Pick<VerbDeps, "git" | "env">,
  options: Pick<VerbOptions, "env" | "target">,
  directory: string,
  { fallback, readOnly = false }: Pick<StackNeeds, "fallback" | "readOnly"> = {},
): Promise<ChosenEnvironment> {
  const table = loadSettings(workspaceRoot(directory));
  if (options.env !== undefined) return chooseEnvironment(options.env, undefined, { table });
  const resolution = resolveEvent(await readEvent({ git, env, directory }), table);
  if (options.target === "cloud" && resolution.kind === "environment") {
    const { action, environment, reason } = resolution;
    if (action === "rehearse" || (action === "preview" && !readOnly)) {
      const may = action === "rehearse" ? "rehearsed, and reaches no cloud" : "previewed, and changes nothing";
      throw new AutomationError("refused", `${environment} is only ${may}: ${reason}`, {
        hint: action === "rehearse" ? "use --target rehearsal" : "merge it first, or name an environment: --env",
      });
    }
  }
  return decidedEnvironment(resolution, fallback);
}

/** The result of a verb that is one operation. */
export function operationResult(environment: EnvironmentName, report: OperationReport): OperationResult {
  return { kind: report.result === "succeeded" ? "done" : "failed", environment, report };
}
