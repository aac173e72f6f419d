/** What the SDK's own `cmd/run` is told on its command line and in its environment, as the CLI's language host does. */
export interface ProgramArguments {
  /** `host:port` of the resource monitor. */
  readonly monitorAddress: string;
  /** `host:port` of the engine service. */
  readonly engineAddress: string;
  readonly organization: string;
  readonly project: string;
  readonly stack: string;
  /** A preview: nothing may be changed. */
  readonly dryRun: boolean;
  /** How many resource operations may run at once. */
  readonly parallel: number;
  /** JSON object: configuration in clear by full key (`PULUMI_CONFIG`). */
  readonly config: string;
  /** JSON array: the full keys whose values are secret (`PULUMI_CONFIG_SECRET_KEYS`). */
  readonly configSecretKeys: string;
  /** The program's working directory. */
  readonly pwd: string;
  /** The directory of `Pulumi.yaml`. */
  readonly rootDirectory: string;
}

/** A program of a project directory that is to run against an engine. */
export interface ProgramRequest {
  /** The directory of `Pulumi.yaml`. */
  readonly projectRoot: string;
  /** The entry point: a file or a directory, absolute or relative to `args.pwd`; `.` where `Pulumi.yaml` names none. */
  readonly main: string;
  /** `runtime.options.nodeargs` of `Pulumi.yaml`, split at blanks. @default none */
  readonly nodeArgs?: readonly string[];
  readonly args: ProgramArguments;
  /** The whole environment of the program's process. */
  readonly env: Readonly<Record<string, string | undefined>>;
  onStdout(text: string): void;
  onStderr(text: string): void;
  /** Aborting kills the program. */
  readonly signal?: AbortSignal;
}

/** How a program's process ended; one of the two is null. */
export interface ProgramExit {
  /** 32 means that the program failed and has told the engine why. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A running program. */
export interface ProgramRun {
  /** Settles when the process has ended and all of its output was passed on; rejects where it could not be started. */
  readonly exited: Promise<ProgramExit>;
  /** Ends the process and its children at once; does nothing when they have ended. */
  kill(): void;
}

/** Starts a program in a process of its own. */
export type ProgramLauncher = (request: ProgramRequest) => ProgramRun;
