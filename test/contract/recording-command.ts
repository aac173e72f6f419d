import { tmpdir } from "node:os";
import type { PulumiCommand } from "@pulumi/pulumi/automation";
import { SemVer } from "semver";
import { openEventLog } from "../../rehearsal/engine/events/event-log";

/** What every recorded operation says that it did. */
const SUMMARY = {
  maybeCorrupt: false,
  durationSeconds: 1,
  resourceChanges: { same: 7 },
  PolicyPacks: {},
  isPreview: true,
};

/** A command as the Automation API asked for it. */
export interface RecordedRun {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly onOutput: unknown;
  readonly onError: unknown;
  readonly signal: unknown;
}

/** Takes the CLI's place: records what it is asked for, and answers what the Automation API needs to go on. */
export class RecordingCommand {
  readonly command = "pulumi";
  readonly version = new SemVer("3.248.0");
  readonly runs: RecordedRun[] = [];

  /** As `LocalWorkspaceOptions.pulumiCommand` wants it; the class itself cannot be made by others than the SDK. */
  get asPulumiCommand(): PulumiCommand {
    return this;
  }

  /** The commands so far, without what differs from run to run; none of the recorded arguments has a blank in it. */
  get lines(): string[] {
    return this.runs.map(({ args }) =>
      args
        .map((arg) => arg.replace(/127\.0\.0\.1:\d+/, "127.0.0.1:PORT"))
        .map((arg) =>
          arg.startsWith(tmpdir())
            ? `/tmp/${arg
                .split("/")
                .pop()!
                .replace(/\d{6,}/, "N")}`
            : arg,
        )
        .join(" "),
    );
  }

  async run(...call: unknown[]): Promise<{ stdout: string; stderr: string; code: number }> {
    const [args, cwd, env, onOutput, onError, signal] = call as [
      string[],
      string,
      Record<string, string>,
      ...unknown[],
    ];
    this.runs.push({ args: [...args], cwd, env: { ...env }, onOutput, onError, signal });
    const log = openEventLog(args[args.indexOf("--event-log") + 1 || args.length]);
    log?.write({ sequence: 0, timestamp: 0, summaryEvent: SUMMARY });
    await log?.close();
    return { stdout: answerTo(args.join(" ")), stderr: "", code: 0 };
  }
}

function answerTo(line: string): string {
  if (line === "preview --help") return "--remote";
  if (line.startsWith("whoami")) return '{"user":"u","url":"file://x"}';
  if (line.startsWith("config get")) return '{"value":"v","secret":false}';
  if (line.startsWith("config env") || /^(stack|plugin) ls|^stack history/.test(line)) return "[]";
  return "{}";
}
