import type { ClusterArgs } from "@pulumi/databricks/cluster";
import type { JobArgs } from "@pulumi/databricks/job";
import type { SqlTableArgs } from "@pulumi/databricks/sqlTable";
import type * as pulumi from "@pulumi/pulumi";
import type { ClusterFile, JobFile, TablesFile } from "./artifact-set";
import { clusterSchema } from "./cluster-schema";
import { jobSchema } from "./job-schema";
import { pulumiProperties } from "./json-schema-kit";
import { ownScript } from "./reference-faults";
import { tablesSchema } from "./storage-schema";

/** Where init scripts lie: as a key of a cluster's `init_scripts`, and their folder. */
export interface ScriptPlace {
  readonly kind: "volumes" | "workspace" | "dbfs";
  readonly folder: pulumi.Input<string>;
  readonly pathOf: (script: string) => pulumi.Input<string>;
}

/** What a job's references to other artifacts become. */
export interface JobReferences {
  readonly clusterId: (name: string) => pulumi.Input<string>;
  readonly notebookPath: (path: string) => pulumi.Input<string>;
  readonly scripts: ScriptPlace;
}

/**
 * A cluster's properties. The update does not wait for it to start; it ends by itself when nobody works on it, and is
 * pinned, because Databricks forgets a cluster 30 days after its end. An edit leaves one that has ended as it is.
 * See https://learn.microsoft.com/azure/databricks/compute/clusters-manage#pin-a-compute.
 */
export function clusterArgs(file: ClusterFile, scripts: ScriptPlace): ClusterArgs {
  return {
    ...(pulumiProperties(clusterSchema, file) as ClusterArgs),
    ...placedScripts(file, scripts),
    isPinned: true,
    noWait: true,
  };
}

/** A job's properties, in which clusters and notebooks of the artifacts are what they have become. */
export function jobArgs(file: JobFile, references: JobReferences): JobArgs {
  const { git_source: git, ...rest } = file;
  const { tasks, jobClusters, ...settings } = pulumiProperties(jobSchema, rest) as JobProperties;
  return {
    ...(settings as JobArgs),
    ...(git && {
      gitSource: {
        url: git.git_url,
        provider: git.git_provider,
        branch: git.git_branch,
        tag: git.git_tag,
        commit: git.git_commit,
      },
    }),
    ...(jobClusters && {
      jobClusters: jobClusters.map(({ newCluster, ...key }, i) => ({
        ...key,
        newCluster: { ...newCluster, ...placedScripts(file.job_clusters![i]!.new_cluster, references.scripts) },
      })),
    }),
    tasks: tasks.map(({ existingClusterId, notebookTask, newCluster, ...task }, i) => ({
      ...task,
      ...(existingClusterId && { existingClusterId: references.clusterId(existingClusterId) }),
      ...(newCluster && {
        newCluster: { ...newCluster, ...placedScripts(file.tasks[i]!.new_cluster!, references.scripts) },
      }),
      ...(notebookTask && {
        notebookTask: {
          ...notebookTask,
          notebookPath:
            notebookTask.notebookPath.startsWith("/") || notebookTask.source === "GIT"
              ? notebookTask.notebookPath
              : references.notebookPath(notebookTask.notebookPath),
        },
      }),
    })),
  } as JobArgs;
}

/** The properties of a schema's tables, without those that say where they are. */
export function tableArgs({ tables }: TablesFile): Omit<SqlTableArgs, "catalogName" | "schemaName">[] {
  const { tables: properties } = pulumiProperties(tablesSchema, { tables }) as { tables: SqlTableArgs[] };
  return properties;
}

interface JobProperties {
  readonly jobClusters?: readonly { readonly jobClusterKey: string; readonly newCluster: object }[];
  readonly tasks: readonly {
    readonly existingClusterId?: string;
    readonly newCluster?: object;
    readonly notebookTask?: { readonly notebookPath: string; readonly source?: string };
  }[];
}

/** The init scripts, those of the artifacts where they are deployed, whatever the file says. */
function placedScripts({ init_scripts }: Pick<ClusterFile, "init_scripts">, { kind, pathOf }: ScriptPlace) {
  if (init_scripts === undefined) return {};
  const initScripts = init_scripts.map((script) => {
    const own = ownScript(script);
    return own === undefined ? script : { [kind]: { destination: pathOf(own) } };
  });
  return { initScripts };
}
