import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { CallResponse } from "@pulumi/pulumi/proto/provider_pb";
import { ResourceCallRequest } from "@pulumi/pulumi/proto/resource_pb";
import type { InvokeRequest, InvokeResult } from "../../../../../rehearsal/engine/provider/provider";
import { fromStruct, toStruct } from "../../../../../rehearsal/engine/values/struct-codec";
import { special } from "../../values/property-arbitrary";
import { callRaw } from "../support/raw-requests";
import { ThingProvider } from "../support/thing-provider";
import { Thing, ThingProviderResource, ThingStack, urnOf } from "../support/thing-stack";

/** A provider whose resources have methods. */
class MethodProvider extends ThingProvider {
  readonly requests: InvokeRequest[] = [];
  reply: (request: InvokeRequest) => InvokeResult = ({ args }) => ({ outputs: { echo: args.text ?? null } });

  async call(request: InvokeRequest): Promise<InvokeResult> {
    this.requests.push(request);
    this.calls.push(`call ${request.token}`);
    return this.reply(request);
  }
}

describe("methods of resources", () => {
  let stack: ThingStack;
  let provider: MethodProvider;
  beforeEach(async () => (stack = await ThingStack.make((provider = new MethodProvider()))));
  afterEach(() => stack.remove());

  const method = "tst:index:Thing/describe";
  const describeOf = (thing: Thing, args: pulumi.Inputs): pulumi.Output<{ echo: string }> =>
    pulumi.runtime.call<{ echo: string }>(method, { __self__: thing, ...args }, thing);

  it("answer the program through the provider of their resource", async () => {
    const run = await stack.up(async () => {
      const own = new ThingProviderResource("p", { region: "1" });
      const thing = new Thing("a", {}, { provider: own });
      return { echo: describeOf(thing, { text: "hello" }).echo };
    });
    assert.deepEqual([run.failure, run.outputs.echo], [undefined, "hello"]);
    assert.deepEqual(run.calls, ["create a", `call ${method}`]);
    assert.deepEqual(provider.requests[0]!.args.__self__, special("resource", selfFields()));
  });

  const selfFields = () => ({ urn: urnOf("a"), id: "a-1" });

  it("give back the dependencies and the secretness of what they return", async () => {
    provider.reply = () => ({
      outputs: { echo: special("output", { value: "s", secret: true, dependencies: [urnOf("a")] }) },
    });
    let answered: CallResponse | undefined;
    const run = await stack.up(async () => {
      const thing = new Thing("a");
      await new Promise((resolve) => thing.urn.apply(resolve));
      const request = new ResourceCallRequest();
      request.setTok(method);
      answered = await callRaw(request);
    });
    assert.equal(run.failure, undefined);
    assert.deepEqual(fromStruct(answered!.getReturn()), { echo: special("secret", { value: "s" }) });
    assert.deepEqual(answered!.getReturndependenciesMap().get("echo")?.getUrnsList(), [urnOf("a")]);
  });

  it("use the provider that the request names rather than the resource's own", async () => {
    const run = await stack.up(async () => {
      const thing = new Thing("a");
      const urn = await new Promise((resolve) => thing.urn.apply(resolve));
      const request = new ResourceCallRequest();
      request.setTok(method);
      request.setProvider(`${urnOf("p", "pulumi:providers:tst")}::1`);
      request.setArgs(toStruct({ __self__: { urn: urn as string } }));
      await callRaw(request);
    });
    assert.match(run.failure ?? "", /unknown provider 'urn:.*::p::1'/);
  });

  const refusals: readonly [what: string, answer: InvokeResult | undefined, message: RegExp][] = [
    ["refuse what was asked", { outputs: {}, failures: [{ property: "text", reason: "too long" }] }, /too long/],
    ["give no answer", undefined, /call of 'tst:.*' gave an answer that cannot be used: the answer is null/],
    ["give a list", { outputs: [] as never }, /call of 'tst:.*': outputs is a list|outputs is a list/],
    [
      "hold a function",
      { outputs: { echo: (() => 1) as never } },
      /property "echo" holds a function; allowed are text/,
    ],
    ["hold a secret without a value", { outputs: { echo: special("secret", {}) } }, /malformed secret "echo"/],
    ["contain themselves", { outputs: cyclic() }, /property "self" contains itself/],
  ];
  for (const [what, answer, message] of refusals) {
    it(`fail the program where they ${what}`, async () => {
      provider.reply = () => answer as InvokeResult;
      const run = await stack.up(async () => ({ echo: describeOf(new Thing("a"), {}).echo }));
      assert.match(run.failure ?? "", message);
      assert.equal((await stack.deployment()).pending_operations, undefined);
    });
  }

  it("fail where the provider has none, and where it is denied", async () => {
    const plain = await ThingStack.make();
    try {
      const run = await plain.up(async () => ({ echo: describeOf(new Thing("a"), {}).echo }));
      assert.match(run.failure ?? "", /provider tst has no methods of resources/);
      await plain.setConfig("pulumi:disable-default-providers", '["tst"]');
      const denied = await plain.up(async () => void (await pulumi.runtime.invoke("tst:index:get", {})));
      assert.match(denied.failure ?? "", /Default provider for 'tst' disabled. 'tst:index:get' must use an explicit/);
    } finally {
      await plain.remove();
    }
  });
});

describe("functions of providers", () => {
  let stack: ThingStack;
  beforeEach(async () => (stack = await ThingStack.make()));
  afterEach(() => stack.remove());

  it("are changed by the program's transforms, one after the other", async () => {
    const run = await stack.up(async () => {
      pulumi.runtime.registerInvokeTransform(({ token, args, opts }) =>
        token === "tst:index:get" ? { args: { ...args, text: `${args.text}1` }, opts } : undefined,
      );
      pulumi.runtime.registerInvokeTransform(({ args, opts }) => ({ args: { ...args, text: `${args.text}2` }, opts }));
      const got = await pulumi.runtime.invoke("tst:index:get", { text: "0" });
      const other = await pulumi.runtime.invoke("tst:index:other", { text: "0" });
      return { got: got.text, other: other.text };
    });
    assert.deepEqual([run.failure, run.outputs], [undefined, { got: "012", other: "02" }]);
  });

  it("can be moved to another provider by a transform", async () => {
    const run = await stack.up(async () => {
      const own = new ThingProviderResource("p", { region: "1" });
      pulumi.runtime.registerInvokeTransform(({ args }) => ({ args, opts: { provider: own } }));
      return pulumi.runtime.invoke("tst:index:get", { text: "0" });
    });
    assert.equal(run.failure, undefined);
    const providers = (await stack.deployment()).resources?.filter(({ type }) => type === "pulumi:providers:tst");
    assert.deepEqual(
      providers?.map(({ urn }) => urn.split("::")[3]),
      ["p"],
    );
  });

  it("fail with a transform that fails", async () => {
    const run = await stack.up(async () => {
      pulumi.runtime.registerInvokeTransform(() => {
        throw new Error("no transform today");
      });
      await pulumi.runtime.invoke("tst:index:get", {});
    });
    assert.match(run.failure ?? "", /no transform today/);
  });

  it("know nothing in a preview whose provider is not known yet", async () => {
    const program = async () => {
      const a = new Thing("a");
      const own = new ThingProviderResource("p", { account: a.id });
      return {
        got: pulumi.runtime.invokeOutput<{ text: string }>("tst:index:get", { text: "0" }, { provider: own }).text,
      };
    };
    const preview = await stack.preview(program);
    assert.deepEqual([preview.failure, preview.calls], [undefined, []]);
    const run = await stack.up(program);
    assert.deepEqual([run.failure, run.outputs.got], [undefined, "0"]);
  });
});

function cyclic(): InvokeResult["outputs"] {
  const outputs: Record<string, unknown> = {};
  outputs.self = outputs;
  return outputs as InvokeResult["outputs"];
}
