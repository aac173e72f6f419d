import assert from "node:assert/strict";
import { askGithub } from "../../../automation/ports/ask-github";
import type { GithubPort, WorkflowRun } from "../../../automation/ports/github";
import type { CiRun } from "../../../automation/state/run-owner";

const run: CiRun = { system: "github", repository: "acme/platform", run: "77", attempt: 2 };
const found = (status: string, attempt = 2): WorkflowRun => ({
  id: 77,
  attempt,
  status,
  headCommit: "4f2c",
  event: "push",
});

const CASES: readonly [
  title: string,
  answer: () => Promise<WorkflowRun | undefined>,
  ended: boolean | undefined,
  asked?: CiRun,
][] = [
  ["ended when it is completed", async () => found("completed"), true],
  ["going on while it is in progress", async () => found("in_progress"), false],
  ["going on while it waits for an approval", async () => found("waiting"), false],
  ["ended when a later attempt has begun", async () => found("in_progress", 3), true],
  ["going on when an earlier attempt is all that is told", async () => found("completed", 1), false],
  ["not known when it is deleted", async () => undefined, undefined],
  ["not known when GitHub does not answer", async () => Promise.reject(new Error("503")), undefined],
  [
    "not known when it is another system's",
    async () => found("completed"),
    undefined,
    { ...run, system: "azure-pipelines" },
  ],
];

describe("a run of GitHub Actions", () => {
  for (const [title, answer, ended, asked = run] of CASES) {
    it(`is ${title}`, async () => {
      const github: Pick<GithubPort, "workflowRun"> = { workflowRun: answer };
      assert.equal(await askGithub(async () => github)(asked), ended);
    });
  }

  it("is not known without a token", async () => assert.equal(await askGithub(async () => undefined)(run), undefined));
});
