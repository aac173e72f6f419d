import { spawn, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import { nodeArgumentsForBundle } from "./node-arguments";
import { programBundle } from "./program-bundle";
import { programEntry } from "./program-entry";
import type { ProgramArguments, ProgramExit, ProgramLauncher, ProgramRequest } from "./program-launcher";

/** How a program's process is started. */
interface StartPlan {
  readonly argv: readonly string[];
  readonly entry: string;
  /** Said before the program runs. */
  readonly note?: string;
  dispose(): void;
}

export interface LauncherOptions {
  /** Where bundles of programs are kept. */
  readonly cacheDir: string;
}

/** Ends a program that runs unbundled when its engine is gone, as start-program.ts does for a bundled one. */
const END_WITH_PARENT =
  "data:text/javascript,import{Socket}from'node:net';new Socket({fd:3}).on('close',()=>process.exit(1)).resume().unref();";

/**
 * Launches programs from a bundle with the SDK, kept by content, and unbundled, with a note on standard error, those that
 * cannot be bundled.
 */
export function programLauncher(options: LauncherOptions): ProgramLauncher {
  return (request) => {
    let child: ChildProcess | undefined;
    let killed = false;
    const kill = () => {
      killed = true;
      if (child) killGroup(child);
    };
    const run = async (): Promise<ProgramExit> => {
      const plan = await planStart(request, options);
      try {
        if (killed) return { code: null, signal: "SIGKILL" };
        if (plan.note) request.onStderr(`${plan.note}\n`);
        child = start(plan, request);
        return await exitOf(child);
      } finally {
        plan.dispose();
        request.signal?.removeEventListener("abort", kill);
      }
    };
    if (request.signal?.aborted) kill();
    request.signal?.addEventListener("abort", kill);
    return { exited: run(), kill };
  };
}

async function planStart(request: ProgramRequest, { cacheDir }: LauncherOptions): Promise<StartPlan> {
  const { nodeArgs = [], main, args } = request;
  const entry = programEntry(main, args.pwd);
  // Left to the SDK, which says what it looked for.
  if (entry === undefined) return unbundled(nodeArgs, main, args.pwd);
  const node = nodeArgumentsForBundle(nodeArgs);
  if (node.kind === "unbundled") return unbundled(nodeArgs, entry.file, args.pwd, node.reason);
  if (entry.esm) return unbundled(nodeArgs, entry.file, args.pwd, `${entry.file} is an ES module`);
  const bundle = await programBundle(entry.packageRoot, entry.file, { cacheDir });
  if (bundle.kind === "unbundled") return unbundled(nodeArgs, entry.file, args.pwd, bundle.reason);
  return { argv: [...node.rest, bundle.startFile], entry: entry.file, dispose: () => bundle.dispose() };
}

function unbundled(nodeArgs: readonly string[], entry: string, pwd: string, reason?: string): StartPlan {
  const run = createRequire(`${pwd}/`).resolve("@pulumi/pulumi/cmd/run");
  // A TypeScript program without its own loader is one that the language host would compile.
  const loader = nodeArgs.length === 0 ? ["--import", tsxModule()] : [];
  const argv = ["--import", END_WITH_PARENT, ...loader, ...nodeArgs, run];
  return { argv, entry, ...(reason && { note: `the program runs unbundled: ${reason}` }), dispose: () => {} };
}

function tsxModule(): string {
  return require.resolve("tsx");
}

function start({ argv, entry }: StartPlan, request: ProgramRequest): ChildProcess {
  const { args, env } = request;
  const { TRACEPARENT: _tracing, ...inherited } = env;
  const child = spawn(process.execPath, [...argv, ...runArguments(args), entry], {
    cwd: args.pwd,
    env: {
      ...inherited,
      PULUMI_CONFIG: args.config,
      PULUMI_CONFIG_SECRET_KEYS: args.configSecretKeys,
      PULUMI_NODEJS_TYPESCRIPT: "false",
    },
    // The fourth pipe closes when this process dies; a group of its own keeps Ctrl-C for the engine to handle.
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    detached: process.platform !== "win32",
  });
  child.stdout?.setEncoding("utf8").on("data", (text: string) => request.onStdout(text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => request.onStderr(text));
  return child;
}

/** The command line of `cmd/run`, as the CLI's language host writes it. */
function runArguments(args: ProgramArguments): string[] {
  return [
    ...["--monitor", args.monitorAddress, "--engine", args.engineAddress],
    ...["--organization", args.organization, "--project", args.project, "--root-directory", args.rootDirectory],
    ...["--stack", args.stack, "--pwd", args.pwd],
    ...(args.dryRun ? ["--dry-run"] : []),
    ...["--parallel", String(args.parallel)],
  ];
}

function exitOf(child: ChildProcess): Promise<ProgramExit> {
  return new Promise((resolve, reject) => {
    child.once("error", (error) => reject(new Error(`node did not start: ${error.message}`, { cause: error })));
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    if (process.platform === "win32") child.kill("SIGKILL");
    else process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has ended meanwhile.
  }
}
