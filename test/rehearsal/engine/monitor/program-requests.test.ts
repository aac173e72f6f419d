import assert from "node:assert/strict";
import { Alias } from "@pulumi/pulumi/proto/alias_pb";
import { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { SourcePosition, StackFrame, StackTrace } from "@pulumi/pulumi/proto/source_pb";
import { DefaultProviders } from "../../../../rehearsal/engine/monitor/default-providers";
import { ProgramSource } from "../../../../rehearsal/engine/monitor/program-source";
import { forProgram } from "../../../../rehearsal/engine/monitor/program-values";
import { aliasOf, optionsOf, timeoutsOf } from "../../../../rehearsal/engine/monitor/register-options";
import { sourcePlace } from "../../../../rehearsal/engine/monitor/source-positions";
import type { ConfigValue } from "../../../../rehearsal/engine/session/stack-session";
import { makeSecret } from "../../../../rehearsal/engine/values/secret-value";
import { special } from "../values/property-arbitrary";

describe("the options of a registration", () => {
  const seconds: readonly [duration: string, seconds: number][] = [
    ["30s", 30],
    ["5m", 300],
    ["1h30m", 5400],
    ["1.5h", 5400],
    ["250ms", 0.25],
    ["2us", 2e-6],
    ["3ns", 3e-9],
  ];
  for (const [duration, expected] of seconds) {
    it(`have ${duration} as ${expected} seconds`, () => {
      const timeouts = new RegisterResourceRequest.CustomTimeouts();
      timeouts.setCreate(duration);
      timeouts.setUpdate(duration);
      timeouts.setDelete(duration);
      for (const value of Object.values(timeoutsOf(timeouts))) assert.ok(Math.abs(value - expected) < 1e-12);
    });
  }

  it("may have no timeouts", () => {
    assert.deepEqual(timeoutsOf(undefined), {});
    assert.deepEqual(timeoutsOf(new RegisterResourceRequest.CustomTimeouts()), {});
  });

  for (const duration of ["5", "x", "5 m", "5mx", "-5m"]) {
    it(`fail for the timeout "${duration}"`, () => {
      const timeouts = new RegisterResourceRequest.CustomTimeouts();
      timeouts.setCreate(duration);
      assert.throws(() => timeoutsOf(timeouts), {
        message: `unable to parse customTimeout Value ${duration}`,
      });
    });
  }

  it("say nothing of what the program left open", () => {
    const options = optionsOf(new RegisterResourceRequest(), "p");
    assert.deepEqual(
      [options.hasProtect(), options.hasRetainOnDelete(), options.hasDeleteBeforeReplace()],
      [false, false, false],
    );
    const request = new RegisterResourceRequest();
    request.setProtect(false);
    request.setRetainondelete(true);
    request.setDeletebeforereplace(true);
    request.setAliasurnsList(["u"]);
    request.getProvidersMap().set("sim", "ref");
    const set = optionsOf(request, "p");
    assert.deepEqual([set.getProtect(), set.getRetainOnDelete(), set.getDeleteBeforeReplace()], [false, true, true]);
    assert.deepEqual(
      set.getAliasesList().map((alias) => alias.getUrn()),
      ["u"],
    );
    assert.equal(set.getProvidersMap().get("sim"), "ref");
    const explicit = new RegisterResourceRequest();
    explicit.setDeletebeforereplacedefined(true);
    assert.deepEqual(
      [optionsOf(explicit, "").hasDeleteBeforeReplace(), optionsOf(explicit, "").getDeleteBeforeReplace()],
      [true, false],
    );
  });

  const parents: readonly [given: string, proper: boolean, parent: string, noParent: boolean][] = [
    ["none", true, "", false],
    ["none", false, "", true],
    ["noParent", true, "", true],
    ["noParent", false, "", false],
    ["urn", true, "u", false],
    ["urn", false, "u", false],
    ["empty urn", false, "", true],
  ];
  for (const [given, proper, parent, noParent] of parents) {
    it(`read an alias with parent ${given} of ${proper ? "a proper" : "an older Node.js"} SDK`, () => {
      const spec = new Alias.Spec();
      spec.setName("n");
      if (given === "noParent") spec.setNoparent(true);
      if (given === "urn") spec.setParenturn("u");
      if (given === "empty urn") spec.setParenturn("");
      const alias = new Alias();
      alias.setSpec(spec);
      assert.deepEqual(aliasOf(alias, proper), { name: "n", type: "", stack: "", project: "", parent, noParent });
    });
  }
});

describe("sourcePlace", () => {
  const position = (uri: string, line: number, column = 0): SourcePosition => {
    const result = new SourcePosition();
    result.setUri(uri);
    result.setLine(line);
    result.setColumn(column);
    return result;
  };
  const place = (uri?: string, trace?: StackTrace) =>
    sourcePlace("/project", {
      getSourceposition: () => (uri === undefined ? undefined : position(uri, 3, 7)),
      getStacktrace: () => trace,
    });

  it("is relative to the project, with line and column", () => {
    assert.equal(place("file:///project/src/index.ts").sourcePosition, "project:///src/index.ts#3,7");
    const frame = new StackFrame();
    frame.setPc(position("file:///project/a.ts", 1));
    const trace = new StackTrace();
    trace.setFramesList([frame, new StackFrame()]);
    assert.deepEqual(place(undefined, trace), {
      sourcePosition: undefined,
      stackTrace: [{ sourcePosition: "project:///a.ts#1" }, { sourcePosition: "" }],
    });
  });

  for (const uri of ["node:internal", "", "file://host/share/x", "file:///%2F"]) {
    it(`is not told for "${uri}"`, () => assert.equal(place(uri).sourcePosition, undefined));
  }
});

describe("forProgram", () => {
  const reference = special("resource", { urn: "u", id: "1" });
  const values = { s: [makeSecret({ r: reference })], r: special("resource", { urn: "u" }), n: 1 };

  it("gives everything to a program that accepts it", () =>
    assert.equal(forProgram(values, { secrets: true, resources: true }), values));

  it("gives secrets in clear and ids instead of resources where it must be", () => {
    assert.deepEqual(forProgram(values, { secrets: false, resources: false }), { s: [{ r: "1" }], r: "u", n: 1 });
    assert.deepEqual(forProgram(values, { secrets: true, resources: false }).s, [makeSecret({ r: "1" })]);
    assert.deepEqual(forProgram(values, { secrets: false, resources: true }).s, [{ r: reference }]);
  });
});

describe("ProgramSource", () => {
  it("passes wishes on in order, answers them, and ends with the program", async () => {
    const source = new ProgramSource(async () => undefined);
    const asked = source.ask<number>((answer) => ({ kind: "outputs", urn: "u", outputs: {}, done: () => answer(5) }));
    const event = await source.next();
    assert.equal(event?.kind, "outputs");
    (event as { done(): void }).done();
    assert.equal(await asked, 5);
    source.end();
    source.end(new Error("too late"));
    assert.equal(await source.next(), undefined);
  });

  it("fails with the program", async () => {
    const source = new ProgramSource(async () => undefined);
    source.end(new Error("boom"));
    await assert.rejects(source.next(), { message: "boom" });
  });

  it("refuses what waits, and what comes later, once the operation has ended", async () => {
    let ended = 0;
    const source = new ProgramSource(async () => void ended++);
    const waiting = assert.rejects(
      source.ask(() => ({}) as never),
      { name: "ShutDownError" },
    );
    const released = source.waitForShutdown();
    await source.close();
    await Promise.all([waiting, released]);
    await assert.rejects(
      source.ask(() => ({}) as never),
      { name: "ShutDownError" },
    );
    assert.equal(ended, 1);
  });
});

describe("DefaultProviders", () => {
  const defaults = (config: Record<string, ConfigValue> = {}, result: "success" | "failed" = "success") => {
    const goals: { name: string; properties: object }[] = [];
    const source = {
      ask: (make: (done: (result: unknown) => void) => { goal: { name: string; type: string; properties: object } }) =>
        new Promise((resolve) => {
          const { goal } = make(resolve);
          goals.push(goal);
          resolve({ state: { urn: `urn:pulumi:dev::demo::${goal.type}::${goal.name}`, id: "1" }, result });
        }),
    };
    return {
      goals,
      providers: new DefaultProviders(source as never, new Map(Object.entries(config)), new Map([["sim", "2.0.0"]])),
    };
  };
  const value = (text: string, secret = false): ConfigValue => ({ value: text, secret, object: false });

  it("are made once for each package, version and address, with the stack's configuration", async () => {
    const { goals, providers } = defaults({
      "sim:token": value("t", true),
      "sim:region": value("r"),
      "other:x": value("y"),
    });
    const one = await providers.reference("sim", "", "");
    assert.equal(await providers.reference("sim", "", ""), one);
    assert.equal(one, "urn:pulumi:dev::demo::pulumi:providers:sim::default_2_0_0::1");
    await providers.reference("sim", "1.0.0-rc.1", "https://x.y");
    await providers.reference("other", "", "");
    assert.deepEqual(
      goals.map(({ name }) => name),
      ["default_2_0_0", "default_1_0_0_rc_1_https___x_y", "default"],
    );
    assert.deepEqual(goals[0]!.properties, { token: makeSecret("t"), region: "r", version: "2.0.0", __internal: {} });
    assert.deepEqual(goals[2]!.properties, { x: "y" });
  });

  it("fail where the provider was not registered", () =>
    assert.rejects(defaults({}, "failed").providers.reference("sim", "", ""), {
      message: /'sim' was not registered$/,
    }));

  it("are denied where the configuration says so", async () => {
    for (const list of ['["sim"]', '["*"]']) {
      const { goals, providers } = defaults({ "pulumi:disable-default-providers": value(list) });
      assert.match(await providers.reference("sim", "", ""), /::denydefaultprovider$/);
      await providers.reference("pulumi", "", "");
      assert.equal(goals.length, 1);
    }
    for (const [list, message] of [
      ["{", /^failed to parse pulumi:disable/],
      ['"*"', /expected a list$/],
    ] as const) {
      await assert.rejects(
        defaults({ "pulumi:disable-default-providers": value(list) }).providers.reference("sim", "", ""),
        { message },
      );
    }
  });
});
