import { getMonitor } from "@pulumi/pulumi/runtime/settings";
import {
  RegisterResourceRequest,
  type RegisterResourceResponse,
  type ResourceCallRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import type { CallResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { PropertyMap } from "../../../../../rehearsal/engine/values/property-value";
import { toStruct } from "../../../../../rehearsal/engine/values/struct-codec";

type Done<T> = (error: Error | null, response: T) => void;

/** The part of the running program's monitor that these requests need. */
interface RawMonitor {
  registerResource(request: RegisterResourceRequest, done: Done<RegisterResourceResponse>): unknown;
  call(request: ResourceCallRequest, done: Done<CallResponse>): unknown;
}

/** What the test asks for; the request has more options, which `more` sets. */
export interface RawResource {
  readonly name: string;
  readonly type?: string;
  readonly custom?: boolean;
  readonly parent?: string;
  readonly properties?: PropertyMap;
  readonly more?: (request: RegisterResourceRequest) => void;
}

/** Registers a resource from within a program, with a request that no SDK would make. */
export function registerRaw(resource: RawResource): Promise<RegisterResourceResponse> {
  const { name, type = "tst:index:Thing", custom = true, parent = "", properties = {}, more } = resource;
  const request = new RegisterResourceRequest();
  request.setName(name);
  request.setType(type);
  request.setCustom(custom);
  request.setParent(parent);
  request.setObject(toStruct(properties));
  request.setAcceptsecrets(true);
  request.setSupportspartialvalues(true);
  more?.(request);
  return ask((done) => rawMonitor().registerResource(request, done));
}

/** Calls a method from within a program, with a request that no SDK would make. */
export function callRaw(request: ResourceCallRequest): Promise<CallResponse> {
  return ask((done) => rawMonitor().call(request, done));
}

function rawMonitor(): RawMonitor {
  return getMonitor() as unknown as RawMonitor;
}

function ask<T>(run: (done: Done<T>) => unknown): Promise<T> {
  return new Promise((resolve, reject) => run((error, response) => (error ? reject(error) : resolve(response))));
}
