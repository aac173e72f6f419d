import { z } from "zod";
import { changeSchema, propertyChange } from "../bundle/bundle";
import type { Change } from "../bundle/change";
import { RESOURCE_CHANGES } from "./operation-tree";

/** The version of the format; readers refuse another one. */
export const PIPELINE_REPORT_VERSION = 1;

/** What a run of the pipeline does. */
export const PIPELINE_STEPS = ["rehearse", "preview", "plan", "apply", "drift", "nothing"] as const;

/** What a run of the pipeline does. */
export type PipelineStep = (typeof PIPELINE_STEPS)[number];

/** What became of a stack. */
export const STACK_RESULTS = [
  "unchanged",
  "changing",
  "applied",
  "refused",
  "waiting",
  "blocked",
  "failed",
  "stopped",
  "unknown",
  "drifted",
  "not-checked",
] as const;

/** What became of a stack. */
export type StackResult = (typeof STACK_RESULTS)[number];

const message = z.strictObject({
  severity: z.enum(["info", "info#err", "warning", "error"]),
  urn: z.string(),
  text: z.string(),
});

const policyViolation = z.strictObject({
  policy: z.string(),
  pack: z.string(),
  level: z.enum(["advisory", "mandatory"]),
  urn: z.string().optional(),
  message: z.string(),
});

/** In a report a difference to the cloud may be one that is allowed. */
const change = changeSchema.extend({
  properties: z.array(propertyChange.extend({ allowed: z.string().optional() })),
});

const gate = z.strictObject({
  kind: z.enum(["open", "refused", "waiting"]),
  reasons: z.array(z.strictObject({ code: z.string(), message: z.string(), hint: z.string() })).readonly(),
  approvedBy: z.array(z.string()).readonly(),
});

const resource = z.strictObject({
  urn: z.string(),
  type: z.string(),
  name: z.string(),
  /** URN; empty where it has none. */
  parent: z.string(),
  /** URNs of the resources whose outputs it reads, or after which it was declared to come. */
  dependsOn: z.array(z.string()).readonly(),
  change: z.enum(RESOURCE_CHANGES),
  status: z.enum(["running", "done", "failed"]),
  /** From the begin of the operation, in milliseconds; absent where no operation told of the resource. */
  startMs: z.number().nonnegative().optional(),
  /** Absent where its work did not end. */
  endMs: z.number().nonnegative().optional(),
});

const stack = z.strictObject({
  project: z.string(),
  environment: z.string(),
  result: z.enum(STACK_RESULTS),
  /** Why it is part of the run. */
  reasons: z.array(z.string()).readonly(),
  /** Why it came to its result, where the changes do not say so. */
  detail: z.string().optional(),
  /** Resources by what is done to them, those that stay the same included. */
  counts: z.record(z.string(), z.number().int().nonnegative()),
  /** What is changed, in the order of the operation; secrets masked. Of a comparison with the cloud: what differs. */
  changes: z.array(change),
  /** Every resource, unchanged ones included, in the order in which they began; absent where nothing tells. */
  resources: z.array(resource).readonly().optional(),
  bundle: z.strictObject({ digest: z.string(), expiresAt: z.iso.datetime() }).optional(),
  gate: gate.optional(),
  policies: z.array(policyViolation).readonly(),
  messages: z.array(message).readonly(),
  durationMs: z.number().nonnegative(),
});

/** The form of a report file. */
export const pipelineReportSchema = z.strictObject({
  version: z.literal(PIPELINE_REPORT_VERSION),
  createdAt: z.iso.datetime(),
  trunkline: z.string(),
  step: z.enum(PIPELINE_STEPS),
  /** Why this step was taken. */
  reason: z.string(),
  event: z.strictObject({
    kind: z.enum(["push", "pull_request", "manual", "schedule"]),
    source: z.enum(["github", "azure-pipelines", "flags", "git"]),
    branch: z.string().optional(),
    baseBranch: z.string().optional(),
    commit: z.string().optional(),
    pullRequest: z.number().int().positive().optional(),
    fork: z.boolean(),
    actor: z.string().optional(),
    repository: z.string().optional(),
    run: z.string().optional(),
  }),
  environment: z.string().optional(),
  target: z.enum(["cloud", "rehearsal"]),
  stacks: z.array(stack),
  /** Why the run as a whole failed, before or beside its stacks. */
  fault: z.string().optional(),
});

/** What a run did with one stack. */
export interface StackReport extends Omit<Readonly<z.infer<typeof stack>>, "changes"> {
  readonly changes: readonly Change[];
}

/** What a run of the pipeline did, for people and programs that come after it. */
export interface PipelineReport extends Omit<Readonly<z.infer<typeof pipelineReportSchema>>, "stacks"> {
  readonly stacks: readonly StackReport[];
}

/** A resource of a stack, with what a run did to it and when. */
export type ReportResource = z.infer<typeof resource>;

/** A violation of a policy. */
export type PolicyViolation = z.infer<typeof policyViolation>;
