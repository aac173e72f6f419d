import assert from "node:assert/strict";
import type { EngineEvent, OpType } from "@pulumi/pulumi/automation";
import pico from "picocolors";
import type { Terminal } from "../../../automation/ports/terminal";
import { liveReport } from "../../../automation/report/live-report";
import { OperationTree } from "../../../automation/report/operation-tree";
import { renderMessages } from "../../../automation/report/render-messages";
import { renderSummary } from "../../../automation/report/render-summary";
import { renderTree } from "../../../automation/report/render-tree";

const STACK = "urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev";
const THING = "urn:pulumi:dev::p::test:index:Thing::thing";
const bucket = (name: string) => `urn:pulumi:dev::p::test:index:Thing$aws:s3/bucket:Bucket::${name}`;

function metadata(op: string, urn: string, parent = "") {
  const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
  const state = { type, urn, id: "", parent, inputs: {}, outputs: {}, provider: "" };
  return { op: op as OpType, urn, type, old: state, new: state, provider: "" };
}
const event = (rest: Partial<EngineEvent>): EngineEvent => ({ sequence: 0, timestamp: 0, ...rest });
const begins = (op: string, urn: string, parent?: string, planning?: boolean) =>
  event({ resourcePreEvent: { metadata: metadata(op, urn, parent), planning } });
const ends = (op: string, urn: string) => event({ resOutputsEvent: { metadata: metadata(op, urn) } });
const fails = (op: string, urn: string) =>
  event({ resOpFailedEvent: { metadata: metadata(op, urn), status: 2, steps: 1 } });

function treeOf(events: readonly EngineEvent[]): OperationTree {
  const tree = new OperationTree();
  for (const [index, one] of events.entries()) tree.apply(one, index * 1000);
  return tree;
}

function terminal(live = false): Terminal & { text: string } {
  const written = {
    text: "",
    live,
    width: 60,
    colours: pico.createColors(false),
    out: (text: string) => void (written.text += text),
    err: (text: string) => void (written.text += text),
  };
  return written;
}

describe("the tree of an operation", () => {
  it("shows each resource below its parent, with what was done and how long it took", () => {
    const tree = treeOf([
      begins("create", STACK),
      begins("create", THING, STACK),
      begins("create", bucket("a"), THING),
      begins("same", bucket("b"), THING),
      ends("same", bucket("b")),
      ends("create", bucket("a")),
      ends("create", THING),
      fails("create", STACK),
    ]);
    assert.deepEqual(renderTree(tree, terminal()), [
      "+ create failed    pulumi:pulumi:Stack  p-dev",
      "+ created (5.0 s)  └─ test:index:Thing  thing",
      "+ created (3.0 s)     ├─ aws:s3:Bucket  a",
      "  unchanged           └─ aws:s3:Bucket  b",
    ]);
  });

  it("says in a preview what would be done", () => {
    const tree = treeOf([
      begins("same", STACK, "", true),
      begins("delete", bucket("a"), STACK, true),
      ends("delete", bucket("a")),
    ]);
    assert.deepEqual(renderTree(tree, terminal()), [
      "  unchanged  pulumi:pulumi:Stack  p-dev",
      "- delete     └─ aws:s3:Bucket  a",
    ]);
  });

  for (const steps of [
    ["create-replacement", "replace", "delete-replaced"],
    ["delete-replaced", "replace", "create-replacement"],
  ]) {
    it(`counts the steps ${steps.join(", ")} as one replacement`, () => {
      const tree = treeOf(steps.flatMap((step) => [begins(step, bucket("a")), ends(step, bucket("a"))]));
      assert.deepEqual(
        tree.resources.map(({ change, status }) => [change, status]),
        [["replace", "done"]],
      );
    });
  }

  it("shows what a refresh found", () => {
    const tree = treeOf([
      begins("refresh", bucket("a")),
      ends("update", bucket("a")),
      begins("refresh", bucket("b")),
      ends("same", bucket("b")),
    ]);
    assert.deepEqual(
      tree.resources.map(({ change }) => change),
      ["update", "same"],
    );
  });

  it("leaves out the providers that the engine makes by itself", () => {
    const provider = "urn:pulumi:dev::p::pulumi:providers:random::default_4_21_2";
    assert.deepEqual(treeOf([begins("create", provider), ends("create", provider)]).resources, []);
  });

  it("keeps a resource whose work has not ended", () =>
    assert.deepEqual(renderTree(treeOf([begins("update", bucket("a"))]), terminal()), [
      "~ update not finished  aws:s3:Bucket  a",
    ]));

  it("gathers messages, each error of a resource once and errors last, and leaves out progress and what is for debugging", () => {
    const says = (severity: "info" | "error" | "warning", message: string, urn?: string, ephemeral?: boolean) =>
      event({ diagnosticEvent: { severity, message, urn, ephemeral, prefix: "", color: "raw" } });
    const debug = "debug" as "info";
    const tree = treeOf([
      says(debug, "RegisterResource RPC prepared: t=aws:s3:Bucket", bucket("a")),
      says("error", "no bucket\n", bucket("a")),
      says("error", "no bucket", bucket("a")),
      says("error", "no bucket", bucket("b")),
      says("info", "working", STACK, true),
      says("warning", "old", STACK),
      says("info", "hello"),
      says("info", "hello"),
      says("info", " \n"),
    ]);
    assert.deepEqual(renderMessages(tree.messages, terminal()), [
      "warning: old",
      "hello",
      "hello",
      "error: aws:s3:Bucket a: no bucket",
      "error: aws:s3:Bucket b: no bucket",
    ]);
  });
});

describe("the summary of an operation", () => {
  const report = (operation: "preview" | "up", counts: Record<string, number>) =>
    renderSummary({
      operation,
      counts,
      result: "succeeded",
      changed: Object.keys(counts).some((change) => change !== "same"),
      tree: new OperationTree(),
      durationMs: 1234,
    });

  it("counts what was done", () =>
    assert.equal(report("up", { same: 2, delete: 1, create: 3 }), "3 created, 1 deleted, 2 unchanged in 1.2 s"));
  it("counts what would be done", () =>
    assert.equal(report("preview", { create: 3, same: 1 }), "3 to create, 1 unchanged in 1.2 s"));
  it("says that nothing changes", () =>
    assert.equal(report("preview", { same: 2 }), "no changes: 2 unchanged in 1.2 s"));
  it("says that there is nothing", () => assert.equal(report("up", {}), "no changes: nothing to do in 1.2 s"));
});

describe("the report of a running operation", () => {
  it("is a line for each changed resource where there is no terminal", () => {
    const screen = terminal();
    const tree = new OperationTree();
    const live = liveReport("up", tree, screen, () => 0);
    for (const one of [
      begins("create", bucket("a")),
      ends("create", bucket("a")),
      begins("same", THING),
      ends("same", THING),
    ]) {
      const row = tree.apply(one, 0);
      if (row) live.ended(row);
    }
    live.stop();
    assert.equal(screen.text, "+ created  aws:s3:Bucket  a\n");
  });

  it("shows on a terminal what is worked on with its time, within the screen, and is gone at the end", () => {
    const screen = { ...terminal(true), height: 24 };
    let text = "";
    screen.out = (more) => void (text += more);
    const tree = treeOf([
      begins("create", STACK),
      begins("create", THING, STACK),
      begins("create", bucket("a-bucket-with-a-name-that-is-longer-than-the-screen-is-wide"), THING),
      ...Array.from({ length: 12 }, (_, index) => begins("create", bucket(`b${index}`), THING)),
    ]);
    const live = liveReport("up", tree, screen, () => 20_000);
    const lines = text.trimEnd().split("\n");
    assert.equal(lines[0], "⠋ Up 0.0 s  0/15 resources");
    assert.equal(lines[2], "  create  aws:s3:Bucket  b0  17.0 s");
    assert.equal(lines.at(-1), "  and 6 more");
    assert.equal(lines.length, 9);
    for (const line of lines) assert.ok(line.length < screen.width, line);
    text = "";
    live.stop();
    assert.equal(text, "\r\u001B[9A\u001B[J");
  });

  it("keeps within a screen of few lines", () => {
    const screen = { ...terminal(true), height: 4 };
    let text = "";
    screen.out = (more) => void (text += more);
    liveReport(
      "up",
      treeOf([begins("create", bucket("a")), begins("create", bucket("b")), begins("create", bucket("c"))]),
      screen,
      () => 0,
    ).stop();
    assert.ok((text.match(/\n/g)?.length ?? 0) <= 3, text);
  });
});
