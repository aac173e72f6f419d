/**
 * Types whose deletion or replacement loses what nobody can declare again: data, keys, images, logs, registered models,
 * and what others have put into a container such as a resource group or a namespace. Written as `vendor:module:Type`,
 * without API versions.
 *
 * Left out on purpose are identities (new ones are granted the same), what is deployed from the repository (notebooks,
 * functions, serving endpoints), and random values, whose replacement is how they are rotated.
 */
const STATEFUL_TYPES: Readonly<Record<string, readonly string[]>> = {
  aws: [
    ...["backup:Vault", "cloudwatch:LogGroup", "docdb:Cluster", "dynamodb:GlobalTable", "dynamodb:Table", "ebs:Volume"],
    ...["ecr:Repository", "efs:FileSystem", "eks:Cluster", "elasticache:ReplicationGroup", "glue:CatalogDatabase"],
    ...["glue:CatalogTable", "kinesis:Stream", "kms:Key", "opensearch:Domain", "rds:Cluster", "rds:Instance"],
    ...["redshift:Cluster", "s3:Bucket", "s3:DirectoryBucket", "s3tables:Table", "sagemaker:Domain"],
    ...["sagemaker:FeatureGroup", "sagemaker:MlflowTrackingServer", "sagemaker:ModelPackageGroup"],
    ...["secretsmanager:Secret", "sqs:Queue"],
  ],
  "azure-native": [
    ...["compute:Disk", "compute:Snapshot", "compute:VirtualMachine", "containerregistry:Registry"],
    ...["containerservice:ManagedCluster", "cosmosdb:DatabaseAccount", "databricks:Workspace"],
    ...["dbformysql:Database", "dbformysql:Server", "dbforpostgresql:Database", "dbforpostgresql:Server"],
    ...["eventhub:EventHub", "eventhub:Namespace", "keyvault:Key", "keyvault:ManagedHsm", "keyvault:Secret"],
    ...["keyvault:Vault", "machinelearningservices:DataContainer", "machinelearningservices:DataVersion"],
    ...["machinelearningservices:ModelContainer", "machinelearningservices:ModelVersion"],
    ...["machinelearningservices:Registry", "machinelearningservices:RegistryModelContainer"],
    ...["machinelearningservices:RegistryModelVersion", "machinelearningservices:Workspace"],
    ...["operationalinsights:Table", "operationalinsights:Workspace", "recoveryservices:Vault", "redis:Redis"],
    ...["resources:ResourceGroup", "search:Service", "servicebus:Namespace", "servicebus:Queue", "sql:Database"],
    ...["sql:ManagedDatabase", "sql:ManagedInstance", "sql:Server", "storage:Blob", "storage:BlobContainer"],
    ...["storage:FileShare", "storage:Queue", "storage:StorageAccount", "storage:Table"],
  ],
  azuread: [],
  databricks: [
    ...["index:Catalog", "index:DatabaseInstance", "index:Directory", "index:Metastore", "index:MlflowExperiment"],
    ...["index:MlflowModel", "index:MwsWorkspaces", "index:OnlineStore", "index:Pipeline", "index:PostgresBranch"],
    ...["index:PostgresDatabase", "index:PostgresProject", "index:RegisteredModel", "index:Schema"],
    ...["index:SecretScope", "index:SqlTable", "index:Table", "index:Volume"],
  ],
  github: ["index:Repository", "index:RepositoryEnvironment"],
  kubernetes: [
    ...["apiextensions.k8s.io:CustomResourceDefinition", "apps:StatefulSet", "core:Namespace", "core:PersistentVolume"],
    ...["core:PersistentVolumeClaim", "helm.sh:Release"],
  ],
  // Built into the engine: stacks, references to stacks, providers.
  pulumi: [],
  random: [],
};

const STATEFUL: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(STATEFUL_TYPES).map(([vendor, types]) => [vendor, new Set(types)]),
);

/** The stateful types of the vendors that this package uses, as `vendor:module:Type`. */
export function statefulTypes(): readonly string[] {
  return Object.entries(STATEFUL_TYPES).flatMap(([vendor, types]) => types.map((type) => `${vendor}:${type}`));
}

/**
 * Whether data is lost where a resource of this type is deleted or replaced. A vendor that is not in the table has only
 * stateful types: nobody has looked at them. Components hold no data themselves and are not to be asked about.
 */
export function isStateful(type: string): boolean {
  const [vendor = "", module = "", name = ""] = type.split(":");
  const known = STATEFUL.get(vendor);
  if (!known) return true;
  // `s3/bucket:Bucket`, `storage/v20240101:StorageAccount` and `core/v1:Namespace` have the class's file or an API version.
  return known.has(`${module.split("/")[0]}:${name}`);
}
