import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A git repository in a temporary directory, or in one that is there. */
export class GitRepository {
  readonly root: string;

  constructor(root = realpathSync(mkdtempSync(join(tmpdir(), "trunkline-git-"))), branch = "main") {
    this.root = root;
    this.git("init", "--quiet", "--initial-branch", branch);
    this.git("config", "user.name", "somebody");
    this.git("config", "user.email", "somebody@example.com");
    this.git("config", "commit.gpgsign", "false");
  }

  /** Runs git; answers what it printed. */
  git(...args: readonly string[]): string {
    return execFileSync("git", args, { cwd: this.root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
  }

  write(path: string, content: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), content);
  }

  remove(path: string): void {
    rmSync(join(this.root, path), { recursive: true, force: true });
  }

  /** Writes files and commits everything; answers the commit. */
  commit(files: Readonly<Record<string, string>> = {}, message = "change"): string {
    for (const [path, content] of Object.entries(files)) this.write(path, content);
    this.git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "--message", message);
    return this.git("rev-parse", "HEAD");
  }

  delete(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
