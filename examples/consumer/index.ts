import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Job } from "@pulumi/databricks/job";
import { Notebook } from "@pulumi/databricks/notebook";
import { Provider } from "@pulumi/databricks/provider";
import * as pulumi from "@pulumi/pulumi";
import { environmentOutputs } from "trunkline/components";

// The environment of the same name as this stack, brought up by the project trunkline.
const organization = pulumi.getOrganization();
const environment = new pulumi.StackReference(`${organization}/trunkline/${pulumi.getStack()}`);
const platform = environmentOutputs(environment);

const workspace = new Provider("workspace", {
  host: platform.databricks.workspaceHost,
  authType: "azure-cli",
});

const notebook = new Notebook(
  "score-fares",
  {
    path: pulumi.interpolate`/Shared/scoring-${platform.environment}/score_fares`,
    language: "PYTHON",
    format: "SOURCE",
    contentBase64: readFileSync(join(__dirname, "score_fares.py")).toString("base64"),
  },
  { provider: workspace },
);

// Each morning the trips are scored by the environment's endpoint, whichever slot answers there, from the cluster that the
// environment keeps for training. The job is told where the credentials are, and never what they are.
const { clusterIds } = platform.part("databricks", "artifacts");
const endpoint = platform.part("azure", "endpoint");
const credentials = platform.part("azure", "keyVault").secretNames;
const job = new Job(
  "score-fares",
  {
    name: pulumi.interpolate`score-fares-${platform.environment}`,
    schedule: { quartzCronExpression: "0 0 5 * * ?", timezoneId: "UTC" },
    maxConcurrentRuns: 1,
    tasks: [
      {
        taskKey: "score",
        existingClusterId: clusterIds.apply((ids) => clusterId(ids, "training")),
        maxRetries: 1,
        notebookTask: {
          notebookPath: notebook.path,
          baseParameters: {
            endpoint: endpoint.endpointName,
            scoring_uri: endpoint.scoringUri,
            scope: platform.part("databricks", "secretScopeName"),
            tenant_id: credentials.apply((names) => secretName(names, "tenant-id")),
            client_id: credentials.apply((names) => secretName(names, "client-id")),
            client_secret: credentials.apply((names) => secretName(names, "client-secret")),
            source: pulumi.interpolate`ml_${platform.environment}.features.trips`,
            target: pulumi.interpolate`ml_${platform.environment}.features.scored_trips`,
            login: "https://login.microsoftonline.com",
          },
        },
      },
    ],
  },
  { provider: workspace },
);

function clusterId(ids: Readonly<Record<string, string>>, name: string): string {
  const id = ids[name];
  if (id !== undefined) return id;
  throw new pulumi.RunError(
    `the environment has no cluster "${name}", it has ${Object.keys(ids).join(", ") || "none"}`,
  );
}

function secretName(names: readonly string[], ending: string): string {
  const name = names.find((one) => one.endsWith(`-${ending}`));
  if (name !== undefined) return name;
  throw new pulumi.RunError(
    `the environment's vault has no secret that ends in "-${ending}", it has ${names.join(", ") || "none"}`,
  );
}

export const jobId = job.id;
export const scoringUri = endpoint.scoringUri;
export const workspaceHost = platform.databricks.workspaceHost;
