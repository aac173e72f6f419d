import { AutomationError } from "../errors";

/** For each stack the stacks that it builds on. */
export type Dependencies = ReadonlyMap<string, readonly string[]>;

/** The stacks of a run with what they build on; dependencies outside the run are taken to be met. */
export class StackGraph {
  /** The stacks of the run that a stack builds on. */
  readonly upstream: Dependencies;
  /** The stacks of the run that build on a stack. */
  readonly downstream: Dependencies;
  /** For each stack the work on the longest way from its beginning to the end of the run. */
  readonly remaining: ReadonlyMap<string, number>;

  /**
   * `estimate` tells how long the work on a stack takes, in any unit. Throws a usage error for a cycle, which it prints,
   * and for a stack that is named twice.
   */
  constructor(
    readonly stacks: readonly string[],
    dependencies: Dependencies,
    estimate: (stack: string) => number = () => 1,
  ) {
    const known = new Set(stacks);
    if (known.size < stacks.length) {
      const twice = stacks.find((stack, index) => stacks.indexOf(stack) !== index);
      throw new AutomationError("usage", `stack ${twice} is named twice in one run`, { hint: "name each stack once" });
    }
    const upstream = new Map(
      stacks.map((stack) => [stack, [...new Set(dependencies.get(stack) ?? [])].filter((name) => known.has(name))]),
    );
    const downstream = new Map(stacks.map((stack): [string, string[]] => [stack, []]));
    for (const [stack, names] of upstream) for (const name of names) downstream.get(name)?.push(stack);
    this.upstream = upstream;
    this.downstream = downstream;
    this.remaining = remainingWork(inOrder(stacks, upstream), downstream, estimate);
  }
}

/** The stacks, each after all that it builds on. */
function inOrder(stacks: readonly string[], upstream: Dependencies): string[] {
  const ordered = new Set<string>();
  const way: string[] = [];
  const onWay = new Set<string>();
  const visit = (stack: string) => {
    if (ordered.has(stack)) return;
    if (onWay.has(stack)) {
      const cycle = [...way.slice(way.indexOf(stack)), stack].join(" -> ");
      throw new AutomationError("usage", `stacks build on each other in a cycle: ${cycle}`, {
        hint: "take one of these dependencies away",
      });
    }
    way.push(stack);
    onWay.add(stack);
    for (const name of upstream.get(stack) ?? []) visit(name);
    way.pop();
    onWay.delete(stack);
    ordered.add(stack);
  };
  for (const stack of stacks) visit(stack);
  return [...ordered];
}

function remainingWork(
  ordered: readonly string[],
  downstream: Dependencies,
  estimate: (stack: string) => number,
): ReadonlyMap<string, number> {
  const remaining = new Map<string, number>();
  for (const stack of [...ordered].reverse()) {
    const after = (downstream.get(stack) ?? []).map((name) => remaining.get(name) ?? 0);
    remaining.set(stack, estimate(stack) + Math.max(0, ...after));
  }
  return remaining;
}
