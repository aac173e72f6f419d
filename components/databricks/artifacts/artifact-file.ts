/** A file of the artifacts' folder. */
export interface ArtifactFile {
  /** Path from the folder, with slashes. */
  readonly path: string;
  readonly content: Uint8Array;
}

/** The text of a file, without a byte order mark. */
export function textOf({ content }: ArtifactFile): string {
  return Buffer.from(content)
    .toString("utf8")
    .replace(/^\uFEFF/, "");
}

/** The content of a file as Databricks takes it. */
export function base64Of({ content }: ArtifactFile): string {
  return Buffer.from(content).toString("base64");
}

/** Name of a file without folders and extension. */
export function stemOf({ path }: ArtifactFile): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "");
}
