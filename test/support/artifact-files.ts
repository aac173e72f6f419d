import { parseArtifacts } from "../../components/databricks/artifacts/parse-artifacts";
import { ArtifactError } from "../../components/databricks/artifacts/artifact-fault";
import type { ArtifactFile } from "../../components/databricks/artifacts/artifact-file";
import type { ArtifactSet } from "../../components/databricks/artifacts/artifact-set";

/** Contents of files by their path; what is no text becomes JSON. */
export type Files = Readonly<Record<string, unknown>>;

const cluster = (name: string, scripts: readonly string[] = []) => ({
  cluster_name: name,
  spark_version: "16.4.x-scala2.12",
  node_type_id: "Standard_DS3_v2",
  num_workers: 1,
  ...(scripts.length > 0 && { init_scripts: scripts.map((destination) => ({ workspace: { destination } })) }),
});

const job = (name: string, clusterName: string, notebook: string) => ({
  name,
  tasks: [
    { task_key: "one", existing_cluster_id: clusterName, notebook_task: { notebook_path: notebook } },
    { task_key: "two", depends_on: [{ task_key: "one" }], notebook_task: { notebook_path: "/Shared/other" } },
  ],
});

const table = (schema: string, ...names: string[]) => ({
  schema,
  tables: names.map((name) => ({ name, table_type: "MANAGED", columns: [{ name: "id", type: "bigint" }] })),
});

const location = (name: string) => ({ name, url: `abfss://${name}@acme.dfs.core.windows.net/` });
const gitFolder = (name: string) => ({
  url: `https://github.com/acme/${name}`,
  git_provider: "gitHub",
  branch: "main",
  path: `/Repos/acme/${name}`,
});

/** Makes of valid artifacts. */
export const make = { cluster, job, table, location, gitFolder };

/** One artifact of each kind. */
export const oneOfEach: Files = {
  "init-scripts/setup.sh": "#!/bin/bash\necho set up\n",
  "clusters/small.json": cluster("small", ["setup.sh"]),
  "notebooks/etl/load.py": "# Databricks notebook source\nprint(1)\n",
  "jobs/nightly.json": job("nightly", "small", "etl/load"),
  "git-folders/models.json": gitFolder("models"),
  "tables/features.json": table("features", "trips"),
  "external-locations/lake.json": location("lake"),
};

/** Files as they are read from a folder, in the order of their paths. */
export function textsOf(files: Files): ArtifactFile[] {
  const all = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = (content: unknown) => (typeof content === "string" ? content : JSON.stringify(content, null, 2));
  return all.map(([path, content]) => ({ path, content: Buffer.from(text(content)) }));
}

/** Parses files as the environment dev of acme. */
export function parsed(files: Files): ArtifactSet {
  return parseArtifacts("artifacts", textsOf(files), { organization: "acme", environment: "dev" });
}

/** The faults of files, each as one line without what is allowed. */
export function faultsOf(files: Files): string[] {
  try {
    parsed(files);
    return [];
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    return error.faults.map(({ file, position, problem }) =>
      position ? `${file}:${position.line}:${position.column}: ${problem}` : `${file}: ${problem}`,
    );
  }
}
