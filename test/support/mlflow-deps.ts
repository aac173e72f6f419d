import type { LocalWorkspaceOptions } from "@pulumi/pulumi/automation";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { SemVer } from "semver";
import type { MlflowDeps } from "../../automation/commands/mlflow-platform";
import type { EngineSession } from "../../automation/engine/engine-session";
import type { JobCluster } from "../../automation/ports/job-cluster";
import { jobTemplate } from "./fake-cluster";
import { verbDeps } from "./verb-deps";

/** What a verb about projects works with, in a project of a directory whose stack has a platform as its output. */
export function mlflowDeps(directory: string, cluster: JobCluster): MlflowDeps {
  writeFileSync(join(directory, "Pulumi.yaml"), "name: p\nruntime: nodejs\n");
  const mlflow = {
    trackingUri: "https://mlflow.example.org",
    cluster: { name: "c", kubeconfig: "{}" },
    projects: { namespace: "mlflow", shareAccount: "a", share: "s", jobTemplate },
  };
  const run = async (args: readonly string[]) => {
    const stdout = args.includes("output") ? JSON.stringify({ azure: { mlflow } }) : "";
    return { stdout, stderr: "", code: 0 };
  };
  const pulumiCommand = { command: "pulumi", version: new SemVer("3.248.0"), run };
  const session = {
    workDir: directory,
    workspace: { pulumiCommand } as unknown as LocalWorkspaceOptions,
    standIns: [],
    close: async () => {},
  } as unknown as EngineSession;
  return {
    ...verbDeps(),
    openEngine: async () => session,
    openMlflow: async () => ({ cluster, share: undefined as never, runAddress: async () => undefined }),
    pause: async () => undefined,
    date: () => new Date(0),
    random: () => "abc123",
  };
}
