import { z } from "zod";
import { ENVIRONMENTS, type EnvironmentName } from "../stack/stack-for-branch";

const byAuthor = z.boolean().describe("Whether who wrote the change may approve it");
const required = z.int().min(1).max(10).describe("How many different people have to approve");

const rule = z.discriminatedUnion(
  "from",
  [
    z.strictObject({
      from: z.literal("prompt").describe("The person at the terminal"),
      byAuthor: byAuthor.default(true),
    }),
    z.strictObject({
      from: z.literal("environment").describe("The required reviewers of a GitHub environment, which the job runs in"),
      environment: z.string().min(1).optional().describe("Its name; the stack's where there is none"),
      byAuthor: byAuthor.default(false),
    }),
    z.strictObject({
      from: z
        .literal("stage")
        .describe("The approvers of the environment that the applying stage of Azure Pipelines uses"),
      byAuthor: byAuthor.default(false),
    }),
    z.strictObject({
      from: z.literal("review").describe("Approving reviews of the pull request, on exactly its head commit"),
      team: z
        .string()
        .regex(/^[^/\s]+\/[^/\s]+$/, "must be organization/team")
        .describe("organization/team whose members count"),
      required: required.default(1),
      byAuthor: byAuthor.default(false),
    }),
    z.strictObject({
      from: z.literal("signature").describe("Approvals that were signed with trunkline approve"),
      allowedSigners: z
        .string()
        .min(1)
        .describe("Path, from the repository's root, of the file that lists who may sign"),
      required: required.default(1),
      byAuthor: byAuthor.default(false),
    }),
  ],
  {
    error: ({ code }) =>
      code === "invalid_union"
        ? "from: prompt, environment, stage, review or signature"
        : "a rule, which begins with from",
  },
);

const policyError: z.core.$ZodErrorMap = ({ code }) =>
  code === "unrecognized_keys" ? ENVIRONMENTS.join(", ") : "rules by environment";

/** The `gate` section of `trunkline.yaml`: rules by environment, one of which has to be satisfied; none where nobody has to approve. */
export const gatePolicy = z.partialRecord(z.enum(ENVIRONMENTS), z.array(rule, { error: "a list of rules" }), {
  error: policyError,
});

/** Who may open a gate, in one way. */
export type GateRule = z.infer<typeof rule>;

/** The rules of each environment that has some of its own. */
export type GatePolicy = z.infer<typeof gatePolicy>;

/** The rules of a repository that has written none. */
const DEFAULT_POLICY = {
  dev: [],
  tst: [],
  prd: [
    { from: "prompt", byAuthor: true },
    { from: "signature", allowedSigners: ".github/allowed_signers", required: 1, byAuthor: false },
  ],
} as const satisfies Record<EnvironmentName, readonly GateRule[]>;

/** The rules of an environment. */
export function rulesFor(environment: EnvironmentName, policy: GatePolicy): readonly GateRule[] {
  return policy[environment] ?? DEFAULT_POLICY[environment];
}

/** What a rule is called in decisions. */
export function ruleName(one: GateRule, stack: string): string {
  switch (one.from) {
    case "prompt":
      return "a person at the terminal";
    case "environment":
      return `a reviewer of the GitHub environment ${one.environment ?? stack}`;
    case "stage":
      return "an approver of the stage of Azure Pipelines";
    case "review":
      return `approving reviews of ${one.team}`;
    case "signature":
      return `signatures by ${one.allowedSigners}`;
  }
}
