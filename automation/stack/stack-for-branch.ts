import { minimatch } from "minimatch";

/** The environments; each is a stack of that name. */
export const ENVIRONMENTS = ["dev", "tst", "prd"] as const;

/** Name of an environment. */
export type EnvironmentName = (typeof ENVIRONMENTS)[number];

/** A line of the rule table. */
export interface BranchRule {
  /** A branch, or a glob in which `*` stays within a part of the name and `**` spans several. */
  readonly pattern: string;
  readonly environment: EnvironmentName;
}

/** Which branches deploy where. */
export interface RuleTable {
  /** The first that fits counts. */
  readonly branches: readonly BranchRule[];
  /** Other names of environments: `--env` takes them, and a branch of that very name deploys there if no rule fits. */
  readonly aliases: Readonly<Record<string, EnvironmentName>>;
}

/** The rule table of a workspace that has none of its own. */
export const DEFAULT_RULES: RuleTable = {
  branches: [
    { pattern: "main", environment: "prd" },
    { pattern: "develop", environment: "tst" },
    { pattern: "feature/**", environment: "dev" },
  ],
  aliases: { integration: "tst", staging: "tst", qa: "tst", prod: "prd" },
};

/** The environment that a branch deploys to, or why there is none. */
export type BranchDecision =
  | {
      readonly kind: "environment";
      readonly environment: EnvironmentName;
      /** The pattern or the alias that decided. */
      readonly rule: string;
      readonly reason: string;
    }
  | { readonly kind: "none"; readonly reason: string };

/** Decides by its name which environment a branch deploys to; undefined stands for a detached head or no repository. */
export function stackForBranch(branch: string | undefined, table: RuleTable = DEFAULT_RULES): BranchDecision {
  if (branch === undefined) return { kind: "none", reason: "no branch is checked out" };
  const { branches, aliases } = table;
  const rule = branches.find(({ pattern }) => fits(branch, pattern));
  const alias = Object.hasOwn(aliases, branch) ? aliases[branch] : undefined;
  const environment = rule?.environment ?? alias;
  if (environment === undefined) {
    const names = branches.map((line) => `${line.pattern} (${line.environment})`).join(", ");
    return { kind: "none", reason: `branch ${branch} deploys nowhere; those that do are ${names}` };
  }
  const reason = `branch ${branch} deploys to ${environment}`;
  return { kind: "environment", environment, rule: rule?.pattern ?? branch, reason };
}

/** The environment that a name or an alias stands for; undefined where it is neither. */
export function environmentOf(name: string, { aliases }: RuleTable = DEFAULT_RULES): EnvironmentName | undefined {
  return (
    ENVIRONMENTS.find((environment) => environment === name) ??
    (Object.hasOwn(aliases, name) ? aliases[name] : undefined)
  );
}

/** A name of which nothing follows the last `/` is no branch, whatever a glob says. */
function fits(branch: string, pattern: string): boolean {
  if (branch.endsWith("/")) return false;
  // What the shell has besides globs means nothing here: a branch may begin with any of its signs.
  return minimatch(branch, pattern, { dot: true, nonegate: true, nocomment: true, noext: true, nocase: false });
}
