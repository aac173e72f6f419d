import type { RunJournal } from "../journal/run-journal";
import { recordOutcome } from "./record-outcome";
import { StackGraph, type Dependencies } from "./stack-graph";
import type { StackOutcome, WorkOutcome } from "./stack-outcome";

export interface RunStacksOptions {
  readonly stacks: readonly string[];
  readonly dependencies: Dependencies;
  /** How many stacks are worked on at once, 1 or more. */
  readonly parallel: number;
  /** Works on one stack. What it throws counts as unknown: nobody can tell what was done until then. */
  readonly deploy: (stack: string, begin: () => Promise<void>) => Promise<WorkOutcome>;
  /** `deploy` calls `begin` before it changes anything, for the journal; else that is as soon as it is called. @default false */
  readonly beginsItself?: boolean;
  /** Is written before and after the work on each stack. @default nothing is recorded, as for previews */
  readonly journal?: RunJournal;
  /** Stacks of which nobody knows what became of them: they are recorded as such until they are worked on. @default none */
  readonly unknown?: readonly string[];
  /** No stack is begun any more once it is aborted; `deploy` has to end those that it is working on. */
  readonly signal: AbortSignal;
  /** How long a stack takes, in any unit: of those that are ready, the one that most waits for goes first. @default all the same */
  readonly estimate?: (stack: string) => number;
  /** Is told of each stack as it ends. */
  readonly ended?: (stack: string, outcome: StackOutcome) => void;
}

/**
 * Works on several stacks, each after all that it builds on, and as many at once as `parallel` allows. One that fails
 * blocks what builds on it, directly or not, and one whose preview finds changes lets it wait; the others go on. Throws
 * what the journal throws, once the stacks that are under way have ended: without its record nothing more is begun.
 */
export async function runStacks(options: RunStacksOptions): Promise<ReadonlyMap<string, StackOutcome>> {
  const {
    stacks,
    dependencies,
    parallel,
    deploy,
    journal,
    signal,
    ended,
    unknown = [],
    beginsItself = false,
  } = options;
  const { upstream, downstream, remaining } = new StackGraph(stacks, dependencies, options.estimate);
  const outcomes = new Map<string, StackOutcome>();
  const missing = new Map(stacks.map((stack) => [stack, upstream.get(stack)?.length ?? 0]));
  const ready = stacks.filter((stack) => missing.get(stack) === 0);
  const working = new Set<Promise<void>>();
  let fault: { readonly thrown: unknown } | undefined;

  const settle = (stack: string, outcome: StackOutcome) => {
    outcomes.set(stack, outcome);
    ended?.(stack, outcome);
    for (const next of downstream.get(stack) ?? []) {
      const left = (missing.get(next) ?? 0) - 1;
      missing.set(next, left);
      if (left === 0) ready.push(next);
    }
  };
  const work = async (stack: string) => {
    try {
      const begin = async () => journal?.record(stack, "applying");
      if (!beginsItself) await begin();
      const outcome = await deploy(stack, begin).catch((thrown: unknown): WorkOutcome => ({
        kind: "unknown",
        reason: thrown instanceof Error ? thrown.message : String(thrown),
      }));
      if (journal) await recordOutcome(journal, stack, outcome);
      settle(stack, outcome);
    } catch (thrown) {
      fault ??= { thrown };
    }
  };

  for (const stack of stacks) await journal?.record(stack, unknown.includes(stack) ? "unknown" : "planned");
  for (;;) {
    while (ready.length > 0 && working.size < parallel && !fault) {
      const stack = takeMostUrgent(ready, remaining);
      const outcome = withoutWork(upstream.get(stack) ?? [], outcomes) ?? (signal.aborted ? STOPPED : undefined);
      if (outcome) {
        settle(stack, outcome);
        continue;
      }
      const task = work(stack).finally(() => working.delete(task));
      working.add(task);
    }
    if (working.size === 0) break;
    await Promise.race(working);
  }
  if (fault) throw fault.thrown;
  return new Map(stacks.map((stack) => [stack, outcomes.get(stack) ?? STOPPED]));
}

const STOPPED = { kind: "stopped" } as const;

/** Takes the stack that most work waits for; of equal ones, the one that has been ready for longest. */
function takeMostUrgent(ready: string[], remaining: ReadonlyMap<string, number>): string {
  let best = 0;
  for (const [index, stack] of ready.entries()) {
    if ((remaining.get(stack) ?? 0) > (remaining.get(ready[best] ?? "") ?? 0)) best = index;
  }
  return ready.splice(best, 1)[0] ?? "";
}

/** How a stack ends that cannot be worked on because of what it builds on. */
function withoutWork(
  upstream: readonly string[],
  outcomes: ReadonlyMap<string, StackOutcome>,
): StackOutcome | undefined {
  const blocking = new Set<string>();
  const changing = new Set<string>();
  let stopped = false;
  for (const name of upstream) {
    const outcome = outcomes.get(name);
    switch (outcome?.kind) {
      case "refused":
      case "failed":
      case "unknown":
        blocking.add(name);
        break;
      case "blocked":
        for (const origin of outcome.by) blocking.add(origin);
        break;
      case "changing":
        changing.add(name);
        break;
      case "waiting":
        for (const origin of outcome.for) changing.add(origin);
        break;
      case "stopped":
        stopped = true;
        break;
      case "applied":
      case "unchanged":
      case undefined:
        break;
    }
  }
  if (blocking.size > 0) return { kind: "blocked", by: [...blocking].sort() };
  if (stopped) return STOPPED;
  if (changing.size > 0) return { kind: "waiting", for: [...changing].sort() };
  return undefined;
}
