import type { ConfigValue } from "../session/stack-session";

/** What a program is told of the operation that it runs for. */
export interface ProgramContext {
  readonly project: string;
  readonly stack: string;
  readonly organization: string;
  /** The project's directory. */
  readonly directory: string;
  readonly monitorAddress: string;
  readonly dryRun: boolean;
  readonly parallel: number;
  readonly config: ReadonlyMap<string, ConfigValue>;
}
