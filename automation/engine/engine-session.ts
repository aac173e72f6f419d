import type { LocalWorkspaceOptions } from "@pulumi/pulumi/automation";
import type { OnlineEndpointPort } from "../ports/online-endpoints";
import type { EndpointReference } from "../release/endpoint-reference";
import type { EnvironmentName } from "../stack/stack-for-branch";

/** Whether an operation reaches real clouds or the simulated one. */
export type Target = "cloud" | "rehearsal";

/** What executes operations: the Pulumi CLI, or the engine that is part of this package. */
export type EngineName = "cli" | "embedded";

/** What is to be opened. */
export interface EngineRequest {
  readonly projectDir: string;
  readonly environment: EnvironmentName;
  readonly target: Target;
  /** @default the embedded engine for a rehearsal, the CLI for a cloud */
  readonly engine?: EngineName;
  /** Nothing but the recorded state is looked at, so that a running operation is not in the way. */
  readonly stateOnly: boolean;
  /**
   * Where state is: a URL of the real environment's, or `local` for a directory of the workspace.
   * @default where a bootstrap has moved it, else where the target keeps it by itself
   */
  readonly backend?: string;
  /** The program declares nothing but the part that keeps state. @default false */
  readonly statePart?: boolean;
}

/** A configuration value that has to be set, as a secret, once the stack is there. */
export interface StandIn {
  /** Path of the value, as `config set --path` takes it. */
  readonly path: string;
  readonly value: string;
}

/** An engine that is ready for one environment; it is closed when the verb ends. */
export interface EngineSession {
  /** The directory whose `Pulumi.yaml` the Automation API works on. */
  readonly workDir: string;
  readonly workspace: LocalWorkspaceOptions;
  /** Where state lives, for people. */
  readonly statePlace: string;
  /** What a user should know of this session. */
  readonly notes: readonly string[];
  readonly standIns: readonly StandIn[];
  /** Texts that are never printed. */
  readonly secrets: readonly string[];
  /** Takes the vendors' own protection from deletion off resources, as a person in the console would; rehearsals only. */
  releaseProtection(resources: readonly ResourceInCloud[]): Promise<void>;
  /** Reaches an online endpoint: the cloud's own, or in a rehearsal one that is served on this machine until it is closed. */
  openEndpoint(reference: EndpointReference, access: EndpointAccess): Promise<OnlineEndpointPort>;
  close(): Promise<void>;
}

/** How an endpoint is reached. */
export interface EndpointAccess {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Is told of each credential before it is used. */
  readonly addSecrets: (secrets: readonly string[]) => void;
}

/** A resource as a cloud knows it. */
export interface ResourceInCloud {
  readonly type: string;
  readonly id: string;
}

/** Opens the engine for a target; throws AutomationError with what to do where there is none. */
export type OpenEngine = (request: EngineRequest) => Promise<EngineSession>;
