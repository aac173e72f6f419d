import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { RandomString } from "@pulumi/random/randomString";
import { SimulatedCloud } from "../../../rehearsal/cloud/simulated-cloud";
import type { OperationFailure } from "../../../rehearsal/testing/operation-failure";
import { rehearse, type RehearseOptions } from "../../../rehearsal/testing/rehearse";
import type { RehearsalStack } from "../../../rehearsal/testing/rehearsal-stack";
import type { RecordedStep } from "../../../rehearsal/testing/step-recorder";
import { acme, Thing, THING } from "./thing";

const open: RehearsalStack[] = [];
async function start(program: () => Promise<Record<string, unknown> | void>, options: RehearseOptions) {
  const stack = await rehearse(program, options);
  open.push(stack);
  return stack;
}
const ops = (steps: readonly RecordedStep[]) => steps.map(({ op, name }) => `${op} ${name}`);

describe("rehearse", () => {
  const before = process.env.TMPDIR;
  let temporary: string | undefined;

  afterEach(async () => {
    await Promise.all(open.splice(0).map((stack) => stack.close()));
    if (temporary === undefined) return;
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    await rm(temporary, { recursive: true, force: true });
    temporary = undefined;
  });

  it("takes a component through its life: preview, create, no change, update, replace, delete", async () => {
    class Pair extends pulumi.ComponentResource {
      constructor(name: string, args: { region: string; size?: number }) {
        super("app:index:Pair", name);
        const first = new Thing(`${name}-first`, args, { parent: this });
        new Thing(`${name}-second`, { of: first.arn }, { parent: this });
        this.registerOutputs({ arn: first.arn });
      }
    }
    const pair = (args: { region: string; size?: number }) => async () => void new Pair("p", args);
    const provider = acme();
    const stack = await start(pair({ region: "eu" }), { providers: [provider] });

    const preview = await stack.preview();
    assert.deepEqual(ops(preview.steps), ["create p", "create p-first", "create p-second"]);
    assert.equal(provider.resources.size, 0);
    assert.deepEqual(await stack.state(), []);

    const created = await stack.up();
    assert.deepEqual(created.changes, { create: 4 });
    assert.ok(created.steps.every(({ status }) => status === "succeeded"));
    assert.deepEqual((await stack.resource("p-second")).inputs, { of: "arn:p-first-1" });

    assert.deepEqual(ops((await stack.up()).steps), ["same p", "same p-first", "same p-second"]);

    const updated = await stack.up({ program: pair({ region: "eu", size: 2 }) });
    const change = updated.steps.find(({ op }) => op === "update");
    assert.deepEqual([change?.name, change?.detailedDiff, change?.type], ["p-first", { size: "add" }, THING]);

    const replaced = await stack.up({ program: pair({ region: "us", size: 2 }) });
    assert.deepEqual(
      ops(replaced.steps).filter((step) => !step.startsWith("same")),
      ["create-replacement p-first", "replace p-first", "update p-second", "delete-replaced p-first"],
    );
    assert.deepEqual(replaced.steps[1]?.replaceKeys, ["region"]);
    assert.deepEqual(replaced.steps[1]?.detailedDiff, { region: "update-replace" });
    assert.deepEqual([...provider.resources.keys()], ["p-second-2", "p-first-3"]);

    const gone = await stack.up({ program: async () => undefined });
    assert.deepEqual(ops(gone.steps), ["delete p-second", "delete p-first", "delete p"]);
    assert.equal(provider.resources.size, 0);
    assert.deepEqual(
      stack.operations.map(({ kind }) => kind),
      ["preview", "up", "up", "up", "up", "up"],
    );
  });

  it("keeps the program for the operations after it", async () => {
    const stack = await start(async () => undefined, { providers: [acme()] });
    await stack.up({ program: async () => void new Thing("a") });
    assert.deepEqual(ops((await stack.up()).steps), ["same a"]);
    assert.deepEqual(ops((await stack.up({ runProgram: false })).steps), ["same a"], "an update always runs it");
  });

  it("tells secrets of configuration, inputs and outputs apart, and shows them", async () => {
    const program = async () => {
      const config = new pulumi.Config();
      const secret = config.requireSecret("password");
      const thing = new Thing("a", { plain: config.require("name"), deep: { list: ["x", secret] }, secret });
      return { secret, size: thing.size, arn: thing.arn, upper: secret.apply((text) => text.toUpperCase()) };
    };
    const config = { name: "n", password: { value: "hunter2", secret: true } };
    const stack = await start(program, { providers: [acme()], config });
    await stack.up();
    const { inputs, secretInputs, secretOutputs } = await stack.resource("a");
    assert.deepEqual(inputs, { plain: "n", deep: { list: ["x", "hunter2"] }, secret: "hunter2" });
    assert.deepEqual(secretInputs, ["deep.list", "secret"]);
    assert.ok(secretOutputs.includes("secret"));
    assert.deepEqual(await stack.outputs(), {
      secret: { value: "hunter2", secret: true },
      arn: { value: "arn:a-1", secret: false },
      upper: { value: "HUNTER2", secret: true },
    });
  });

  it("finds drift by a refresh", async () => {
    const provider = acme();
    const stack = await start(async () => void [new Thing("a", { size: 1 }), new Thing("b")], {
      providers: [provider],
    });
    await stack.up();
    const drifted = [...provider.resources.values()].find(({ name }) => name === "a")!;
    provider.resources.set(drifted.id, { ...drifted, inputs: { size: 5 }, outputs: { ...drifted.outputs, size: 5 } });
    for (const { id, name } of [...provider.resources.values()]) if (name === "b") provider.resources.delete(id);
    assert.deepEqual(ops((await stack.refresh()).steps).sort(), ["delete b", "update a"]);
    assert.deepEqual(ops((await stack.up()).steps).sort(), ["create b", "update a"]);
  });

  it("fails with the reason, and tells what was done until then", async () => {
    const beforeCreate = ({ name }: { name: string }) => {
      if (name === "bad") throw new Error("quota exceeded");
    };
    const provider = acme({ types: { [THING]: { beforeCreate } } });
    const program = async () => {
      const good = new Thing("good");
      new Thing("bad", {}, { dependsOn: good });
    };
    const stack = await start(program, { providers: [provider] });
    await assert.rejects(stack.up(), (failure: OperationFailure) => {
      assert.equal(failure.name, "OperationFailure");
      assert.match(failure.message, /^up failed: .*quota exceeded/);
      assert.deepEqual(
        failure.operation.steps.map(({ name, status }) => [name, status]),
        [
          ["good", "succeeded"],
          ["bad", "failed"],
        ],
      );
      return true;
    });
    assert.equal(stack.operations.length, 1);
    assert.deepEqual(
      (await stack.state()).map(({ name }) => name),
      ["good"],
    );
    await assert.rejects(stack.up({ program: () => Promise.reject(new Error("no idea")) }), /up failed: .*no idea/);
    await assert.rejects(stack.preview({ expectNoChanges: true }), /preview failed/);
  });

  it("fails for a resource that is not there, that has a namesake, and for a package without a provider", async () => {
    const program = async () => {
      const parent = new Thing("a");
      new Thing("twin");
      new Thing("twin", {}, { parent });
    };
    const stack = await start(program, { providers: [acme()] });
    await stack.up();
    await assert.rejects(stack.resource("x"), /0 resources are called "x", expected one; .*Thing::a/);
    await assert.rejects(stack.resource("twin"), /2 resources are called "twin"/);
    assert.equal((await stack.resource("urn:pulumi:dev::rehearsal::acme:index:Thing::twin")).parent, undefined);
    const other = await start(async () => void new Thing("a"), { providers: () => undefined });
    await assert.rejects(other.up(), /no provider for package "acme"/);
    await assert.rejects(rehearse(program, { providers: [acme(), acme()] }), /two providers have the same name/);
  });

  it("runs several at once, each with its own state, program and configuration", async () => {
    const run = async (i: number): Promise<void> => {
      const program = async () => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        return { size: new Thing("a", { size: i }).size, text: new pulumi.Config().require("i") };
      };
      const stack = await start(program, { providers: [acme()], config: { i: `${i}` }, stack: `s${i}` });
      await stack.up();
      const { size, text } = await stack.outputs();
      assert.deepEqual([size?.value, text?.value], [i, `${i}`]);
      await stack.destroy();
      assert.deepEqual(await stack.state(), []);
    };
    await Promise.all([1, 2, 3, 4].map(run));
  });

  it("takes the providers of a simulated cloud", async () => {
    const cloudDirectory = await mkdtemp(join(tmpdir(), "rehearse-cloud-"));
    const cloud = await SimulatedCloud.open(join(cloudDirectory, "cloud.json"));
    try {
      const program = (length: number) => async () => ({ id: new RandomString("s", { length }).result });
      const stack = await start(program(8), { providers: (name, version) => cloud.providers(name, version) });
      await stack.up();
      assert.equal(((await stack.outputs()).id?.value as string).length, 8);
      assert.deepEqual(ops((await stack.preview({ program: program(9) })).steps), [
        "create-replacement s",
        "replace s",
        "delete-replaced s",
      ]);
    } finally {
      await cloud.close();
      await rm(cloudDirectory, { recursive: true, force: true });
    }
  });

  it("leaves nothing behind: no folder, no environment variable", async () => {
    process.env.TMPDIR = temporary = await mkdtemp(join(tmpdir(), "rehearse-test-"));
    const environment = { ...process.env };
    const before = readdirSync(temporary);
    const folders = () => readdirSync(temporary!);
    const stack = await rehearse(async () => void new Thing("a"), { providers: [acme()] });
    assert.equal(folders().length, before.length + 1);
    const running = stack.up();
    const closing = stack[Symbol.asyncDispose]();
    await assert.rejects(stack.up(), /the rehearsal is closed/);
    assert.deepEqual(ops((await running).steps), ["create a"], "close waits for what is under way");
    await closing;
    await stack.close();
    assert.deepEqual(folders(), before);
    assert.deepEqual({ ...process.env }, environment);
    await assert.rejects(
      rehearse(async () => undefined, { providers: [], stack: "no good" }),
      /stack name/i,
    );
    assert.deepEqual(folders(), before);
    assert.ok(!existsSync("tcp:"), "nor a folder of the event stream's name");
  });
});
