import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { FaultyDisk, type DiskFault } from "../support/faulty-disk";
import { FindingProvider } from "../support/finding-provider";
import { Thing, ThingStack } from "../deployment/support/thing-stack";

const REASON: Record<DiskFault, RegExp> = {
  ENOSPC: /: the disk is full; free some space, then run the command again/,
  EROFS: /: the file system is read-only; choose another directory/,
};

for (const fault of ["ENOSPC", "EROFS"] as const) {
  describe(`an update where the disk ${fault === "ENOSPC" ? "is full" : "may not be written"}`, () => {
    let disk: FaultyDisk;
    let provider: FindingProvider;
    let stack: ThingStack;
    const program = async (): Promise<void> => {
      const a = new Thing("a");
      new Thing("b", { from: a.id });
    };
    const isJournal = (path: string): boolean => path.endsWith(".journal");
    const isState = (path: string): boolean => path.includes("/.pulumi/stacks/");
    const isCheckpoint = (path: string): boolean => isState(path) && !isJournal(path);
    const stacks = (): string => join(stack.root, "state/.pulumi/stacks/demo");
    const checkpoint = (): Promise<string> => readFile(join(stacks(), "dev.json"), "utf8");

    beforeEach(async () => {
      provider = new FindingProvider();
      stack = await ThingStack.make(provider);
      await stack.up(async () => void new Thing("first"));
      disk = await FaultyDisk.make();
    });
    afterEach(async () => {
      disk.remove();
      await stack.remove();
    });

    /** The next update has all that there is to be, and no second one of anything. */
    async function requireConverged(): Promise<void> {
      disk.mend();
      const run = await stack.up(program);
      assert.equal(run.failure, undefined);
      assert.deepEqual((await stack.names()).sort(), ["a", "b"]);
      const ids = (await stack.resources()).map(({ id }) => id).sort();
      assert.deepEqual(
        [[...provider.cloud.keys()].sort(), (await stack.deployment()).pending_operations],
        [ids, undefined],
      );
      assert.deepEqual(
        (await readdir(stacks())).filter((name) => /journal|tmp/.test(name)),
        [],
      );
    }

    it("from the start begins nothing that it could not note", async () => {
      const before = await checkpoint();
      disk.break(fault, isState);
      const run = await stack.up(program);
      assert.match(run.failure ?? "", new RegExp(`cannot write \\S+dev\\.json(\\.journal)?${REASON[fault].source}`));
      assert.deepEqual([run.calls, await checkpoint()], [[], before]);
      await requireConverged();
    });

    it("when a creation's answer is to be noted has made something, and finds it again", async () => {
      const create = provider.create.bind(provider);
      provider.create = async (request) => {
        const answer = await create(request);
        if (request.name === "a" && !request.preview) disk.break(fault, isState);
        return answer;
      };
      const run = await stack.up(program);
      assert.match(run.failure ?? "", REASON[fault]);
      assert.deepEqual(run.calls, ["create a"]);
      await requireConverged();
      assert.equal([...provider.cloud.keys()].filter((id) => id.startsWith("a-")).length, 1);
    });

    it("when the state is written as a whole keeps the old one, and the journal with what was done", async () => {
      const before = await checkpoint();
      disk.break(fault, isCheckpoint);
      const run = await stack.up(program);
      assert.match(run.failure ?? "", new RegExp(`cannot write \\S+dev\\.json(\\.bak)?${REASON[fault].source}`));
      assert.equal(await checkpoint(), before);
      assert.ok((await readdir(stacks())).includes("dev.json.journal"));
      disk.mend();
      const again = await stack.up(program);
      assert.deepEqual([again.failure, again.calls], [undefined, []], "everything was done before");
      await requireConverged();
    });
  });
}
