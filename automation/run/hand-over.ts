import { RemoteWorkspace, type OutputMap, type RemoteGitProgramArgs } from "@pulumi/pulumi/automation";
import { AutomationError } from "../errors";
import { failureText } from "../stack/failure-text";

/** What Pulumi Deployments is told to bring up. */
export interface HandOver {
  /** `organization/project/stack` */
  readonly stack: string;
  /** Address of the repository, which Pulumi Deployments can read. */
  readonly url: string;
  readonly commit: string;
  /** The project from the repository's root, with `/`. */
  readonly projectPath: string;
  /** Command that makes the program ready. @default what its language does */
  readonly preRun?: readonly string[];
}

/** How it ended there. */
export interface HandedOver {
  /** Resources by what was done to them. */
  readonly counts: Readonly<Record<string, number>>;
  readonly outputs: OutputMap;
}

/**
 * Brings a stack up in Pulumi Deployments: exactly the commit, on their machines, with the credentials that are set up there;
 * none of this process is sent. Throws AutomationError with what the CLI said where that fails.
 * @see https://www.pulumi.com/docs/iac/automation-api/concepts-terminology/#remote-workspace
 */
export async function handOver({ stack, url, commit, projectPath, preRun }: HandOver): Promise<HandedOver> {
  const program: RemoteGitProgramArgs = { stackName: stack, url, commitHash: commit, projectPath };
  try {
    const remote = await RemoteWorkspace.createOrSelectStack(program, {
      inheritSettings: true,
      ...(preRun && { preRunCommands: [...preRun] }),
    });
    const { summary, outputs } = await remote.up();
    return { counts: summary.resourceChanges ?? {}, outputs };
  } catch (cause) {
    throw new AutomationError("fault", `Pulumi Deployments did not bring ${stack} up: ${failureText(cause)}`, {
      hint: "see the deployment in the Pulumi console; it needs the stack's deployment settings and a login: pulumi login",
      cause,
    });
  }
}
