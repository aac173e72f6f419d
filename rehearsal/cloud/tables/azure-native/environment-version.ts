import type { PropertyMap } from "../../../engine/values/property-value";
import { any, flag, integer, object, oneOf, text, asText } from "../../schema/property-schema";
import { live, planned, type ResourceTypeTable } from "../table";
import type { AzureScope } from "./azure-scope";
import { inMlWorkspace, ML_WORKSPACE_TYPE, mlWorkspaceId, ofMlWorkspace } from "./machine-learning-workspace";
import { assetName, assetProperties } from "./registered-model";

/** Type token of a version of an environment. */
export const ENVIRONMENT_VERSION = "azure-native:machinelearningservices:EnvironmentVersion";

/** Image, routes and packages with which models are served or trained. */
export const environmentVersion: ResourceTypeTable<AzureScope> = {
  type: ENVIRONMENT_VERSION,
  properties: {
    ...inMlWorkspace,
    name: assetName,
    properties: object(
      {
        ...assetProperties,
        autoRebuild: oneOf(["Disabled", "OnBaseImageUpdate"]),
        build: any({ replace: true }),
        condaFile: text({ replace: true }),
        image: text({ replace: true }),
        inferenceConfig: object({
          livenessRoute: route(),
          readinessRoute: route(),
          scoringRoute: route(),
          startupRoute: route(),
        }),
        isAnonymous: flag(),
        osType: oneOf(["Linux", "Windows"]),
        stage: text(),
      },
      { required: true },
    ),
    version: text({ replace: true, inputOnly: true, maxLength: 63 }),
  },
  computed: {
    azureApiVersion: planned(() => "2025-12-01"),
    name: planned(({ inputs }) => inputs.version),
    properties: live(({ inputs }) => ({ ...(inputs.properties as PropertyMap), provisioningState: "Succeeded" })),
    systemData: live(({ now, prior }) => prior?.systemData ?? { createdAt: now, createdByType: "Application" }),
    type: planned(() => `${ML_WORKSPACE_TYPE}/environments/versions`),
  },
  idOf: (context) => {
    const { name, version } = context.inputs;
    return `${mlWorkspaceId(context)}/environments/${asText(name)}/versions/${asText(version)}`;
  },
  autoName: { property: "version", maxLength: 63, digits: 8 },
  // A version cannot change, and one that was kept is the same one.
  existing: "overwrite",
  references: [ofMlWorkspace],
};

function route() {
  return object({ path: text({ required: true }), port: integer({ required: true, min: 1, max: 65_535 }) });
}
