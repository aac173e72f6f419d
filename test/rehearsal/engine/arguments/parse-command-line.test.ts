import assert from "node:assert/strict";
import { parseCommandLine } from "../../../../rehearsal/engine/arguments/parse-command-line";
import type { OperateOptions } from "../../../../rehearsal/engine/commands/operate";
import { EngineError } from "../../../../rehearsal/engine/engine-error";
import { projectDirectory } from "../project-directory";

/** What the operation of a command line is asked for. */
async function operationOf(...args: string[]): Promise<OperateOptions | undefined> {
  let asked: OperateOptions | undefined;
  const verb = parseCommandLine(args, async (_context, options) => {
    asked = options;
    return 0;
  });
  const directory = await projectDirectory();
  try {
    await verb(directory.context());
  } finally {
    await directory.remove();
  }
  return asked;
}

const refused = (args: string[], message: RegExp) =>
  assert.throws(
    () => parseCommandLine(args, async () => 0),
    (fault) => {
      assert.ok(fault instanceof EngineError);
      assert.equal(fault.exitCode, 2);
      assert.match(fault.message, message);
      assert.match(fault.message, /--engine cli/);
      assert.ok(!fault.message.includes("\n"), "one line");
      return true;
    },
  );

describe("command line", () => {
  for (const [line, message] of [
    ["", /'pulumi' needs a subcommand/],
    ["import --yes --file x", /command 'import' is not supported/],
    ["install", /command 'install' is not supported/],
    ["config env add e --stack dev --yes", /command 'config env' is not supported/],
    ["config cp --dest x", /command 'config cp' is not supported/],
    ["stack change-secrets-provider x", /command 'stack change-secrets-provider' is not supported/],
    ["plugin install resource random 4.0.0", /command 'plugin install' is not supported/],
    ["up --policy-pack p", /flag '--policy-pack' of 'pulumi up' is not supported/],
    ["up --attach-debugger", /flag '--attach-debugger' of 'pulumi up'/],
    ["up --remote", /flag '--remote' of 'pulumi up'/],
    ["preview --import-file f", /flag '--import-file' of 'pulumi preview'/],
    ["preview --plan p", /flag '--plan' of 'pulumi preview'/],
    ["refresh --refresh", /flag '--refresh' of 'pulumi refresh'/],
    ["stack init dev --teams t", /flag '--teams' of 'pulumi stack init dev'/],
    ["stack init dev extra", /too many arguments/],
    ["stack select", /no stack name given/],
    ["stack rm a --stack b", /only one of --stack or argument/],
    ["stack", /'pulumi stack' needs a subcommand/],
    ["stack import", /required option '--file <path>' not specified/],
    ["config get", /missing required argument 'key'/],
    ["config set k v --secret --plaintext", /only one of --secret and --plaintext/],
    ["config set-all --json {} --plaintext a=b", /--json cannot be combined/],
    ["up --parallel x", /expected a whole number from 1, got 'x'/],
    ["up --parallel 0", /expected a whole number from 1/],
    ["up --run-program=perhaps", /expected true or false, got 'perhaps'/],
    ["up --color pink", /--color must be one of always, never, raw, auto, got 'pink'/],
    ["--stack dev up", /flag '--stack'/],
  ] as const) {
    it(`fails for 'pulumi ${line}'`, () => refused(line.split(" ").filter(Boolean), message));
  }

  for (const [line, message] of [
    ["refresh --show-secrets", "unknown flag: --show-secrets"],
    ["destroy --target u --exclude-protected", "you cannot specify --target and --exclude-protected"],
    ["destroy --show-secrets", "unknown flag: --show-secrets"],
    ["destroy --exclude u --exclude-dependents", "unknown flag: --exclude-dependents"],
    ...["up", "preview", "refresh", "destroy"].map((kind) => [
      `${kind} --target u --exclude v`,
      "if any flags in the group [target exclude] are set none of the others can be; [exclude target] were all set",
    ]),
  ] as [string, string][]) {
    it(`fails for 'pulumi ${line}' as the CLI does`, () =>
      assert.throws(() => parseCommandLine(line.split(" "), async () => 0), { message, exitCode: 1 }));
  }

  it("gives an operation its defaults", async () => {
    assert.deepEqual(await operationOf("up"), {
      stack: undefined,
      configFile: undefined,
      remove: false,
      request: {
        kind: "up",
        previewOnly: false,
        runProgram: true,
        clientAddress: undefined,
        execKind: "",
        execAgent: "",
        eventLog: undefined,
        message: "",
        expectNoChanges: false,
        refresh: false,
        refreshProgram: false,
        diff: false,
        replace: [],
        targets: [],
        excludes: [],
        targetDependents: false,
        excludeDependents: false,
        excludeProtected: false,
        parallel: undefined,
        plan: undefined,
        savePlan: undefined,
        continueOnError: false,
        clearPendingCreates: false,
        showSecrets: false,
        suppressOutputs: false,
        suppressProgress: false,
        color: "auto",
        debug: false,
      },
    });
  });

  it("takes the aliases and short flags of the CLI", async () => {
    const options = await operationOf(
      "update",
      "-y",
      "-f",
      "-s",
      "dev",
      "-m",
      "text",
      "-t",
      "u:1",
      "-t",
      "u:2",
      "-p",
      "4",
      "-r",
    );
    const { kind, message, targets, parallel, refresh } = options?.request ?? {};
    assert.deepEqual(
      { stack: options?.stack, kind, message, targets, parallel, refresh },
      { stack: "dev", kind: "up", message: "text", targets: ["u:1", "u:2"], parallel: 4, refresh: true },
    );
    assert.equal((await operationOf("pre", "--save-plan", "p"))?.request.savePlan, "p");
  });

  it("takes a value for one whatever it looks like", async () => {
    assert.equal((await operationOf("up", "--message", "--debug", "--yes"))?.request.message, "--debug");
    assert.equal((await operationOf("up", "--message=--yes=x"))?.request.message, "--yes=x");
  });

  it("lets --run-program decide for refresh and destroy", async () => {
    const asked = async (...args: string[]) => (await operationOf(...args))?.request.runProgram;
    assert.deepEqual(
      [
        await asked("refresh"),
        await asked("refresh", "--run-program"),
        await asked("destroy", "--run-program=true"),
        await asked("destroy", "--run-program=false"),
      ],
      [false, true, true, false],
    );
  });

  it("refreshes by the program where a refresh and the program are asked for, and never to destroy", async () => {
    const asked = async (...args: string[]) => (await operationOf(...args))?.request.refreshProgram;
    const both = ["--refresh", "--run-program"];
    assert.deepEqual(
      [await asked("up", ...both), await asked("preview", ...both), await asked("refresh", "--run-program")],
      [true, true, true],
    );
    assert.deepEqual(
      [
        await asked("up", "--refresh"),
        await asked("up", "--run-program"),
        await asked("refresh"),
        await asked("destroy", ...both),
      ],
      [false, false, false, false],
    );
  });

  it("runs the program for up and preview whatever --run-program says", async () => {
    for (const command of ["up", "preview"]) {
      assert.equal((await operationOf(command, "--run-program=false"))?.request.runProgram, true);
      assert.equal((await operationOf(command, "--refresh", "--run-program"))?.request.runProgram, true);
    }
  });

  it("prints its help", async () => {
    const directory = await projectDirectory();
    try {
      const context = directory.context();
      assert.equal(await parseCommandLine(["stack", "--help"], async () => 0)(context), 0);
      assert.match(context.output.join(""), /Usage: pulumi stack/);
    } finally {
      await directory.remove();
    }
  });
});
