import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { sealBundle, type Bundle } from "../../../automation/bundle/bundle";
import { APPROVAL_NAMESPACE, approvalText, type SignedApproval } from "../../../automation/gate/approval-document";
import type { ApprovalRequest } from "../../../automation/gate/approval-provider";
import { signedApprovals } from "../../../automation/gate/signed-approval";
import { sshKeygen } from "../../../automation/ports/ssh-keygen";
import { BundleProject } from "../../support/bundle-project";

const DIGEST = (digit: string) => `sha256:${digit.repeat(64)}`;
const TABLE = "urn:pulumi:prd::sample::aws:dynamodb/table:Table::data";
const LOSS = { urn: TABLE, type: "aws:dynamodb/table:Table", name: "data", action: "delete", stateful: true } as const;
const NOW = Date.parse("2026-11-21T12:00:00.000Z");

const BUNDLE: Bundle = sealBundle({
  version: 1,
  createdAt: new Date(NOW).toISOString(),
  expiresAt: new Date(NOW + 3_600_000).toISOString(),
  repository: "acme/platform",
  commit: "a".repeat(40),
  inputsTree: DIGEST("1"),
  project: "sample",
  stack: "prd",
  target: "rehearsal",
  configHash: DIGEST("2"),
  lockfileHash: DIGEST("3"),
  tools: { trunkline: "0.1.0", node: "v20.19.0", engine: { name: "embedded", version: "3.248.0" }, providers: {} },
  salt: "0".repeat(32),
  stateFingerprint: DIGEST("4"),
  plan: "e30=",
  changes: [{ ...LOSS, protected: false, properties: [] }],
  authors: ["author@example.com"],
});

describe("signed approvals", function () {
  this.timeout(120_000);
  let project: BundleProject;
  let alice: { file: string; line: string };
  let bob: { file: string; line: string };
  const allowed = () => project.path("keys/allowed");
  const surroundings = { gate: { clock: () => new Date(NOW) } };

  before(function () {
    const { error } = spawnSync("ssh-keygen", ["-?"]);
    assert.equal(error, undefined, "ssh-keygen is not on PATH: install openssh-client, approvals are checked with it");
    project = new BundleProject({ "Pulumi.yaml": "name: sample\nruntime: nodejs\n" });
    alice = project.key("alice");
    bob = project.key("bob");
    writeFileSync(
      allowed(),
      [`alice@example.com ${alice.line}`, `author@example.com ${bob.line}`, `ally@example.com ${alice.line}`].join(
        "\n",
      ),
    );
    writeFileSync(project.path("a.bundle"), JSON.stringify(BUNDLE));
  });
  after(() => project.remove());

  async function approve(out: string, as = "alice@example.com", key = alice.file): Promise<string> {
    const file = project.path(out);
    const options = {
      bundle: project.path("a.bundle"),
      digest: BUNDLE.digest,
      key,
      as,
      acknowledge: [TABLE],
      out: file,
    };
    const result = await project.approve(options, surroundings);
    assert.equal(result.kind, "approved", JSON.stringify(result));
    return file;
  }
  const request = (change: Partial<ApprovalRequest> = {}): ApprovalRequest => ({
    digest: BUNDLE.digest,
    repository: BUNDLE.repository,
    commit: BUNDLE.commit,
    project: BUNDLE.project,
    stack: BUNDLE.stack,
    authors: BUNDLE.authors,
    stateful: [TABLE],
    now: new Date(NOW),
    ...change,
  });
  const check = (files: readonly string[], change: Partial<ApprovalRequest> = {}, byAuthor = false) =>
    signedApprovals(sshKeygen, { name: "signatures", files, allowedSigners: allowed(), byAuthor }).check(
      request(change),
    );
  async function rejects(files: readonly string[], code: string, change: Partial<ApprovalRequest> = {}): Promise<void> {
    const { approvals, rejected } = await check(files, change);
    assert.deepEqual([approvals.length, rejected.map((reason) => reason.code)], [files.length - 1, [code]]);
  }
  /** Signs what is not what `approve` would. */
  function forge(
    out: string,
    edit: (signed: SignedApproval) => SignedApproval,
    resign?: { namespace: string },
  ): string {
    const signed = edit(JSON.parse(readFileSync(project.path("one.approval"), "utf8")) as SignedApproval);
    const text = approvalText(signed.approval);
    const args = ["-Y", "sign", "-q", "-f", alice.file, "-n", resign?.namespace ?? ""];
    const signature = resign
      ? spawnSync("ssh-keygen", args, { input: text, encoding: "utf8" }).stdout
      : signed.signature;
    writeFileSync(project.path(out), JSON.stringify({ ...signed, signature }));
    return project.path(out);
  }
  const content = (change: Partial<SignedApproval["approval"]>) => (signed: SignedApproval) => ({
    ...signed,
    approval: { ...signed.approval, ...change },
  });

  it("count with the losses that they acknowledge, for exactly their bundle", async () => {
    const file = await approve("one.approval");
    assert.deepEqual(await check([file]), {
      approvals: [{ by: "alice@example.com", acknowledged: [TABLE] }],
      rejected: [],
      pending: false,
    });
  });

  it("fail for another digest, stack, commit, project or repository", async () => {
    const file = await approve("one.approval");
    const other = { digest: DIGEST("9"), stack: "tst", commit: "b".repeat(40), project: "x", repository: "acme/x" };
    for (const [field, value] of Object.entries(other)) await rejects([file], "approval-foreign", { [field]: value });
  });

  it("fail once they have expired, and before their time", async () => {
    const file = await approve("one.approval");
    await rejects([file], "approval-expired", { now: new Date(NOW + 3_600_000) });
    await rejects([file], "approval-not-yet-valid", { now: new Date(NOW - 3_600_000) });
  });

  it("fail where a field was changed after they were signed", async () => {
    await approve("one.approval");
    const more = content({ acknowledged: [TABLE, "urn:pulumi:prd::sample::x:y:Z::other"] });
    await rejects([forge("two.approval", more)], "approval-signature");
    await rejects([forge("two.approval", content({ expiresAt: "2030-01-01T00:00:00.000Z" }))], "approval-signature");
    await rejects([forge("two.approval", content({ principal: "bob@example.com" }))], "approval-signature");
  });

  it("fail for a key that nobody listed, and for another's name", async () => {
    const mallory = project.key("mallory");
    await rejects([await approve("two.approval", "alice@example.com", mallory.file)], "approval-signature");
    await rejects([await approve("two.approval", "mallory@example.com", mallory.file)], "approval-signature");
    await rejects([await approve("two.approval", "alice@example.com", bob.file)], "approval-signature");
  });

  it("fail where the signature was made for something else", async () => {
    await approve("one.approval");
    await rejects([forge("two.approval", (one) => one, { namespace: "git" })], "approval-signature");
    const right = forge("two.approval", (one) => one, { namespace: APPROVAL_NAMESPACE });
    assert.equal((await check([right])).approvals.length, 1, "the same with the right one counts");
  });

  it("fail for what is no approval", async () => {
    writeFileSync(project.path("none.approval"), "{");
    await rejects([project.path("none.approval")], "approval-malformed");
    writeFileSync(project.path("none.approval"), '{"approval":{},"signature":""}');
    await rejects([project.path("none.approval")], "approval-malformed");
    await rejects([project.path("not-there.approval")], "approval-malformed");
  });

  it("count once a person: not twice the same file, nor one key under two names", async () => {
    const file = await approve("one.approval");
    await rejects([file, await approve("two.approval")], "approval-duplicate");
    await rejects([file, await approve("two.approval", "ally@example.com")], "approval-duplicate");
  });

  it("fail where the author approves, unless that is allowed", async () => {
    const file = await approve("one.approval", "author@example.com", bob.file);
    await rejects([file], "approval-author");
    await rejects([file], "approval-author", { authors: ["AUTHOR@example.com"] });
    assert.equal((await check([file], {}, true)).approvals.length, 1);
  });

  describe("by trunkline approve", () => {
    const refuses = async (code: string, change: object, clock = NOW) => {
      const options = {
        bundle: project.path("a.bundle"),
        digest: BUNDLE.digest,
        key: alice.file,
        as: "alice@example.com",
      };
      const asked = { ...options, acknowledge: [TABLE], out: project.path("no.approval"), ...change };
      const result = await project.approve(asked, { gate: { clock: () => new Date(clock) } });
      assert.ok(result.kind === "refused", JSON.stringify(result));
      assert.equal(result.decision.reasons.map((reason) => reason.code).join(", "), code);
    };
    it("fail for a loss that is not acknowledged", () => refuses("acknowledgement-missing", { acknowledge: [] }));
    it("fail for a loss that there is not", () =>
      refuses("acknowledgement-unknown", { acknowledge: [TABLE, "urn:pulumi:prd::sample::x:y:Z::other"] }));
    it("fail for an expired bundle", () => refuses("bundle-expired", {}, NOW + 3_600_001));
    it("fail for another digest than the one that was read", () =>
      refuses("bundle-digest, acknowledgement-foreign, acknowledgement-missing", { digest: DIGEST("9") }));
    it("fail for a key that is not there", async () => {
      await assert.rejects(approve("no.approval", "alice@example.com", project.path("keys/nobody")), {
        name: "AutomationError",
        code: "usage",
      });
    });
  });
});
