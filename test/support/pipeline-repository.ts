import { CliProject, type CliRun } from "./cli-project";
import { GitRepository } from "./git-repository";
import { GithubStandIn } from "./github-stand-in";

/** What a job of GitHub Actions is about. */
export interface Job {
  readonly event: "push" | "pull_request" | "schedule" | "workflow_dispatch";
  readonly branch: string;
  readonly commit: string;
  readonly actor: string;
  readonly run: number;
  /** The payload of the event. */
  readonly payload?: unknown;
  /** A job has a token unless it is of a fork. @default true */
  readonly token?: boolean;
}

/** How a job ended, with what it told GitHub. */
export interface JobRun extends CliRun {
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

const TOKEN = "ghs_0123456789abcdefghijklmnopqrstuvwxyz";

/** A repository with its GitHub, on which jobs run the built CLI as its workflows do. */
export class PipelineRepository {
  readonly name = "acme/platform";
  readonly token = TOKEN;

  private constructor(
    readonly project: CliProject,
    readonly git: GitRepository,
    readonly github: GithubStandIn,
  ) {}

  static async create(files: Readonly<Record<string, string>>): Promise<PipelineRepository> {
    const project = new CliProject(files);
    const git = new GitRepository(project.root, "main");
    git.commit({ ".gitignore": "node_modules\n.trunkline\n.job\n" }, "begin");
    return new PipelineRepository(project, git, await GithubStandIn.start(TOKEN));
  }

  /** Runs `trunkline ci` as a job would. */
  async job(
    { event, branch, commit, actor, run, payload = {}, token = true }: Job,
    ...args: string[]
  ): Promise<JobRun> {
    const { project } = this;
    project.write(".job/event.json", JSON.stringify(payload));
    for (const file of ["output", "summary"]) project.write(`.job/${file}`, "");
    project.env = {
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_EVENT_NAME: event,
      GITHUB_EVENT_PATH: project.path(".job/event.json"),
      GITHUB_OUTPUT: project.path(".job/output"),
      GITHUB_STEP_SUMMARY: project.path(".job/summary"),
      GITHUB_REPOSITORY: this.name,
      GITHUB_REF: event === "pull_request" ? "refs/pull/7/merge" : `refs/heads/${branch}`,
      GITHUB_SHA: commit,
      GITHUB_ACTOR: actor,
      GITHUB_RUN_ID: String(run),
      GITHUB_RUN_ATTEMPT: "1",
      GITHUB_API_URL: this.github.url,
      GITHUB_SERVER_URL: "https://github.com",
      RUNNER_TEMP: project.path(".job"),
      ...(token && { GITHUB_TOKEN: TOKEN }),
    };
    const ended = await project.run(["ci", "--target", "rehearsal", ...args]);
    const outputs = [...project.read(".job/output").matchAll(/^([\w-]+)<<(end-.+)\n([\s\S]*?)\n?\2$/gm)];
    return {
      ...ended,
      outputs: Object.fromEntries(outputs.map(([, name = "", , value = ""]) => [name, value])),
      summary: project.read(".job/summary"),
    };
  }

  async remove(): Promise<void> {
    this.project.remove();
    await this.github.stop();
  }
}
