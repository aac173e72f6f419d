/** The environment that a branch deploys to, or why there is none. */
export type BranchDecision =
  | { readonly kind: "environment"; readonly environment: EnvironmentName; readonly reason: string }
  | { readonly kind: "none"; readonly reason: string };

/** The environments; each is a stack of that name. */
export const ENVIRONMENTS = ["dev", "tst", "prd"] as const;

/** Name of an environment. */
export type EnvironmentName = (typeof ENVIRONMENTS)[number];

/** Which branches deploy where; the first match counts. */
const RULES: readonly { readonly pattern: RegExp; readonly name: string; readonly environment: EnvironmentName }[] = [
  { pattern: /^main$/, name: "main", environment: "prd" },
  { pattern: /^develop$/, name: "develop", environment: "tst" },
  { pattern: /^feature\/.+$/, name: "feature/**", environment: "dev" },
];

/** Decides by its name which environment a branch deploys to; undefined stands for a detached head or no repository. */
export function stackForBranch(branch: string | undefined): BranchDecision {
  if (branch === undefined) return { kind: "none", reason: "no branch is checked out" };
  const rule = RULES.find(({ pattern }) => pattern.test(branch));
  if (rule) {
    return {
      kind: "environment",
      environment: rule.environment,
      reason: `branch ${branch} deploys to ${rule.environment}`,
    };
  }
  const names = RULES.map(({ name, environment }) => `${name} (${environment})`).join(", ");
  return { kind: "none", reason: `branch ${branch} deploys nowhere; those that do are ${names}` };
}

/** Whether a text names an environment. */
export function isEnvironmentName(text: string): text is EnvironmentName {
  return ENVIRONMENTS.some((name) => name === text);
}
