import type { z } from "zod";
import type { clusterSchema } from "./cluster-schema";
import type { Located } from "./json-file";
import type { jobSchema } from "./job-schema";
import type { externalLocationSchema, gitFolderSchema, tablesSchema } from "./storage-schema";

/** A file that is uploaded as it is. */
export interface UploadedFile {
  /** Name of an init script; path of a notebook below the root folder, without its extension. */
  readonly path: string;
  readonly contentBase64: string;
}

/** A notebook, in a language or with outputs and all as Jupyter writes it. */
export interface NotebookFile extends UploadedFile {
  readonly format: "SOURCE" | "JUPYTER";
  /** Absent for Jupyter's, whose file says it. */
  readonly language?: "PYTHON" | "SQL" | "SCALA" | "R";
}

/** A cluster for all purposes, as its file has it. */
export type ClusterFile = z.output<typeof clusterSchema>;
/** A job, as its file has it. */
export type JobFile = z.output<typeof jobSchema>;
/** A schema with its tables, as its file has it. */
export type TablesFile = z.output<typeof tablesSchema>;
/** An external location, as its file has it. */
export type ExternalLocationFile = z.output<typeof externalLocationSchema>;
/** A Git folder, as its file has it. */
export type GitFolderFile = z.output<typeof gitFolderSchema>;

/** Everything that is deployed into a workspace: checked, and each reference from one to another is known to lead somewhere. */
export interface ArtifactSet {
  readonly initScripts: readonly UploadedFile[];
  readonly clusters: readonly ClusterFile[];
  readonly notebooks: readonly NotebookFile[];
  readonly jobs: readonly JobFile[];
  readonly gitFolders: readonly GitFolderFile[];
  readonly tables: readonly TablesFile[];
  readonly externalLocations: readonly ExternalLocationFile[];
}

/** The same, while each still knows its file. */
export type LocatedArtifacts = Readonly<{
  initScripts: readonly UploadedFile[];
  notebooks: readonly NotebookFile[];
  clusters: readonly Located<ClusterFile>[];
  jobs: readonly Located<JobFile>[];
  gitFolders: readonly Located<GitFolderFile>[];
  tables: readonly Located<TablesFile>[];
  externalLocations: readonly Located<ExternalLocationFile>[];
}>;
