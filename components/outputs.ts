import type { batch } from "@pulumi/kubernetes/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { SlotName } from "./azure-ml/release-intent";
import type { EnvironmentName } from "./environment-config";
import type { DeploymentGate } from "./github/repository-governance";
import type { StateContainers } from "./state/azure-blob-state-backend";
import type { TerraformBackend } from "./state/s3-state-backend";

/** Version of the outputs' form; it rises when an output goes away or changes its type. */
export const outputsContractVersion = 1;

/** What an environment has in AWS. */
export interface AwsOutputs {
  readonly accountId: string;
  readonly region: string;
  /** Present when the environment keeps its state in S3. */
  readonly state?: {
    readonly bucketName: pulumi.Output<string>;
    readonly bucketArn: pulumi.Output<string>;
    /** Address for `pulumi login`. */
    readonly backendUrl: pulumi.Output<string>;
    readonly terraformBackend: TerraformBackend;
  };
  /** Present when the environment has roles for GitHub Actions. */
  readonly identity?: {
    readonly oidcProviderArn: pulumi.Output<string>;
    readonly previewRoleArn: pulumi.Output<string>;
    readonly writeRoleArn: pulumi.Output<string>;
  };
}

/** An environment's MLflow platform. */
export interface MlflowOutputs {
  /** Address for people and clients. */
  readonly trackingUri: pulumi.Output<string>;
  /** Address for what runs inside the cluster. */
  readonly clusterTrackingUri: string;
  /** Where artifacts lie; clients reach them through the server. */
  readonly artifactLocation: pulumi.Output<string>;
  readonly experimentsUrl: pulumi.Output<string>;
  readonly cluster: {
    readonly name: pulumi.Output<string>;
    readonly resourceGroup: pulumi.Output<string>;
    /** A kubeconfig that logs in through kubelogin and holds no credential. */
    readonly kubeconfig: pulumi.Output<string>;
  };
  /** Writes the kubeconfig to a file of its owner. */
  readonly kubeconfigCommand: string;
  /** Names of the generated passwords in the environment's vault; present when it has one. */
  readonly passwordSecrets?: { readonly admin: pulumi.Output<string>; readonly database: pulumi.Output<string> };
  /** What a run of a project is started with. */
  readonly projects: {
    readonly namespace: string;
    readonly image: pulumi.Output<string>;
    readonly serviceAccount: pulumi.Output<string>;
    readonly claim: pulumi.Output<string>;
    /** Secret with the password of the user `admin`. */
    readonly credentialsSecret: pulumi.Output<string>;
    readonly shareAccount: pulumi.Output<string>;
    readonly share: string;
    /** The Job that runs a project, but for its name and the arguments of `mlflow`. */
    readonly jobTemplate: pulumi.Output<batch.v1.Job>;
  };
}

/** An environment's endpoint in Azure Machine Learning. */
export interface EndpointOutputs {
  readonly subscriptionId: string;
  readonly location: string;
  /** Group of the workspace. */
  readonly resourceGroupName: pulumi.Output<string>;
  readonly workspaceName: pulumi.Output<string>;
  readonly endpointName: pulumi.Output<string>;
  /** Address that requests go to. */
  readonly scoringUri: pulumi.Output<string>;
  readonly authMode: "AADToken" | "Key";
  /** Name of the registered model. */
  readonly model: string;
  /** Size of the machines of each slot. */
  readonly instanceType: string;
  /** Machines of each slot. */
  readonly instanceCount: number;
  /** Compute cluster for training, where the config names one. */
  readonly compute?: string;
  /** The slots that exist, each with its model as `name:version`. */
  readonly slots: Readonly<Partial<Record<SlotName, { readonly model: string }>>>;
  /** Percentage of the requests by slot. */
  readonly traffic: Readonly<Partial<Record<SlotName, number>>>;
  /** Percentage of the requests that a slot gets a copy of. */
  readonly mirror?: Readonly<Partial<Record<SlotName, number>>>;
}

/** What an environment has in Azure. */
export interface AzureOutputs {
  readonly subscriptionId: string;
  readonly tenantId: string;
  readonly location: string;
  /** Present when the environment keeps state in Azure. */
  readonly state?: {
    readonly resourceGroupName: pulumi.Output<string>;
    readonly accountName: pulumi.Output<string>;
    readonly containerNames: StateContainers<pulumi.Output<string>>;
    /** Addresses for `pulumi login`. */
    readonly backendUrls: StateContainers<pulumi.Output<string>>;
  };
  /** Present when CI has an identity in Azure. */
  readonly identity?: {
    readonly mode: "federated" | "application";
    readonly clientId: pulumi.Output<string>;
    readonly principalId: pulumi.Output<string>;
    readonly previewClientId?: pulumi.Output<string>;
  };
  /** Present when the environment makes a workspace of Databricks. */
  readonly databricks?: {
    readonly resourceGroupName: pulumi.Output<string>;
    readonly resourceId: pulumi.Output<string>;
    readonly accessConnectorId: pulumi.Output<string>;
    /** Object id to which the storage of external locations is opened. */
    readonly accessConnectorPrincipalId: pulumi.Output<string>;
  };
  /** Present when the environment has a key vault. */
  readonly keyVault?: {
    readonly name: pulumi.Output<string>;
    readonly uri: pulumi.Output<string>;
    readonly secretNames: pulumi.Output<string[]>;
  };
  /** Present when the environment has an MLflow platform. */
  readonly mlflow?: MlflowOutputs;
  /** Present when the environment has an online endpoint. */
  readonly endpoint?: EndpointOutputs;
}

/** An environment's endpoint of Databricks' model serving. */
export interface ServingOutputs {
  readonly endpointName: pulumi.Output<string>;
  /** Address that requests go to. */
  readonly scoringUri: pulumi.Output<string>;
  readonly authMode: "AADToken";
  /** Name of the registered model. */
  readonly model: string;
  /** The slots that exist, each with its model as `name:version`. */
  readonly slots: pulumi.Output<Record<string, { readonly model: string }>>;
  /** Percentage of the requests by slot. */
  readonly traffic: pulumi.Output<Record<string, number>>;
}

/** What an environment has in Databricks. */
export interface DatabricksOutputs {
  readonly accountId: string;
  /** Address of the workspace. */
  readonly workspaceHost: pulumi.Output<string>;
  /** Number of the workspace, as digits. */
  readonly workspaceId: pulumi.Output<string>;
  /** Present when CI has a service principal in Databricks. */
  readonly principal?: {
    readonly principalId: pulumi.Output<string>;
    readonly applicationId: pulumi.Output<string>;
    /** Directory of the project. */
    readonly directory: pulumi.Output<string>;
  };
  /** Present when artifacts are deployed. */
  readonly artifacts?: {
    readonly rootFolder: pulumi.Output<string>;
    /** Ids by name. */
    readonly clusterIds: Readonly<Record<string, pulumi.Output<string>>>;
    /** Ids by name. */
    readonly jobIds: Readonly<Record<string, pulumi.Output<string>>>;
  };
  /** Present when a model is served. */
  readonly serving?: ServingOutputs;
  /** Name of the scope with the secrets of the key vault. */
  readonly secretScopeName?: pulumi.Output<string>;
}

/** What an environment's stack governs in the repository. */
export interface GithubOutputs {
  readonly repository: string;
  /** `public`, `private` or `internal`: private ones need a plan that enforces the gate. */
  readonly visibility: pulumi.Output<string>;
  readonly environment: pulumi.Output<string>;
  /** The approval before a deployment, as configured. */
  readonly gate: DeploymentGate;
  readonly deploymentBranchPatterns: readonly string[];
  readonly protectedBranches: readonly string[];
}

/** The outputs of an environment's stack, for people, for CI and for other projects. A vendor is there when its part is. */
export interface EnvironmentOutputs {
  readonly contractVersion: typeof outputsContractVersion;
  readonly organization: string;
  readonly environment: EnvironmentName;
  readonly aws?: AwsOutputs;
  readonly azure?: AzureOutputs;
  readonly databricks?: DatabricksOutputs;
  readonly github?: GithubOutputs;
  /** Parts of the sections that are secrets, by JSON Pointers such as `/azure/keyVault/uri`; `[secret]` stands in their places. A secret. */
  readonly secretParts?: pulumi.Output<Record<string, unknown>>;
  /** The secrets of CI by the names that workflows know them by; a secret, and present only where CI cannot do without. */
  readonly ciSecrets?: pulumi.Output<Record<string, string>>;
  /** Password of the user `admin` of MLflow; a secret, and an output of its own, since only a whole output is masked. */
  readonly mlflowAdminPassword?: pulumi.Output<string>;
}
