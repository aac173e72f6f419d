import { messageOf } from "../../message-of";
import { EngineError } from "../engine-error";

/** What each error code of the file system means to the person who has to mend it. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied; make it accessible to this user, or choose another directory",
  EPERM: "permission denied; make it accessible to this user, or choose another directory",
  EROFS: "the file system is read-only; choose another directory",
  ENOSPC: "the disk is full; free some space, then run the command again",
  EDQUOT: "the disk quota is used up; free some space, then run the command again",
  EFBIG: "the file would be larger than this process may write; raise the limit, then run the command again",
  ENOTDIR: "a part of the path is a file, not a directory; choose another directory",
  EISDIR: "it is a directory, not a file; remove it, or choose another directory",
};

/** The system error code of a failure, such as `ENOENT`; undefined for failures of another kind. */
export function errorCode(fault: unknown): string | undefined {
  const code = fault instanceof Error ? (fault as NodeJS.ErrnoException).code : undefined;
  return typeof code === "string" ? code : undefined;
}

/** Makes the error for a file that could not be read, written or removed; it names the file, the reason and a way out. */
export function fileFault(action: "read" | "write" | "remove" | "list", file: string, cause: unknown): EngineError {
  if (cause instanceof EngineError) return cause;
  const code = errorCode(cause);
  const reason = (code && REASONS[code]) ?? messageOf(cause);
  return new EngineError(`cannot ${action} ${file}: ${reason}`, 1, { cause });
}
