import fc from "fast-check";
import type { Change, PropertyChange } from "../../automation/bundle/change";
import { CHANGE_ACTIONS } from "../../automation/bundle/change";
import {
  PIPELINE_REPORT_VERSION,
  PIPELINE_STEPS,
  STACK_RESULTS,
  type PipelineReport,
  type StackReport,
} from "../../automation/report/pipeline-report";

/** A change of a resource, of which a test names what it looks at. */
export function aChange(change: Partial<Change> = {}): Change {
  const { name = "web", type = "aws:s3/bucket:Bucket" } = change;
  return {
    urn: `urn:pulumi:dev::app::${type}::${name}`,
    type,
    name,
    action: "update",
    stateful: false,
    protected: false,
    properties: [],
    ...change,
  };
}

/** A stack of a report, of which a test names what it looks at. */
export function aStackReport(stack: Partial<StackReport> = {}): StackReport {
  return {
    project: "app",
    environment: "dev",
    result: "changing",
    reasons: ["src/index.ts"],
    counts: {},
    changes: [],
    policies: [],
    messages: [],
    durationMs: 1200,
    ...stack,
  };
}

/** A report, of which a test names what it looks at. */
export function aReport(report: Partial<PipelineReport> = {}): PipelineReport {
  return {
    version: PIPELINE_REPORT_VERSION,
    createdAt: "2026-11-21T10:20:30.000Z",
    trunkline: "0.1.0",
    step: "preview",
    reason: "a pull request to develop is previewed for tst",
    event: { kind: "pull_request", source: "github", branch: "feature/x", baseBranch: "develop", fork: false },
    environment: "tst",
    target: "rehearsal",
    stacks: [],
    ...report,
  };
}

/** Texts that somebody chose to do harm with, and any others. */
export const hostileText = fc.oneof(
  fc.constantFrom(
    "</details><script>alert(1)</script>",
    "| a | b |\n| - | - |",
    "```\n# out\n",
    "<!-- trunkline:report -->",
    "@everyone see #1 and https://evil.example",
    "![x](https://evil.example/?a=1)",
    "\u202Egpj.exe",
    "::add-mask::\n::set-output name=a::b",
    "line one\r\nline two",
    "\\|\\\\|",
    "\uD800",
    "<code>`*_~[x](y)",
  ),
  fc.string({ maxLength: 40 }),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({ minLength: 300, maxLength: 3000 }),
);

const property: fc.Arbitrary<PropertyChange> = fc.record({
  path: hostileText,
  kind: fc.constantFrom("add", "update", "delete"),
  replaces: fc.boolean(),
  secret: fc.boolean(),
  old: fc.oneof(hostileText, fc.jsonValue()),
  new: fc.oneof(hostileText, fc.jsonValue()),
});

const change: fc.Arbitrary<Change> = fc.record({
  urn: hostileText.map((text) => `urn:pulumi:${text}`),
  type: hostileText,
  name: hostileText,
  action: fc.constantFrom(...CHANGE_ACTIONS),
  stateful: fc.boolean(),
  protected: fc.boolean(),
  properties: fc.array(property, { maxLength: 4 }),
});

const stack = fc.record({
  project: hostileText,
  environment: hostileText,
  result: fc.constantFrom(...STACK_RESULTS),
  detail: fc.option(hostileText, { nil: undefined }),
  changes: fc.array(change, { maxLength: 12 }),
  gate: fc.option(
    fc.record({
      kind: fc.constantFrom("open" as const, "refused" as const, "waiting" as const),
      reasons: fc.array(fc.record({ code: hostileText, message: hostileText, hint: hostileText }), { maxLength: 3 }),
      approvedBy: fc.array(hostileText, { maxLength: 3 }),
    }),
    { nil: undefined },
  ),
  policies: fc.array(
    fc.record({
      policy: hostileText,
      pack: hostileText,
      level: fc.constantFrom("advisory" as const, "mandatory" as const),
      message: hostileText,
    }),
    { maxLength: 3 },
  ),
  messages: fc.array(
    fc.record({ severity: fc.constantFrom("warning" as const, "error" as const), urn: hostileText, text: hostileText }),
    { maxLength: 3 },
  ),
});

/** Any report, with names and values that others chose. */
export const arbitraryReport: fc.Arbitrary<PipelineReport> = fc
  .record({
    step: fc.constantFrom(...PIPELINE_STEPS),
    reason: hostileText,
    environment: fc.option(hostileText, { nil: undefined }),
    fault: fc.option(hostileText, { nil: undefined }),
    branch: hostileText,
    stacks: fc.array(stack.map(aStackReport), { maxLength: 8 }),
  })
  .map(({ branch, ...report }) =>
    aReport({ ...report, event: { ...aReport().event, branch, commit: "0123456789abcdef".repeat(3).slice(0, 40) } }),
  );
