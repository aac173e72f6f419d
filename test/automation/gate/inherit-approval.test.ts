import assert from "node:assert/strict";
import { sealBundle, type Bundle, type BundleContent } from "../../../automation/bundle/bundle";
import type { Approval, ApprovalVerdict } from "../../../automation/gate/approval-provider";
import { decideGate, type RuleOutcome } from "../../../automation/gate/decide-gate";
import { inheritanceFaults } from "../../../automation/gate/inherit-approval";

const sha = (digit: string) => `sha256:${digit.repeat(64)}`;
const NOW = new Date("2026-11-21T12:00:00.000Z");
const later = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000).toISOString();
const DATA = "urn:pulumi:prd::sample::aws:dynamodb/table:Table::data";
const size = { path: "size", kind: "update", replaces: false, secret: false, old: 1, new: 2 } as const;
const token = { path: "token", kind: "add", replaces: false, secret: true, new: "[secret]", newDigest: "x" } as const;

const content = (change: Partial<BundleContent> = {}): BundleContent => ({
  version: 1,
  createdAt: NOW.toISOString(),
  expiresAt: later(1),
  repository: "acme/platform",
  commit: "a".repeat(40),
  inputsTree: sha("1"),
  project: "sample",
  stack: "prd",
  target: "rehearsal",
  configHash: sha("2"),
  lockfileHash: sha("3"),
  tools: { trunkline: "0.1.0", node: "v20.19.0", engine: { name: "embedded", version: "3.248.0" }, providers: {} },
  salt: "0".repeat(32),
  stateFingerprint: sha("4"),
  plan: "e30=",
  changes: [
    { ...{ urn: DATA, type: "aws:dynamodb/table:Table", name: "data" }, ...DELETED, properties: [] },
    { ...{ urn: `${DATA}2`, type: "x:y:Z", name: "data2" }, ...UPDATED, properties: [size, token] },
  ],
  authors: ["author@example.com"],
  ...change,
});
const DELETED = { action: "delete", stateful: true, protected: false } as const;
const UPDATED = { action: "update", stateful: false, protected: false } as const;
const bundle = (change?: Partial<BundleContent>): Bundle => sealBundle(content(change));
const withProperty = (change: object) => {
  const [first, second] = content().changes;
  return { changes: [first!, { ...second!, properties: [{ ...size, ...change }, token] }] };
};

describe("the bundle of a merge", () => {
  const faults = (merged: Bundle, reviewed: Bundle, related = true) =>
    inheritanceFaults(merged, reviewed, { related, now: NOW });

  it("inherits the approval of the reviewed one where inputs and changes are equal", () => {
    const merged = bundle({ commit: "b".repeat(40), stateFingerprint: sha("8"), createdAt: later(0.5) });
    assert.deepEqual(faults(merged, bundle()), []);
  });

  const DIFFERENT: readonly (readonly [what: string, change: Partial<BundleContent>, told: RegExp])[] = [
    ["other inputs", { inputsTree: sha("9") }, /inputsTree was sha256:1+ .* is sha256:9+/],
    ["another configuration", { configHash: sha("9") }, /configHash/],
    ["another lockfile", { lockfileHash: sha("9") }, /lockfileHash/],
    ["another stack", { stack: "tst" }, /stack was prd .* tst/],
    [
      "a change more",
      { changes: [...content().changes, { ...content().changes[0]!, urn: `${DATA}3` }] },
      /data3: delete is new/,
    ],
    ["a change less", { changes: content().changes.slice(1) }, /data: delete is gone/],
    ["another old value", withProperty({ old: 7 }), /size: old value 1 became 7/],
    ["another new value", withProperty({ new: 7 }), /size: new value 2 became 7/],
    ["a replacement for an update", withProperty({ replaces: true }), /size: replacement false became true/],
    [
      "another secret",
      {
        changes: [
          content().changes[0]!,
          { ...content().changes[1]!, properties: [size, { ...token, newDigest: "y" }] },
        ],
      },
      /token: the new secret moved/,
    ],
    ["secrets of another salt", { salt: "1".repeat(32) }, /secrets of both cannot be compared/],
  ];
  for (const [what, change, told] of DIFFERENT) {
    it(`does not inherit with ${what}, and the difference is told`, () => {
      const [reason, ...more] = faults(bundle(change), bundle());
      assert.deepEqual([reason?.code, more], ["reviewed-differs", []]);
      assert.match(reason?.message ?? "", told);
    });
  }

  it("does not inherit from another branch, nor from what has expired", () => {
    assert.deepEqual(
      faults(bundle(), bundle(), false).map(({ code }) => code),
      ["reviewed-unrelated"],
    );
    assert.deepEqual(
      faults(bundle(), bundle({ expiresAt: later(-1) })).map(({ code }) => code),
      ["reviewed-expired"],
    );
  });
});

describe("the gate", () => {
  const by = (name: string, acknowledged: readonly string[] = []): Approval => ({ by: name, acknowledged });
  const outcome = (verdict: Partial<ApprovalVerdict>, required = 1): RuleOutcome => ({
    rule: "a rule",
    required,
    verdict: { approvals: [], rejected: [], pending: false, ...verdict },
  });
  const decide = (outcomes: readonly RuleOutcome[], acknowledge: readonly string[] = [], inherited?: Bundle) => {
    const own = bundle();
    const acknowledgements = acknowledge.map((digest) => ({ urn: DATA, digest }));
    const { kind, reasons } = decideGate({
      bundle: own,
      ...(inherited && { inherited }),
      notInherited: [],
      outcomes,
      acknowledgements,
    });
    return [kind, ...reasons.map(({ code }) => code)];
  };
  const mine = bundle().digest;

  it("opens where one rule has enough people and every loss is acknowledged", () => {
    assert.deepEqual(decide([], [mine]), ["open"]);
    assert.deepEqual(decide([outcome({}), outcome({ approvals: [by("a")] })], [mine]), ["open"]);
    assert.deepEqual(decide([outcome({ approvals: [by("a", [DATA])] })]), ["open"]);
    assert.deepEqual(decide([outcome({ approvals: [by("a"), by("b")] }, 2)], [mine.slice(7, 19)]), ["open"]);
    const reviewed = bundle({ commit: "c".repeat(40) });
    assert.deepEqual(decide([], [reviewed.digest], reviewed), ["open"]);
  });

  it("stays closed without a loss's acknowledgement for this very bundle", () => {
    assert.deepEqual(decide([]), ["refused", "acknowledgement-missing"]);
    const foreign = ["refused", "acknowledgement-foreign", "acknowledgement-missing"];
    assert.deepEqual(decide([], [sha("9")]), foreign);
    assert.deepEqual(decide([], [mine.slice(7, 18)]), foreign, "fewer than 12 digits name no bundle");
    assert.deepEqual(decide([], [bundle({ commit: "c".repeat(40) }).digest]), foreign);
  });

  it("counts nobody twice, and no acknowledgement of an approval that does not suffice", () => {
    assert.deepEqual(decide([outcome({ approvals: [by("a"), by("A")] }, 2)], [mine]), ["refused", "approval-missing"]);
    assert.deepEqual(decide([outcome({ approvals: [by("a", [DATA])] }, 2)]), [
      "refused",
      "acknowledgement-missing",
      "approval-missing",
    ]);
  });

  it("waits where an approval may still come and nothing else is wrong", () => {
    assert.deepEqual(decide([outcome({ pending: true })], [mine]), ["waiting", "approval-pending"]);
    assert.deepEqual(decide([outcome({ pending: true })])[0], "refused");
  });

  it("stays closed for a fatal finding, whoever else approved", () => {
    const fatal = { code: "changes-requested", message: "no", hint: "ask" } as const;
    const decision = decide([outcome({ fatal, pending: true }), outcome({ approvals: [by("a")] })], [mine]);
    assert.deepEqual(decision, ["refused", "changes-requested"]);
  });
});
