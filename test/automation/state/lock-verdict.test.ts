import assert from "node:assert/strict";
import type { OwnersPort } from "../../../automation/ports/owners";
import { judgeLock, type RecordedOwner } from "../../../automation/state/lock-verdict";
import { ownRun, type CiRun, type RunOwner } from "../../../automation/state/run-owner";
import type { StackLock } from "../../../automation/state/stack-lock";

const process = { hostname: "here", boot: "b1", namespace: "pid:[1]", started: "100" };
const ciRun: CiRun = { system: "github", repository: "acme/platform", run: "77", attempt: 1 };
const since = "2026-11-21T10:00:05Z";
const lock: StackLock = { url: "s3://state/lock.json", host: "here", pid: 50, user: "ci", since };
const owner: RunOwner = { host: "here", pid: 49, user: "ci", process };
const at = "2026-11-21T10:00:00.000Z";

interface Case {
  readonly title: string;
  readonly lock?: Partial<StackLock>;
  readonly recorded?: readonly RecordedOwner[];
  /** Processes that have ended for certain, by number. */
  readonly gone?: readonly number[];
  /** Numbers of processes that there are. */
  readonly there?: readonly number[];
  readonly elsewhere?: boolean;
  readonly ended?: boolean;
  readonly expected: readonly [boolean, RegExp];
}

const CASES: readonly Case[] = [
  {
    title: "a lock whose process has ended",
    lock: { process },
    gone: [50],
    expected: [true, /its process has ended/],
  },
  { title: "a lock whose process is alive", lock: { process }, expected: [false, /its process is alive/] },
  {
    title: "a lock of a process of another container, whatever is alive here",
    lock: { process },
    elsewhere: true,
    there: [],
    expected: [false, /a container of the same name/],
  },
  {
    title: "a lock of another host",
    lock: { host: "there" },
    expected: [false, /nobody here can tell about there/],
  },
  {
    title: "a lock of the CLI whose number no process has here, without a record",
    there: [],
    expected: [false, /no process 50 here, but a container/],
  },
  {
    title: "a lock of the CLI whose run ended here, and the engine too",
    recorded: [{ owner, at }],
    gone: [49],
    there: [],
    expected: [true, /the run here:49 .* has ended, and process 50 too/],
  },
  {
    title: "a lock of the CLI whose run ended here, while the engine goes on",
    recorded: [{ owner, at }],
    gone: [49],
    there: [50],
    expected: [false, /process 50 of a run that has ended is alive/],
  },
  {
    title: "a lock that is older than the record",
    lock: { since: "2026-11-21T09:50:00Z" },
    recorded: [{ owner, at }],
    gone: [49],
    there: [],
    expected: [false, /no process 50 here/],
  },
  {
    title: "a lock of a run of CI that has ended",
    lock: { host: "runner" },
    recorded: [{ owner: { host: "runner", pid: 49, user: "ci", ciRun }, at }],
    ended: true,
    expected: [true, /the run github:acme\/platform:77-1 has ended/],
  },
  {
    title: "a lock of a run of CI that is going on",
    lock: { host: "runner" },
    recorded: [{ owner: { host: "runner", pid: 49, user: "ci", ciRun }, at }],
    ended: false,
    expected: [false, /the run github:acme\/platform:77-1 is going on/],
  },
  {
    title: "a lock of a run of CI that nobody can be asked about",
    lock: { host: "runner" },
    recorded: [{ owner: { host: "runner", pid: 49, user: "ci", ciRun }, at }],
    expected: [false, /nobody here can tell about runner/],
  },
  {
    title: "a lock of another host than the run of CI that has ended",
    lock: { host: "laptop" },
    recorded: [{ owner: { host: "runner", pid: 49, user: "ci", ciRun }, at }],
    ended: true,
    expected: [false, /nobody here can tell about laptop/],
  },
];

describe("the owner of a lock", () => {
  for (const { title, expected, ...given } of CASES) {
    it(`is ${expected[0] ? "" : "not "}proven gone by ${title}`, async () => {
      const ports: OwnersPort = {
        own: () => ownRun(),
        host: "here",
        isProcessGone: async (identity, pid) => identity.hostname === "here" && (given.gone ?? []).includes(pid),
        hasProcess: (pid) => (given.there ?? [49, 50]).includes(pid),
        sharesNumbers: async () => given.elsewhere !== true,
        hasEnded: async () => given.ended,
      };
      const verdict = await judgeLock(ports, { ...lock, ...given.lock }, given.recorded ?? []);
      assert.equal(verdict.gone, expected[0], verdict.reason);
      assert.match(verdict.reason, expected[1]);
    });
  }
});
