type Inputs = Readonly<Record<string, unknown>>;

/** Makes the id of a resource of its inputs and its provider's; undefined where an input that it needs is missing. */
type MakeId = (inputs: Inputs, provider: Inputs) => string | undefined;

/**
 * The id that a resource with these inputs has to have, in the form that its provider imports it by; undefined where the
 * vendor makes it, so that nobody can know it. Types are those whose import id is made of inputs alone, as the Import
 * section of each resource's page in the Pulumi registry says.
 * @see https://www.pulumi.com/registry/packages/
 */
export function expectedId(type: string, inputs: Inputs, provider: Inputs): string | undefined {
  return MAKERS[type]?.(inputs, provider);
}

/** Inputs joined by a separator. */
function of(names: readonly string[], separator = "/"): MakeId {
  return (inputs) =>
    joined(
      names.map((name) => inputs[name]),
      separator,
    );
}

function joined(parts: readonly unknown[], separator: string): string | undefined {
  return parts.every((part) => typeof part === "string" && part !== "") ? parts.join(separator) : undefined;
}

/** The path of a resource in a resource group: `names` alternate with the kinds of `path`. */
function azure(path: readonly (readonly [kind: string, input: string])[]): MakeId {
  return (inputs, provider) => {
    const below = path.flatMap(([kind, input]) => [kind, inputs[input]]);
    const group = ["subscriptions", provider["subscriptionId"], "resourceGroups", inputs["resourceGroupName"]];
    const parts = joined([...group, ...(below.length > 0 ? ["providers", ...below] : [])], "/");
    return parts && `/${parts}`;
  };
}

const BUCKET = of(["bucket"]);

const MAKERS: Readonly<Record<string, MakeId>> = {
  "aws:s3/bucket:Bucket": BUCKET,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": BUCKET,
  "aws:s3/bucketLogging:BucketLogging": BUCKET,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": BUCKET,
  "aws:s3/bucketPolicy:BucketPolicy": BUCKET,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": BUCKET,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": BUCKET,
  "aws:s3/bucketVersioning:BucketVersioning": BUCKET,
  "aws:dynamodb/table:Table": of(["name"]),
  "aws:iam/role:Role": of(["name"]),
  "aws:iam/rolePolicy:RolePolicy": of(["role", "name"], ":"),
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": of(["role", "policyArn"]),
  "aws:kms/alias:Alias": of(["name"]),
  "azure-native:resources:ResourceGroup": azure([]),
  "azure-native:storage:StorageAccount": azure([["Microsoft.Storage/storageAccounts", "accountName"]]),
  "azure-native:storage:BlobContainer": azure([
    ["Microsoft.Storage/storageAccounts", "accountName"],
    ["blobServices/default/containers", "containerName"],
  ]),
  "azure-native:keyvault:Vault": azure([["Microsoft.KeyVault/vaults", "vaultName"]]),
  "azure-native:databricks:Workspace": azure([["Microsoft.Databricks/workspaces", "workspaceName"]]),
  "azure-native:managedidentity:UserAssignedIdentity": azure([
    ["Microsoft.ManagedIdentity/userAssignedIdentities", "resourceName"],
  ]),
  "azure-native:containerservice:ManagedCluster": azure([
    ["Microsoft.ContainerService/managedClusters", "resourceName"],
  ]),
  "azure-native:containerregistry:Registry": azure([["Microsoft.ContainerRegistry/registries", "registryName"]]),
  "github:index/repositoryEnvironment:RepositoryEnvironment": of(["repository", "environment"], ":"),
  "github:index/actionsEnvironmentVariable:ActionsEnvironmentVariable": of(
    ["repository", "environment", "variableName"],
    ":",
  ),
  "kubernetes:core/v1:Namespace": (inputs) => metadata(inputs, "name"),
  "kubernetes:apps/v1:Deployment": namespaced,
  "kubernetes:core/v1:ConfigMap": namespaced,
  "kubernetes:core/v1:Secret": namespaced,
  "kubernetes:core/v1:Service": namespaced,
  "kubernetes:core/v1:ServiceAccount": namespaced,
};

function namespaced(inputs: Inputs): string | undefined {
  return joined([metadata(inputs, "namespace"), metadata(inputs, "name")], "/");
}

function metadata({ metadata: all }: Inputs, name: string): string | undefined {
  const value = (all as Inputs | undefined)?.[name];
  return typeof value === "string" ? value : undefined;
}
