import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const repository = resolve(__dirname, "../..");

/** How a run of the CLI ended. */
export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A resource of the state, as far as tests look at it. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly outputs?: unknown;
  /** Where in the project it is made. */
  readonly sourcePosition?: string;
}

/** A project in a temporary directory, on which the built CLI is run. */
export class CliProject {
  /** Variables of the environment that the CLI gets besides its own. */
  env: Readonly<Record<string, string>> = {};
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "trunkline-e2e-")));

  /** Makes a project of the files, with the packages of this repository. */
  constructor(files: Readonly<Record<string, string>> = {}) {
    symlinkSync(join(repository, "node_modules"), join(this.root, "node_modules"));
    for (const [path, content] of Object.entries(files)) this.write(path, content);
  }

  /** A copy of this repository's own program. */
  static ofRepository(): CliProject {
    const project = new CliProject();
    const names = [
      "Pulumi.yaml",
      "Pulumi.dev.yaml",
      "Pulumi.tst.yaml",
      "Pulumi.prd.yaml",
      "index.ts",
      "components",
      "artifacts",
    ];
    for (const name of [...names, "package.json", "tsconfig.json"]) {
      cpSync(join(repository, name), join(project.root, name), { recursive: true });
    }
    return project;
  }

  path(path: string): string {
    return join(this.root, path);
  }

  write(path: string, content: string): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), content);
  }

  read(path: string): string {
    return readFileSync(this.path(path), "utf8");
  }

  /** The resources of a stack's state, by what they are. */
  resources(project: string, stack: string): readonly StateResource[] {
    const path = `.trunkline/rehearsal/state/.pulumi/stacks/${project}/${stack}.json`;
    if (!existsSync(this.path(path))) return [];
    const { checkpoint } = JSON.parse(this.read(path)) as {
      checkpoint: { latest?: { resources?: StateResource[] } };
    };
    return checkpoint.latest?.resources ?? [];
  }

  /** Runs the CLI; `signalAfter` sends it a signal once its output contains a text. */
  run(args: readonly string[], signalAfter?: { text: string; signal: NodeJS.Signals }): Promise<CliRun> {
    const child = spawn(process.execPath, [join(repository, "dist/bin/trunkline.js"), ...args], {
      cwd: this.root,
      env: {
        PATH: process.env.PATH,
        HOME: this.root,
        XDG_CACHE_HOME: join(repository, ".trunkline/cache/xdg"),
        ...this.env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [stdout, stderr] = ["", ""];
    let signalled = false;
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      if (!signalAfter || signalled || !stdout.includes(signalAfter.text)) return;
      signalled = true;
      child.kill(signalAfter.signal);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    return new Promise((done, fail) => {
      child.once("error", fail);
      child.once("close", (code) => done({ code, stdout, stderr }));
    });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
