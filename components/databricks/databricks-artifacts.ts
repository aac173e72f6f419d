import { Catalog } from "@pulumi/databricks/catalog";
import { Cluster } from "@pulumi/databricks/cluster";
import { ExternalLocation } from "@pulumi/databricks/externalLocation";
import { Job } from "@pulumi/databricks/job";
import { Repo } from "@pulumi/databricks/repo";
import { Schema } from "@pulumi/databricks/schema";
import { SqlTable } from "@pulumi/databricks/sqlTable";
import { StorageCredential } from "@pulumi/databricks/storageCredential";
import * as pulumi from "@pulumi/pulumi";
import type { ArtifactSet, TablesFile } from "./artifacts/artifact-set";
import { externalLocationSchema, gitFolderSchema } from "./artifacts/storage-schema";
import { pulumiProperties } from "./artifacts/json-schema-kit";
import { clusterArgs, jobArgs, tableArgs } from "./artifacts/resource-args";
import { type InitScriptPlace, InitScripts } from "./init-scripts";
import { NotebookTree } from "./notebook-tree";

/** What is deployed into a workspace, and where in it. */
export interface DatabricksArtifactsArgs {
  readonly organization: string;
  readonly environment: string;
  readonly artifacts: ArtifactSet;
  /** Folder of the notebooks, such as `/platform`. */
  readonly rootFolder: string;
  /** Where init scripts go. @default "workspace" */
  readonly initScripts?: InitScriptPlace["kind"];
  /** Catalog of the tables and of the volume with init scripts: an existing one, or one made here. @default none */
  readonly catalog?:
    | { readonly existing: { readonly name: string } }
    | { readonly create: { readonly name: string; readonly storageRoot?: string } };
  /** Access connector with which external locations are reached. @default no external locations */
  readonly accessConnectorId?: pulumi.Input<string>;
  /** Leave a catalog, schemas and tables in place when their file or the stack goes. @default true */
  readonly retainTables?: boolean;
}

type Dependencies = pulumi.Input<pulumi.Resource>[];

/**
 * The artifacts of a workspace, each file a resource, so that a preview names the files that changed and a removed file
 * removes what it made. They are deployed in the order in which they need each other: external locations and the
 * catalog, init scripts, clusters, notebooks, jobs, Git folders, tables.
 */
export class DatabricksArtifacts extends pulumi.ComponentResource {
  readonly rootFolder: pulumi.Output<string>;
  /** Ids of the clusters by their name. */
  readonly clusterIds: Readonly<Record<string, pulumi.Output<string>>>;
  /** Ids of the jobs by their name. */
  readonly jobIds: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: DatabricksArtifactsArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:databricks:DatabricksArtifacts", name, {}, opts);
    const { artifacts, rootFolder } = args;
    const locations = this.externalLocations(name, args);
    const catalogName = this.catalog(name, args, locations);

    const place = initScriptPlace(args, catalogName);
    const scripts = new InitScripts(`${name}-init-script`, { scripts: artifacts.initScripts, place }, { parent: this });
    const clusters = new Map(
      artifacts.clusters.map((file): [string, Cluster] => [
        file.cluster_name,
        new Cluster(`${name}-cluster-${file.cluster_name}`, clusterArgs(file, scripts.place), {
          parent: this,
          dependsOn: scripts,
        }),
      ]),
    );
    const clusterId = (cluster: string) => clusters.get(cluster)!.id;
    const notebooks = new NotebookTree(
      `${name}-notebook`,
      { rootFolder, notebooks: artifacts.notebooks },
      { parent: this, dependsOn: [...clusters.values()] },
    );
    const references = {
      clusterId,
      notebookPath: (path: string) => notebooks.paths[path]!,
      scripts: scripts.place,
    };
    const jobs = artifacts.jobs.map((file): [string, Job] => [
      file.name,
      new Job(`${name}-job-${file.name}`, jobArgs(file, references), { parent: this, dependsOn: notebooks }),
    ]);
    for (const file of artifacts.gitFolders) {
      const repo = pulumiProperties(gitFolderSchema, file) as { url: string };
      new Repo(`${name}-git-folder-${file.path}`, repo, { parent: this, dependsOn: notebooks });
    }
    this.tables(name, args, catalogName, clusterId);

    this.rootFolder = notebooks.rootFolder;
    this.clusterIds = Object.fromEntries([...clusters].map(([cluster, { id }]) => [cluster, id]));
    this.jobIds = Object.fromEntries(jobs.map(([job, { id }]) => [job, id]));
    this.registerOutputs({ rootFolder: this.rootFolder, clusterIds: this.clusterIds, jobIds: this.jobIds });
  }

  /** External locations take the place of mount points, which Unity Catalog does not know. */
  private externalLocations(
    name: string,
    { accessConnectorId, artifacts, ...args }: DatabricksArtifactsArgs,
  ): Dependencies {
    if (artifacts.externalLocations.length === 0) return [];
    if (accessConnectorId === undefined) {
      const reason =
        "is missing, and external locations need it: make a workspace with azure.databricks, or remove their files";
      throw new pulumi.InputPropertyError({ propertyPath: "accessConnectorId", reason });
    }
    const credential = new StorageCredential(
      `${name}-storage-credential`,
      {
        name: `${args.organization}-${args.environment}-access-connector`,
        azureManagedIdentity: { accessConnectorId },
        comment: "Reaches storage as the access connector of the workspace",
      },
      { parent: this },
    );
    return artifacts.externalLocations.map((file) => {
      const location = pulumiProperties(externalLocationSchema, file) as { url: string };
      return new ExternalLocation(
        `${name}-external-location-${file.name}`,
        { ...location, credentialName: credential.name },
        { parent: this },
      );
    });
  }

  private catalog(
    name: string,
    args: DatabricksArtifactsArgs,
    dependsOn: Dependencies,
  ): pulumi.Output<string> | undefined {
    const { catalog } = args;
    if (catalog === undefined) return undefined;
    if ("existing" in catalog) return pulumi.output(catalog.existing.name);
    return new Catalog(`${name}-catalog`, { ...catalog.create }, { ...this.stateful(args), dependsOn }).name;
  }

  private tables(
    name: string,
    args: DatabricksArtifactsArgs,
    catalogName: pulumi.Output<string> | undefined,
    clusterId: (name: string) => pulumi.Output<string>,
  ): void {
    const { artifacts } = args;
    if (artifacts.tables.length === 0) return;
    if (catalogName === undefined) {
      const reason = "is missing, and tables need it: say which catalog they are in, or remove their files";
      throw new pulumi.InputPropertyError({ propertyPath: "catalog", reason });
    }
    const opts = this.stateful(args);
    const made = artifacts.tables.flatMap((file) => {
      const { schema: schemaName, comment, properties } = file;
      const schema = new Schema(
        `${name}-schema-${schemaName}`,
        { catalogName, name: schemaName, comment, properties },
        opts,
      );
      return tableArgs(file).map((table, i) => ({ file, schema, table, id: `${schemaName}.${file.tables[i]!.name}` }));
    });
    const cluster = ({ existing_cluster_id: id }: TablesFile) => (id === undefined ? {} : { clusterId: clusterId(id) });
    const isView = ({ table }: (typeof made)[number]) => table.tableType === "VIEW";
    const make = ({ file, schema, table, id }: (typeof made)[number], dependsOn: Dependencies) =>
      new SqlTable(
        `${name}-table-${id}`,
        { ...table, ...cluster(file), catalogName, schemaName: schema.name },
        { ...opts, dependsOn },
      );
    const tables = made.filter((one) => !isView(one)).map((one) => make(one, []));
    // A view reads tables, which the text of its query alone names.
    for (const view of made.filter(isView)) make(view, tables);
  }

  private stateful({ retainTables = true }: DatabricksArtifactsArgs): pulumi.CustomResourceOptions {
    return { parent: this, retainOnDelete: retainTables };
  }
}

function initScriptPlace(
  { initScripts = "workspace", rootFolder }: DatabricksArtifactsArgs,
  catalogName: pulumi.Output<string> | undefined,
): InitScriptPlace {
  if (initScripts === "workspace") return { kind: "workspace", folder: `${rootFolder}-init-scripts` };
  if (initScripts === "dbfs") return { kind: "dbfs" };
  if (catalogName !== undefined) return { kind: "volume", catalogName };
  const reason =
    "is missing, and a volume needs it: say which catalog it is in, or choose another place for init scripts";
  throw new pulumi.InputPropertyError({ propertyPath: "catalog", reason });
}
