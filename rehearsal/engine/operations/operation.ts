import type { OperationRequest } from "../arguments/operation-request";
import type { OperationDependencies } from "../commands/operate";
import { BaseState } from "../deployment/base-state";
import { BuiltinProvider } from "../deployment/builtin-provider";
import { Deployment } from "../deployment/deployment";
import { DeploymentExecutor } from "../deployment/deployment-executor";
import { ProviderRegistry } from "../deployment/provider-registry";
import type { Source } from "../deployment/source-event";
import { StateRecorder } from "../deployment/state-recorder";
import { EngineError } from "../engine-error";
import type { EventReporter } from "../events/event-reporter";
import { runInlineProgram } from "../language/run-inline-program";
import { runProjectProgram } from "../language/run-project-program";
import type { ProgramContext } from "../language/program-context";
import type { RunningProgram } from "../language/running-program";
import type { PlanCheck } from "../plan/plan-check";
import { PlanRecorder } from "../plan/plan-recorder";
import type { CommandContext } from "../session/command-context";
import type { ConfigValue, StackSession } from "../session/stack-session";
import type { DeploymentFile, ResourceState } from "../state/deployment-file";
import { deploymentOptions } from "./deployment-options";
import { NullSource } from "./null-source";
import { OperationActions } from "./operation-actions";
import { openProgramSource } from "./open-program-source";
import { StateWriter } from "./state-writer";

/** What an operation works with. */
export interface OperationInput {
  readonly context: CommandContext;
  readonly session: StackSession;
  readonly request: OperationRequest;
  readonly dependencies: OperationDependencies;
  readonly config: ReadonlyMap<string, ConfigValue>;
  readonly base: DeploymentFile | undefined;
  readonly reporter: EventReporter;
  /** URNs to which the operation is limited; empty for no limit. */
  readonly targets: readonly string[];
  /** The plan that an update has to keep to. */
  readonly plan: PlanCheck | undefined;
  /** The base is not what lies on disk: it is written before changes are added to it. */
  readonly needsSave: boolean;
}

/** One operation on one stack, from its state to its state. */
export class Operation {
  readonly reporter: EventReporter;
  /** The outputs of the stack as it was. */
  readonly oldOutputs: ResourceState["outputs"];
  /** What a preview recorded for an update to keep to, where that was asked for. */
  readonly newPlan: PlanRecorder | undefined;
  private readonly deployment: Deployment;
  private readonly writer: StateWriter | undefined;

  constructor(private readonly input: OperationInput) {
    const { session, request, base, reporter } = input;
    this.reporter = reporter;
    this.newPlan = request.savePlan === undefined ? undefined : new PlanRecorder();
    const state = new BaseState(base?.resources ?? [], base?.pending_operations ?? []);
    this.oldOutputs = state.resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs;
    const { manifest: _, resources: __, pending_operations: ___, ...kept } = base ?? { manifest: undefined };
    const recorder = new StateRecorder(state, { secrets_providers: session.secrets.state, ...kept });
    if (!request.previewOnly) this.writer = new StateWriter(recorder, session);
    const builtin = new BuiltinProvider({
      outputsOf: async (stack) => {
        const outputs = await session.outputsOf(stack);
        if (outputs) this.deployment.knownSecrets.remember(outputs);
        return outputs;
      },
      resource: (urn) => this.deployment.news.get(urn) ?? this.deployment.reads.get(urn),
    });
    this.deployment = new Deployment(
      session.stackName,
      session.project.name,
      deploymentOptions(request, input.targets),
      state,
      new ProviderRegistry(input.dependencies.providers, builtin),
      reporter,
      new OperationActions(reporter, recorder, this.writer),
      input.plan,
      this.newPlan,
    );
  }

  /** The stack's outputs as the operation leaves them; undefined where it did not reach them. */
  get outputs(): ResourceState["outputs"] {
    return [...this.deployment.news.values()].find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs;
  }

  /** Carries it out; rejects with BailError where it failed and that has been reported. */
  async run(): Promise<void> {
    const { context, request } = this.input;
    const executor = new DeploymentExecutor(this.deployment);
    const cancel = (): void => void executor.cancel();
    context.signal?.addEventListener("abort", cancel, { once: true });
    if (context.signal?.aborted) cancel();
    try {
      if (this.input.needsSave) await this.writer?.rewrite();
      await executor.execute(async () => (request.runProgram ? await this.programSource() : new NullSource()));
    } finally {
      context.signal?.removeEventListener("abort", cancel);
      await this.writer?.finish();
    }
  }

  private get programDirectory(): string {
    return this.input.dependencies.programDirectory ?? this.input.session.project.root;
  }

  private programSource(): Promise<Source> {
    const { config } = this.input;
    return openProgramSource({
      deployment: this.deployment,
      reporter: this.reporter,
      config,
      projectRoot: this.programDirectory,
      start: (monitorAddress) => this.startProgram(monitorAddress),
    });
  }

  private startProgram(monitorAddress: string): RunningProgram {
    const { context, session, request, dependencies, config } = this.input;
    const program: ProgramContext = {
      project: session.project.name,
      stack: session.stackName,
      organization: "organization",
      directory: this.programDirectory,
      monitorAddress,
      dryRun: request.previewOnly,
      parallel: this.deployment.options.parallel,
      config,
    };
    if (request.clientAddress) return runInlineProgram(request.clientAddress, program);
    if (!dependencies.launchProgram) {
      throw new EngineError(
        "this engine was given nothing to start a project's program with: pass `launchProgram`, or use an inline program",
      );
    }
    return runProjectProgram(
      {
        launch: dependencies.launchProgram,
        main: session.project.main,
        nodeArgs: session.project.nodeArgs,
        env: context.env,
        onOutput: (text) => this.reporter.diagnose("info#err", "", text),
      },
      program,
    );
  }
}
