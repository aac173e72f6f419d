import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { journalFile, parseJournal } from "../../../../rehearsal/engine/backend/state-journal";
import { projectDirectory, type ProjectDirectory } from "../project-directory";

/**
 * Runs code in a process whose files may have a MiB each: a write beyond that is cut short, as on a full disk. Answers what
 * it printed.
 */
async function limited(code: string, file: string): Promise<string> {
  const script = `trap '' XFSZ; ulimit -f 1024; exec node --require tsx/cjs --eval '${code}' "${file}"`;
  const { stdout } = await promisify(execFile)("bash", ["-c", script]);
  return stdout;
}

describe("what is cut short", () => {
  let project: ProjectDirectory;
  beforeEach(async () => (project = await projectDirectory()));
  afterEach(() => project.remove());

  it("in a journal is taken back, and what follows is written where it was", async () => {
    const file = join(project.root, "dev.json");
    await writeFile(file, "{}");
    const said = await limited(
      `const { StateJournal } = require("./rehearsal/engine/backend/state-journal.ts");
      (async () => {
        const journal = await StateJournal.create(process.argv[1]);
        await journal.append([{ journal: 1, checkpoint: "", keptCreations: 0, secretsProvider: { type: "x" } }]);
        await journal.append([{ at: "1" }]);
        await journal.append([{ at: "2".repeat(3000000) }]).catch((fault) => console.log(fault.message));
        await journal.append([{ at: "3" }, { at: "4" }]);
        await journal.close();
      })()`,
      file,
    );
    assert.match(said, /^cannot write \S+dev\.json\.journal: the file would be larger than this process may write/);
    const { changes } = parseJournal(await readFile(journalFile(file)), file);
    assert.deepEqual(
      changes.map(({ at }) => at),
      ["1", "3", "4"],
    );
  });

  it("of the simulated cloud's document leaves the old one, with the journal that has the changes", async () => {
    const file = join(project.root, "cloud.json");
    const said = await limited(
      `const { SimulatedCloud } = require("./rehearsal/cloud/simulated-cloud.ts");
      const resource = (id) => ({ scope: "a", type: "t", id, urn: "", inputs: {}, outputs: {}, createdAt: "" });
      (async () => {
        let cloud = await SimulatedCloud.open(process.argv[1]);
        await cloud.commit({ put: [resource("first")] });
        await cloud.close();
        cloud = await SimulatedCloud.open(process.argv[1]);
        for (const part of ["a", "b"]) {
          const many = Array.from({ length: 4000 }, (_, i) => resource(part + i));
          await cloud.commit({ put: many });
        }
        await cloud.close().catch((fault) => console.log(fault.message));
      })()`,
      file,
    );
    assert.match(said, /^cannot write \S+cloud\.json: the file would be larger than this process may write/);
    const { resources } = JSON.parse(await readFile(file, "utf8")) as { resources: { id: string }[] };
    assert.ok(resources.some(({ id }) => id === "first") && !resources.some(({ id }) => id === "a0"));
    const journal = (await readFile(`${file}.journal`, "utf8")).trimEnd().split("\n");
    assert.deepEqual([journal.length, (await readdir(dirname(file))).filter((name) => name.endsWith(".tmp"))], [2, []]);
  });

  it("of a plan leaves the old one", async () => {
    const file = join(project.root, "plan.json");
    await writeFile(file, "old");
    const said = await limited(
      `const { writePlan } = require("./rehearsal/engine/plan/write-plan.ts");
      const config = new Map([["p:big", { value: "x".repeat(3000000), secret: false }]]);
      writePlan(process.argv[1], "/", { resources: {} }, config, {}).catch((fault) => console.log(fault.message));`,
      file,
    );
    assert.match(said, /^cannot write \S+plan\.json: the file would be larger than this process may write/);
    assert.equal(await readFile(file, "utf8"), "old");
  });
});
