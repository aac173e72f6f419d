import { closest } from "fastest-levenshtein";
import type { z } from "zod";
import { ArtifactError, type ArtifactFault } from "./artifact-fault";
import { type ArtifactFile, base64Of, textOf } from "./artifact-file";
import type { ArtifactSet, LocatedArtifacts, UploadedFile } from "./artifact-set";
import { clusterSchema, READ_ONLY_CLUSTER_KEYS } from "./cluster-schema";
import { jobSchema, READ_ONLY_JOB_KEYS } from "./job-schema";
import { checkedJson, type Located } from "./json-file";
import { notebookOf } from "./notebook";
import { referenceFaults } from "./reference-faults";
import { externalLocationSchema, gitFolderSchema, tablesSchema } from "./storage-schema";

/** What stands for `${organization}` and `${environment}` in the JSON files. */
export interface ArtifactVariables {
  readonly organization: string;
  readonly environment: string;
}

/** Folders of the artifacts, one a kind. */
const folders = ["init-scripts", "clusters", "notebooks", "jobs", "git-folders", "tables", "external-locations"];

/** Checks the files of a folder of artifacts. Throws one {@link ArtifactError} that lists every fault. */
export function parseArtifacts(
  directory: string,
  files: readonly ArtifactFile[],
  variables: ArtifactVariables,
): ArtifactSet {
  const faults: ArtifactFault[] = files.flatMap(strayFault);
  const fill = (text: string) =>
    text.replace(/\$\{(organization|environment)\}/g, (_match, name: keyof ArtifactVariables) => variables[name]);
  const inFolder = (folder: string) => files.filter(({ path }) => path.startsWith(`${folder}/`));
  const collect = <T>(results: readonly { readonly value?: T; readonly faults: readonly ArtifactFault[] }[]): T[] => {
    faults.push(...results.flatMap((result) => result.faults));
    return results.flatMap(({ value }) => (value === undefined ? [] : [value]));
  };
  const json = <Schema extends z.ZodType>(folder: string, schema: Schema, ignored?: ReadonlySet<string>) =>
    collect<Located<z.output<Schema>>>(
      inFolder(folder).map((file) => {
        if (!file.path.endsWith(".json"))
          return { faults: [fault(file, "is no JSON file", `files of ${folder} that end in .json`)] };
        const { located: value, faults: found } = checkedJson(file, schema, { fill, ignored });
        return { value, faults: found };
      }),
    );
  const located: LocatedArtifacts = {
    initScripts: collect(inFolder("init-scripts").map(initScriptOf)),
    clusters: json("clusters", clusterSchema, READ_ONLY_CLUSTER_KEYS),
    notebooks: collect(inFolder("notebooks").map(notebookOf)),
    jobs: json("jobs", jobSchema, READ_ONLY_JOB_KEYS),
    gitFolders: json("git-folders", gitFolderSchema),
    tables: json("tables", tablesSchema),
    externalLocations: json("external-locations", externalLocationSchema),
  };
  // What a faulty file would have made is not there: references to it would be faults that are none.
  if (faults.length === 0) faults.push(...referenceFaults(located));
  if (faults.length > 0) throw new ArtifactError(directory, faults);
  const values = <T>(all: readonly Located<T>[]) => all.map(({ value }) => value);
  return {
    ...located,
    clusters: values(located.clusters),
    jobs: values(located.jobs),
    gitFolders: values(located.gitFolders),
    tables: values(located.tables),
    externalLocations: values(located.externalLocations),
  };
}

function strayFault(file: ArtifactFile): ArtifactFault[] {
  const [folder = "", ...rest] = file.path.split("/");
  if ((rest.length > 0 && folders.includes(folder)) || file.path === "README.md") return [];
  const meant = rest.length > 0 ? `, did you mean ${closest(folder, folders)}?` : "";
  return [fault(file, `is in none of the folders of artifacts${meant}`, folders.join(", "))];
}

function initScriptOf(file: ArtifactFile): { value?: UploadedFile; faults: ArtifactFault[] } {
  const path = file.path.replace(/^init-scripts\//, "");
  if (!/^[\w-][\w.-]*\.sh$/.test(path)) {
    return {
      faults: [fault(file, "is no init script", "files of init-scripts, not of folders in it, that end in .sh")],
    };
  }
  const line =
    textOf(file)
      .split("\n")
      .findIndex((text) => text.endsWith("\r")) + 1;
  if (line > 0) {
    const problem = "a line ends in a carriage return, which the shell of a cluster takes for part of a command";
    return { faults: [{ ...fault(file, problem, "lines that end in a line feed"), position: { line, column: 1 } }] };
  }
  return { value: { path, contentBase64: base64Of(file) }, faults: [] };
}

function fault({ path }: ArtifactFile, problem: string, allowed: string): ArtifactFault {
  return { file: path, problem, allowed };
}
