import type { Program } from "../changes/read-programs";
import { AutomationError } from "../errors";
import type { Settings } from "../settings/settings-schema";
import { StackGraph } from "../run/stack-graph";
import { declaredReferences } from "./declared-references";

/** Where it is known from that a project depends on another. */
export type DependencySource = "settings" | "program" | "state";

/** For each project what it depends on, with where that is known from. */
export type ProjectDependencies = ReadonlyMap<string, ReadonlyMap<string, readonly DependencySource[]>>;

/** A project with all that may tell what it depends on. */
export interface DependentProject {
  readonly name: string;
  readonly program: Program;
  /** Stacks that its state has references to: `organization/project/stack`. */
  readonly references: readonly string[];
}

/**
 * What each project of an environment depends on: what its settings say, the stack references of its program, and those that
 * its state recorded. References to projects elsewhere are left out, and to those that are `absent` from the environment.
 * Throws a usage error for a dependency of the
 * settings that is no project, and for a cycle, which it prints.
 */
export function projectDependencies(
  projects: readonly DependentProject[],
  settings: Settings,
  absent: readonly string[] = [],
): ProjectDependencies {
  const names = new Set(projects.map(({ name }) => name));
  const all = new Set([...names, ...absent]);
  for (const [name, { dependsOn }] of Object.entries(settings.projects)) checkNames(all, name, dependsOn);
  const dependencies = new Map(
    projects.map(({ name, program, references }) => {
      const found = new Map<string, DependencySource[]>();
      const add = (source: DependencySource, others: readonly string[]) => {
        for (const other of new Set(others)) {
          if (other !== name && names.has(other)) found.set(other, [...(found.get(other) ?? []), source]);
        }
      };
      add("settings", settings.projects[name]?.dependsOn ?? []);
      if (program.kind === "graph") add("program", declaredReferences(program.text).projects);
      add(
        "state",
        references.flatMap((reference) => reference.split("/").at(-2) ?? []),
      );
      return [name, found] as const;
    }),
  );
  checkCycles(dependencies);
  return dependencies;
}

/** Projects in waves: each after all that it depends on, and as early as that allows. */
export function dependencyWaves(names: readonly string[], dependencies: ProjectDependencies): string[][] {
  const wave = new Map<string, number>();
  const waveOf = (name: string): number => {
    const known = wave.get(name);
    if (known !== undefined) return known;
    // Through a project that is left out too: what it depends on still comes first.
    const before = [...(dependencies.get(name)?.keys() ?? [])].map(waveOf);
    const own = Math.max(-1, ...before) + 1;
    wave.set(name, own);
    return own;
  };
  const numbers = [...new Set(names.map(waveOf))].sort((a, b) => a - b);
  return numbers.map((number) => names.filter((name) => waveOf(name) === number));
}

function checkNames(names: ReadonlySet<string>, project: string, dependsOn: readonly string[]): void {
  const unknown = [project, ...dependsOn].find((name) => !names.has(name));
  if (unknown === undefined) return;
  throw new AutomationError(
    "usage",
    `trunkline.yaml names a project "${unknown}", there are ${[...names].join(", ")}`,
    {
      hint: "name projects as their Pulumi.yaml does",
    },
  );
}

/** The graph of stacks refuses a cycle, and prints it. */
function checkCycles(dependencies: ProjectDependencies): void {
  const upstream = [...dependencies].map(([name, found]) => [name, [...found.keys()]] as const);
  new StackGraph([...dependencies.keys()], new Map(upstream));
}
