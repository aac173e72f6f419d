import type { ArtifactFault } from "./artifact-fault";
import type { ClusterFile, LocatedArtifacts } from "./artifact-set";
import type { Located } from "./json-file";

type Script = NonNullable<ClusterFile["init_scripts"]>[number];

/** Names that are there twice, and references from one artifact to another that lead nowhere, each with its line. */
export function referenceFaults(artifacts: LocatedArtifacts): ArtifactFault[] {
  const { clusters, jobs, tables, externalLocations, gitFolders, notebooks, initScripts } = artifacts;
  const clusterNames = clusters.map(({ value }) => value.cluster_name);
  const scripts = initScripts.map(({ path }) => path);
  const paths = notebooks.map(({ path }) => path);
  return [
    ...twice(clusters, "cluster_name", ({ cluster_name }) => cluster_name),
    ...twice(jobs, "name", ({ name }) => name),
    ...twice(gitFolders, "path", ({ path }) => path),
    ...twice(tables, "schema", ({ schema }) => schema),
    ...twice(externalLocations, "name", ({ name }) => name),
    ...twiceNotebook(paths),
    ...clusters.flatMap((cluster) => scriptFaults(cluster, cluster.value.init_scripts, ["init_scripts"], scripts)),
    ...jobs.flatMap((job) => [
      ...(job.value.job_clusters ?? []).flatMap(({ new_cluster }, i) =>
        scriptFaults(job, new_cluster.init_scripts, ["job_clusters", i, "new_cluster", "init_scripts"], scripts),
      ),
      ...job.value.tasks.flatMap((task, i) => [
        ...missing(job, ["tasks", i, "existing_cluster_id"], "a cluster", task.existing_cluster_id, clusterNames),
        ...missing(job, ["tasks", i, "notebook_task", "notebook_path"], "a notebook", ownNotebook(task), paths),
      ]),
    ]),
    ...tables.flatMap((file) =>
      missing(file, ["existing_cluster_id"], "a cluster", file.value.existing_cluster_id, clusterNames),
    ),
  ];
}

/** A path without a slash at its beginning is below the root folder, one with it is somebody else's. */
function ownNotebook({ notebook_task }: { notebook_task?: { notebook_path: string; source?: string } }) {
  const path = notebook_task?.notebook_path;
  return path === undefined || path.startsWith("/") || notebook_task?.source === "GIT" ? undefined : path;
}

/** The name of an init script of the artifacts; undefined for one that lies elsewhere, at an absolute path. */
export function ownScript(script: Script): string | undefined {
  const [place] = Object.values(script);
  return place === undefined || /^\/|^\w+:\//.test(place.destination) ? undefined : place.destination;
}

function scriptFaults(
  located: Located<unknown>,
  all: readonly Script[] = [],
  path: readonly PropertyKey[],
  scripts: readonly string[],
): ArtifactFault[] {
  return all.flatMap((script, i) => {
    const [kind = ""] = Object.keys(script);
    return missing(located, [...path, i, kind, "destination"], "an init script", ownScript(script), scripts);
  });
}

function missing(
  located: Located<unknown>,
  path: readonly PropertyKey[],
  what: string,
  name: string | undefined,
  known: readonly string[],
): ArtifactFault[] {
  if (name === undefined || known.includes(name)) return [];
  const problem = `${String(path.at(-1))} names ${what} that is not there, ${JSON.stringify(name)}`;
  return [located.fault(path, problem, known.length > 0 ? known.join(", ") : `none, as there is no such artifact`)];
}

function twice<T>(all: readonly Located<T>[], key: string, nameOf: (value: T) => string): ArtifactFault[] {
  return all.flatMap((located, i) => {
    const name = nameOf(located.value);
    const first = all.slice(0, i).find(({ value }) => nameOf(value) === name);
    return first
      ? [located.fault([key], `${key} is ${JSON.stringify(name)}, as in ${first.file}`, "a name for each")]
      : [];
  });
}

function twiceNotebook(paths: readonly string[]): ArtifactFault[] {
  const again = paths.filter((path, i) => paths.indexOf(path) !== i);
  return again.map((path) => ({
    file: `notebooks/${path}`,
    problem: "is there with two extensions",
    allowed: "one notebook a path, as the workspace has no extensions",
  }));
}
