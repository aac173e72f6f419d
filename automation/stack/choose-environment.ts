import { closest } from "fastest-levenshtein";
import { AutomationError } from "../errors";
import {
  DEFAULT_RULES,
  environmentOf,
  ENVIRONMENTS,
  stackForBranch,
  type BranchDecision,
  type EnvironmentName,
  type RuleTable,
} from "./stack-for-branch";

/** The environment that a verb works on, and why this one. */
export interface ChosenEnvironment {
  readonly environment: EnvironmentName;
  readonly reason: string;
}

/** What an environment is chosen by, besides its name. */
export interface ChoiceOptions {
  /** The environment for a branch that deploys nowhere. @default a usage error */
  readonly fallback?: EnvironmentName;
  readonly table?: RuleTable;
}

/**
 * The environment that was asked for, by its name or an alias, else the branch's, else `fallback`. Throws a usage error
 * for an unknown name, and where neither branch nor fallback gives one.
 */
export function chooseEnvironment(
  asked: string | undefined,
  branch: string | undefined,
  { fallback, table = DEFAULT_RULES }: ChoiceOptions = {},
): ChosenEnvironment {
  if (asked !== undefined) return askedEnvironment(asked, table);
  return decidedEnvironment(stackForBranch(branch, table), fallback);
}

/** The environment of a decision, else `fallback`. Throws a usage error where there is neither. */
export function decidedEnvironment(decision: BranchDecision, fallback?: EnvironmentName): ChosenEnvironment {
  if (decision.kind === "environment") return { environment: decision.environment, reason: decision.reason };
  if (fallback) return { environment: fallback, reason: `${decision.reason}, so ${fallback} is taken` };
  throw new AutomationError("usage", decision.reason, {
    hint: `name an environment: --env ${ENVIRONMENTS.join("|")}`,
    errorCode: "no-environment-for-branch",
  });
}

function askedEnvironment(asked: string, table: RuleTable): ChosenEnvironment {
  const environment = environmentOf(asked, table);
  if (environment !== undefined) {
    const alias = asked === environment ? "" : `, as ${asked}`;
    return { environment, reason: `asked for with --env${alias}` };
  }
  throw new AutomationError(
    "usage",
    `unknown environment ${JSON.stringify(asked)}, the environments are ${ENVIRONMENTS.join(", ")}`,
    { hint: `did you mean --env ${closest(asked, [...ENVIRONMENTS])}` },
  );
}
