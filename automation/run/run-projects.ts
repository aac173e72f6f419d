import { withProjectStack, type VerbDeps, type VerbOptions } from "../commands/verb";
import { AutomationError } from "../errors";
import type { RunJournal } from "../journal/run-journal";
import type { ChosenEnvironment } from "../stack/choose-environment";
import type { Project } from "../workspace/project";
import { applyStack, type ApplyOptions } from "./apply-stack";
import { outcomeOf } from "./outcome-of";
import { runStacks } from "./run-stacks";
import type { Dependencies } from "./stack-graph";
import type { StackOutcome } from "./stack-outcome";

/** Which projects are brought up, in one environment. */
export interface ProjectsRun extends Pick<VerbOptions, "target" | "engine"> {
  readonly chosen: ChosenEnvironment;
  readonly projects: readonly Project[];
  /** By names of projects. */
  readonly dependencies: Dependencies;
  /** How many stacks at once, 1 or more. */
  readonly parallel: number;
  readonly journal: RunJournal;
  /** How a project is brought up. @default as one of which everything is known */
  readonly optionsOf?: (project: string) => ApplyOptions;
}

/** Brings the stacks of several projects up, each after those that it builds on; the journal says what became of each. */
export function runProjects(deps: VerbDeps, run: ProjectsRun): Promise<ReadonlyMap<string, StackOutcome>> {
  const { chosen, projects, dependencies, parallel, journal, optionsOf } = run;
  const byName = new Map(projects.map((project) => [project.name, project]));
  const names = projects.map(({ name }) => name);
  return runStacks({
    stacks: names,
    unknown: names.filter((name) => optionsOf?.(name).unknown),
    dependencies,
    parallel,
    journal,
    signal: deps.signal,
    deploy: async (name) => {
      const project = byName.get(name);
      if (!project) throw new Error(`there is no project ${name}`);
      const reason = `${chosen.reason}, project ${name}`;
      const request = { ...run, projectDir: project.directory, chosen: { ...chosen, reason } };
      try {
        return await withProjectStack(deps, request, { absent: "create" }, async ({ stack }) => {
          const report = await applyStack(deps, stack, optionsOf?.(name));
          deps.ended(report);
          return outcomeOf(stack, report);
        });
      } catch (fault) {
        // What is refused or cannot begin has done nothing.
        if (fault instanceof AutomationError) return { kind: "failed", reason: fault.message };
        throw fault;
      }
    },
  });
}
