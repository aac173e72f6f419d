import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CommandContext } from "../../../rehearsal/engine/session/command-context";

/** A project directory with its own state and home, made for one test and removed after it. */
export interface ProjectDirectory {
  readonly root: string;
  readonly env: Record<string, string>;
  /** A context whose output is gathered in `output` and `errors`. */
  context(env?: Record<string, string | undefined>): CommandContext & { output: string[]; errors: string[] };
  remove(): Promise<void>;
}

/** Makes a project `demo` whose state lies in `state/` below it. */
export async function projectDirectory(projectFile = DEFAULT_PROJECT): Promise<ProjectDirectory> {
  const root = await mkdtemp(join(tmpdir(), "trunkline-engine-"));
  await writeFile(join(root, "Pulumi.yaml"), projectFile);
  const env = { PULUMI_CONFIG_PASSPHRASE: "correct", PULUMI_HOME: join(root, "home") };
  return {
    root,
    env,
    context: (more = {}) => {
      const output: string[] = [];
      const errors: string[] = [];
      return {
        cwd: root,
        env: { ...env, ...more },
        out: (text) => void output.push(text),
        err: (text) => void errors.push(text),
        output,
        errors,
      };
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

const DEFAULT_PROJECT = "name: demo\nruntime: nodejs\nbackend:\n  url: file://./state\n";
