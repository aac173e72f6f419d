import { AutomationError } from "../errors";
import { handOver } from "../run/hand-over";
import { findProject } from "../stack/find-project";
import type { EnvironmentName } from "../stack/stack-for-branch";
import { findProjects } from "../workspace/find-projects";
import { workspaceRoot } from "../workspace/workspace-root";
import { chosenEnvironment, type VerbDeps, type VerbOptions } from "./verb";

export interface UpRemoteOptions extends VerbOptions {
  /** The organization of Pulumi Cloud that the stack belongs to. */
  readonly remote: string;
  /** Address of the repository, which Pulumi Deployments can read. */
  readonly repositoryUrl: string;
}

/** An environment was brought up by Pulumi Deployments. */
export interface UpRemoteResult {
  readonly kind: "remote";
  readonly environment: EnvironmentName;
  /** `organization/project/stack` */
  readonly stack: string;
  readonly commit: string;
  /** Resources by what was done to them. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Has Pulumi Deployments bring an environment up, from the commit that is checked out. Works on real clouds only. */
export async function upRemote(deps: VerbDeps, options: UpRemoteOptions): Promise<UpRemoteResult> {
  if (options.target !== "cloud") {
    throw new AutomationError("usage", "--remote works on real clouds only: Pulumi Deployments has no simulated one", {
      hint: "leave out --target rehearsal",
    });
  }
  const directory = findProject(options.cwd);
  const root = workspaceRoot(directory);
  const { environment } = await chosenEnvironment(deps, options, root);
  const commit = await deps.git.headCommit(root);
  const project = (await findProjects(root, deps.git)).find((candidate) => candidate.directory === directory);
  if (commit === undefined || project === undefined) {
    throw new AutomationError("usage", `${directory} is not in a commit, and Pulumi Deployments reads nothing else`, {
      hint: "commit and push the project first",
    });
  }
  const stack = `${options.remote}/${project.name}/${environment}`;
  const { counts } = await handOver({ stack, url: options.repositoryUrl, commit, projectPath: project.path });
  return { kind: "remote", environment, stack, commit, counts };
}
