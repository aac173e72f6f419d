import { Job } from "@pulumi/databricks/job";
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

// Scores with the newest model each morning, on the cluster that the environment keeps for training.
const { rootFolder, clusterIds } = platform.part("databricks", "artifacts");
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
        notebookTask: { notebookPath: pulumi.interpolate`${rootFolder}/training/score` },
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

export const jobId = job.id;
export const workspaceHost = platform.databricks.workspaceHost;
