export { AwsEnvironment, type AwsEnvironmentArgs } from "./aws/aws-environment";
export { assignRole, type RoleAssignmentRequest } from "./azure/assign-role";
export { AzureEnvironment, type AzureEnvironmentArgs } from "./azure/azure-environment";
export {
  type DeploymentCredentials,
  EnvironmentKeyVault,
  type EnvironmentKeyVaultArgs,
} from "./azure/environment-key-vault";
export { type BuiltInRole, builtInRoleId, builtInRoles } from "./azure/built-in-roles";
export { roleAssignmentName } from "./azure/role-assignment-name";
export { endpointName, workspaceTarget } from "./azure-ml/endpoint-target";
export { noRelease, type Release, type SlotRelease, type SlotScoring } from "./azure-ml/live-release";
export {
  MachineLearningWorkspace,
  type MachineLearningWorkspaceArgs,
  type ManagedNetwork,
} from "./azure-ml/machine-learning-workspace";
export { ModelEndpoint, type ModelEndpointArgs } from "./azure-ml/model-endpoint";
export { OnlineEndpoint, type OnlineEndpointArgs } from "./azure-ml/online-endpoint";
export { readScoringImage } from "./azure-ml/read-scoring-image";
export { checkedReleaseIntent, parseReleaseIntent, ReleaseIntentError } from "./azure-ml/release-error";
export {
  maxMirrorPercent,
  type ReleaseFault,
  releaseFaults,
  type ReleaseIntent,
  releaseIntentSchema,
  releaseParts,
  servingFaults,
  type SlotName,
  slotNames,
} from "./azure-ml/release-intent";
export { ScoringEnvironment, type ScoringEnvironmentArgs } from "./azure-ml/scoring-environment";
export { type ConfigFault, EnvironmentConfigError } from "./config/config-fault";
export { environmentConfigSchema } from "./config/stack-file-schema";
export {
  CiServicePrincipal,
  type CiServicePrincipalArgs,
  type PrincipalGrant,
} from "./databricks/ci-service-principal";
export {
  DatabricksEnvironment,
  type DatabricksEnvironmentArgs,
  type DatabricksWorkspaceTarget,
} from "./databricks/databricks-environment";
export { ArtifactError, type ArtifactFault } from "./databricks/artifacts/artifact-fault";
export type { ArtifactSet } from "./databricks/artifacts/artifact-set";
export { type ArtifactVariables, parseArtifacts } from "./databricks/artifacts/parse-artifacts";
export { readArtifacts } from "./databricks/artifacts/read-artifacts";
export { DatabricksArtifacts, type DatabricksArtifactsArgs } from "./databricks/databricks-artifacts";
export { DatabricksWorkspace, type DatabricksWorkspaceArgs } from "./databricks/databricks-workspace";
export { ServingEndpoint, type ServingEndpointArgs } from "./databricks/serving-endpoint";
export { type InitScriptPlace, InitScripts, type InitScriptsArgs } from "./databricks/init-scripts";
export { KeyVaultSecretScope, type KeyVaultSecretScopeArgs } from "./databricks/key-vault-secret-scope";
export { NotebookTree, type NotebookTreeArgs } from "./databricks/notebook-tree";
export {
  WorkspaceNetwork,
  type WorkspaceNetworkArgs,
  type WorkspaceNetworkRanges,
} from "./databricks/workspace-network";
export type { PrincipalLogin } from "./databricks/principal-login";
export { Environment, type EnvironmentArgs } from "./environment";
export {
  type ConsumedOutputs,
  environmentOutputs,
  OutputsContractError,
  type OutputSource,
} from "./environment-outputs";
export {
  configNamespace,
  type EnvironmentConfig,
  type EnvironmentName,
  environmentNames,
  parseEnvironmentConfig,
  readEnvironmentConfig,
} from "./environment-config";
export { type CiCredentials, ciSecrets } from "./github/ci-secrets";
export { type CiVariables, ciVariables } from "./github/ci-variables";
export { deploymentBranchPatterns } from "./github/deployment-branch-patterns";
export { GithubEnvironment, type GithubEnvironmentArgs } from "./github/github-environment";
export {
  type BranchProtectionRules,
  type DeploymentGate,
  RepositoryGovernance,
  type RepositoryGovernanceArgs,
} from "./github/repository-governance";
export { AzureCiApplication, type AzureCiApplicationArgs } from "./identity/azure-ci-application";
export { AzureCiIdentity, type AzureCiIdentityArgs } from "./identity/azure-ci-identity";
export { GithubOidcRoles, type GithubOidcRolesArgs } from "./identity/github-oidc-roles";
export { newestSecret, type SecretSlot } from "./identity/newest-secret";
export { oidcSubjects, type SubjectContext, type SubjectFormat, type SubjectRepository } from "./identity/oidc-subject";
export type { BuildContext } from "./mlflow/build-context";
export { type MlflowImages, MlflowPlatform, type MlflowPlatformArgs } from "./mlflow/mlflow-platform";
export { packagedMlflowImages } from "./mlflow/packaged-images";
export { readMlflowImages } from "./mlflow/read-images";
export { type NameKind, type NameRule, nameRules, physicalName } from "./naming";
export {
  type AwsOutputs,
  type AzureOutputs,
  type DatabricksOutputs,
  type EndpointOutputs,
  type EnvironmentOutputs,
  type GithubOutputs,
  type MlflowOutputs,
  outputsContractVersion,
  type ServingOutputs,
} from "./outputs";
export { outputsSchema, type PlainOutputs } from "./outputs-schema";
export { readReleases, type Releases, releaseVariable } from "./read-releases";
export {
  AzureBlobStateBackend,
  type AzureBlobStateBackendArgs,
  type StateContainers,
} from "./state/azure-blob-state-backend";
export { S3StateBackend, type S3StateBackendArgs, type TerraformBackend } from "./state/s3-state-backend";
export { commonTags, type TagSubject } from "./tags";
