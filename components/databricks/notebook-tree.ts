import { Directory } from "@pulumi/databricks/directory";
import { Notebook } from "@pulumi/databricks/notebook";
import * as pulumi from "@pulumi/pulumi";
import type { NotebookFile } from "./artifacts/artifact-set";

/** The notebooks of a workspace. */
export interface NotebookTreeArgs {
  /** Folder that they go to, such as `/platform`. */
  readonly rootFolder: string;
  readonly notebooks: readonly NotebookFile[];
}

/** Notebooks below a root folder, in the folders that they have among the artifacts; each folder goes with its last one. */
export class NotebookTree extends pulumi.ComponentResource {
  readonly rootFolder: pulumi.Output<string>;
  /** Path in the workspace of each notebook, by that among the artifacts. */
  readonly paths: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, { rootFolder, notebooks }: NotebookTreeArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:databricks:NotebookTree", name, {}, opts);
    const root = new Directory(`${name}-folder`, { path: rootFolder }, { parent: this });
    const folders = new Map<string, Directory>([["", root]]);
    const folderOf = (path: string): Directory => {
      const folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
      const known = folders.get(folder);
      if (known) return known;
      const made = new Directory(
        `${name}-folder-${folder}`,
        { path: pulumi.interpolate`${root.path}/${folder}` },
        { parent: this, dependsOn: folderOf(folder) },
      );
      folders.set(folder, made);
      return made;
    };
    this.rootFolder = root.path;
    this.paths = Object.fromEntries(
      notebooks.map(({ path, ...content }) => {
        const notebook = new Notebook(
          `${name}-${path}`,
          { path: pulumi.interpolate`${root.path}/${path}`, ...content },
          { parent: this, dependsOn: folderOf(path) },
        );
        return [path, notebook.path];
      }),
    );
    this.registerOutputs({ rootFolder: this.rootFolder, paths: this.paths });
  }
}
