import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { runStacks, type RunStacksOptions } from "../../../automation/run/run-stacks";
import type { StackOutcome, WorkOutcome } from "../../../automation/run/stack-outcome";

const APPLIED: WorkOutcome = { kind: "applied" };

/** Runs with options that do nothing unless a test says so; answers outcomes as an object. */
async function run(options: Partial<Omit<RunStacksOptions, "dependencies">> & { on?: Record<string, string[]> }) {
  const { on = {}, ...rest } = options;
  const outcomes = await runStacks({
    stacks: Object.keys(on),
    dependencies: new Map(Object.entries(on)),
    parallel: 2,
    deploy: async () => APPLIED,
    signal: new AbortController().signal,
    ...rest,
  });
  return Object.fromEntries(outcomes);
}

/** A random acyclic graph with the outcome of each stack, should it be worked on. */
const graphs = fc.integer({ min: 1, max: 14 }).chain((size) =>
  fc.record({
    stacks: fc.shuffledSubarray(
      Array.from({ length: size }, (_, index) => `s${index}`),
      { minLength: size },
    ),
    // A stack builds on some of those of smaller numbers.
    edges: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: size * 3 }),
    outcomes: fc.array(
      fc.constantFrom<WorkOutcome["kind"]>("applied", "unchanged", "failed", "unknown", "refused", "changing"),
      {
        minLength: size,
        maxLength: size,
      },
    ),
    turns: fc.array(fc.nat(4), { minLength: size, maxLength: size }),
    parallel: fc.integer({ min: 1, max: 5 }),
  }),
);

describe("a run of several stacks", () => {
  it("keeps order, limit and outcomes on any graph", async () => {
    await fc.assert(
      fc.asyncProperty(graphs, async ({ stacks, edges, outcomes, turns, parallel }) => {
        const on = new Map(stacks.map((stack): [string, string[]] => [stack, []]));
        for (const [a, b] of edges) if (a !== b) on.get(`s${Math.max(a, b)}`)!.push(`s${Math.min(a, b)}`);
        const kindOf = (stack: string) => outcomes[Number(stack.slice(1))]!;
        const finished = new Set<string>();
        const worked: string[] = [];
        let [working, most] = [0, 0];
        const deploy = async (stack: string): Promise<WorkOutcome> => {
          worked.push(stack);
          for (const upstream of on.get(stack)!) assert.ok(finished.has(upstream), `${stack} began before ${upstream}`);
          most = Math.max(most, ++working);
          for (let turn = 0; turn < turns[Number(stack.slice(1))]!; turn++) await setImmediate();
          working--;
          finished.add(stack);
          const kind = kindOf(stack);
          return kind === "failed" || kind === "unknown" || kind === "refused"
            ? { kind, reason: "so it is" }
            : { kind };
        };
        const signal = new AbortController().signal;
        const result = await runStacks({ stacks, dependencies: on, parallel, deploy, signal });

        assert.ok(most <= parallel);
        assert.deepEqual([...result.keys()], stacks);
        assert.equal(new Set(worked).size, worked.length, "a stack was worked on twice");
        // The oracle: by the number of a stack, so that what it builds on is known.
        const expected = new Map<string, StackOutcome["kind"]>();
        const origins = new Map<string, string[]>();
        for (let index = 0; index < stacks.length; index++) {
          const stack = `s${index}`;
          const upstream = on.get(stack)!;
          const gather = (kinds: string[], through: string) => {
            const names = upstream.flatMap((name) =>
              expected.get(name) === through ? origins.get(name)! : kinds.includes(expected.get(name)!) ? [name] : [],
            );
            return [...new Set(names)].sort();
          };
          const by = gather(["failed", "unknown", "refused"], "blocked");
          const changing = gather(["changing"], "waiting");
          expected.set(stack, by.length > 0 ? "blocked" : changing.length > 0 ? "waiting" : kindOf(stack));
          origins.set(stack, by.length > 0 ? by : changing);
        }
        for (const [stack, outcome] of result) {
          assert.equal(outcome.kind, expected.get(stack), stack);
          if (outcome.kind === "blocked") assert.deepEqual(outcome.by, origins.get(stack), stack);
          if (outcome.kind === "waiting") assert.deepEqual(outcome.for, origins.get(stack), stack);
          assert.equal(worked.includes(stack), outcome.kind !== "blocked" && outcome.kind !== "waiting", stack);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("works on as many at once as it may", async () => {
    let [working, most] = [0, 0];
    const on = { a: [], b: [], c: [], d: [], e: [] };
    const deploy = async () => {
      most = Math.max(most, ++working);
      await setImmediate();
      working--;
      return APPLIED;
    };
    await run({ on, parallel: 3, deploy });
    assert.equal(most, 3);
  });

  it("begins with the stack that most work waits for", async () => {
    const order: string[] = [];
    const on = { alone: [], root: [], middle: ["root"], end: ["middle"] };
    const deploy = async (stack: string) => (order.push(stack), APPLIED);
    await run({ on, parallel: 1, deploy });
    assert.deepEqual(order, ["root", "middle", "alone", "end"]);
  });

  it("takes a dependency outside the run to be met", async () => {
    assert.deepEqual(await run({ on: { app: ["network"] } }), { app: APPLIED });
  });

  it("names in the blocked ones every failure that they build on, and not what is between", async () => {
    const on = { a: [], b: [], between: ["a"], end: ["between", "b"], other: [] };
    const failed = { kind: "failed", reason: "no quota" } as const;
    const deploy = async (stack: string) => (stack === "a" || stack === "b" ? failed : APPLIED);
    assert.deepEqual(await run({ on, deploy }), {
      a: failed,
      b: failed,
      between: { kind: "blocked", by: ["a"] },
      end: { kind: "blocked", by: ["a", "b"] },
      other: APPLIED,
    });
  });

  it("takes a throw for an unknown end, which blocks", async () => {
    const deploy = async () => Promise.reject(new Error("lost the connection"));
    assert.deepEqual(await run({ on: { a: [], b: ["a"] }, deploy }), {
      a: { kind: "unknown", reason: "lost the connection" },
      b: { kind: "blocked", by: ["a"] },
    });
  });

  it("begins nothing more once it is stopped", async () => {
    const controller = new AbortController();
    const deploy = async (): Promise<WorkOutcome> => (controller.abort(), { kind: "stopped" });
    const outcomes = await run({ on: { a: [], b: [], c: ["a"] }, parallel: 1, deploy, signal: controller.signal });
    assert.deepEqual(outcomes, { a: { kind: "stopped" }, b: { kind: "stopped" }, c: { kind: "stopped" } });
  });

  it("records each stack before and after the work on it", async () => {
    const told: string[] = [];
    const journal = { record: async (stack: string, state: string) => void told.push(`${stack} ${state}`) };
    const deploy = async (stack: string): Promise<WorkOutcome> => {
      told.push(`work on ${stack}`);
      return stack === "a" ? { kind: "failed", reason: "no quota" } : APPLIED;
    };
    await run({ on: { a: [], b: [], c: ["a"] }, parallel: 1, deploy, journal });
    assert.deepEqual(told, [
      ...["a planned", "b planned", "c planned"],
      ...["a applying", "work on a", "a failed"],
      ...["b applying", "work on b", "b applied"],
    ]);
  });

  it("records that nobody knows of a stack until it is worked on, so that a second kill forgets nothing", async () => {
    const told: string[] = [];
    const journal = { record: async (stack: string, state: string) => void told.push(`${stack} ${state}`) };
    await run({ on: { a: [], b: [] }, parallel: 1, deploy: async () => APPLIED, journal, unknown: ["b"] });
    assert.deepEqual(told, ["a planned", "b unknown", "a applying", "a applied", "b applying", "b applied"]);
  });

  it("records the beginning when the work says so, and what is refused as planned", async () => {
    const told: string[] = [];
    const journal = { record: async (stack: string, state: string) => void told.push(`${stack} ${state}`) };
    const deploy = async (stack: string, begin: () => Promise<void>): Promise<WorkOutcome> => {
      told.push(`gate of ${stack}`);
      if (stack === "b") return { kind: "refused", reason: "nobody has approved" };
      await begin();
      return APPLIED;
    };
    const outcomes = await run({ on: { a: [], b: [], c: ["b"] }, parallel: 1, deploy, journal, beginsItself: true });
    assert.deepEqual(told, [
      ...["a planned", "b planned", "c planned"],
      // c waits for b, so b goes first.
      ...["gate of b", "b planned", "gate of a", "a applying", "a applied"],
    ]);
    assert.deepEqual(outcomes["c"], { kind: "blocked", by: ["b"] });
  });

  it("fails when the journal cannot be written, and begins nothing without its record", async () => {
    const worked: string[] = [];
    const deploy = async (stack: string) => (worked.push(stack), APPLIED);
    const record = async (stack: string, state: string) => {
      if (stack === "b" && state === "applying") throw new Error("no space left on device");
    };
    const on = { a: [], b: ["a"], c: ["b"], d: ["c"] };
    await assert.rejects(run({ on, deploy, journal: { record } }), /no space left/);
    assert.deepEqual(worked, ["a"]);
  });

  it("fails for a cycle and prints it", async () => {
    await assert.rejects(run({ on: { a: ["c"], b: ["a"], c: ["b"] } }), /in a cycle: a -> c -> b -> a$/);
  });
});
