import pico from "picocolors";
import { withoutCommands } from "../report/command-guard";

/** Where results and progress are written. */
export interface Terminal {
  /** Whether a person watches: progress may be drawn over itself. */
  readonly live: boolean;
  readonly colours: ReturnType<typeof pico.createColors>;
  /** Columns of the screen. */
  readonly width: number;
  /** Lines of the screen. @default 24 */
  readonly height?: number;
  out(text: string): void;
  err(text: string): void;
}

/**
 * The process's own streams; no colours and no drawing when they do not lead to a terminal or NO_COLOR is set. In CI nothing
 * that is written can be a command to the system that reads it.
 */
export function processTerminal(env: NodeJS.ProcessEnv = process.env): Terminal {
  const live = process.stdout.isTTY === true && env.TERM !== "dumb" && !env.CI;
  const told = env.GITHUB_ACTIONS || env.TF_BUILD ? withoutCommands : (text: string) => text;
  return {
    live,
    colours: pico.createColors(live && !env.NO_COLOR),
    width: process.stdout.columns ?? 100,
    height: process.stdout.rows ?? 24,
    out: (text) => void process.stdout.write(told(text)),
    err: (text) => void process.stderr.write(told(text)),
  };
}
