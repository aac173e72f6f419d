import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const root = resolve(__dirname, "../..");

/** The commands of the README's shell blocks, one a line. */
function commands(): string[] {
  const blocks = readFileSync(join(root, "README.md"), "utf8").matchAll(/```sh\n([\s\S]*?)```/g);
  return [...blocks].flatMap(([, block = ""]) => block.trim().split("\n"));
}

/**
 * What runs in the place of a command: packages are installed by whoever runs the tests, and linked; running all tests
 * from a test would not end.
 */
const INSTEAD: Readonly<Record<string, string>> = {
  "npm ci && npm start": "npm run prepare && npm start",
  "npm test": "npm run types -- --version",
};

describe("the README", function () {
  this.timeout(900_000);
  let clone: string;

  before(() => {
    clone = realpathSync(mkdtempSync(join(tmpdir(), "trunkline-readme-")));
    const { stdout } = spawnSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
      cwd: root,
      encoding: "utf8",
    });
    for (const file of stdout.trimEnd().split("\n")) {
      mkdirSync(dirname(join(clone, file)), { recursive: true });
      copyFileSync(join(root, file), join(clone, file));
    }
    symlinkSync(join(root, "node_modules"), join(clone, "node_modules"));
    sh(
      "git init --quiet --initial-branch feature/readme && git add . && git -c user.name=a -c user.email=a@b commit --quiet --message all",
    );
  });
  after(() => rmSync(clone, { recursive: true, force: true }));

  function sh(command: string): { status: number | null; output: string } {
    const env = {
      PATH: process.env.PATH,
      HOME: clone,
      npm_config_cache: join(clone, ".cache/npm"),
      npm_config_update_notifier: "false",
    };
    const { status, stdout, stderr } = spawnSync("bash", ["-c", command], { cwd: clone, env, encoding: "utf8" });
    return { status, output: stdout + stderr };
  }

  it("opens with the command that rehearses and the one that tests", () => {
    assert.deepEqual(commands().slice(0, 2), ["npm ci && npm start", "npm test"]);
  });

  for (const command of commands()) {
    it(`has a command that works: ${command}`, () => {
      const { status, output } = sh(INSTEAD[command] ?? command);
      assert.equal(status, 0, output);
    });
  }

  it("prints what the README says, and nothing but the figures differ", () => {
    const [, told = ""] = /```text\n([\s\S]*?)```/.exec(readFileSync(join(root, "README.md"), "utf8")) ?? [];
    const { output } = sh("rm -rf .trunkline/rehearsal && npm start");
    const normal = (text: string) => text.replace(/\d+\.\d s|\d+ (?=to create|unchanged)/g, "N ").trimEnd();
    const printed = output.split("\n").map(normal);
    let at = 0;
    for (const line of told.trimEnd().split("\n").map(normal)) {
      if (line.trim() === "..." || line === "") continue;
      at = printed.indexOf(line, at);
      assert.ok(at >= 0, `"${line}" is not printed, or not in this order:\n${output}`);
    }
  });

  it("leaves the working tree as git has it", () => {
    assert.equal(sh("git status --short").output, "");
  });
});
