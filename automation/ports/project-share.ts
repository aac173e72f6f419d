/** A file of a share; paths use `/` and begin at the top. */
export interface SharedFile {
  readonly path: string;
  readonly size: number;
  /** Changes whenever the file does, whoever changes it. */
  readonly etag: string;
}

/** The file share with the projects. */
export interface ProjectShare {
  /** Where it is, for people. */
  readonly place: string;
  /** Every file below a folder; none where there is no such folder. */
  list(folder: string): Promise<readonly SharedFile[]>;
  /** Undefined where there is no such file. */
  read(path: string): Promise<Buffer | undefined>;
  /** Writes a file as a whole, with its folders: a reader sees the old content or the new. Answers its etag. */
  write(path: string, content: Buffer): Promise<string>;
  /** Removes a file; one that is gone already stays gone. */
  remove(path: string): Promise<void>;
}
