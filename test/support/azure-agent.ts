import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { expandStages, stepsOf, type AzureStep } from "./azure-template";
import type { CliProject, CliRun } from "./cli-project";
import type { GitRepository } from "./git-repository";
import { HttpStandIn } from "./http-stand-in";

const TOKEN = "azure-pipelines-token-0123456789abcdef";

/** What an approver answered for a stage, as the API of Azure DevOps tells it. */
export interface StageAnswer {
  readonly status: "approved" | "rejected" | "pending";
  readonly by: string;
}

/** Runs the stages of the templates as an agent of Azure Pipelines does, the commands being those of the built CLI. */
export class AzureAgent {
  /** Who answered for a stage; a stage that is not named asks for no approval. */
  readonly answers = new Map<string, readonly StageAnswer[]>();
  readonly token = TOKEN;
  run = 42;

  private constructor(
    private readonly project: CliProject,
    private readonly git: GitRepository,
    private readonly service: HttpStandIn,
  ) {}

  static async start(project: CliProject, git: GitRepository): Promise<AzureAgent> {
    const made: { agent?: AzureAgent } = {};
    const service = await HttpStandIn.start((line, { query }) => made.agent!.answer(line, query["approvalIds"] ?? ""));
    return (made.agent = new AzureAgent(project, git, service));
  }

  /** Runs one stage of an environment; ends with the first command that does not end with 0. */
  async stage(environment: string, kind: "plan" | "apply"): Promise<CliRun> {
    const values = { environment, serviceConnection: "any", variableGroup: "any", target: "rehearsal" };
    const stages = expandStages("azure-pipelines/environment.yml", values);
    const stage = stages.find((one) => one.stage === `${kind}_${environment}`);
    if (stage === undefined) throw new Error(`there is no stage ${kind}_${environment}`);
    const staging = this.project.path(`.job/${stage.stage}`);
    rmSync(staging, { recursive: true, force: true });
    mkdirSync(staging, { recursive: true });
    let last: CliRun = { code: 0, stdout: "", stderr: "" };
    for (const step of stepsOf(stage)) {
      const ran = await this.step(step, stage.stage, staging);
      last = ran ?? last;
      if (last.code !== 0) break;
    }
    return last;
  }

  async stop(): Promise<void> {
    await this.service.stop();
  }

  private async step(step: AzureStep, stage: string, staging: string): Promise<CliRun | undefined> {
    const workspace = this.project.path(".job/workspace");
    const macros: Readonly<Record<string, string>> = {
      "Build.ArtifactStagingDirectory": staging,
      "Pipeline.Workspace": workspace,
      "System.AccessToken": TOKEN,
    };
    const fill = (text: string) =>
      text.replace(/\$\(([\w.]+)\)/g, (_all, name: string) => {
        if (macros[name] === undefined) throw new Error(`the macro ${name} is not known`);
        return macros[name];
      });
    const kept = (artifact: string) => this.project.path(`.job/artifacts/${this.run}/${artifact}`);
    if ("publish" in step) {
      const file = fill(step.publish);
      cpSync(file, join(kept(step.artifact), basename(file)));
    } else if ("artifact" in step) {
      if (!existsSync(kept(step.artifact))) throw new Error(`run ${this.run} has no artifact ${step.artifact}`);
      cpSync(kept(step.artifact), join(workspace, step.artifact), { recursive: true });
    } else if ("task" in step && step.inputs["inlineScript"] !== undefined) {
      const [, command] = /^npx --no-install trunkline (.*)$/.exec(fill(step.inputs["inlineScript"])) ?? [];
      if (command === undefined) throw new Error(`no command of trunkline: ${step.inputs["inlineScript"]}`);
      const mapped = Object.entries(step.env ?? {}).map(([name, value]) => [name, fill(value)] as const);
      this.project.env = { ...this.variables(stage), ...Object.fromEntries(mapped) };
      return this.project.run(command.split(" "));
    }
    return undefined;
  }

  /** See https://learn.microsoft.com/azure/devops/pipelines/build/variables. */
  private variables(stage: string): Record<string, string> {
    return {
      ...{ CI: "true", TF_BUILD: "True", BUILD_REASON: "IndividualCI", BUILD_SOURCEBRANCH: "refs/heads/main" },
      BUILD_SOURCEVERSION: this.git.git("rev-parse", "HEAD"),
      ...{ BUILD_BUILDID: String(this.run), SYSTEM_JOBATTEMPT: "1", BUILD_REPOSITORY_NAME: "acme/platform" },
      ...{ BUILD_REQUESTEDFOR: "Ada Author", SYSTEM_TEAMPROJECT: "platform", SYSTEM_STAGENAME: stage },
      SYSTEM_COLLECTIONURI: `${this.service.url}/acme/`,
      AGENT_TEMPDIRECTORY: this.project.path(".job"),
    };
  }

  private answer(line: string, ids: string): readonly [number, unknown] {
    if (line === `GET /acme/platform/_apis/build/builds/${this.run}/timeline`) {
      const records = [...this.answers.keys()].flatMap((stage) => [
        { id: stage, parentId: null, type: "Stage", identifier: stage },
        { id: `${stage}-checkpoint`, parentId: stage, type: "Checkpoint" },
        { id: `${stage}-approval`, parentId: `${stage}-checkpoint`, type: "Checkpoint.Approval" },
      ]);
      return [200, { records }];
    }
    if (line !== "GET /acme/platform/_apis/pipelines/approvals") return [404, {}];
    const value = ids.split(",").map((id) => ({
      id,
      steps: (this.answers.get(id.replace("-approval", "")) ?? []).map(({ status, by }) => ({
        status,
        actualApprover: { displayName: by, uniqueName: by },
      })),
    }));
    return [200, { value }];
  }
}
