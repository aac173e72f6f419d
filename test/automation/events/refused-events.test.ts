import assert from "node:assert/strict";
import { truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PipelineEvent } from "../../../automation/events/pipeline-event";
import { ACTIONS, EventFiles, PIPELINES, pullRequest, read } from "./event-fixture";

describe("an event", () => {
  let files: EventFiles;

  before(() => (files = new EventFiles()));
  after(() => files.remove());

  const PULL = { ...ACTIONS, GITHUB_EVENT_NAME: "pull_request" };
  const failing: readonly (readonly [string, () => Promise<PipelineEvent>, RegExp])[] = [
    [
      "an event that is not known",
      () => read({ ...ACTIONS, GITHUB_EVENT_NAME: "fork" }),
      /event "fork" is none .*push, /,
    ],
    ["an event without a name", () => read({ GITHUB_ACTIONS: "true" }), /event "" is none/],
    [
      "an event named like a property of objects",
      () => read({ ...ACTIONS, GITHUB_EVENT_NAME: "toString" }),
      /"toString" is none/,
    ],
    ["a pull request without its file", () => read(PULL), /GITHUB_EVENT_PATH is not set/],
    [
      "a file that is missing",
      () => read({ ...PULL, GITHUB_EVENT_PATH: join("/missing", "x") }),
      /is missing: .* is no file/,
    ],
    ["a directory for a file", () => read({ ...PULL, GITHUB_EVENT_PATH: tmpdir() }), /is no file/],
    ["a file that is no JSON", () => read({ ...PULL, GITHUB_EVENT_PATH: files.write("{") }), /is not JSON/],
    [
      "a file that is no object",
      () => read({ ...PULL, GITHUB_EVENT_PATH: files.write("null") }),
      /lacks what it should hold/,
    ],
    [
      "a file without a pull request",
      () => read({ ...PULL, GITHUB_EVENT_PATH: files.write({}) }),
      /should hold: pull_request/,
    ],
    [
      "a number that is none",
      () =>
        read({
          ...PULL,
          GITHUB_EVENT_PATH: files.write({ pull_request: { ...pullRequest().pull_request, number: "1; x" } }),
        }),
      /pull_request\.number/,
    ],
    [
      "a head with a newline in its name",
      () => read({ ...PULL, GITHUB_EVENT_PATH: files.write(pullRequest({ ref: "a\n::add-mask::b" })) }),
      /the event file names "a\\n::add-mask::b"/,
    ],
    [
      "a pushed branch with a newline",
      () => read({ ...ACTIONS, GITHUB_EVENT_NAME: "push", GITHUB_REF: "refs/heads/a\nb" }),
      /GITHUB_REF names/,
    ],
    [
      "a reason that is not known",
      () => read({ ...PIPELINES, BUILD_REASON: "CheckInShelveset" }),
      /"CheckInShelveset" of Azure Pipelines is none/,
    ],
    [
      "a pull request of Azure without its branches",
      () => read({ ...PIPELINES, BUILD_REASON: "PullRequest" }),
      /SYSTEM_PULLREQUEST_SOURCEBRANCH is not set/,
    ],
    ["an unknown --event", () => read({}, { event: "pushed" }), /unknown event "pushed", the events are push, /],
    ["a --commit that is not whole", () => read({}, { commit: "abc" }), /--commit "abc" is no full commit id/],
    ["a --branch that is an option", () => read({}, { branch: "--exec" }), /--branch names "--exec"/],
    [
      "a pull request without its base",
      () => read({}, { event: "pull_request" }),
      /without the branch that it goes to/,
    ],
    [
      "a base of a push",
      () => read({}, { event: "push", baseBranch: "main" }),
      /--base-branch belongs to a pull request/,
    ],
  ];
  for (const [what, event, message] of failing) {
    it(`fails for ${what}`, () => assert.rejects(event(), { code: "usage", message }));
  }

  it("fails for a file that is far too large, without reading it", async () => {
    const path = files.write("{}");
    truncateSync(path, 40 * 1024 * 1024);
    await assert.rejects(read({ ...PULL, GITHUB_EVENT_PATH: path }), { code: "usage", message: /has 41943040 bytes/ });
  });
});
