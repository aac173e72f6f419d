import { TaskRun } from "@pulumi/azure-native/containerregistry/taskRun";
import type { containerregistry } from "@pulumi/azure-native/types/output";
import * as pulumi from "@pulumi/pulumi";
import { type BuildContext, buildTask, contextTag } from "./build-context";

/** An image, and the registry that builds it. */
export interface BuildImageArgs {
  readonly registry: { readonly name: pulumi.Input<string>; readonly loginServer: pulumi.Input<string> };
  /** Group of the registry. */
  readonly resourceGroupName: pulumi.Input<string>;
  /** Name of the image's repository. */
  readonly repository: string;
  readonly context: BuildContext;
}

/** How a run ends that has built nothing. */
const FAILED = ["Failed", "Canceled", "Error", "Timeout"];

/**
 * Has a registry build an image, tagged by a hash of its context, and answers its reference once it is built: an unchanged
 * context builds nothing. A changed one, and one whose build failed, is a new run of the registry, under a name of its own:
 * what the last run built stays in use until then. Throws a RunError with the run's status and the place of its log where
 * the registry tells of a failed run as if it had been made.
 * See https://learn.microsoft.com/azure/container-registry/container-registry-tasks-overview.
 */
export function buildImage(
  name: string,
  { registry, resourceGroupName, repository, context }: BuildImageArgs,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const image = `${repository}:${contextTag(context)}`;
  const run = new TaskRun(
    name,
    {
      registryName: registry.name,
      resourceGroupName,
      runRequest: {
        type: "EncodedTaskRunRequest",
        encodedTaskContent: buildTask(image, context),
        platform: { os: "Linux", architecture: "amd64" },
        timeout: 3600,
      },
    },
    { ...opts, customTimeouts: { create: "60m" }, replaceOnChanges: ["*"] },
  );
  return pulumi
    .all([registry.loginServer, registry.name, run.name, run.runResult])
    .apply(([server, registryName, runName, result]) => {
      refuseFailed(image, { registryName, runName, result });
      return `${server}/${image}`;
    });
}

interface EndedRun {
  readonly registryName: string;
  readonly runName: string;
  readonly result: containerregistry.RunResponse | undefined;
}

function refuseFailed(image: string, { registryName, runName, result }: EndedRun): void {
  const { runId = "", status = "", runErrorMessage } = result ?? {};
  if (!FAILED.includes(status)) return;
  throw new pulumi.RunError(
    `the image ${image} was not built: run ${runId} of ${runName} in the registry ${registryName} ended as ${status}` +
      `${runErrorMessage ? `: ${runErrorMessage}` : ""}; its log: az acr taskrun logs --registry ${registryName} ` +
      `--name ${runName}; correct what it is built from, or remove the run with az acr taskrun delete and refresh`,
  );
}
