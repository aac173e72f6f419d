import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { environmentNames } from "./environment-config";
import type { AwsOutputs, AzureOutputs, DatabricksOutputs, EnvironmentOutputs, GithubOutputs } from "./outputs";

/** Outputs as another project reads them: plain values. */
type Plain<T> = pulumi.Unwrap<T>;

const text = z.string();
const texts = z.array(text).readonly();
const byName = z.record(text, text).readonly();

const terraformBackend = z.looseObject({
  ...{ bucket: text, region: text, keyPrefix: text, encrypt: z.boolean() },
  ...{ dynamodbTable: text.optional(), kmsKeyId: text.optional() },
});

const aws = z.looseObject({
  accountId: text,
  region: text,
  state: z.looseObject({ bucketName: text, bucketArn: text, backendUrl: text, terraformBackend }).optional(),
  identity: z.looseObject({ oidcProviderArn: text, previewRoleArn: text, writeRoleArn: text }).optional(),
}) satisfies z.ZodType<Plain<AwsOutputs>>;

const containers = z.looseObject({ mlResources: text, ciPrincipals: text });

const mlflow = z.looseObject({
  trackingUri: text,
  clusterTrackingUri: text,
  artifactLocation: text,
  experimentsUrl: text,
  cluster: z.looseObject({ name: text, resourceGroup: text, kubeconfig: text }),
  kubeconfigCommand: text,
  passwordSecrets: z.looseObject({ admin: text, database: text }).optional(),
  projects: z.looseObject({
    ...{ namespace: text, image: text, serviceAccount: text, claim: text },
    ...{ credentialsSecret: text, shareAccount: text, share: text },
    jobTemplate: z.looseObject({}),
  }),
});

const bySlot = <Schema extends z.ZodType>(schema: Schema) =>
  z.looseObject({ blue: schema.optional(), green: schema.optional() });

const endpoint = z.looseObject({
  ...{ subscriptionId: text, location: text, resourceGroupName: text, workspaceName: text, endpointName: text },
  ...{ scoringUri: text, authMode: z.enum(["AADToken", "Key"]), model: text, instanceType: text },
  instanceCount: z.number(),
  compute: text.optional(),
  slots: bySlot(z.looseObject({ model: text })),
  traffic: bySlot(z.number()),
  mirror: bySlot(z.number()).optional(),
});

const azure = z.looseObject({
  subscriptionId: text,
  tenantId: text,
  location: text,
  state: z
    .looseObject({ resourceGroupName: text, accountName: text, containerNames: containers, backendUrls: containers })
    .optional(),
  identity: z
    .looseObject({
      mode: z.enum(["federated", "application"]),
      clientId: text,
      principalId: text,
      previewClientId: text.optional(),
    })
    .optional(),
  databricks: z
    .looseObject({
      resourceGroupName: text,
      resourceId: text,
      accessConnectorId: text,
      accessConnectorPrincipalId: text,
    })
    .optional(),
  keyVault: z.looseObject({ name: text, uri: text, secretNames: z.array(text) }).optional(),
  mlflow: mlflow.optional(),
  endpoint: endpoint.optional(),
}) satisfies z.ZodType<Plain<AzureOutputs>>;

const databricks = z.looseObject({
  accountId: text,
  workspaceHost: text,
  workspaceId: text,
  principal: z.looseObject({ principalId: text, applicationId: text, directory: text }).optional(),
  artifacts: z.looseObject({ rootFolder: text, clusterIds: byName, jobIds: byName }).optional(),
  serving: z
    .looseObject({
      ...{ endpointName: text, scoringUri: text, authMode: z.literal("AADToken"), model: text },
      slots: z.record(text, z.looseObject({ model: text })),
      traffic: z.record(text, z.number()),
    })
    .optional(),
  secretScopeName: text.optional(),
}) satisfies z.ZodType<Plain<DatabricksOutputs>>;

const github = z.looseObject({
  repository: text,
  visibility: text,
  environment: text,
  gate: z.looseObject({
    reviewers: z.looseObject({ users: z.array(z.number()), teams: z.array(z.number()) }),
    ...{ preventSelfReview: z.boolean(), canAdminsBypass: z.boolean(), waitTimer: z.number() },
  }),
  deploymentBranchPatterns: texts,
  protectedBranches: texts,
}) satisfies z.ZodType<Plain<GithubOutputs>>;

/** The forms of an environment's outputs by name, as this version of the contract has them. More than that may be there. */
export const outputsSchema = {
  contractVersion: z.int().positive(),
  organization: text,
  environment: z.enum(environmentNames),
  aws,
  azure,
  databricks,
  github,
  secretParts: z.record(text, z.unknown()).readonly(),
  ciSecrets: byName,
  mlflowAdminPassword: text,
} as const satisfies Record<keyof EnvironmentOutputs, z.ZodType>;

/** An environment's outputs as another project reads them. A vendor is there when its part is. */
export interface PlainOutputs {
  readonly organization: string;
  readonly environment: EnvironmentOutputs["environment"];
  readonly aws: Plain<AwsOutputs>;
  readonly azure: Plain<AzureOutputs>;
  readonly databricks: Plain<DatabricksOutputs>;
  readonly github: Plain<GithubOutputs>;
  readonly ciSecrets: Record<string, string>;
  readonly mlflowAdminPassword: string;
}
