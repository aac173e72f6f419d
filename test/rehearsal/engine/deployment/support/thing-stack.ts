import { readFile, writeFile } from "node:fs/promises";
import * as pulumi from "@pulumi/pulumi";
import {
  LocalWorkspace,
  type DestroyOptions,
  type EngineEvent,
  type OpMap,
  type OutputMap,
  type PreviewOptions,
  type PulumiFn,
  type RefreshOptions,
  type Stack,
  type UpOptions,
} from "@pulumi/pulumi/automation";
import { embeddedEngine, type EmbeddedEngineOptions } from "../../../../../rehearsal/engine/embedded-engine";
import type { Provider } from "../../../../../rehearsal/engine/provider/provider";
import type {
  CheckpointFile,
  DeploymentFile,
  PendingOperation,
  ResourceState,
} from "../../../../../rehearsal/engine/state/deployment-file";
import { projectDirectory, type ProjectDirectory } from "../../project-directory";
import { ThingProvider } from "./thing-provider";

/** How an operation went. */
export interface Run {
  /** Steps in the order in which they began, as "create a"; those of the root stack and of default providers are left out. */
  readonly steps: string[];
  /** The provider's calls during the operation. */
  readonly calls: string[];
  readonly changes: OpMap;
  /** What was reported, as "error: text". */
  readonly messages: string[];
  readonly events: EngineEvent[];
  /** Text of the error with which the operation failed. */
  readonly failure: string | undefined;
  readonly outputs: Record<string, unknown>;
}

type Operation = "up" | "preview" | "refresh" | "destroy";
type Options = Omit<UpOptions & PreviewOptions & RefreshOptions & DestroyOptions, "program">;

/** A stack of an inline program on the embedded engine, with providers in memory, in a directory of its own. */
export class ThingStack {
  private constructor(
    private readonly directory: ProjectDirectory,
    private readonly stack: Stack,
    readonly provider: ThingProvider,
  ) {}

  /** Makes an empty stack; `others` are providers of further packages. The test calls `remove`. */
  static async make(
    provider = new ThingProvider(),
    others: Readonly<Record<string, Provider>> = {},
    options: Pick<EmbeddedEngineOptions, "cancelGraceMs"> = {},
  ): Promise<ThingStack> {
    const directory = await projectDirectory();
    const providers = (name: string): Provider | undefined => (name === "tst" ? provider : others[name]);
    const stack = await LocalWorkspace.createStack(
      { stackName: "dev", projectName: "demo", program: async () => undefined },
      {
        workDir: directory.root,
        pulumiCommand: embeddedEngine({ ...options, providers }),
        envVars: directory.env,
        projectSettings: { name: "demo", runtime: "nodejs", backend: { url: `file://${directory.root}/state` } },
      },
    );
    return new ThingStack(directory, stack, provider);
  }

  /** The project's directory, with its state in `state`. */
  get root(): string {
    return this.directory.root;
  }

  remove(): Promise<void> {
    return this.directory.remove();
  }

  up(program: PulumiFn, options: Options = {}): Promise<Run> {
    return this.run("up", program, options);
  }
  preview(program: PulumiFn, options: Options = {}): Promise<Run> {
    return this.run("preview", program, options);
  }
  refresh(options: Options = {}, program?: PulumiFn): Promise<Run> {
    return this.run("refresh", program, options);
  }
  destroy(options: Options = {}, program?: PulumiFn): Promise<Run> {
    return this.run("destroy", program, options);
  }

  setConfig(key: string, value: string): Promise<void> {
    return this.stack.setConfig(key, { value });
  }

  /** The checkpoint, secrets in clear. */
  async deployment(): Promise<DeploymentFile> {
    return (await this.stack.exportStack()).deployment as DeploymentFile;
  }

  async import(deployment: DeploymentFile): Promise<void> {
    await this.stack.importStack({ version: 3, deployment });
  }

  /** Writes operations into the checkpoint, as an interrupted operation leaves them. */
  async interrupt(pending: readonly PendingOperation[]): Promise<void> {
    const path = `${this.directory.root}/state/.pulumi/stacks/demo/dev.json`;
    const file = JSON.parse(await readFile(path, "utf8")) as CheckpointFile;
    file.checkpoint.latest!.pending_operations = [...pending];
    await writeFile(path, JSON.stringify(file));
  }

  /** The resources of the state but the root stack and default providers, in their order. */
  async resources(): Promise<ResourceState[]> {
    const { resources = [] } = await this.deployment();
    return resources.filter(({ urn }) => !isImplicit(urn));
  }

  /** The names of these resources; "a (delete)" for one that waits for its deletion. */
  async names(): Promise<string[]> {
    return (await this.resources()).map(({ urn, delete: pending }) => shortName(urn) + (pending ? " (delete)" : ""));
  }

  /** The resource of that name that does not wait for its deletion. */
  async resource(name: string): Promise<ResourceState> {
    const found = (await this.resources()).find(({ urn, delete: pending }) => shortName(urn) === name && !pending);
    if (!found) throw new Error(`the state has no resource ${name}`);
    return found;
  }

  private async run(operation: Operation, program: PulumiFn | undefined, options: Options): Promise<Run> {
    const events: EngineEvent[] = [];
    const begun = this.provider.calls.length;
    let failure: string | undefined;
    let outputs: Record<string, unknown> = {};
    const all = {
      ...options,
      ...(program ? { program } : {}),
      onEvent: (event: EngineEvent) => void events.push(event),
    };
    // Refreshes and destroys run the workspace's program.
    this.stack.workspace.program = program ?? (async () => undefined);
    try {
      const result = await this.stack[operation](all);
      if ("outputs" in result) {
        outputs = Object.fromEntries(
          Object.entries(result.outputs as OutputMap).map(([key, { value }]) => [key, value as unknown]),
        );
      }
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error);
    }
    return {
      steps: events.flatMap(({ resourcePreEvent }) => stepText(resourcePreEvent?.metadata)),
      calls: this.provider.calls.slice(begun),
      changes: events.find(({ summaryEvent }) => summaryEvent)?.summaryEvent?.resourceChanges ?? {},
      messages: events.flatMap(({ diagnosticEvent }) =>
        diagnosticEvent && !diagnosticEvent.ephemeral
          ? [`${diagnosticEvent.severity}: ${diagnosticEvent.message.trim().replace(/^(error|warning): /, "")}`]
          : [],
      ),
      events,
      failure,
      outputs,
    };
  }
}

function stepText(metadata: { op: string; urn: string } | undefined): string[] {
  return metadata && !isImplicit(metadata.urn) ? [`${metadata.op} ${shortName(metadata.urn)}`] : [];
}

function isImplicit(urn: string): boolean {
  return urn.includes("::pulumi:pulumi:Stack::") || /::pulumi:providers:\w+::default/.test(urn);
}

function shortName(urn: string): string {
  return urn.split("::")[3]!;
}

/** A resource of the provider in memory; its inputs come back as outputs. */
export class Thing extends pulumi.CustomResource {
  declare readonly value: pulumi.Output<string>;

  constructor(name: string, props: pulumi.Inputs = {}, opts?: pulumi.CustomResourceOptions, type = "Thing") {
    super(`tst:index:${type}`, name, { value: undefined, ...props }, opts);
  }
}

/** A component whose children `build` makes. */
export class Group extends pulumi.ComponentResource {
  constructor(name: string, build: (self: Group) => void, opts?: pulumi.ComponentResourceOptions, type = "Group") {
    super(`app:index:${type}`, name, {}, opts);
    build(this);
    this.registerOutputs({});
  }
}

/** An explicit provider of package `tst`. */
export class ThingProviderResource extends pulumi.ProviderResource {
  constructor(name: string, props: pulumi.Inputs = {}, opts?: pulumi.CustomResourceOptions) {
    super("tst", name, props, opts);
  }
}

/** The URN of a resource of the test's stack: a `Thing` without a parent, unless told. */
export const urnOf = (name: string, type = "tst:index:Thing"): string => `urn:pulumi:dev::demo::${type}::${name}`;
