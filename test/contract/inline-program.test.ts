import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as server from "@pulumi/pulumi/automation/server";
import { RunRequest, type RunResponse } from "@pulumi/pulumi/proto/language_pb";
import { type Recording, recordingMonitor } from "../rehearsal/program/recording-monitor";

interface LanguageServer {
  run(call: { request: RunRequest }, callback: (...answer: [unknown, RunResponse | undefined]) => void): Promise<void>;
  onPulumiExit(hasError: boolean): void;
}
/** The SDK's declarations leave it out. */
const { LanguageServer } = server as unknown as { LanguageServer: new (program: unknown) => LanguageServer };

describe("the SDK's language runtime for inline programs", () => {
  let monitor: Recording;
  beforeEach(async () => void (monitor = await recordingMonitor()));
  afterEach(() => monitor.close());

  async function run(program: () => Promise<unknown>): Promise<[unknown, RunResponse | undefined][]> {
    const request = new RunRequest();
    request.setProject("p");
    request.setStack("dev");
    request.setOrganization("organization");
    request.setArgsList([monitor.address]);
    request.setMonitorAddress(monitor.address);
    request.setParallel(4);
    request.setDryrun(true);
    request.getConfigMap().set("p:key", "value");
    request.addConfigsecretkeys("p:key");
    const answers: [unknown, RunResponse | undefined][] = [];
    const language = new LanguageServer(program);
    await language.run({ request }, (...answer) => void answers.push(answer));
    language.onPulumiExit(false);
    return answers;
  }

  it("has run, onPulumiExit and what an engine asks of a plugin", () => {
    assert.deepEqual(Object.getOwnPropertyNames(LanguageServer.prototype), [
      "constructor",
      "onPulumiExit",
      "getRequiredPlugins",
      "run",
      "getPluginInfo",
    ]);
  });

  it("tells the program project, stack, configuration and preview, and the engine its outputs", async () => {
    const environment = { ...process.env };
    const answers = await run(async () => {
      const config = new pulumi.Config("p");
      const text = await new Promise((resolve) => void config.requireSecret("key").apply(resolve));
      return { told: [pulumi.getProject(), pulumi.getStack(), pulumi.runtime.isDryRun(), text].join(" ") };
    });
    assert.equal(answers.length, 1);
    assert.equal(answers[0]![0], undefined);
    assert.equal(answers[0]![1]?.getError(), "");
    assert.deepEqual(monitor.registered, ["pulumi:pulumi:Stack p-dev"]);
    assert.deepEqual(monitor.outputs, [{ told: "p dev true value" }]);
    assert.deepEqual({ ...process.env }, environment);
  });

  it("answers twice, first with the error, where a program fails: only the first answer counts", async () => {
    const answers = await run(() => Promise.reject(new Error("no idea")));
    assert.deepEqual(
      answers.map(([error]) => error instanceof Error && error.message),
      ["no idea", false],
    );
    assert.equal(answers[1]![1]?.getError(), "no idea");
  });

  it("takes off its handlers of uncaught errors when a program has ended", async () => {
    const count = () => process.listenerCount("uncaughtException") + process.listenerCount("unhandledRejection");
    const before = count();
    await run(async () => undefined);
    await run(() => Promise.reject(new Error("no idea")));
    assert.equal(count(), before);
  });
});
