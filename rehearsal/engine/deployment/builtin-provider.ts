import { randomUUID } from "node:crypto";
import type {
  CheckRequest,
  CheckResult,
  CreateRequest,
  CreateResult,
  DiffRequest,
  DiffResult,
  InvokeRequest,
  InvokeResult,
  Provider,
  ReadRequest,
  ReadResult,
  UpdateRequest,
  UpdateResult,
} from "../provider/provider";
import type { ResourceState } from "../state/deployment-file";
import { propertiesEqual } from "../values/property-equality";
import type { PropertyMap } from "../values/property-value";
import { containsSecrets } from "../values/secret-value";

const STACK_REFERENCE = "pulumi:pulumi:StackReference";
const STASH = "pulumi:index:Stash";

/** What the built-in provider looks up. */
export interface BuiltinLookups {
  /** Outputs of another stack; undefined where there is no such stack. */
  outputsOf(stack: string): Promise<PropertyMap | undefined>;
  /** A resource that this operation has registered or read. */
  resource(urn: string): ResourceState | undefined;
}

/** Package `pulumi`: stack references, stashes, and the look-up of registered resources. */
export class BuiltinProvider implements Provider {
  readonly name = "pulumi";
  readonly version = "1.0.0";

  constructor(private readonly lookups: BuiltinLookups) {}

  async configure(): Promise<{ acceptSecrets: true; acceptResources: true; supportsPreview: true }> {
    return { acceptSecrets: true, acceptResources: true, supportsPreview: true };
  }

  async check({ type, newInputs }: CheckRequest): Promise<CheckResult> {
    const allowed = inputOf(type);
    const unknown = Object.keys(newInputs).find((key) => key !== allowed);
    const fail = (property: string, reason: string): CheckResult => ({
      inputs: newInputs,
      failures: [{ property, reason }],
    });
    if (unknown !== undefined) return fail(unknown, `unknown property "${unknown}"`);
    if (newInputs[allowed] === undefined) return fail(allowed, `missing required property "${allowed}"`);
    if (allowed === "name" && typeof newInputs.name !== "string")
      return fail("name", 'property "name" must be a string');
    return { inputs: newInputs };
  }

  async diff({ type, oldInputs, newInputs }: DiffRequest): Promise<DiffResult> {
    const input = inputOf(type);
    if (propertiesEqual(oldInputs[input], newInputs[input])) return { changes: "none" };
    return type === STASH ? { changes: "some", changedKeys: [input] } : { changes: "some", replaceKeys: [input] };
  }

  async create({ type, inputs, preview }: CreateRequest): Promise<CreateResult> {
    const id = preview ? "" : randomUUID();
    if (type === STASH) return { id, outputs: { input: inputs.input!, output: inputs.input! } };
    return { id, outputs: await this.readStack(inputs.name) };
  }

  async update({ newInputs, oldOutputs }: UpdateRequest): Promise<UpdateResult> {
    return { outputs: { input: newInputs.input!, output: oldOutputs.output! } };
  }

  async read({ type, id, inputs, outputs }: ReadRequest): Promise<ReadResult> {
    const input = inputOf(type);
    if (inputs[input] === undefined)
      throw new Error(`${type === STASH ? "stash" : "stack reference"} can not be imported`);
    return { id, inputs, outputs: type === STASH ? outputs : await this.readStack(outputs.name ?? inputs.name) };
  }

  async delete(): Promise<void> {
    // Nothing exists outside the state.
  }

  async invoke({ token, args }: InvokeRequest): Promise<InvokeResult> {
    if (token === "pulumi:pulumi:readStackOutputs") return { outputs: await this.readStack(args.name) };
    if (token !== "pulumi:pulumi:getResource") throw new Error(`unrecognized function name: '${token}'`);
    const state = typeof args.urn === "string" ? this.lookups.resource(args.urn) : undefined;
    if (!state) throw new Error(`unknown resource ${JSON.stringify(args.urn)}`);
    const { urn, id = "", provider = "", outputs = {} } = state;
    return { outputs: { urn, id, provider, state: outputs } };
  }

  private async readStack(name: unknown): Promise<PropertyMap> {
    if (typeof name !== "string") throw new Error("missing required property 'name'");
    const outputs = await this.lookups.outputsOf(name);
    if (!outputs) throw new Error(`unknown stack "${name}"`);
    const secretOutputNames = Object.keys(outputs)
      .filter((key) => containsSecrets(outputs[key]))
      .sort();
    return { name, outputs, secretOutputNames };
  }
}

function inputOf(type: string): "name" | "input" {
  if (type === STACK_REFERENCE) return "name";
  if (type === STASH) return "input";
  throw new Error(`unrecognized resource type '${type}'`);
}
