import { isMap, type PropertyMap } from "../../../engine/values/property-value";
import { any, flag, integer, list, object, oneOf, record, text, asText } from "../../schema/property-schema";
import { live, once, type ResourceTypeTable } from "../table";
import { providerConfig } from "./databricks-properties";
import { slotFault } from "../../slot-fault";
import type { DatabricksContext, DatabricksScope } from "./databricks-scope";
import { registeredModelVersions } from "./registered-models";
import { hostOf } from "./workspace-object";

/** Type token of an endpoint of model serving. */
export const MODEL_SERVING = "databricks:index/modelServing:ModelServing";

const served = {
  burstScalingEnabled: flag(),
  environmentVars: record(text()),
  instanceProfileArn: text(),
  maxProvisionedConcurrency: integer({ min: 0 }),
  maxProvisionedThroughput: integer({ min: 0 }),
  minProvisionedConcurrency: integer({ min: 0 }),
  minProvisionedThroughput: integer({ min: 0 }),
  name: text({ pattern: /^[A-Za-z0-9_-]+$/, meaning: "letters, digits, hyphens and underscores" }),
  provisionedModelUnits: integer({ min: 0 }),
  scaleToZeroEnabled: flag(),
  workloadSize: oneOf(["Small", "Medium", "Large"]),
  workloadType: text(),
};

/**
 * An endpoint of model serving: the versions of models that it serves, and who gets which part of the requests, in one.
 * @see https://docs.databricks.com/api/workspace/servingendpoints
 */
export const modelServing: ResourceTypeTable<DatabricksScope> = {
  type: MODEL_SERVING,
  properties: {
    aiGateway: any(),
    budgetPolicyId: text(),
    config: object({
      autoCaptureConfig: any(),
      servedEntities: list(object({ ...served, entityName: text(), entityVersion: text(), externalModel: any() }), {
        maxItems: 15,
      }),
      servedModels: any(),
      trafficConfig: object({
        routes: list(
          object({
            servedEntityName: text(),
            servedModelName: text(),
            trafficPercentage: integer({ required: true, min: 0, max: 100 }),
          }),
        ),
      }),
    }),
    description: text(),
    emailNotifications: any(),
    name: text({ replace: true, minLength: 1, maxLength: 63 }),
    providerConfig,
    rateLimits: any(),
    routeOptimized: flag({ replace: true }),
    tags: list(object({ key: text({ required: true }), value: text() })),
    telemetryConfig: any(),
  },
  computed: {
    endpointUrl: live(({ inputs, scope }) => `${hostOf(scope)}/serving-endpoints/${asText(inputs.name)}/invocations`),
    servingEndpointId: once(({ hex }) => hex("serving", 32)),
  },
  idOf: ({ inputs }) => asText(inputs.name),
  autoName: { property: "name", maxLength: 63 },
  taken: (_, { id }) => `RESOURCE_ALREADY_EXISTS: Endpoint with name '${id}' already exists`,
  refuse: (context) => {
    const config = servingConfig(context.inputs);
    return wrongRoutes(config) ?? unregistered(context, config) ?? failedEntity(context, config);
  },
};

/** What an endpoint serves, and who gets which part of the requests. */
export interface ServingConfig {
  readonly servedEntities?: readonly {
    readonly name?: string;
    readonly entityName?: string;
    readonly entityVersion?: string;
    readonly environmentVars?: Readonly<Record<string, string>>;
  }[];
  readonly trafficConfig?: {
    readonly routes?: readonly { readonly servedEntityName?: string; readonly trafficPercentage: number }[];
  };
}

/** What inputs or outputs of an endpoint say of it. */
export function servingConfig({ config = null }: PropertyMap): ServingConfig {
  return isMap(config) ? config : {};
}

function unregistered({ seed }: DatabricksContext, { servedEntities = [] }: ServingConfig): string | undefined {
  const missing = servedEntities.find(({ entityName = "", entityVersion = "" }) => {
    // What is no registered model, such as one of another company, is taken as there.
    return entityName !== "" && !registeredModelVersions(seed, entityName).includes(entityVersion);
  });
  return (
    missing &&
    `RESOURCE_DOES_NOT_EXIST: Registered model '${missing.entityName}' has no version '${missing.entityVersion ?? ""}' in Unity Catalog`
  );
}

/** An update whose new model does not come up changes nothing: the endpoint goes on with what it served. */
function failedEntity({ inputs, prior, world }: DatabricksContext, config: ServingConfig): string | undefined {
  const before = servingConfig(prior ?? {}).servedEntities ?? [];
  const failed = (config.servedEntities ?? []).find(({ name = "", entityName, entityVersion }) => {
    const served = before.find((other) => other.name === name);
    const isNew = served?.entityName !== entityName || served?.entityVersion !== entityVersion;
    return isNew && slotFault(world, asText(inputs.name), name)?.unhealthy === true;
  });
  return (
    failed &&
    `DEPLOYMENT_FAILED: Served entity '${failed.name}' failed to deploy: its container crashed or terminated; the endpoint keeps its configuration`
  );
}

function wrongRoutes({ servedEntities = [], trafficConfig }: ServingConfig): string | undefined {
  const names = servedEntities.map(({ name }) => name);
  if (names.length === 0) return "INVALID_PARAMETER_VALUE: An endpoint serves one entity at least";
  const twin = names.find((name, i) => names.indexOf(name) !== i);
  if (twin !== undefined) return `INVALID_PARAMETER_VALUE: Two served entities have the name '${twin}'`;
  const routes = trafficConfig?.routes;
  if (routes === undefined) return undefined;
  const missing = routes.find(({ servedEntityName }) => !names.includes(servedEntityName));
  if (missing) {
    return `INVALID_PARAMETER_VALUE: The traffic names '${missing.servedEntityName ?? ""}', which is no served entity; there are ${names.join(", ")}`;
  }
  const sum = routes.reduce((total, { trafficPercentage }) => total + trafficPercentage, 0);
  return sum === 100 ? undefined : `INVALID_PARAMETER_VALUE: The traffic must add up to 100 percent, got ${sum}`;
}
