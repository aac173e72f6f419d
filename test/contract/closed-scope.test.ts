import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CommandError, LocalWorkspace, Stack } from "@pulumi/pulumi/automation";
import { parseCommandLine } from "../../rehearsal/engine/arguments/parse-command-line";
import { embeddedEngine } from "../../rehearsal/engine/embedded-engine";
import { EngineError } from "../../rehearsal/engine/engine-error";
import recorded from "./recorded-calls.json";

/** What the embedded engine does not take, by the call of the Automation API, and how it begins to say so. */
const REFUSED: Readonly<Record<string, string>> = {
  "up, policyPacks": "flag '--policy-pack' of 'pulumi up' is not supported",
  "up, policyPackConfigs": "flag '--policy-pack-config' of 'pulumi up' is not supported",
  "up, attachDebugger": "flag '--attach-debugger' of 'pulumi up' is not supported",
  "up, remote": "flag '--remote' of 'pulumi up' is not supported",
  "up, remote, every option": "flag '--remote' of 'pulumi up' is not supported",
  "preview, policyPacks": "flag '--policy-pack' of 'pulumi preview' is not supported",
  "preview, policyPackConfigs": "flag '--policy-pack-config' of 'pulumi preview' is not supported",
  "preview, attachDebugger": "flag '--attach-debugger' of 'pulumi preview' is not supported",
  "preview, importFile": "flag '--import-file' of 'pulumi preview' is not supported",
  "rename, every option": "flag '--suppress-outputs' of 'pulumi stack rename new' is not supported",
  "rename, remote": "flag '--remote' of 'pulumi stack rename new' is not supported",
  "rename, remote, every option": "flag '--remote' of 'pulumi stack rename new' is not supported",
  import: "command 'import' is not supported",
  "import, every option": "command 'import' is not supported",
  addEnvironments: "command 'config env' is not supported",
  listEnvironments: "command 'config env' is not supported",
  removeEnvironment: "command 'config env' is not supported",
  install: "command 'install' is not supported",
  "install, every option": "command 'install' is not supported",
  installPlugin: "command 'plugin install' is not supported",
  installPluginFromServer: "command 'plugin install' is not supported",
  removePlugin: "command 'plugin rm' is not supported",
};
const TOGETHER =
  "if any flags in the group [target exclude] are set none of the others can be; [exclude target] were all set";
const UNKNOWN = "unknown flag: --exclude-dependents";

/** What the CLI itself refuses, in its words: whoever gives every option gives some that do not go together. */
const REFUSED_BY_CLI: Readonly<Record<string, string>> = {
  "up, every option": TOGETHER,
  "preview, every option": TOGETHER,
  "refresh, every option": TOGETHER,
  "previewRefresh, every option": TOGETHER,
  "destroy, every option": UNKNOWN,
  "previewDestroy, every option": UNKNOWN,
};

/** Each flag that only remote workspaces have. */
const REMOTE_FLAGS = recorded["up, remote, every option"][0]!.split(" ").filter((arg) => arg.startsWith("--remote"));

const HINT =
  "; the embedded engine has a closed set of commands and flags: run with the Pulumi CLI (--engine cli) for others";

function parse(line: string): unknown {
  return parseCommandLine(line.split(" "), async () => 0);
}

function refusalOf(line: string): EngineError {
  try {
    parse(line);
  } catch (error) {
    assert.ok(error instanceof EngineError, `${line}: ${String(error)}`);
    return error;
  }
  return assert.fail(`${line} is taken`);
}

describe("the closed scope of the embedded engine", () => {
  for (const [name, lines] of Object.entries(recorded)) {
    const refusal = REFUSED[name];
    const byCli = REFUSED_BY_CLI[name];
    it(`${refusal === undefined && byCli === undefined ? "takes" : "refuses"} ${name}`, () => {
      const [first, ...others] = lines;
      if (byCli !== undefined) {
        const { message, exitCode } = refusalOf(first!);
        assert.deepEqual([message, exitCode], [byCli, 1]);
        parse(
          first!
            .replace(/ --exclude \S+/, "")
            .replace(" --exclude-dependents", "")
            .replace(" --exclude-protected", ""),
        );
      } else if (refusal === undefined) parse(first!);
      else {
        const { message, exitCode } = refusalOf(first!);
        assert.deepEqual([message, exitCode], [refusal + HINT, 2]);
      }
      // What follows the command itself only reads.
      for (const line of others) parse(line);
    });
  }

  it("lists no refusal of a call that there is not", () => {
    assert.deepEqual(
      Object.keys({ ...REFUSED, ...REFUSED_BY_CLI }).filter((name) => !(name in recorded)),
      [],
    );
  });

  it("refuses every flag of remote operations by its own name", () => {
    assert.ok(REMOTE_FLAGS.length >= 10);
    for (const flag of REMOTE_FLAGS) {
      const name = flag.split("=")[0]!;
      assert.equal(refusalOf(`up ${flag}`).message, `flag '${name}' of 'pulumi up' is not supported${HINT}`);
    }
  });

  describe("behind the Automation API", () => {
    let directory: string;
    const options = () => ({
      workDir: directory,
      pulumiHome: join(directory, "home"),
      pulumiCommand: embeddedEngine({ providers: () => undefined }),
      projectSettings: { name: "p", runtime: "nodejs" as const },
      envVars: { PULUMI_BACKEND_URL: `file://${directory}`, PULUMI_CONFIG_PASSPHRASE: "p" },
    });

    beforeEach(async () => {
      directory = await mkdtemp(join(tmpdir(), "closed-scope-"));
    });
    afterEach(() => rm(directory, { recursive: true, force: true }));

    it("fails with exit code 2 and one line for what it does not take", async () => {
      const stack = await Stack.create("dev", await LocalWorkspace.create(options()));
      const seen: string[] = [];
      const refused = stack.up({ policyPacks: ["pack"], onError: (text) => void seen.push(text) });
      await assert.rejects(refused, (error: CommandError) => {
        assert.equal(error.name, "CommandError");
        assert.match(error.message, /Command failed with exit code 2: pulumi up .*--policy-pack pack/);
        return true;
      });
      assert.deepEqual(seen, [`error: ${REFUSED["up, policyPacks"]}${HINT}\n`]);
      await assert.rejects(stack.addEnvironments("e"), /exit code 2: .*\nerror: command 'config env' is not supported/);
    });

    it("does not offer remote operations, so that the SDK refuses them before anything happens", async () => {
      await assert.rejects(
        LocalWorkspace.create({ ...options(), remote: true } as never),
        /does not support remote operations/,
      );
    });
  });
});
