import assert from "node:assert/strict";
import type { PipelineEvent } from "../../../automation/events/pipeline-event";
import { readEvent } from "../../../automation/events/read-event";
import {
  ACTIONS,
  EventFiles,
  HEAD,
  OTHER,
  PIPELINES,
  pullRequest,
  read,
  TOLD_BY_ACTIONS,
  TOLD_BY_PIPELINES,
} from "./event-fixture";

describe("an event", () => {
  let files: EventFiles;

  before(() => (files = new EventFiles()));
  after(() => files.remove());

  const expected: readonly (readonly [string, () => Promise<PipelineEvent>, PipelineEvent])[] = [
    [
      "of GitHub Actions: a push",
      () => read({ ...ACTIONS, GITHUB_EVENT_NAME: "push", GITHUB_REF: "refs/heads/feature/a" }),
      { ...TOLD_BY_ACTIONS, kind: "push", branch: "feature/a", commit: HEAD, fork: false },
    ],
    [
      "of GitHub Actions: a push of a branch with characters that a shell knows",
      () => read({ ...ACTIONS, GITHUB_EVENT_NAME: "push", GITHUB_REF: "refs/heads/feature/$(curl${IFS}x)" }),
      { ...TOLD_BY_ACTIONS, kind: "push", branch: "feature/$(curl${IFS}x)", commit: HEAD, fork: false },
    ],
    [
      "of GitHub Actions: a push without its file, which is not needed",
      () =>
        read({ ...ACTIONS, GITHUB_EVENT_NAME: "push", GITHUB_REF: "refs/heads/main", GITHUB_EVENT_PATH: "/missing" }),
      { ...TOLD_BY_ACTIONS, kind: "push", branch: "main", commit: HEAD, fork: false },
    ],
    [
      "of GitHub Actions: a tag, which has no branch",
      () => read({ ...ACTIONS, GITHUB_EVENT_NAME: "push", GITHUB_REF: "refs/tags/v1" }),
      { ...TOLD_BY_ACTIONS, kind: "push", commit: HEAD, fork: false },
    ],
    [
      "of GitHub Actions: a pull request, by its own head and not by the merge that is checked out",
      () =>
        read({
          ...ACTIONS,
          GITHUB_EVENT_NAME: "pull_request",
          GITHUB_REF: "refs/pull/12/merge",
          GITHUB_EVENT_PATH: files.write(pullRequest()),
        }),
      {
        ...TOLD_BY_ACTIONS,
        kind: "pull_request",
        branch: "feature/a",
        baseBranch: "develop",
        commit: OTHER,
        pullRequest: 12,
        fork: false,
      },
    ],
    ...(
      [
        ["a fork", { repo: { full_name: "stranger/repo" } }],
        ["a fork that is deleted", { repo: null }],
        ["a repository that is not told", { repo: undefined }],
      ] as const
    ).map(
      ([what, head]) =>
        [
          `of GitHub Actions: a pull request from ${what}`,
          () =>
            read({
              ...ACTIONS,
              GITHUB_EVENT_NAME: "pull_request_target",
              GITHUB_EVENT_PATH: files.write(pullRequest(head)),
            }),
          {
            ...TOLD_BY_ACTIONS,
            kind: "pull_request",
            branch: "feature/a",
            baseBranch: "develop",
            commit: OTHER,
            pullRequest: 12,
            fork: true,
          },
        ] as const,
    ),
    [
      "of GitHub Actions: a merge queue, as a pull request to its branch",
      () =>
        read({
          ...ACTIONS,
          GITHUB_EVENT_NAME: "merge_group",
          GITHUB_EVENT_PATH: files.write({ merge_group: { head_sha: OTHER, base_ref: "refs/heads/main" } }),
        }),
      { ...TOLD_BY_ACTIONS, kind: "pull_request", baseBranch: "main", commit: OTHER, fork: false },
    ],
    [
      "of GitHub Actions: a schedule",
      () => read({ ...ACTIONS, GITHUB_EVENT_NAME: "schedule", GITHUB_REF: "refs/heads/main" }),
      { ...TOLD_BY_ACTIONS, kind: "schedule", branch: "main", commit: HEAD, fork: false },
    ],
    [
      "of GitHub Actions: started by hand, what is odd about it left out",
      () =>
        read({
          GITHUB_ACTIONS: "true",
          GITHUB_EVENT_NAME: "workflow_dispatch",
          GITHUB_REF: "refs/heads/main",
          GITHUB_ACTOR: "a\n::error::b",
          GITHUB_REPOSITORY: "../x/y",
          GITHUB_RUN_ID: "7; rm",
          GITHUB_SHA: "--exec",
        }),
      { kind: "manual", source: "github", branch: "main", fork: false },
    ],
    [
      "of Azure Pipelines: a push",
      () => read({ ...PIPELINES, BUILD_REASON: "IndividualCI", BUILD_SOURCEBRANCH: "refs/heads/develop" }),
      { ...TOLD_BY_PIPELINES, kind: "push", branch: "develop", commit: HEAD, fork: false },
    ],
    [
      "of Azure Pipelines: a pull request of Azure Repos",
      () =>
        read({
          ...PIPELINES,
          BUILD_REASON: "PullRequest",
          BUILD_SOURCEBRANCH: "refs/pull/5/merge",
          SYSTEM_PULLREQUEST_PULLREQUESTID: "5",
          SYSTEM_PULLREQUEST_SOURCEBRANCH: "refs/heads/feature/a",
          SYSTEM_PULLREQUEST_TARGETBRANCH: "refs/heads/main",
          SYSTEM_PULLREQUEST_SOURCECOMMITID: OTHER,
          SYSTEM_PULLREQUEST_ISFORK: "False",
        }),
      {
        ...TOLD_BY_PIPELINES,
        kind: "pull_request",
        branch: "feature/a",
        baseBranch: "main",
        commit: OTHER,
        pullRequest: 5,
        fork: false,
      },
    ],
    [
      "of Azure Pipelines: a pull request of GitHub that does not say that it is no fork",
      () =>
        read({
          ...PIPELINES,
          BUILD_REASON: "PullRequest",
          SYSTEM_PULLREQUEST_PULLREQUESTID: "55555",
          SYSTEM_PULLREQUEST_PULLREQUESTNUMBER: "6",
          SYSTEM_PULLREQUEST_SOURCEBRANCH: "feature/a",
          SYSTEM_PULLREQUEST_TARGETBRANCH: "main",
        }),
      {
        ...TOLD_BY_PIPELINES,
        kind: "pull_request",
        branch: "feature/a",
        baseBranch: "main",
        pullRequest: 6,
        fork: true,
      },
    ],
    [
      "of Azure Pipelines: a schedule",
      () => read({ ...PIPELINES, BUILD_REASON: "Schedule", BUILD_SOURCEBRANCH: "refs/heads/main" }),
      { ...TOLD_BY_PIPELINES, kind: "schedule", branch: "main", commit: HEAD, fork: false },
    ],
    [
      "of flags, whatever the CI system says",
      () => read({ ...ACTIONS, GITHUB_EVENT_NAME: "nonsense" }, { event: "push", branch: "develop", commit: OTHER }),
      { kind: "push", source: "flags", branch: "develop", commit: OTHER, fork: false },
    ],
    [
      "of flags: a pull request by the branch that it goes to",
      () => read({}, { baseBranch: "develop" }),
      { kind: "pull_request", source: "flags", branch: "main", baseBranch: "develop", commit: HEAD, fork: false },
    ],
    [
      "of nothing but the repository",
      () => read({}),
      { kind: "manual", source: "git", branch: "main", commit: HEAD, fork: false },
    ],
  ];
  for (const [what, event, value] of expected) {
    it(what, async () => assert.deepEqual(await event(), value));
  }

  it("of a detached head has no branch", async () => {
    const git = { currentBranch: async () => undefined, headCommit: async () => HEAD };
    const event = await readEvent({ git, env: {}, directory: files.directory });
    assert.deepEqual(event, { kind: "manual", source: "git", commit: HEAD, fork: false });
  });
});
