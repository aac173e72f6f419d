import assert from "node:assert/strict";
import type { ApprovalRequest } from "../../../automation/gate/approval-provider";
import { stageApprovals } from "../../../automation/gate/stage-approval";
import type { StageApproval } from "../../../automation/ports/azure-stages";
import { httpAzureStages } from "../../../automation/ports/http-azure-stages";
import { HttpStandIn } from "../../support/http-stand-in";

const request = (change: Partial<ApprovalRequest> = {}): ApprovalRequest => ({
  ...{ digest: `sha256:${"1".repeat(64)}`, repository: "acme/platform", commit: "a".repeat(40), project: "sample" },
  ...{ stack: "prd", run: "42-1", authors: ["ada@example.com", "Ada Author"], stateful: [] },
  now: new Date("2026-11-21T12:00:00Z"),
  ...change,
});

describe("the approval of a stage of Azure Pipelines", () => {
  const said = (account: string, state: StageApproval["state"] = "approved", name = account): StageApproval => ({
    ...{ name, account, state },
  });
  const check = (
    answers: readonly StageApproval[] | undefined,
    change: Partial<ApprovalRequest> = {},
    { run = "42-2", byAuthor = false }: { run?: string; byAuthor?: boolean } = {},
  ) => {
    const asked: number[] = [];
    const stages = { stage: "apply_prd", approvals: async (of: number) => (asked.push(of), answers) };
    const provider = stageApprovals(stages, { name: "stage", byAuthor, ...(run !== "" && { run }) });
    return provider.check(request(change)).then((verdict) => ({ ...verdict, asked }));
  };

  it("counts for the run that was let in, whichever attempt it is, and those who need not answer any more do not", async () => {
    const { approvals, rejected, asked } = await check([said("bob@example.com"), said("carol", "pending")]);
    assert.deepEqual([approvals, rejected, asked], [[{ by: "bob@example.com", acknowledged: [] }], [], [42]]);
  });

  const CLOSED: readonly (readonly [title: string, code: string, verdict: ReturnType<typeof check>])[] = [
    ["nobody has to approve the stage", "approval-unprotected", check(undefined)],
    ["nobody answered yet", "approval-missing", check([said("bob", "pending")])],
    ["somebody rejected it, whoever else approved", "approval-declined", check([said("bob"), said("eve", "rejected")])],
    ["the bundle is of another run", "approval-foreign", check([said("bob")], { run: "41-1" })],
    ["the bundle is of no run", "approval-foreign", check([said("bob")], { run: undefined })],
    ["this is no run", "approval-missing", check([said("bob")], {}, { run: "" })],
    ["whoever wrote the commit approved it", "approval-author", check([said("Ada@example.com")])],
    ["whoever caused the run approved it", "approval-author", check([said("x", "approved", "Ada Author")])],
  ];
  for (const [title, code, verdict] of CLOSED) {
    it(`does not count where ${title}`, async () => {
      const { approvals, rejected, fatal } = await verdict;
      assert.deepEqual(approvals, []);
      assert.deepEqual(
        [...rejected, ...(fatal ? [fatal] : [])].map((reason) => reason.code),
        [code],
      );
    });
  }

  it("counts for authors where the rule lets them", async () => {
    assert.equal((await check([said("ada@example.com")], {}, { byAuthor: true })).approvals.length, 1);
  });
});

describe("Azure DevOps, asked about a stage", () => {
  const records = [
    { id: "s1", parentId: null, type: "Stage", identifier: "apply_tst" },
    { id: "c1", parentId: "s1", type: "Checkpoint" },
    { id: "a1", parentId: "c1", type: "Checkpoint.Approval" },
    { id: "s2", parentId: null, type: "Stage", identifier: "apply_prd" },
    { id: "c2", parentId: "s2", type: "Checkpoint" },
    { id: "a2", parentId: "c2", type: "Checkpoint.Approval" },
    { id: "a3", parentId: "c2", type: "Checkpoint.Approval" },
    { id: "x2", parentId: "c2", type: "Checkpoint.ExclusiveLock" },
    { id: "s3", parentId: null, type: "Stage", identifier: "apply_dev" },
  ];
  const steps: Readonly<Record<string, unknown>> = {
    a2: [{ status: "approved", assignedApprover: { displayName: "Owners" }, actualApprover: { displayName: "Bob", uniqueName: "bob@example.com" } }], // prettier-ignore
    a3: [{ status: "skipped", assignedApprover: { displayName: "Security" } }],
  };
  let service: HttpStandIn;
  beforeEach(async () => {
    service = await HttpStandIn.start((line, { query }) =>
      line === "GET /acme/my%20project/_apis/build/builds/42/timeline"
        ? [200, { records }]
        : [200, { value: (query["approvalIds"] ?? "").split(",").map((id) => ({ id, steps: steps[id] })) }],
    );
  });
  afterEach(() => service.stop());

  const variables = (stage = "apply_prd") => ({
    SYSTEM_ACCESSTOKEN: "canary-token",
    SYSTEM_COLLECTIONURI: `${service.url}/acme/`,
    SYSTEM_TEAMPROJECT: "my project",
    SYSTEM_STAGENAME: stage,
  });

  it("tells who answered for exactly this stage, with the token of the job", async () => {
    assert.deepEqual(await httpAzureStages(variables())?.approvals(42), [
      { name: "Bob", account: "bob@example.com", state: "approved" },
      { name: "Security", account: "Security", state: "pending" },
    ]);
    assert.deepEqual(
      service.requests.map(({ path, query }) => [path, query["approvalIds"], query["$expand"]]),
      [
        ["/acme/my%20project/_apis/build/builds/42/timeline", undefined, undefined],
        ["/acme/my%20project/_apis/pipelines/approvals", "a2,a3", "steps"],
      ],
    );
    for (const { headers } of service.requests) assert.equal(headers.authorization, "Bearer canary-token");
  });

  it("says that nobody had to be asked for a stage without an approval, and for one that is not there", async () => {
    assert.equal(await httpAzureStages(variables("apply_dev"))?.approvals(42), undefined);
    assert.equal(await httpAzureStages(variables("other"))?.approvals(42), undefined);
  });

  it("is not to be had outside of a stage, or without the token", () => {
    for (const name of Object.keys(variables())) {
      assert.equal(httpAzureStages({ ...variables(), [name]: undefined }), undefined, name);
    }
  });

  it("is asked again where it is busy, and fails without the token in the error where it stays so", async () => {
    service.faults.push({ request: /timeline/, status: 503, times: 2 }, { request: /approvals/, status: 429 });
    assert.equal((await httpAzureStages(variables(), 1)?.approvals(42))?.length, 2);
    for (const [status, asked] of [
      [503, 4],
      [403, 1],
    ] as const) {
      service.requests.length = 0;
      service.faults.splice(0, 9, { request: /timeline/, status, times: 9 });
      await assert.rejects(
        httpAzureStages(variables(), 1)!.approvals(42),
        (error: Error) => error.message.endsWith(`it answers ${status}`) && !error.message.includes("canary"),
      );
      assert.equal(service.requests.length, asked);
    }
  });
});
