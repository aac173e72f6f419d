import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { init, type InitOptions } from "../../automation/commands/init";
import { upgrade } from "../../automation/commands/upgrade";
import type { InitDeps, InitResult } from "../../automation/init/apply-plan";
import type { Questions } from "../../automation/ports/questions";
import { repositoryFiles } from "../../automation/ports/repository-files";
import { verbDeps } from "./verb-deps";

const OPTIONS = { yes: true, dryRun: false, allowDirty: false, install: false, rehearsal: false };

/** A git repository on disk that somebody runs `trunkline init` in. */
export class InitRepository {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "trunkline-init-")));
  /** What was shown so far. */
  readonly notes: string[] = [];

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.git("init", "--quiet", "--initial-branch", "feature/init");
    for (const [path, text] of Object.entries(files)) this.write(path, text);
    if (Object.keys(files).length > 0) this.commit();
  }

  git(...args: string[]): string {
    const identity = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "core.autocrlf=false"];
    return execFileSync("git", [...identity, ...args], { cwd: this.root, encoding: "utf8" });
  }

  commit(): void {
    this.git("add", ".");
    this.git("commit", "--quiet", "--message", "all");
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), "utf8");
  }

  /** Runs init: without questions every answer is an option. */
  init(options: Partial<InitOptions> = {}, questions?: Questions): Promise<InitResult> {
    const answers = { repository: "acme/platform", state: "aws", ci: "github" };
    return init(this.deps(questions), { ...OPTIONS, cwd: this.root, ...(questions ? {} : answers), ...options });
  }

  upgrade(options: Partial<InitOptions> = {}, questions?: Questions): Promise<InitResult> {
    return upgrade(this.deps(questions), { ...OPTIONS, cwd: this.root, ...options });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private deps(questions: Questions | undefined): InitDeps {
    return {
      ...verbDeps(),
      note: (text) => void this.notes.push(text),
      files: repositoryFiles,
      questions: async () => questions,
    };
  }
}

/** The result of a run that wrote; fails for one that only showed what it would write. */
export function written(result: InitResult): Extract<InitResult, { kind: "written" }> {
  assert.equal(result.kind, "written");
  return result;
}
