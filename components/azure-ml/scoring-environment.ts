import { EnvironmentVersion } from "@pulumi/azure-native/machinelearningservices/environmentVersion";
import * as pulumi from "@pulumi/pulumi";
import { type BuildContext, contextTag } from "../mlflow/build-context";
import { buildImage } from "../mlflow/build-image";

/** What serves a model, and where it is registered. */
export interface ScoringEnvironmentArgs {
  readonly organization: string;
  readonly environment: string;
  /** Registry that builds and keeps the image. */
  readonly registry: { readonly name: pulumi.Input<string>; readonly loginServer: pulumi.Input<string> };
  /** Group of the registry. */
  readonly registryGroupName: pulumi.Input<string>;
  /** Group of the workspace. */
  readonly resourceGroupName: pulumi.Input<string>;
  readonly workspaceName: pulumi.Input<string>;
  /** Files of the image: a Dockerfile, the scoring script and whatever they need. */
  readonly context: BuildContext;
}

/** Port and routes of Azure's inference server, see https://learn.microsoft.com/azure/machine-learning/how-to-inference-server-http. */
const port = 5001;

/**
 * An image with a scoring script in it, built by a registry and registered as an environment of a workspace. A file that
 * changes makes another version; earlier ones stay, because deployments run in them.
 */
export class ScoringEnvironment extends pulumi.ComponentResource {
  /** ARM id of the version. */
  readonly environmentId: pulumi.Output<string>;

  constructor(name: string, args: ScoringEnvironmentArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:azure-ml:ScoringEnvironment", name, {}, opts);
    const { organization, environment, registry, registryGroupName, resourceGroupName, workspaceName, context } = args;
    const tag = contextTag(context);
    const image = buildImage(
      `${name}-image`,
      { registry, resourceGroupName: registryGroupName, repository: "scoring", context },
      { parent: this },
    );
    const version = new EnvironmentVersion(
      `${name}-version`,
      {
        name: `${organization}-${environment}-scoring`,
        version: tag,
        resourceGroupName,
        workspaceName,
        properties: {
          image,
          osType: "Linux",
          inferenceConfig: {
            livenessRoute: { path: "/", port },
            readinessRoute: { path: "/", port },
            scoringRoute: { path: "/score", port },
          },
        },
      },
      { parent: this, retainOnDelete: true },
    );
    this.environmentId = version.id;
    this.registerOutputs({ environmentId: this.environmentId });
  }
}
