import { physicalName } from "../naming";

/** What an endpoint's name is made of. */
export interface EndpointNaming {
  readonly organization: string;
  readonly environment: string;
  readonly model: string;
  /** @default `{organization}-{environment}-{model}` */
  readonly endpointName?: string;
}

/** The name of an environment's endpoint. */
export function endpointName({ organization, environment, model, endpointName: given }: EndpointNaming): string {
  return given ?? physicalName("onlineEndpoint", organization, environment, model);
}

/** Which workspace an endpoint is in, before anything exists. */
export interface WorkspaceTarget {
  readonly resourceGroupName: string;
  readonly workspaceName: string;
}

/** The group and name of an environment's workspace, adopted or made. */
export function workspaceTarget(
  organization: string,
  environment: string,
  workspace: {
    readonly existing?: { readonly resourceGroupName: string; readonly name: string };
    readonly create?: { readonly nameSuffix?: string };
  },
): WorkspaceTarget {
  if (workspace.existing) {
    return { resourceGroupName: workspace.existing.resourceGroupName, workspaceName: workspace.existing.name };
  }
  const { nameSuffix } = workspace.create ?? {};
  return {
    resourceGroupName: machineLearningGroup(organization, environment),
    workspaceName: machineLearningWorkspaceName(organization, environment, nameSuffix),
  };
}

/** The group of what an environment makes for machine learning. */
export function machineLearningGroup(organization: string, environment: string): string {
  return physicalName("resourceGroup", organization, environment, "ml");
}

/** The name of the workspace that an environment makes. */
export function machineLearningWorkspaceName(organization: string, environment: string, nameSuffix?: string): string {
  const suffix = nameSuffix === undefined ? [] : [nameSuffix];
  return physicalName("machineLearningWorkspace", organization, environment, "ml", ...suffix);
}
