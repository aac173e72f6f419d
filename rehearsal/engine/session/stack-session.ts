import type { ChangeStart, StateChange } from "../backend/state-change";
import type { DeploymentFile } from "../state/deployment-file";
import type { PropertyMap } from "../values/property-value";

/** A configuration value as a program receives it: text; objects as their JSON. */
export interface ConfigValue {
  readonly value: string;
  readonly secret: boolean;
  readonly object: boolean;
}

/** Encrypts and decrypts with a stack's secrets provider; the key is derived at the first use. */
export interface SecretsManager {
  /** The provider's entry in a checkpoint: `secrets_providers`. */
  readonly state: NonNullable<DeploymentFile["secrets_providers"]>;
  /** Text to `v1:<nonce>:<ciphertext>`. */
  encrypt(plaintext: string): Promise<string>;
  /** Throws EngineError "incorrect passphrase" where the key does not fit. */
  decrypt(ciphertext: string): Promise<string>;
  /** The same, with the key at hand. */
  crypter(): Promise<{ encrypt(plaintext: string): string; decrypt(ciphertext: string): string }>;
}

/** One line of the backend's history (`apitype.UpdateInfo` of the CLI's `file://` layout). */
export interface UpdateRecord {
  kind: "update" | "preview" | "refresh" | "destroy" | "import" | "rename";
  /** Unix time in seconds. */
  startTime: number;
  message: string;
  environment: Record<string, string>;
  /** Not taken from here: the session records the stack's configuration with its secrets encrypted. */
  config?: Record<string, { value: string; secret: boolean; object?: boolean }>;
  result: "succeeded" | "failed" | "in-progress";
  endTime: number;
  version?: number;
  deployment?: unknown;
  resourceChanges?: Record<string, number>;
}

/** A stack of a `file://` backend, opened by one command: all that an operation needs of the disk. */
export interface StackSession {
  readonly project: {
    readonly name: string;
    readonly root: string;
    readonly main: string;
    readonly runtime: string;
    readonly nodeArgs: readonly string[];
  };
  readonly stackName: string;
  /** `organization/<project>/<stack>` */
  readonly qualifiedName: string;
  readonly secrets: SecretsManager;
  /** Configuration in clear, by full key (`project:key`). */
  config(): Promise<ReadonlyMap<string, ConfigValue>>;
  /** The latest deployment with its secrets decrypted; undefined for a stack that was never updated. */
  load(): Promise<DeploymentFile | undefined>;
  /** Encrypts and writes the deployment as the stack's checkpoint, atomically; the one before becomes `.bak`. */
  save(deployment: DeploymentFile): Promise<void>;
  /**
   * Encrypts changes of the deployment that was loaded or saved last and adds them to the checkpoint's journal; resolves
   * when they are safely on disk. The next `save` holds them.
   */
  append(start: ChangeStart, changes: readonly StateChange[]): Promise<void>;
  /** The checkpoint is encrypted otherwise than this session encrypts: it has to be saved before changes are appended. */
  readonly needsSave: boolean;
  /** Takes the stack's lock, and brings what an interrupted operation left into the checkpoint; throws EngineError with the CLI's text and exit code 1 where others hold it. */
  lock(): Promise<{ release(): Promise<void> }>;
  /** Adds an entry to the history, and a copy of the checkpoint beside it. */
  record(update: UpdateRecord): Promise<void>;
  /** Outputs of another stack of the backend, secrets in clear; undefined where there is no such stack. */
  outputsOf(stackReference: string): Promise<PropertyMap | undefined>;
}
