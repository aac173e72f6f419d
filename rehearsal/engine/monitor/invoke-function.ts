import { CallResponse, CheckFailure, InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import {
  TransformInvokeOptions,
  type ResourceCallRequest,
  type ResourceInvokeRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { asError } from "../deployment/as-error";
import { packageOf } from "../deployment/urn";
import type { CheckFailure as Failure } from "../provider/provider";
import { downgradeOutputValues, outputDependencies } from "../values/output-value";
import { mapValuesUnlessSame } from "../values/secret-value";
import { fromStruct, toStruct } from "../values/struct-codec";
import type { Monitor } from "./monitor";
import { ShutDownError } from "./program-source";
import { forProgram } from "./program-values";

/** Serves a function of a provider. */
export async function invokeFunction(monitor: Monitor, request: ResourceInvokeRequest): Promise<InvokeResponse> {
  const token = request.getTok();
  const { args, options } = await monitor.transforms.applyToInvoke(token, {
    args: fromStruct(request.getArgs()),
    options: optionsOf(request, monitor.resolveProvider(request.getProvider(), undefined, "", packageOf(token))),
  });
  const provider = await monitor.provider(token, options).catch((thrown: unknown) => {
    if (thrown instanceof ShutDownError) throw thrown;
    throw new Error(`Invoke: ${asError(thrown).message}`, { cause: thrown });
  });
  const given = mapValuesUnlessSame(args, downgradeOutputValues);
  const { outputs, failures } = await provider.invoke({ token, args: given }).catch((thrown: unknown) => {
    throw new Error(`invocation of ${token} returned an error: ${asError(thrown).message}`, { cause: thrown });
  });
  // Resolving a resource needs the resources in its outputs, whatever an older SDK says that it accepts.
  const resources = request.getAcceptresources() || token === "pulumi:pulumi:getResource";
  const response = new InvokeResponse();
  response.setReturn(toStruct(forProgram(outputs, { secrets: true, resources })));
  response.setFailuresList((failures ?? []).map(failureMessage));
  return response;
}

/** Serves a method of a resource. */
export async function callMethod(monitor: Monitor, request: ResourceCallRequest): Promise<CallResponse> {
  const token = request.getTok();
  const args = fromStruct(request.getArgs());
  const self = args.__self__;
  const urn = typeof self === "object" && self !== null && "urn" in self ? self.urn : undefined;
  const own = typeof urn === "string" ? monitor.goals.get(urn)?.provider : undefined;
  const provider = await monitor.provider(token, optionsOf(request, request.getProvider() || own || ""));
  const { outputs, failures } = await provider.call({ token, args });
  const response = new CallResponse();
  response.setReturn(toStruct(mapValuesUnlessSame(outputs, downgradeOutputValues)));
  for (const [key, value] of Object.entries(outputs)) {
    const dependencies = new CallResponse.ReturnDependencies();
    dependencies.setUrnsList([...outputDependencies(value)]);
    response.getReturndependenciesMap().set(key, dependencies);
  }
  response.setFailuresList((failures ?? []).map(failureMessage));
  return response;
}

function optionsOf(request: ResourceInvokeRequest | ResourceCallRequest, provider: string): TransformInvokeOptions {
  const options = new TransformInvokeOptions();
  options.setProvider(provider);
  options.setVersion(request.getVersion());
  options.setPluginDownloadUrl(request.getPlugindownloadurl());
  return options;
}

function failureMessage({ property, reason }: Failure): CheckFailure {
  const failure = new CheckFailure();
  failure.setProperty(property);
  failure.setReason(reason);
  return failure;
}
