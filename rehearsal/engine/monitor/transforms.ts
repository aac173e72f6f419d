import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import type { TransformInvokeOptions, TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb";
import {
  TransformInvokeRequest,
  TransformInvokeResponse,
  TransformRequest,
  TransformResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { messageOf } from "../../message-of";
import type { PropertyMap } from "../values/property-value";
import { fromStruct, toStruct } from "../values/struct-codec";
import type { Callbacks } from "./callbacks";

/** A registration as transforms see it. */
export interface Transformed {
  readonly properties: PropertyMap;
  readonly options: TransformResourceOptions;
}

/** The transforms of a program: for resources, by parent and for the whole stack, and for functions. */
export class Transforms {
  private readonly forStack: Callback[] = [];
  private readonly forInvokes: Callback[] = [];
  private readonly byUrn = new Map<string, readonly Callback[]>();
  private readonly parents = new Map<string, string>();

  constructor(private readonly callbacks: Callbacks) {}

  addForStack(callback: Callback): void {
    this.forStack.push(callback);
  }

  addForInvokes(callback: Callback): void {
    this.forInvokes.push(callback);
  }

  /** Remembers a registered resource, whose transforms also reach its children. */
  remember(urn: string, parent: string, own: readonly Callback[]): void {
    this.parents.set(urn, parent);
    if (own.length > 0) this.byUrn.set(urn, own);
  }

  /** Everything that transforms a resource: its own first, then its parents', then the stack's. */
  applicable(parent: string, own: readonly Callback[]): Callback[] {
    const inherited: Callback[] = [];
    for (let urn: string | undefined = parent; urn; urn = this.parents.get(urn)) {
      inherited.push(...(this.byUrn.get(urn) ?? []));
    }
    return [...own, ...inherited, ...this.forStack];
  }

  /** Lets the transforms change a registration, one after the other. */
  async apply(
    callbacks: readonly Callback[],
    resource: { readonly name: string; readonly type: string; readonly custom: boolean; readonly parent: string },
    given: Transformed,
  ): Promise<Transformed> {
    let { properties, options } = given;
    for (const callback of callbacks) {
      const request = new TransformRequest();
      request.setName(resource.name);
      request.setType(resource.type);
      request.setCustom(resource.custom);
      request.setParent(resource.parent);
      request.setProperties(toStruct(properties));
      request.setOptions(options);
      const answer = await this.call(callback, request.serializeBinary());
      const response = TransformResponse.deserializeBinary(answer);
      if (response.hasProperties()) properties = fromStruct(response.getProperties());
      options = response.getOptions() ?? options;
    }
    return { properties, options };
  }

  /** Lets the transforms change the arguments and options of a function. */
  async applyToInvoke(
    token: string,
    given: { readonly args: PropertyMap; readonly options: TransformInvokeOptions },
  ): Promise<{ args: PropertyMap; options: TransformInvokeOptions }> {
    let { args, options } = given;
    for (const callback of this.forInvokes) {
      const request = new TransformInvokeRequest();
      request.setToken(token);
      request.setArgs(toStruct(args));
      request.setOptions(options);
      const answer = await this.callbacks.call(callback, request.serializeBinary());
      const response = TransformInvokeResponse.deserializeBinary(answer);
      if (response.hasArgs()) args = fromStruct(response.getArgs());
      options = response.getOptions() ?? options;
    }
    return { args, options };
  }

  private async call(callback: Callback, request: Uint8Array): Promise<Uint8Array> {
    try {
      return await this.callbacks.call(callback, request);
    } catch (error) {
      throw new Error(`invoke transform: ${messageOf(error)}`, { cause: error });
    }
  }
}
