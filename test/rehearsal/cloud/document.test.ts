import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, resolve } from "node:path";
import fc from "fast-check";
import { ownProcess } from "../../../rehearsal/engine/backend/process-identity";
import { temporaryOf } from "../../../rehearsal/engine/backend/temporary-file";
import { SimulatedCloud } from "../../../rehearsal/cloud/simulated-cloud";
import { Driver, SEED, withDocument } from "./support/cloud-fixture";

const VARIABLE = "github:index/actionsVariable:ActionsVariable";
const variable = (name: string, value = "x") => ({ repository: "platform", variableName: name, value });

async function withVariables(file: string, names: readonly string[]): Promise<void> {
  const cloud = await SimulatedCloud.open(file, { seed: SEED });
  const driver = await Driver.configured(cloud, "github");
  for (const name of names) await driver.create(VARIABLE, variable(name), name);
  await cloud.close();
}

const idsIn = (cloud: SimulatedCloud): string[] =>
  cloud
    .list()
    .filter(({ type }) => type === VARIABLE)
    .map(({ id }) => id);

describe("the document", () => {
  it("holds after closing what was created, and nothing else lies beside it", () =>
    withDocument(async (file) => {
      await withVariables(file, ["A", "B"]);
      const document = JSON.parse(await readFile(file, "utf8"));
      assert.equal(document.version, 1);
      for (const suffix of [".journal", ".lock"]) await assert.rejects(stat(file + suffix), { code: "ENOENT" });
      const cloud = await SimulatedCloud.open(file);
      assert.deepEqual(idsIn(cloud), ["platform:A", "platform:B"]);
      assert.deepEqual(cloud.list(), document.resources);
      await cloud.close();
    }));

  it("comes back from any series of changes as it was", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom("A", "B", "C"), fc.option(fc.string(), { nil: undefined })), {
          maxLength: 12,
        }),
        (steps) =>
          withDocument(async (file) => {
            const cloud = await SimulatedCloud.open(file, { seed: SEED });
            const driver = await Driver.configured(cloud, "github");
            for (const [name, value] of steps) {
              const found = cloud.get(VARIABLE, `platform:${name}`);
              const held = {
                type: VARIABLE,
                name,
                urn: "",
                id: `platform:${name}`,
                inputs: found?.inputs ?? {},
                outputs: found?.outputs ?? {},
              };
              if (value === undefined) await driver.delete(held);
              else if (found) await driver.update(held, variable(name, value));
              else await driver.create(VARIABLE, variable(name, value), name);
            }
            const before = cloud.list();
            await cloud.close();
            const again = await SimulatedCloud.open(file);
            assert.deepEqual(again.list(), before);
            await again.close();
          }),
      ),
      { numRuns: 25 },
    ));

  for (const [what, text] of [
    ["cut in half", '{"version":1,"sequ'],
    ["no object", "[]"],
    ["without resources", '{"version":1,"sequence":0,"seed":{}}'],
    ["with a resource without id", '{"version":1,"sequence":0,"seed":{},"resources":[{"type":"a"}]}'],
    ["of another version", '{"version":2}'],
  ] as const) {
    it(`fails when it is ${what}, names the file and leaves it as it is`, () =>
      withDocument(async (file) => {
        await writeFile(file, text);
        await assert.rejects(
          SimulatedCloud.open(file),
          (error: Error) => error.name === "CloudError" && error.message.includes(file),
        );
        assert.equal(await readFile(file, "utf8"), text);
        await assert.rejects(stat(`${file}.lock`), { code: "ENOENT" });
      }));
  }

  it("fails to open twice, and says who has it", () =>
    withDocument(async (file) => {
      const cloud = await SimulatedCloud.open(file);
      await assert.rejects(SimulatedCloud.open(file), /is in use by this process since/);
      await cloud.close();
      await (await SimulatedCloud.open(file)).close();
    }));

  it("fails where the lock does not say who holds it", () =>
    withDocument(async (file) => {
      await writeFile(`${file}.lock`, "?");
      await assert.rejects(SimulatedCloud.open(file), /does not say who holds it/);
    }));

  it("is taken over from a process that is gone, though another has its number by now", () =>
    withDocument(async (file) => {
      const own = await ownProcess();
      assert.ok(own, "the system tells when a process started");
      const lock = { pid: process.pid, host: hostname(), since: "2026-01-01T00:00:00.000Z" };
      await writeFile(`${file}.lock`, JSON.stringify({ ...lock, process: { ...own, started: "1" } }));
      await (await SimulatedCloud.open(file)).close();
      for (const other of [{ ...own, boot: "another" }, { ...own, namespace: "pid:[1]" }, own, undefined]) {
        await writeFile(`${file}.lock`, JSON.stringify({ ...lock, process: other }));
        await assert.rejects(SimulatedCloud.open(file), /is in use by this process since 2026-01-01/);
      }
      await writeFile(`${file}.lock`, JSON.stringify({ ...lock, pid: 2 ** 22 + 1 }));
      await (await SimulatedCloud.open(file)).close();
      await writeFile(`${file}.lock`, JSON.stringify({ ...lock, pid: 2 ** 22 + 1, host: "another" }));
      await assert.rejects(SimulatedCloud.open(file), /is in use by process 4194305 on another/);
    }));

  it("loses what killed processes have left beside it, and nothing else", () =>
    withDocument(async (file) => {
      const others = [`${file}.tmp`, temporaryOf(`${file}.other`)];
      for (const left of [temporaryOf(file), temporaryOf(`${file}.lock`), ...others]) await writeFile(left, "half");
      await (await SimulatedCloud.open(file)).close();
      const names = await readdir(dirname(file));
      assert.deepEqual(names.sort(), [file, ...others].map((path) => basename(path)).sort());
    }));

  it("is not overwritten when something else has changed it", () =>
    withDocument(async (file) => {
      await withVariables(file, ["A"]);
      const cloud = await SimulatedCloud.open(file);
      const driver = await Driver.configured(cloud, "github");
      await driver.create(VARIABLE, variable("B"), "B");
      await writeFile(file, "something else");
      await assert.rejects(cloud.close(), /was changed by something else/);
      assert.equal(await readFile(file, "utf8"), "something else");
    }));

  it("fails to write on when the journal was changed or removed", () =>
    withDocument(async (file) => {
      const cloud = await SimulatedCloud.open(file, { seed: SEED });
      const driver = await Driver.configured(cloud, "github");
      await driver.create(VARIABLE, variable("A"), "A");
      await appendFile(`${file}.journal`, "\n");
      await assert.rejects(driver.create(VARIABLE, variable("B"), "B"), /was changed by something else/);
      await assert.rejects(driver.create(VARIABLE, variable("C"), "C"), /could not be written/);
      await assert.rejects(cloud.close(), /could not be written/);
    }));
});

describe("after a kill", () => {
  /** Runs a process that creates variables one after the other and says so, and kills it after the fifth. */
  async function killed(file: string): Promise<string[]> {
    const script = resolve(__dirname, "support/create-until-killed.ts");
    const child = spawn(process.execPath, ["--require", "tsx/cjs", script, file], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    for await (const chunk of child.stdout) {
      said += String(chunk);
      if (said.split("\n").length > 5) break;
    }
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    return said.split("\n").slice(0, -1);
  }

  it("everything that was confirmed is there, even with the last line of the journal cut", () =>
    withDocument(async (file) => {
      const confirmed = await killed(file);
      const journal = `${file}.journal`;
      await appendFile(journal, '{"sequence":99999,"put":[{"scope":"github:acme","ty');
      const cloud = await SimulatedCloud.open(file);
      const found = new Set(idsIn(cloud));
      for (const id of confirmed) assert.ok(found.has(id), id);
      await cloud.close();
      await assert.rejects(stat(journal), { code: "ENOENT" });
    })).timeout(120_000);

  it("fails for a journal that is damaged before its end, and keeps it", () =>
    withDocument(async (file) => {
      await withVariables(file, ["A"]);
      await writeFile(`${file}.journal`, '{"sequence":\n{"sequence":2}\n');
      await assert.rejects(SimulatedCloud.open(file), /journal is damaged: line 1 is no change/);
      assert.ok((await stat(`${file}.journal`)).size > 0);
    }));

  it("changes that the document already has are not applied again", () =>
    withDocument(async (file) => {
      await withVariables(file, ["A"]);
      const [first] = (JSON.parse(await readFile(file, "utf8")).resources as { id: string }[]).filter(
        ({ id }) => id === "platform:A",
      );
      await writeFile(`${file}.journal`, `${JSON.stringify({ sequence: 1, remove: [first] })}\n`);
      const cloud = await SimulatedCloud.open(file);
      assert.deepEqual(idsIn(cloud), ["platform:A"]);
      await cloud.close();
    }));

  it("a journal that was cut to nothing is an empty one", () =>
    withDocument(async (file) => {
      await withVariables(file, ["A"]);
      await writeFile(`${file}.journal`, "{");
      await truncate(`${file}.journal`, 0);
      await (await SimulatedCloud.open(file)).close();
      await rm(`${file}.journal`, { force: true });
    }));
});

describe("many changes at once", () => {
  it("share their writes: each is a line of the journal, whatever the document holds", () =>
    withDocument(async (file) => {
      const cloud = await SimulatedCloud.open(file, { seed: SEED });
      const driver = await Driver.configured(cloud, "github");
      const names = Array.from({ length: 300 }, (_, i) => `V${i}`);
      await Promise.all(names.map((name) => driver.create(VARIABLE, variable(name), name)));
      const lines = (await readFile(`${file}.journal`, "utf8")).trimEnd().split("\n");
      assert.equal(lines.length, 300);
      await cloud.close();
      const again = await SimulatedCloud.open(file);
      assert.equal(idsIn(again).length, 300);
      await again.close();
    }));

  it("let exactly one of several creations of one name win", () =>
    withDocument(async (file) => {
      const cloud = await SimulatedCloud.open(file, { seed: SEED });
      const driver = await Driver.configured(cloud, "github");
      const tries = await Promise.allSettled(
        Array.from({ length: 5 }, (_, i) => driver.create(VARIABLE, variable("ONE"), `n${i}`)),
      );
      assert.equal(tries.filter(({ status }) => status === "fulfilled").length, 1);
      await cloud.close();
    }));
});
