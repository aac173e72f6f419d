import { Registry } from "@pulumi/azure-native/containerregistry/registry";
import { TaskRun } from "@pulumi/azure-native/containerregistry/taskRun";
import * as pulumi from "@pulumi/pulumi";
import { physicalName } from "../naming";
import { type BuildContext, buildTask, contextTag } from "./build-context";

/** What a registry holds. */
export interface RegistryImagesArgs {
  readonly organization: string;
  readonly environment: string;
  readonly resourceGroupName: pulumi.Input<string>;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Images by their repository's name, each with what it is built from. */
  readonly images: Readonly<Record<string, BuildContext>>;
  /** @default true */
  readonly protect?: boolean;
}

/** A container registry without an administrator's password, and images that it builds itself. */
export class RegistryImages extends pulumi.ComponentResource {
  readonly registryId: pulumi.Output<string>;
  readonly registryName: pulumi.Output<string>;
  readonly loginServer: pulumi.Output<string>;
  /** References with their tags, by the repository's name; known once the image is built. */
  readonly references: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: RegistryImagesArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:mlflow:RegistryImages", name, {}, opts);
    const { organization, environment, resourceGroupName, location, tags, protect = true } = args;
    const registry = new Registry(
      `${name}-registry`,
      {
        registryName: physicalName("containerRegistry", organization, environment, "mlflow"),
        resourceGroupName,
        location,
        tags,
        sku: { name: "Standard" },
        adminUserEnabled: false,
      },
      { parent: this, protect, retainOnDelete: protect },
    );
    this.registryId = registry.id;
    this.registryName = registry.name;
    this.loginServer = registry.loginServer;
    this.references = Object.fromEntries(
      Object.entries(args.images).map(([repository, context]) => [
        repository,
        this.image(name, registry, resourceGroupName, repository, context),
      ]),
    );
    this.registerOutputs({ loginServer: this.loginServer, references: this.references });
  }

  /** A run is named by what it builds: an unchanged context runs nothing, a changed one runs once. */
  private image(
    name: string,
    registry: Registry,
    resourceGroupName: pulumi.Input<string>,
    repository: string,
    context: BuildContext,
  ): pulumi.Output<string> {
    const tag = contextTag(context);
    const run = new TaskRun(
      `${name}-${repository}`,
      {
        taskRunName: `${repository}-${tag}`,
        registryName: registry.name,
        resourceGroupName,
        runRequest: {
          type: "EncodedTaskRunRequest",
          encodedTaskContent: buildTask(`${repository}:${tag}`, context),
          platform: { os: "Linux", architecture: "amd64" },
          timeout: 3600,
        },
      },
      { parent: this, customTimeouts: { create: "60m" } },
    );
    return pulumi.all([registry.loginServer, run.id]).apply(([server]) => `${server}/${repository}:${tag}`);
  }
}
