import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalWorkspace, type LocalWorkspaceOptions, Stack } from "@pulumi/pulumi/automation";
import { type AutomationCalls, STACK_CALLS, WORKSPACE_CALLS } from "./automation-calls";
import { RecordingCommand } from "./recording-command";

/** Command lines by the call that they came from. */
export type RecordedCalls = Record<string, readonly string[]>;

const REMOTE_OPTIONS: Readonly<Record<string, object>> = {
  "up, remote": {},
  "up, remote, every option": {
    remoteGitProgramArgs: {
      url: "https://git",
      projectPath: "dir",
      branch: "main",
      auth: { personalAccessToken: "token" },
    },
    remoteEnvVars: { A: "b", C: { secret: "d" } },
    remotePreRunCommands: ["ls"],
    remoteSkipInstallDependencies: true,
    remoteExecutorImage: { image: "image", credentials: { username: "u", password: "p" } },
    remoteInheritSettings: true,
  },
};

/** Calls every method of the Automation API that runs a command, and answers the command lines. */
export async function recordCalls(): Promise<RecordedCalls> {
  const directory = await mkdtemp(join(tmpdir(), "contract-"));
  try {
    const program = async () => undefined;
    return {
      ...(await record(directory, WORKSPACE_CALLS)),
      ...(await record(
        directory,
        { "createStack, secretsProvider": (_, w) => w.createStack("dev") },
        { secretsProvider: "passphrase" },
      )),
      ...(await record(directory, STACK_CALLS)),
      ...(await record(directory, inline(["up", "preview", "refresh", "previewRefresh", "destroy", "previewDestroy"]), {
        program,
      })),
      ...(await recordRemote(directory)),
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function inline(names: readonly string[]): AutomationCalls {
  return Object.fromEntries(names.map((name) => [`${name}, inline program`, STACK_CALLS[name]!]));
}

async function recordRemote(directory: string): Promise<RecordedCalls> {
  let recorded: RecordedCalls = {};
  for (const [name, options] of Object.entries(REMOTE_OPTIONS)) {
    const calls = { [name]: STACK_CALLS.up!, [name.replace("up", "rename")]: STACK_CALLS.rename! };
    recorded = {
      ...recorded,
      ...(await record(directory, calls, { ...options, remote: true } as LocalWorkspaceOptions)),
    };
  }
  return recorded;
}

async function record(
  directory: string,
  calls: AutomationCalls,
  options: LocalWorkspaceOptions = {},
): Promise<RecordedCalls> {
  const recorded: RecordedCalls = {};
  for (const [name, call] of Object.entries(calls)) {
    const command = new RecordingCommand();
    const workspace = await LocalWorkspace.create({
      ...options,
      workDir: directory,
      pulumiCommand: command.asPulumiCommand,
      projectSettings: { name: "p", runtime: "nodejs" },
    });
    const stack = await Stack.select("dev", workspace);
    command.runs.splice(0);
    await call(stack, workspace);
    recorded[name] = command.lines;
  }
  return recorded;
}
