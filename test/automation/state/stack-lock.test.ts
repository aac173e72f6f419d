import assert from "node:assert/strict";
import { locksInRefusal, parseLockFile } from "../../../automation/state/stack-lock";

/** The refusal of the real CLI, 3.260. */
const REFUSAL = `code: -2
 stdout: 
 stderr: Command failed with exit code 255: pulumi up --yes --skip-preview
error: the stack is currently locked by 2 lock(s). Either wait for the other process(es) to end or delete the lock file with \`pulumi cancel\`.
  s3://acme-dev-s3-tf-backend/platform/.pulumi/locks/organization/platform/dev/1f7c.json: created by runner@fv-az1 (pid 2211) at 2026-11-21T10:00:05Z
  s3://acme-dev-s3-tf-backend/platform/.pulumi/locks/organization/platform/dev/2b.json: created by DOMAIN\\some one@build-2 (pid 7) at 2026-11-21T12:00:05+02:00
 err?: 
`;

describe("the locks of a stack", () => {
  it("are read from an engine's refusal", () => {
    const folder = "s3://acme-dev-s3-tf-backend/platform/.pulumi/locks/organization/platform/dev";
    assert.deepEqual(locksInRefusal(REFUSAL), [
      { url: `${folder}/1f7c.json`, user: "runner", host: "fv-az1", pid: 2211, since: "2026-11-21T10:00:05Z" },
      {
        url: `${folder}/2b.json`,
        user: "DOMAIN\\some one",
        host: "build-2",
        pid: 7,
        since: "2026-11-21T12:00:05+02:00",
      },
    ]);
  });

  it("are read from the embedded engine's refusal of a process that has ended", () => {
    const line = "\n  file:///s/l.json: created by me@host (pid 9) at 2026-11-21T10:00:05Z; that process has ended";
    assert.deepEqual(locksInRefusal(line), [
      { url: "file:///s/l.json", user: "me", host: "host", pid: 9, since: "2026-11-21T10:00:05Z" },
    ]);
  });

  it("are none in a refusal that names none", () => {
    assert.deepEqual(locksInRefusal("[409] Conflict: Another update is currently in progress."), []);
  });

  it("are read from a file, of the CLI and of the embedded engine", () => {
    const content = { pid: 9, username: "me", hostname: "host", timestamp: "2026-11-21T10:00:05.123Z" };
    const owner = { hostname: "host", boot: "b", namespace: "pid:[1]", started: "100" };
    const lock = { url: "u", pid: 9, user: "me", host: "host", since: content.timestamp, process: undefined };
    assert.deepEqual(parseLockFile("u", JSON.stringify(content)), lock);
    assert.deepEqual(parseLockFile("u", JSON.stringify({ ...content, owner })), { ...lock, process: owner });
    assert.equal(parseLockFile("u", '{"pid":'), undefined);
    assert.equal(parseLockFile("u", "{}"), undefined);
  });
});
