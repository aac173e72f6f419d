import {
  ReadResourceResponse,
  TransformResourceOptions,
  type ReadResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import type { RegisterResult } from "../deployment/source-event";
import { downgradeOutputValues } from "../values/output-value";
import { mapValuesUnlessSame } from "../values/secret-value";
import { toStruct } from "../values/struct-codec";
import type { Monitor } from "./monitor";
import { forProgram } from "./program-values";
import { sourcePlace } from "./source-positions";

/** Serves the look-up of a resource that the program does not manage. */
export async function readResource(monitor: Monitor, request: ReadResourceRequest): Promise<ReadResourceResponse> {
  const options = new TransformResourceOptions();
  options.setProvider(request.getProvider());
  options.setVersion(request.getVersion());
  options.setPluginDownloadUrl(request.getPlugindownloadurl());
  const type = request.getType();
  const provider = await monitor.providerReference(type, options);
  const given = await monitor.programProperties(request.getProperties());
  const { state, result } = await monitor.source.ask<RegisterResult>((done) => ({
    kind: "read",
    id: request.getId(),
    type,
    name: request.getName(),
    provider,
    parent: request.getParent(),
    properties: mapValuesUnlessSame(given, downgradeOutputValues),
    dependencies: request.getDependenciesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    ...sourcePlace(monitor.projectRoot, request),
    done,
  }));
  if (result !== "success") throw new Error(`reading resource '${request.getName()}' failed`);
  const accepted = { secrets: request.getAcceptsecrets(), resources: request.getAcceptresources() };
  const response = new ReadResourceResponse();
  response.setUrn(state.urn);
  response.setProperties(toStruct(forProgram(state.outputs ?? {}, accepted)));
  return response;
}
