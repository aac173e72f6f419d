import assert from "node:assert/strict";
import { CommanderError, type Command } from "commander";
import { menu, type Invocation } from "../../automation/cli";
import { SYSTEM_NAMES } from "../../automation/init/systems";

/** Parses a command line; answers what is to be run, or the error. */
async function parse(line: string): Promise<Invocation | CommanderError> {
  let invocation: Invocation | undefined;
  const program = menu("1.2.3", async (parsed) => {
    invocation = parsed;
  });
  const silent = { writeOut: () => {}, writeErr: () => {} };
  for (const command of [program, ...leaves(program)]) command.configureOutput(silent).exitOverride();
  for (const group of program.commands) group.configureOutput(silent).exitOverride();
  try {
    await program.parseAsync(line.split(" ").filter(Boolean), { from: "user" });
  } catch (error) {
    assert.ok(error instanceof CommanderError, String(error));
    return error;
  }
  assert.ok(invocation);
  return invocation;
}

/** The verbs, those in groups included. */
function leaves(command: Command): readonly Command[] {
  return command.commands.flatMap((inner) => (inner.commands.length > 0 ? leaves(inner) : [inner]));
}

describe("the command line", () => {
  const base = { cwd: process.cwd(), json: false };
  const upDefaults = { all: false, resume: false, parallel: 4 };
  const initDefaults = { yes: false, dryRun: false, allowDirty: false, install: true, rehearsal: true };
  const table: readonly [line: string, verb: string, options: object][] = [
    ["rehearse", "rehearse", { ...base, target: "rehearsal" }],
    ["rehearse --env prd --json", "rehearse", { ...base, target: "rehearsal", env: "prd", json: true }],
    ["status --branch develop", "status", { ...base, target: "cloud", branch: "develop" }],
    ["matrix --event push --commit 1", "matrix", { ...base, target: "cloud", event: "push", commit: "1" }],
    ["preview", "preview", { ...base, target: "cloud", all: false, parallel: 4 }],
    ["up --target rehearsal --env dev", "up", { ...base, ...upDefaults, target: "rehearsal", env: "dev" }],
    ["up --all --parallel 9", "up", { ...base, ...upDefaults, target: "cloud", all: true, parallel: 9 }],
    ["up --resume", "up", { ...base, ...upDefaults, target: "cloud", resume: true }],
    ["refresh --engine cli", "refresh", { ...base, target: "cloud", engine: "cli" }],
    ["destroy", "destroy", { ...base, target: "cloud", removeProtection: false }],
    [
      "destroy --target rehearsal --remove-protection",
      "destroy",
      { ...base, target: "rehearsal", removeProtection: true },
    ],
    ["outputs --cwd /tmp --json", "outputs", { cwd: "/tmp", json: true, target: "cloud" }],
    [
      "mlproject run sample -e train -P a=1 -P b=x=y --experiment churn --env dev",
      "mlproject run",
      {
        ...{ ...base, target: "cloud", env: "dev", project: "sample", entryPoint: "train", startTimeout: 15 },
        ...{ parameter: ["a=1", "b=x=y"], experiment: "churn" },
      },
    ],
    ["mlproject upload . --name a", "mlproject upload", { ...base, target: "cloud", path: ".", name: "a" }],
    ["mlproject logs r --follow", "mlproject logs", { ...base, target: "cloud", run: "r", follow: true }],
    ["kubeconfig --check", "kubeconfig", { ...base, target: "cloud", check: true, force: false }],
    ["explain state-moved", "explain", { ...base, code: "state-moved" }],
    ["completion zsh", "completion", { ...base, shell: "zsh" }],
    [
      "init --state aws --with mlflow,endpoint --replace a --replace b --no-rehearsal",
      "init",
      { ...base, ...initDefaults, state: "aws", with: "mlflow,endpoint", replace: ["a", "b"], rehearsal: false },
    ],
    ["upgrade --yes --allow-dirty", "upgrade", { ...base, ...initDefaults, yes: true, allowDirty: true }],
    ["cancel --env 007", "cancel", { ...base, target: "cloud", env: "007" }],
    ["cancel --force a:1 --force b:2", "cancel", { ...base, target: "cloud", force: ["a:1", "b:2"] }],
  ];
  for (const [line, verb, options] of table) {
    it(`reads "trunkline ${line}"`, async () => {
      const parsed = await parse(line);
      if (parsed instanceof CommanderError) throw parsed;
      assert.deepEqual({ verb: parsed.verb.name, options: parsed.options }, { verb, options });
    });
  }

  for (const [line, message] of [
    ["", /outputHelp|\(outputHelp\)/],
    ["rehearsal", /unknown command 'rehearsal'\n\(Did you mean rehearse\?\)/],
    ["up --dry", /unknown option '--dry'/],
    ["up --target mars", /argument 'mars' is invalid. Allowed choices are cloud, rehearsal/],
    ["up --engine both", /Allowed choices are cli, embedded/],
    ["up --env", /argument missing/],
    ["up dev", /too many arguments/],
    ["status --event fork", /Allowed choices are push, pull_request, manual, schedule/],
    ["up --parallel 0", /got "0", allowed are 1 to 999/],
    ["preview --remove-protection", /unknown option/],
    ["mlproject", /outputHelp|\(outputHelp\)/],
    ["mlproject walk", /unknown command 'walk'/],
    ["mlproject run", /missing required argument 'project'/],
    ["mlproject run sample --start-timeout soon", /must be a number above 0 and at most 1440/],
  ] as const) {
    it(`fails for "trunkline ${line}"`, async () => {
      const error = await parse(line);
      assert.ok(error instanceof CommanderError);
      assert.match(error.message, message);
      assert.equal(error.exitCode, 1);
    });
  }

  it("names every system that init can set up in its help", () => {
    const option = menu("1.2.3", async () => {})
      .commands.find((command) => command.name() === "init")
      ?.options.find(({ long }) => long === "--with");
    assert.ok(option?.description.endsWith(`: ${SYSTEM_NAMES.join(", ")}`), option?.description);
  });

  it("has an example of every verb in its help", () => {
    const program = menu("1.2.3", async () => {});
    for (const command of leaves(program)) {
      let help = "";
      command.configureOutput({ writeOut: (text) => void (help += text) });
      command.outputHelp();
      const group = command.parent === program ? "" : `${command.parent?.name()} `;
      assert.match(help, new RegExp(`Example:\n {2}trunkline ${group}${command.name()}`));
    }
  });
});
