import { parse, stringify } from "yaml";
import type { EndpointReference } from "../../automation/release/endpoint-reference";
import { CliProject } from "./cli-project";

/** What `Pulumi.dev.yaml` of a project of endpoints holds. */
export interface EndpointSettings {
  config: Record<string, any>;
}

/** What any environment has. */
const COMMON = ["pulumi:disable-default-providers", "trunkline:organization", "trunkline:repository"];

/** The endpoint of a project of endpoints. */
export const ENDPOINT = "mlopspltf-dev-taxi-fares";

/** That endpoint by what its stack gives out. */
export const ENDPOINT_REFERENCE: EndpointReference & { readonly platform: "azure" } = {
  platform: "azure",
  endpointName: ENDPOINT,
  model: "taxi-fares",
  instanceType: "Standard_DS3_v2",
  instanceCount: 1,
  subscriptionId: "3a5f8c1e-7d24-4b69-9e03-1c8d5a7b2f46",
  resourceGroupName: "rg-mlopspltf-dev-ml",
  workspaceName: "mlw-mlopspltf-dev-ml",
  location: "westeurope",
  authMode: "AADToken",
};

/**
 * This repository's program for an environment that is nothing but its endpoint of Azure, with the workspace and what
 * that needs: a release changes nothing else, and so many can be made. `change` edits the settings of dev.
 */
export function endpointProject(change: (settings: EndpointSettings) => void = () => {}): CliProject {
  const project = CliProject.ofRepository();
  const { config } = parse(project.read("Pulumi.dev.yaml")) as EndpointSettings;
  const { subscriptionId, tenantId, location, endpoint } = config["trunkline:azure"];
  const settings: EndpointSettings = {
    config: {
      ...Object.fromEntries(COMMON.map((name) => [name, config[name]])),
      "trunkline:azure": { subscriptionId, tenantId, location, endpoint: { ...endpoint, protect: false } },
    },
  };
  change(settings);
  project.write("Pulumi.dev.yaml", stringify(settings));
  return project;
}
