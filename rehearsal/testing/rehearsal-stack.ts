import { rm } from "node:fs/promises";
import type {
  DestroyOptions,
  EngineEvent,
  OutputMap,
  PreviewOptions,
  PulumiFn,
  RefreshOptions,
  Stack,
  UpOptions,
} from "@pulumi/pulumi/automation";
import type { StepOp } from "../engine/deployment/step";
import type { DeploymentFile } from "../engine/state/deployment-file";
import { OperationFailure } from "./operation-failure";
import { resourcesOf, type ResourceInState } from "./stack-state";
import { StepRecorder, type RecordedMessage, type RecordedStep } from "./step-recorder";

/** What one operation did, or in a preview would do. */
export interface RecordedOperation {
  readonly kind: "up" | "preview" | "refresh" | "destroy";
  /** Steps in the order in which they began, without the stack itself and default providers. */
  readonly steps: readonly RecordedStep[];
  /** How many resources each kind of step concerned, as the CLI counts them: the stack included. */
  readonly changes: Readonly<Partial<Record<StepOp, number>>>;
  readonly messages: readonly RecordedMessage[];
}

/** Options of the Automation API; a program that is given stays the stack's program. */
type Options<T> = Omit<T, "onEvent"> & { readonly program?: PulumiFn };

/**
 * A stack that lives as long as a test does. Operations run one after the other, through the Automation API and the
 * embedded engine; those that fail throw OperationFailure.
 */
export class RehearsalStack implements AsyncDisposable {
  /** Every operation so far, failed ones included. */
  readonly operations: RecordedOperation[] = [];
  private last: Promise<unknown> = Promise.resolve();
  private closed: Promise<void> | undefined;

  /** Made by `rehearse`. */
  constructor(
    private readonly stack: Stack,
    private readonly directory: string,
  ) {}

  /** Creates, updates and deletes what the program asks for. */
  async up(options: Options<UpOptions> = {}): Promise<RecordedOperation> {
    return this.operate("up", options, (stack, listening) => stack.up(listening));
  }

  /** Tells what `up` would do, and changes nothing. */
  async preview(options: Options<PreviewOptions> = {}): Promise<RecordedOperation> {
    return this.operate("preview", options, (stack, listening) => stack.preview(listening));
  }

  /** Takes what the providers have into the state. */
  async refresh(options: Options<RefreshOptions> = {}): Promise<RecordedOperation> {
    return this.operate("refresh", options, (stack, listening) => stack.refresh(listening));
  }

  /** Deletes every resource. */
  async destroy(options: Options<DestroyOptions> = {}): Promise<RecordedOperation> {
    return this.operate("destroy", options, (stack, listening) => stack.destroy(listening));
  }

  /** The stack's outputs, each with whether it is secret. */
  async outputs(): Promise<OutputMap> {
    return this.inTurn(() => this.stack.outputs());
  }

  /** The program's resources in the state: without the stack itself and default providers. */
  async state(): Promise<readonly ResourceInState[]> {
    return this.inTurn(async () => {
      const exported = await this.stack.exportStack();
      return resourcesOf(exported.deployment as DeploymentFile | null);
    });
  }

  /** The one resource of the state that has this name, or this URN. Throws where there is none, or more than one. */
  async resource(nameOrUrn: string): Promise<ResourceInState> {
    const all = await this.state();
    const found = all.filter(({ name, urn }) => name === nameOrUrn || urn === nameOrUrn);
    if (found.length === 1) return found[0]!;
    const there = (found.length > 1 ? found : all).map(({ urn }) => urn).join(", ") || "nothing";
    throw new Error(
      `${found.length} resources are called "${nameOrUrn}", expected one; give the URN; there is ${there}`,
    );
  }

  /** Waits for the operation under way, then removes what the stack has on disk. May be called again. */
  close(): Promise<void> {
    this.closed ??= this.last.catch(() => undefined).then(() => rm(this.directory, { recursive: true, force: true }));
    return this.closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  private operate<T extends { readonly program?: PulumiFn }>(
    kind: RecordedOperation["kind"],
    options: T,
    run: (stack: Stack, options: T & { onEvent: (event: EngineEvent) => void }) => Promise<unknown>,
  ): Promise<RecordedOperation> {
    return this.inTurn(async () => {
      if (options.program) this.stack.workspace.program = options.program;
      const recorder = new StepRecorder();
      const finish = (): RecordedOperation => {
        const { steps, changes, messages } = recorder;
        const operation = { kind, steps, changes, messages };
        this.operations.push(operation);
        return operation;
      };
      try {
        await run(this.stack, { ...options, onEvent: recorder.record });
      } catch (cause) {
        throw new OperationFailure(finish(), { cause });
      }
      return finish();
    });
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.closed) return Promise.reject(new Error("the rehearsal is closed; call rehearse for another stack"));
    const result = this.last.catch(() => undefined).then(work);
    this.last = result;
    result.catch(() => undefined);
    return result;
  }
}
