import assert from "node:assert/strict";
import * as grpc from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { RunResponse, type RunRequest } from "@pulumi/pulumi/proto/language_pb";
import type { ProgramContext } from "../../../../rehearsal/engine/language/program-context";
import { runInlineProgram } from "../../../../rehearsal/engine/language/run-inline-program";
import { runProjectProgram } from "../../../../rehearsal/engine/language/run-project-program";
import type { ProgramRequest, ProgramLauncher } from "../../../../rehearsal/program/program-launcher";

const context: ProgramContext = {
  project: "demo",
  stack: "dev",
  organization: "organization",
  directory: "/project",
  monitorAddress: "127.0.0.1:1",
  dryRun: true,
  parallel: 4,
  config: new Map([
    ["demo:a", { value: "1", secret: false, object: false }],
    ["demo:s", { value: "hush", secret: true, object: false }],
  ]),
};

describe("runInlineProgram", () => {
  let server: grpc.Server;
  let address: string;
  let run: grpc.handleUnaryCall<RunRequest, RunResponse>;
  beforeEach(async () => {
    server = new grpc.Server();
    server.addService(LanguageRuntimeService, { run: ((call, done) => run(call, done)) as typeof run });
    const port = await new Promise<number>((resolve, reject) =>
      server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      ),
    );
    address = `127.0.0.1:${port}`;
  });
  afterEach(() => server.forceShutdown());
  const answer =
    (error: string, bail: boolean): typeof run =>
    (_call, done) => {
      const response = new RunResponse();
      response.setError(error);
      response.setBail(bail);
      done(null, response);
    };

  it("tells the program everything of the operation", async () => {
    let request: RunRequest | undefined;
    run = (call, done) => {
      request = call.request;
      done(null, new RunResponse());
    };
    await runInlineProgram(address, context).ended;
    const { configMap, configsecretkeysList, argsList, ...told } = request!.toObject();
    assert.deepEqual(
      [configMap, configsecretkeysList, argsList],
      [
        [
          ["demo:a", "1"],
          ["demo:s", "hush"],
        ],
        ["demo:s"],
        ["127.0.0.1:1"],
      ],
    );
    assert.deepEqual(
      [told.project, told.stack, told.organization, told.pwd, told.dryrun, told.parallel, told.monitorAddress],
      ["demo", "dev", "organization", "/project", true, 4, "127.0.0.1:1"],
    );
  });

  it("fails where the program failed", async () => {
    run = answer("boom", false);
    await assert.rejects(runInlineProgram(address, context).ended, { message: "an unhandled error occurred: boom" });
  });

  it("bails where the program told why itself", async () => {
    run = answer("", true);
    await assert.rejects(runInlineProgram(address, context).ended, { name: "BailError" });
  });

  it("fails where the runtime is not there, or refuses", async () => {
    run = (_call, done) => done({ code: grpc.status.INTERNAL, details: "no runtime" });
    await assert.rejects(runInlineProgram(address, context).ended, { message: "no runtime" });
    await assert.rejects(runInlineProgram("127.0.0.1:1", context).ended, /127\.0\.0\.1:1|No connection/);
  });

  it("ends a program that never ends when it is killed", async () => {
    const begun = new Promise<void>((resolve) => (run = () => resolve()));
    const program = runInlineProgram(address, context);
    const ended = assert.rejects(program.ended, /Cancelled/);
    await begun;
    program.kill();
    await ended;
  });
});

describe("runProjectProgram", () => {
  const launched = (exit: { code: number | null; signal: NodeJS.Signals | null }) => {
    const seen: { options?: ProgramRequest; killed: boolean; output: string[] } = { killed: false, output: [] };
    const launch: ProgramLauncher = (options) => {
      seen.options = options;
      options.onStdout("out");
      options.onStderr("err");
      return { exited: Promise.resolve(exit), kill: () => void (seen.killed = true) };
    };
    const project = {
      launch,
      main: "index.ts",
      nodeArgs: ["--x"],
      env: { A: "b" },
      onOutput: (text: string) => void seen.output.push(text),
    };
    return { seen, program: runProjectProgram(project, context) };
  };

  it("starts it with the operation's arguments, hands its output on, and can kill it", async () => {
    const { seen, program } = launched({ code: 0, signal: null });
    await program.ended;
    program.kill();
    assert.deepEqual([seen.output, seen.killed], [["out", "err"], true]);
    const { args, main, nodeArgs, env } = seen.options!;
    assert.deepEqual(
      [main, nodeArgs, env, args.config, args.configSecretKeys, args.dryRun],
      ["index.ts", ["--x"], { A: "b" }, '{"demo:a":"1","demo:s":"hush"}', '["demo:s"]', true],
    );
  });

  const failures: readonly [code: number | null, signal: NodeJS.Signals | null, name: string, message: string][] = [
    [32, null, "BailError", "the program failed"],
    [1, null, "Error", "Program exited with non-zero exit code: 1"],
    [null, "SIGKILL", "Error", "Program was ended by SIGKILL"],
  ];
  for (const [code, signal, name, message] of failures) {
    it(`fails for ${signal ?? `exit code ${code}`}`, () =>
      assert.rejects(launched({ code, signal }).program.ended, { name, message }));
  }
});
