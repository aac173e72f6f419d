/** The four operations that change or compare a stack's resources. */
export type OperationKind = "up" | "preview" | "refresh" | "destroy";

/** Whether the text output has colours. */
export type ColorMode = "always" | "never" | "raw" | "auto";

/** An operation as the command line asks for it. Lists keep the order of the command line. */
export interface OperationRequest {
  readonly kind: OperationKind;
  /** Nothing may be changed: always for `preview`, and with `--preview-only` or `--dry-run` for the others. */
  readonly previewOnly: boolean;
  /**
   * Whether the program runs: always for `up` and `preview`; for `refresh` and `destroy` with `--run-program`.
   */
  readonly runProgram: boolean;
  /** `host:port` of the language runtime that runs an inline program; absent: the project's own program runs. */
  readonly clientAddress?: string;
  /** Who started the operation: `auto.inline`, `auto.local`, or empty for a person. */
  readonly execKind: string;
  /** The user agent of the Automation API. */
  readonly execAgent: string;
  /** Where events go: `tcp://host:port` of an event server, or the path of a file of JSON lines. */
  readonly eventLog?: string;
  /** Kept in the history. @default "" */
  readonly message: string;
  /** Fails where anything would change or was changed. */
  readonly expectNoChanges: boolean;
  /** Refreshes the state before the operation itself. */
  readonly refresh: boolean;
  /** A resource is refreshed when the program registers it: `up --refresh --run-program`, `refresh --run-program`. */
  readonly refreshProgram: boolean;
  /** Shows changes as a rich diff. */
  readonly diff: boolean;
  /** URNs, perhaps with `*` and `**`, of resources to replace. */
  readonly replace: readonly string[];
  /** URNs, perhaps with `*` and `**`, to which the operation is confined. */
  readonly targets: readonly string[];
  /** URNs, perhaps with `*` and `**`, which the operation leaves alone. */
  readonly excludes: readonly string[];
  readonly targetDependents: boolean;
  readonly excludeDependents: boolean;
  /** `destroy`: leaves protected resources alone. */
  readonly excludeProtected: boolean;
  /** How many resource operations may run at once; absent: the engine's default. */
  readonly parallel?: number;
  /** Path of a plan that `up` is confined to. */
  readonly plan?: string;
  /** Path that `preview` writes its plan to. */
  readonly savePlan?: string;
  readonly continueOnError: boolean;
  /** `refresh`: forgets creations that were under way, as though they had not happened. */
  readonly clearPendingCreates: boolean;
  readonly showSecrets: boolean;
  /** Leaves the stack's outputs out of the text output. */
  readonly suppressOutputs: boolean;
  readonly suppressProgress: boolean;
  readonly color: ColorMode;
  /** Shows debug messages of the program. */
  readonly debug: boolean;
}
