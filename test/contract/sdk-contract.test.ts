import assert from "node:assert/strict";
import { LocalWorkspace, PulumiCommand, Stack } from "@pulumi/pulumi/automation";
import * as errors from "@pulumi/pulumi/automation/errors";
import { CallbacksService } from "@pulumi/pulumi/proto/callback_grpc_pb";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { EventsService } from "@pulumi/pulumi/proto/events_grpc_pb";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { version } from "@pulumi/pulumi/version";
import { dependencies } from "../../package.json";
import { ENGINE_VERSION } from "../../rehearsal/engine/backend/manifest";
import { embeddedEngine } from "../../rehearsal/engine/embedded-engine";
import { STACK_CALLS, WORKSPACE_CALLS } from "./automation-calls";
import { recordCalls } from "./record-calls";
import recorded from "./recorded-calls.json";
import { RecordingCommand } from "./recording-command";

/** Methods that run no command of their own, or that those in the tables run. */
const WITHOUT_COMMAND = {
  Stack:
    "constructor setupEventLog readLines checkInlineSupport createBaseOptions run runPulumiCmd isRemote remoteArgs",
  LocalWorkspace:
    "constructor pulumiCommand pulumiVersion cliApi projectSettings saveProjectSettings stackSettings saveStackSettings " +
    "serializeArgsForOp postCommandCallback checkRemoteSupport runPulumiCmd isRemote remoteArgs stackOutputs",
};
const methodsOf = (type: { prototype: object }): string[] => Object.getOwnPropertyNames(type.prototype);
const called = (calls: object): string[] => Object.keys(calls).map((name) => name.split(",")[0]!);

const SERVICES = {
  ResourceMonitor: [
    ResourceMonitorService,
    "Call GetDeploymentInfo Invoke ReadResource RegisterErrorHook RegisterPackage RegisterResource RegisterResourceHook " +
      "RegisterResourceOutputs RegisterStackInvokeTransform RegisterStackTransform SignalAndWaitForShutdown SupportsFeature",
  ],
  Engine: [EngineService, "GetRootResource Log RequirePulumiVersion SetRootResource StartDebugging"],
  LanguageRuntime: [
    LanguageRuntimeService,
    "About Cancel GeneratePackage GenerateProgram GenerateProject GetPluginInfo GetProgramDependencies GetRequiredPackages " +
      "GetRequiredPlugins Handshake InstallDependencies Link Pack Run RunPlugin RuntimeOptionsPrompts Template",
  ],
  Callbacks: [CallbacksService, "Invoke"],
  Events: [EventsService, "StreamEvents"],
  ResourceProvider: [
    ResourceProviderService,
    "Attach Call Cancel Check CheckConfig Configure Construct Create Delete Diff DiffConfig GetMapping GetMappings " +
      "GetPluginInfo GetSchema Handshake Invoke List Parameterize Read Update",
  ],
} as const;

describe("what is relied on in the SDK", () => {
  it("is of the version that this was written against", () => {
    assert.equal(version, dependencies["@pulumi/pulumi"]);
    assert.equal(version, "3.248.0");
    assert.equal(ENGINE_VERSION, `v${version}`);
  });

  it("asks for these commands", async () => {
    assert.deepEqual(await recordCalls(), recorded);
  }).timeout(120_000);

  for (const [name, type, calls] of [
    ["Stack", Stack, STACK_CALLS],
    ["LocalWorkspace", LocalWorkspace, { ...WORKSPACE_CALLS, ...STACK_CALLS }],
  ] as const) {
    it(`has no method in ${name} that no table knows`, () => {
      const known = new Set([...called(calls), ...WITHOUT_COMMAND[name].split(" ")]);
      assert.deepEqual(
        methodsOf(type).filter((method) => !known.has(method)),
        [],
      );
      for (const method of WITHOUT_COMMAND[name].split(" ")) assert.ok(methodsOf(type).includes(method), method);
    });
  }

  it("has in PulumiCommand a command, a version and run with six parameters", () => {
    assert.deepEqual(methodsOf(PulumiCommand), ["constructor", "run"]);
    assert.equal((PulumiCommand.prototype as unknown as { run: { length: number } }).run.length, 6);
    const made = Reflect.construct(PulumiCommand, ["pulumi", 1]) as object;
    assert.deepEqual(Object.keys(made), ["command", "version"]);
    const engine = embeddedEngine({ providers: () => undefined });
    assert.deepEqual(Object.keys(engine), [...Object.keys(made), "run"]);
    assert.equal((engine as unknown as { run: { length: number } }).run.length, 6);
  });

  it("hands run the directory, the environment, both listeners and the signal", async () => {
    const command = new RecordingCommand();
    const workspace = await LocalWorkspace.create({
      workDir: __dirname,
      pulumiHome: "home",
      pulumiCommand: command.asPulumiCommand,
      envVars: { A: "b" },
    });
    assert.equal(workspace.pulumiVersion, "3.248.0");
    const stack = await Stack.select("dev", workspace);
    const [onOutput, onError, { signal }] = [() => undefined, () => undefined, new AbortController()];
    await stack.up({ onOutput, onError, signal });
    const env = { PULUMI_HOME: "home", A: "b" };
    const [selected, up] = command.runs;
    assert.deepEqual([selected?.cwd, selected?.env], [__dirname, env]);
    assert.deepEqual([up?.cwd, up?.env], [__dirname, { PULUMI_DEBUG_COMMANDS: "true", ...env }]);
    assert.deepEqual([up?.onOutput, up?.onError, up?.signal], [onOutput, onError, signal]);
  });

  it("takes the summary of a preview, and every event, from the stream that --event-log names", async () => {
    const command = new RecordingCommand();
    const workspace = await LocalWorkspace.create({ workDir: __dirname, pulumiCommand: command.asPulumiCommand });
    const stack = await Stack.select("dev", workspace);
    const events: unknown[] = [];
    const { changeSummary } = await stack.preview({ onEvent: (event) => void events.push(event) });
    assert.deepEqual([changeSummary, events.length], [{ same: 7 }, 1]);
  });

  for (const [text, name] of [
    ["error: no stack named 'dev' found", "StackNotFoundError"],
    ["error: stack 'organization/p/dev' already exists", "StackAlreadyExistsError"],
    ["error: the stack is currently locked by 1 lock(s)", "ConcurrentUpdateError"],
    ["error: [409] Conflict: Another update is currently in progress.", "ConcurrentUpdateError"],
    ["error: Running program failed with an unhandled exception", "CommandError"],
    ["error: update failed", "CommandError"],
    ["", "CommandError"],
  ] as const) {
    it(`makes a ${name} of "${text}"`, () => {
      const { createCommandError } = errors as unknown as { createCommandError: (result: object) => Error };
      const result = { stdout: "out", stderr: text, code: -2, toString: () => `code: -2\n stderr: ${text}` };
      const error = createCommandError(result);
      assert.equal(error.name, name);
      assert.ok(error instanceof errors.CommandError);
      assert.equal(error.message, result.toString());
      assert.equal((error as unknown as { commandResult: object }).commandResult, result);
    });
  }

  for (const [name, [service, methods]] of Object.entries(SERVICES)) {
    it(`has these methods in the service ${name}`, () => {
      const paths = Object.values(service as unknown as Record<string, { path: string }>).map(({ path }) => path);
      assert.deepEqual(
        paths.sort(),
        methods.split(" ").map((method) => `/pulumirpc.${name}/${method}`),
      );
    });
  }
});
