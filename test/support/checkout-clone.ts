import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const root = resolve(__dirname, "../..");

/** A copy of this checkout with a commit of its own and the packages that are installed here, for commands of its pages. */
export class CheckoutClone {
  readonly directory = realpathSync(mkdtempSync(join(tmpdir(), "trunkline-clone-")));

  constructor(branch: string) {
    const listed = spawnSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
      cwd: root,
      encoding: "utf8",
    });
    for (const file of listed.stdout.trimEnd().split("\n")) {
      mkdirSync(dirname(join(this.directory, file)), { recursive: true });
      copyFileSync(join(root, file), join(this.directory, file));
    }
    symlinkSync(join(root, "node_modules"), join(this.directory, "node_modules"));
    this.sh(
      `git init --quiet --initial-branch ${branch} && git config user.name a && git config user.email a@example.com && ` +
        "git add . && git commit --quiet --message all",
    );
  }

  /** Runs a command of a shell in the copy. */
  sh(command: string): { status: number | null; output: string } {
    const env = {
      PATH: process.env.PATH,
      HOME: this.directory,
      npm_config_cache: join(this.directory, ".cache/npm"),
      npm_config_update_notifier: "false",
    };
    const { status, stdout, stderr } = spawnSync("bash", ["-c", command], {
      cwd: this.directory,
      env,
      encoding: "utf8",
    });
    return { status, output: stdout + stderr };
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** The blocks of a page's commands, in their order; the words after `sh` say what is expected. */
export function shellBlocks(page: string): { readonly words: string; readonly commands: string }[] {
  return [...page.matchAll(/^```sh ?(.*)\n([\s\S]*?)^```$/gm)].map(([, words = "", commands = ""]) => ({
    words,
    commands: commands.trim(),
  }));
}
