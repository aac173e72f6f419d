import { z } from "zod";
import { MLPROJECT } from "./mlproject-file";
import type { ProjectFile } from "./project-files";
import type { SharedFile } from "../ports/project-share";

const record = z.object({
  version: z.literal(1),
  files: z.record(z.string(), z.object({ sha256: z.string(), size: z.number(), etag: z.string() })),
});

/** What the last upload of a project has put on the share: by path, the content and the etag that the file then had. */
export type UploadRecord = z.infer<typeof record>;

export const NOTHING_UPLOADED: UploadRecord = { version: 1, files: {} };

/** Where the record of a project lies on the share: outside its folder, since it is not part of it. */
export function recordPath(project: string): string {
  return `.trunkline/${project}.json`;
}

/** A record as it lies on the share; one that is missing or unreadable costs a full upload and nothing else. */
export function readRecord(content: Buffer | undefined): UploadRecord {
  if (content === undefined) return NOTHING_UPLOADED;
  try {
    return record.parse(JSON.parse(content.toString("utf8")));
  } catch {
    return NOTHING_UPLOADED;
  }
}

/** What an upload does to a project on the share. */
export interface UploadPlan {
  readonly write: readonly ProjectFile[];
  readonly keep: readonly ProjectFile[];
  /** Paths below the project's folder of files that an earlier upload wrote and that the project lost since. */
  readonly remove: readonly string[];
}

/**
 * What has to be written: files whose content is another than the record says, and files that somebody changed on the share
 * since. What is on the share and never came from an upload stays. The file that makes the folder a project comes last.
 */
export function planUpload(
  files: readonly ProjectFile[],
  uploaded: UploadRecord,
  /** The project's files on the share, by their paths below its folder. */
  shared: ReadonlyMap<string, Pick<SharedFile, "size" | "etag">>,
): UploadPlan {
  const isThere = ({ path, sha256, size }: ProjectFile) => {
    const [told, found] = [uploaded.files[path], shared.get(path)];
    return told?.sha256 === sha256 && found?.size === size && found.etag === told.etag;
  };
  const local = new Set(files.map(({ path }) => path));
  const last = ({ path }: ProjectFile) => (path.toLowerCase() === MLPROJECT.toLowerCase() ? 1 : 0);
  return {
    write: files.filter((file) => !isThere(file)).sort((a, b) => last(a) - last(b)),
    keep: files.filter(isThere),
    remove: Object.keys(uploaded.files).filter((path) => !local.has(path) && shared.has(path)),
  };
}
