import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { StackGraph } from "../automation/run/stack-graph";
import { runStacks } from "../automation/run/run-stacks";

const STACKS = 200;
const RUNS = 3;
const TARGET_RATIO = 1.1;
/** Milliseconds that a stack takes. */
const [SHORTEST, LONGEST] = [100, 600];

/**
 * Prints how long runs of random graphs take, as ratios to what no order can beat: the critical path where every ready
 * stack may run, and with a limit also the whole work spread over it.
 */
export async function benchScheduler(): Promise<void> {
  for (const parallel of [STACKS, 16]) {
    const ratios: number[] = [];
    for (const graph of fc.sample(graphs, { numRuns: RUNS, seed: 20261121 }))
      ratios.push(await ratioOf(graph, parallel));
    const worst = Math.max(...ratios);
    const limit = parallel === STACKS ? "no limit" : `at most ${parallel} at once`;
    const met = `target ${TARGET_RATIO}: ${worst <= TARGET_RATIO ? "met" : "missed"}`;
    process.stdout.write(
      `${STACKS} stacks, ${limit.padEnd(18)} worst of ${RUNS} runs: ratio ${worst.toFixed(3)}  ${met}\n`,
    );
  }
}

/** For each stack how long it takes, and as fractions of its number those that it builds on. */
const graphs = fc.array(
  fc.record({
    ms: fc.integer({ min: SHORTEST, max: LONGEST }),
    on: fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), { maxLength: 3 }),
  }),
  { minLength: STACKS, maxLength: STACKS },
);
type Graph = typeof graphs extends fc.Arbitrary<infer Value> ? Value : never;

async function ratioOf(graph: Graph, parallel: number): Promise<number> {
  const name = (index: number) => `stack-${index}`;
  const stacks = graph.map((_, index) => name(index));
  const durations = new Map(graph.map(({ ms }, index) => [name(index), ms]));
  const dependencies = new Map(
    graph.map(({ on }, index) => [name(index), on.map((part) => name(Math.floor(part * index)))]),
  );
  dependencies.set(name(0), []);
  const duration = (stack: string) => durations.get(stack) ?? 0;
  const criticalPath = Math.max(...new StackGraph(stacks, dependencies, duration).remaining.values());
  const work = [...durations.values()].reduce((sum, each) => sum + each, 0);
  const startedAt = performance.now();
  await runStacks({
    stacks,
    dependencies,
    parallel,
    deploy: async (stack) => {
      await setTimeout(duration(stack));
      return { kind: "applied" };
    },
    signal: new AbortController().signal,
    estimate: duration,
  });
  return (performance.now() - startedAt) / Math.max(criticalPath, work / parallel);
}
