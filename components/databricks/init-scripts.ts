import { DbfsFile } from "@pulumi/databricks/dbfsFile";
import { Directory } from "@pulumi/databricks/directory";
import { File } from "@pulumi/databricks/file";
import { Schema } from "@pulumi/databricks/schema";
import { Volume } from "@pulumi/databricks/volume";
import { WorkspaceFile } from "@pulumi/databricks/workspaceFile";
import * as pulumi from "@pulumi/pulumi";
import type { UploadedFile } from "./artifacts/artifact-set";
import type { ScriptPlace } from "./artifacts/resource-args";

/** Where init scripts are deployed to. */
export type InitScriptPlace =
  /** A volume of Unity Catalog, for Databricks Runtime 13.3 and later. */
  | { readonly kind: "volume"; readonly catalogName: pulumi.Input<string> }
  /** Files of the workspace, without Unity Catalog. */
  | { readonly kind: "workspace"; readonly folder: string }
  /** The workspace's own storage, which newer workspaces have switched off. */
  | { readonly kind: "dbfs" };

/** The init scripts of a workspace, and where they go. */
export interface InitScriptsArgs {
  readonly scripts: readonly UploadedFile[];
  readonly place: InitScriptPlace;
}

/**
 * The scripts that clusters run when they start, and the folder or volume that they lie in.
 * See https://learn.microsoft.com/azure/databricks/init-scripts/.
 */
export class InitScripts extends pulumi.ComponentResource {
  /** How clusters name them. */
  readonly place: ScriptPlace;
  readonly folder: pulumi.Output<string>;

  constructor(name: string, args: InitScriptsArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:databricks:InitScripts", name, {}, opts);
    this.place = this.deploy(name, args);
    this.folder = pulumi.output(this.place.folder);
    this.registerOutputs({ folder: this.folder });
  }

  private deploy(name: string, { scripts, place }: InitScriptsArgs): ScriptPlace {
    const opts = { parent: this };
    switch (place.kind) {
      case "volume": {
        const { catalogName } = place;
        const schema = new Schema(
          `${name}-schema`,
          { catalogName, name: "artifacts", comment: "What the platform deploys" },
          opts,
        );
        const volume = new Volume(
          `${name}-volume`,
          { catalogName, schemaName: schema.name, name: "init_scripts", volumeType: "MANAGED" },
          opts,
        );
        const folder = volume.volumePath;
        return this.uploads(
          "volumes",
          folder,
          scripts,
          (path, contentBase64) =>
            new File(`${name}-${path}`, { path: pulumi.interpolate`${folder}/${path}`, contentBase64 }, opts).path,
        );
      }
      case "workspace": {
        const folder = new Directory(`${name}-folder`, { path: place.folder }, opts).path;
        return this.uploads(
          "workspace",
          folder,
          scripts,
          (path, contentBase64) =>
            new WorkspaceFile(`${name}-${path}`, { path: pulumi.interpolate`${folder}/${path}`, contentBase64 }, opts)
              .path,
        );
      }
      case "dbfs":
        return this.uploads(
          "dbfs",
          "dbfs:/init-scripts",
          scripts,
          (path, contentBase64) =>
            new DbfsFile(`${name}-${path}`, { path: `/init-scripts/${path}`, contentBase64 }, opts).dbfsPath,
        );
    }
  }

  private uploads(
    kind: ScriptPlace["kind"],
    folder: pulumi.Input<string>,
    scripts: readonly UploadedFile[],
    upload: (path: string, contentBase64: string) => pulumi.Output<string>,
  ): ScriptPlace {
    const paths = new Map(scripts.map(({ path, contentBase64 }) => [path, upload(path, contentBase64)]));
    return { kind, folder, pathOf: (script) => paths.get(script)! };
  }
}
