import { rehearse } from "../commands/rehearse";
import type { VerbDeps } from "../commands/verb";
import { AutomationError } from "../errors";
import { reportResources } from "../report/report-resources";
import type { StackWork } from "../run/stack-work";
import { NOTHING, operationWork, type WorkReport } from "../run/work-report";
import type { Project } from "../workspace/project";

/** Takes a stack through preview, update and second preview in the simulated cloud. */
export async function rehearseStack(deps: VerbDeps, project: Project, work: StackWork): Promise<WorkReport> {
  const { environment: env, target, engine } = work;
  if (target !== "rehearsal") throw new AutomationError("fault", "only a rehearsal is rehearsed");
  const result = await rehearse(deps, { cwd: project.directory, env, target, engine });
  if (result.kind === "rehearsed") {
    const [first, brought] = result.reports;
    if (!first || !brought) return { ...NOTHING, result: "unchanged" };
    const resources = reportResources(brought, result.dependencies);
    return { ...operationWork(first.changed ? "changing" : "unchanged", first), resources };
  }
  const detail = result.kind === "unsettled" ? "the second preview has changes: the program never settles" : undefined;
  return { ...operationWork("failed", result.report), ...(detail !== undefined && { detail }) };
}
