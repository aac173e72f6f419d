import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { ArtifactError } from "./artifact-fault";
import type { ArtifactFile } from "./artifact-file";
import type { ArtifactSet } from "./artifact-set";
import { type ArtifactVariables, parseArtifacts } from "./parse-artifacts";

/**
 * Reads and checks the artifacts of a workspace: what `index.ts` hands to the components, which do no I/O themselves.
 * `directory` as given is what errors show. Throws one {@link ArtifactError} that lists every fault.
 */
export function readArtifacts(root: string, directory: string, variables: ArtifactVariables): ArtifactSet {
  const folder = join(root, directory);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    const problem = "there is no such folder";
    const allowed = "a folder with artifacts, or a config without trunkline:databricks.artifacts";
    throw new ArtifactError(directory, [{ file: directory, problem, allowed }]);
  }
  return parseArtifacts(directory, filesOf(folder), variables);
}

/** Every file below a folder, in the order of the paths; hidden ones and what editors leave are none of the artifacts. */
function filesOf(folder: string): ArtifactFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ file, path: relative(folder, file).split(sep).join("/") }))
    .filter(({ path }) => !/(?:^|\/)\.|~$/.test(path))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ file, path }) => ({ path, content: readFileSync(file) }));
}
