import { Registry } from "@pulumi/azure-native/containerregistry/registry";
import * as pulumi from "@pulumi/pulumi";
import { physicalName } from "../naming";
import type { BuildContext } from "./build-context";
import { buildImage } from "./build-image";

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
        buildImage(`${name}-${repository}`, { registry, resourceGroupName, repository, context }, { parent: this }),
      ]),
    );
    this.registerOutputs({ loginServer: this.loginServer, references: this.references });
  }
}
