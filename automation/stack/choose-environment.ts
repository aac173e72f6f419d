import { closest } from "fastest-levenshtein";
import { AutomationError } from "../errors";
import { ENVIRONMENTS, isEnvironmentName, stackForBranch, type EnvironmentName } from "./stack-for-branch";

/** The environment that a verb works on, and why this one. */
export interface ChosenEnvironment {
  readonly environment: EnvironmentName;
  readonly reason: string;
}

/**
 * The environment that was asked for, else the branch's, else `fallback`. Throws a usage error for an unknown name, and
 * where neither branch nor fallback gives one.
 */
export function chooseEnvironment(
  asked: string | undefined,
  branch: string | undefined,
  fallback?: EnvironmentName,
): ChosenEnvironment {
  if (asked !== undefined) {
    if (isEnvironmentName(asked)) return { environment: asked, reason: "asked for with --env" };
    throw new AutomationError(
      "usage",
      `unknown environment "${asked}", the environments are ${ENVIRONMENTS.join(", ")}`,
      {
        hint: `did you mean --env ${closest(asked, [...ENVIRONMENTS])}`,
      },
    );
  }
  const decision = stackForBranch(branch);
  if (decision.kind === "environment") return decision;
  if (fallback) return { environment: fallback, reason: `${decision.reason}, so ${fallback} is taken` };
  throw new AutomationError("usage", decision.reason, { hint: `name an environment: --env ${ENVIRONMENTS.join("|")}` });
}
