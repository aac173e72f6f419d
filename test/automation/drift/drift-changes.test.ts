import assert from "node:assert/strict";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { driftChanges } from "../../../automation/drift/drift-changes";
import { findDrift } from "../../../automation/drift/find-drift";

const BUCKET = "urn:pulumi:dev::app::aws:s3/bucket:Bucket::logs";
const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "[secret]" };

function refreshed(op: string, old: object, found: object, paths: readonly string[]): EngineEvent {
  const detailedDiff = Object.fromEntries(paths.map((path) => [path, { diffKind: "update", inputDiff: true }]));
  const metadata = { op, urn: BUCKET, type: "aws:s3/bucket:Bucket", old, new: found, detailedDiff };
  return { sequence: 1, timestamp: 0, resOutputsEvent: { metadata } } as unknown as EngineEvent;
}

function changes(event: EngineEvent, allowed: readonly string[] = [], mask = (text: string) => text) {
  const allow = [{ urn: "*", properties: [...allowed], reason: "the scanner" }];
  return driftChanges([event], findDrift([event], new Set(), allowed.length > 0 ? allow : []), mask);
}

const told = (event: EngineEvent, ...rest: [allowed?: readonly string[], mask?: (text: string) => string]) =>
  changes(event, ...rest).map(({ action, properties }) => [action, properties]);

const same = { replaces: false, secret: false } as const;

describe("drift as changes", () => {
  it("has both values of what differs, and says what is allowed", () => {
    const event = refreshed(
      "update",
      { inputs: { tags: { owner: "a", seen: 1 } } },
      { inputs: { tags: { owner: "b", seen: 2 } } },
      ["tags.owner", "tags.seen"],
    );
    assert.deepEqual(told(event, ["tags.seen"]), [
      [
        "update",
        [
          { ...same, path: "tags.owner", kind: "update", old: "a", new: "b" },
          { ...same, path: "tags.seen", kind: "update", old: 1, new: 2, allowed: "the scanner" },
        ],
      ],
    ]);
  });

  it("is a change of its own kind where all that differs is allowed", () => {
    const event = refreshed("update", { inputs: {} }, { inputs: { note: "x" } }, ["note"]);
    assert.deepEqual(told(event, ["note"]), [
      ["refresh", [{ ...same, path: "note", kind: "add", new: "x", allowed: "the scanner" }]],
    ]);
  });

  it("is a deletion for what is gone, which needs no acknowledgement", () => {
    const [change] = changes(refreshed("delete", { inputs: { bucket: "logs" }, protect: true }, {}, []));
    assert.deepEqual(
      [change?.action, change?.stateful, change?.protected, change?.properties],
      ["delete", false, true, []],
    );
  });

  it("looks outputs up where no input has the name", () => {
    const event = refreshed("update", { inputs: {}, outputs: { etag: "1" } }, { inputs: {}, outputs: {} }, ["etag"]);
    assert.deepEqual(told(event), [["update", [{ ...same, path: "etag", kind: "delete", old: "1" }]]]);
  });

  for (const [title, old, found] of [
    ["a secret", { token: SECRET }, { token: SECRET }],
    ["a part of a secret", { token: SECRET }, { token: { inner: "x" } }],
    ["a text with a secret in it, which nobody marked", { token: "a hunter2hunter2" }, { token: "b" }],
  ] as const) {
    it(`masks ${title}`, () => {
      const path = title.includes("part") ? "token.inner" : "token";
      const event = refreshed("update", { inputs: old }, { inputs: found }, [path]);
      const mask = (text: string) => text.replaceAll("hunter2hunter2", "[secret]");
      const [change] = changes(event, [], mask);
      assert.equal(change?.properties[0]?.secret, true);
      assert.equal(change.properties[0].old, "[secret]");
      assert.ok(!JSON.stringify(change).includes("hunter2"));
    });
  }
});
