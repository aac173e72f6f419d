import assert from "node:assert/strict";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { findDrift } from "../../../automation/drift/find-drift";

const BUCKET = "urn:pulumi:dev::app::aws:s3/bucket:Bucket::logs";

/** The end of a refresh of one resource. */
function refreshed(op: string, more: object = {}, urn = BUCKET): EngineEvent {
  const type = urn.split("::")[2];
  const metadata = { op, urn, type, old: { inputs: {} }, new: { inputs: {} }, ...more };
  return { sequence: 1, timestamp: 0, resOutputsEvent: { metadata } } as unknown as EngineEvent;
}

const paths = (...names: string[]) => ({
  detailedDiff: Object.fromEntries(names.map((name) => [name, { diffKind: "update", inputDiff: true }])),
});
const changed = (...properties: string[]) => [
  { urn: BUCKET, type: "aws:s3/bucket:Bucket", name: "logs", kind: "changed", properties },
];
const allow = (urn: string, ...properties: string[]) => [{ urn, properties, reason: "the vendor does that" }];

const CASES: readonly [title: string, event: EngineEvent, allow: ReturnType<typeof allow>, drifted: unknown][] = [
  ["a resource that is as it was", refreshed("same"), [], []],
  ["a property that differs", refreshed("update", paths("tags.owner")), [], changed("tags.owner")],
  [
    "a resource that is gone",
    refreshed("delete"),
    [],
    [{ urn: BUCKET, type: "aws:s3/bucket:Bucket", name: "logs", kind: "deleted", properties: [] }],
  ],
  ["a resource that is gone, whatever of it may change", refreshed("delete"), allow("*", "*"), "deleted"],
  ["what is only read", refreshed("update", paths("tags"), "urn:pulumi:dev::app::aws:s3/bucket:Bucket::read"), [], []],
  [
    "a reference to another stack",
    refreshed("update", {}, "urn:pulumi:dev::a::pulumi:pulumi:StackReference::b"),
    [],
    [],
  ],
  ["outputs that moved with the same inputs", refreshed("update", { detailedDiff: {} }), [], []],
  [
    "inputs that differ where the provider tells no paths",
    refreshed("update", { old: { inputs: { a: 1, b: 2 } }, new: { inputs: { a: 1, c: 3 } } }),
    [],
    changed("b", "c"),
  ],
  ["an allowed property", refreshed("update", paths("tags.owner")), allow(BUCKET, "tags.owner"), []],
  ["what is below an allowed property", refreshed("update", paths('tags["a.b"].c')), allow(BUCKET, "tags"), []],
  ["a part that may be any", refreshed("update", paths("rules[3].id")), allow(BUCKET, "rules.*.id"), []],
  [
    "what is above an allowed property",
    refreshed("update", paths("tags")),
    allow(BUCKET, "tags.owner"),
    changed("tags"),
  ],
  [
    "a sibling of an allowed property",
    refreshed("update", paths("tags.a", "tags.b")),
    allow("*", "tags.a"),
    changed("tags.b"),
  ],
  [
    "a name that begins like an allowed one",
    refreshed("update", paths("tagsAll")),
    allow("*", "tags"),
    changed("tagsAll"),
  ],
  ["an allowance of other resources", refreshed("update", paths("tags")), allow("*::audit", "*"), changed("tags")],
  ["an allowance by a pattern", refreshed("update", paths("tags")), allow("*aws:s3/bucket:*::logs", "tags"), []],
];

describe("drift", () => {
  for (const [title, event, allowed, expected] of CASES) {
    it(`is judged for ${title}`, () => {
      const external = new Set(["urn:pulumi:dev::app::aws:s3/bucket:Bucket::read"]);
      const { drifted } = findDrift([event], external, allowed);
      if (expected === "deleted") assert.equal(drifted[0]?.kind, "deleted");
      else assert.deepEqual(drifted, expected);
    });
  }

  it("says what was allowed, and why", () => {
    const { allowed } = findDrift([refreshed("update", paths("tags.owner"))], new Set(), allow(BUCKET, "tags"));
    assert.deepEqual(allowed, [{ urn: BUCKET, property: "tags.owner", reason: "the vendor does that" }]);
  });
});
