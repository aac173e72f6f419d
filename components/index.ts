export { AwsEnvironment, type AwsEnvironmentArgs } from "./aws/aws-environment";
export { AzureEnvironment, type AzureEnvironmentArgs } from "./azure/azure-environment";
export { type ConfigFault, EnvironmentConfigError } from "./config/config-fault";
export { environmentConfigSchema } from "./config/stack-file-schema";
export {
  DatabricksEnvironment,
  type DatabricksEnvironmentArgs,
  type DatabricksWorkspaceTarget,
} from "./databricks/databricks-environment";
export { Environment } from "./environment";
export {
  configNamespace,
  type EnvironmentConfig,
  type EnvironmentName,
  environmentNames,
  parseEnvironmentConfig,
  readEnvironmentConfig,
} from "./environment-config";
export { type CiVariables, ciVariables } from "./github/ci-variables";
export { deploymentBranchPatterns } from "./github/deployment-branch-patterns";
export { GithubEnvironment, type GithubEnvironmentArgs } from "./github/github-environment";
export {
  type BranchProtectionRules,
  type DeploymentGate,
  RepositoryGovernance,
  type RepositoryGovernanceArgs,
} from "./github/repository-governance";
export { GithubOidcRoles, type GithubOidcRolesArgs } from "./identity/github-oidc-roles";
export { oidcSubjects, type SubjectContext, type SubjectFormat, type SubjectRepository } from "./identity/oidc-subject";
export { type NameKind, type NameRule, nameRules, physicalName } from "./naming";
export {
  type AwsOutputs,
  type AzureOutputs,
  type DatabricksOutputs,
  type EnvironmentOutputs,
  type GithubOutputs,
  outputsContractVersion,
} from "./outputs";
export { S3StateBackend, type S3StateBackendArgs, type TerraformBackend } from "./state/s3-state-backend";
export { commonTags, type TagSubject } from "./tags";
