import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { menu } from "../../../automation/cli";
import { completion } from "../../../automation/commands/completion";
import { completionModel } from "../../../automation/completion/completion-model";
import { ERROR_CODES } from "../../../automation/error-codes/error-code";
import { SHELLS, type Shell } from "../../../automation/verbs/completion";
import { VERBS } from "../../../automation/verbs/verbs";
import { verbDeps } from "../../support/verb-deps";

const names = VERBS.map(({ name }) => name);
const firsts = [...new Set(names.map((name) => name.split(" ")[0] ?? ""))];

const scriptOf = async (shell: Shell) => (await completion(verbDeps(), { shell })).script;

/** Whether a shell is on PATH; where one is not, its script is looked at as a text only. */
const has = (shell: Shell) => spawnSync(shell, ["--version"]).status === 0;

describe("completion of the command line", () => {
  let directory: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "trunkline-completion-"));
    for (const name of ["one.bundle", "two.bundle"]) writeFileSync(join(directory, name), "");
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  /** What bash would offer for the last word of a line. */
  async function inBash(words: readonly string[]): Promise<string[]> {
    const line = words.map((word) => `'${word}'`).join(" ");
    const ask = `COMP_WORDS=(${line}); COMP_CWORD=${words.length - 1}; _trunkline; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { status, stdout, stderr } = spawnSync("bash", ["-c", `${await scriptOf("bash")}\n${ask}`], {
      cwd: directory,
      encoding: "utf8",
    });
    assert.deepEqual([status, stderr], [0, ""]);
    return stdout.split("\n").filter(Boolean);
  }

  it("offers in bash every verb, and its options with their values", async () => {
    assert.deepEqual(await inBash(["trunkline", ""]), [...firsts, "--help", "--version"]);
    const table: readonly [words: string[], offered: string[]][] = [
      [["preview", "--tar"], ["--target"]],
      [
        ["preview", "--target", ""],
        ["cloud", "rehearsal"],
      ],
      [["up", "--all", "--engine", "e"], ["embedded"]],
      [
        ["--json", "rehearse", "--env", ""],
        ["dev", "tst", "prd"],
      ],
      [["explain", "state-mo"], ["state-moved"]],
      [
        ["completion", ""],
        [...SHELLS, "--cwd", "--json", "--help"],
      ],
      [
        ["init", "--state", "a"],
        ["aws", "azure"],
      ],
    ];
    for (const [words, offered] of table)
      assert.deepEqual(await inBash(["trunkline", ...words]), offered, words.join(" "));
    assert.deepEqual((await inBash(["trunkline", "up", "--bundle", "o"])).sort(), ["one.bundle"]);
    assert.deepEqual(await inBash(["trunkline", "never", ""]), []);
  });

  it("offers in bash every option of every verb", async () => {
    for (const { words, options } of completionModel(menu("1.0.0", async () => {}))) {
      const offered = await inBash(["trunkline", ...words, "--"]);
      assert.deepEqual([...offered].sort(), options.map(({ name }) => name).sort(), words.join(" "));
    }
  });

  it("has every verb of the menu, and every error code for explain", async () => {
    const model = completionModel(menu("1.0.0", async () => {}));
    assert.deepEqual(
      model.map(({ words }) => words.join(" ")),
      [...names].sort((a, b) => firsts.indexOf(a.split(" ")[0]!) - firsts.indexOf(b.split(" ")[0]!)),
    );
    const explain = model.find(({ words }) => words[0] === "explain");
    assert.deepEqual(explain?.argument, { kind: "words", words: Object.keys(ERROR_CODES) });
  });

  it(`is a script that zsh reads${has("zsh") ? "" : " (no zsh here: the text alone)"}`, async () => {
    const script = await scriptOf("zsh");
    for (const name of firsts) assert.match(script, new RegExp(`'${name}:`));
    assert.match(script, /'\*--target\[[^\]]+\]:value:\(cloud rehearsal\)'/);
    if (!has("zsh")) return;
    const load = `autoload -U compinit && compinit -u -D && eval "$SCRIPT" && print -r -- $_comps[trunkline]`;
    const { status, stdout, stderr } = spawnSync("zsh", ["-f", "-c", load], {
      env: { PATH: process.env.PATH, HOME: directory, SCRIPT: script },
      encoding: "utf8",
    });
    assert.deepEqual([status, stdout, stderr], [0, "_trunkline\n", ""]);
  });

  it(`is what fish offers${has("fish") ? "" : " (no fish here: the text alone)"}`, async () => {
    const script = await scriptOf("fish");
    for (const name of firsts) assert.match(script, new RegExp(` -a ${name}(?: |$)`, "m"));
    if (!has("fish")) return;
    const offered = (line: string) => {
      const { status, stdout, stderr } = spawnSync("fish", ["--no-config", "-c", `${script}\ncomplete -C '${line}'`], {
        env: { PATH: process.env.PATH, HOME: directory },
        encoding: "utf8",
      });
      assert.deepEqual([status, stderr], [0, ""], line);
      return stdout
        .split("\n")
        .map((text) => text.split("\t")[0] ?? "")
        .filter(Boolean)
        .sort();
    };
    assert.deepEqual(offered("trunkline "), [...firsts].sort());
    assert.deepEqual(offered("trunkline preview --target "), ["cloud", "rehearsal"]);
    assert.deepEqual(offered("trunkline rehearse --env "), ["dev", "prd", "tst"]);
    assert.deepEqual(offered("trunkline explain state-mo"), ["state-moved"]);
  });
});
