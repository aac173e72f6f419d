import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { ChangeLog } from "../../../../rehearsal/engine/backend/change-log";
import { newManifest } from "../../../../rehearsal/engine/backend/manifest";
import { StateWriter, type StateStore } from "../../../../rehearsal/engine/operations/state-writer";

/** Notes what is written; appends wait for `go`, and fail where that says so. */
class Store implements StateStore {
  readonly done: string[] = [];
  private waiting: { go: (fault?: Error) => void }[] = [];

  async save(): Promise<void> {
    this.done.push("save");
  }

  append(_start: unknown, changes: readonly { at: string }[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = (fault?: Error): void => {
        this.done.push(`append ${changes.length}${fault ? " failed" : ""}`);
        if (fault) reject(fault);
        else resolve();
      };
      this.waiting.push({ go });
    });
  }

  /** Lets the append that runs end. */
  async go(fault?: Error): Promise<void> {
    while (this.waiting.length === 0) await setImmediate();
    this.waiting.shift()!.go(fault);
    await setImmediate();
  }
}

describe("StateWriter", () => {
  let store: Store;
  let changes: ChangeLog;
  let writer: StateWriter;
  let restarts: number;
  const change = (): void => changes.commit({ refreshed: true });

  beforeEach(() => {
    store = new Store();
    changes = new ChangeLog();
    restarts = 0;
    writer = new StateWriter(
      {
        changes,
        start: { keptCreations: 0 },
        restart: () => void restarts++,
        snapshot: () => ({ manifest: newManifest() }),
      },
      store,
    );
  });

  it("answers once what has changed is appended, and shares one write among those that come meanwhile", async () => {
    const ended: number[] = [];
    const write = (n: number): Promise<void> => (change(), writer.write().then(() => void ended.push(n)));
    const all = [write(1)];
    await setImmediate();
    all.push(write(2), write(3));
    assert.deepEqual(ended, []);
    await store.go();
    assert.deepEqual(ended, [1]);
    await store.go();
    await Promise.all(all);
    assert.deepEqual(
      [store.done, ended],
      [
        ["append 1", "append 2"],
        [1, 2, 3],
      ],
    );
  });

  it("appends nothing where nothing has changed", async () => {
    await writer.write();
    assert.deepEqual(store.done, []);
  });

  it("fails with what could not be appended, and takes it along in the next write", async () => {
    change();
    const failed = assert.rejects(writer.write(), /full/);
    await store.go(new Error("full"));
    await failed;
    change();
    const second = writer.write();
    await store.go();
    await second;
    assert.deepEqual(store.done, ["append 1 failed", "append 2"]);
  });

  it("goes on after a failure with those that waited for it", async () => {
    change();
    const failed = assert.rejects(writer.write(), /full/);
    await setImmediate();
    change();
    const second = writer.write();
    await store.go(new Error("full"));
    await failed;
    await store.go();
    await second;
    assert.deepEqual(store.done, ["append 1 failed", "append 2"]);
  });

  it("writes the whole state at the end, once, where something has changed, and nothing after that", async () => {
    writer.postpone();
    await writer.finish();
    await writer.finish();
    change();
    await writer.write();
    await writer.rewrite();
    assert.deepEqual([store.done, restarts], [["save"], 0]);
  });

  it("leaves a state alone in which nothing has changed", async () => {
    await writer.finish();
    assert.deepEqual(store.done, []);
  });

  it("waits at the end for what is being appended, and writes the whole though that fails", async () => {
    change();
    const failed = assert.rejects(writer.write(), /full/);
    await setImmediate();
    const finished = writer.finish();
    await store.go(new Error("full"));
    await Promise.all([failed, finished]);
    assert.deepEqual(store.done, ["append 1 failed", "save"]);
  });

  it("begins anew with a state that is written as a whole", async () => {
    await writer.rewrite();
    assert.deepEqual([store.done, restarts], [["save"], 1]);
    await writer.finish();
    assert.deepEqual(store.done, ["save"]);
  });
});
