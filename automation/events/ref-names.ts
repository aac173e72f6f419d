import { AutomationError } from "../errors";

/** Longest name that is carried on; git's own limit is that of the file system. */
const LONGEST = 255;

/**
 * What git allows nowhere in the name of a branch: control characters and blanks, its own signs, and parts that begin or
 * end with a dot or end like a lock file.
 * @see https://git-scm.com/docs/git-check-ref-format
 */

const FORBIDDEN = /[\0-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|\/\.|\.lock(?:\/|$)|^[./-]|[./]$|^@$/;

/**
 * Checks the name of a branch that somebody else has chosen. Names with characters that a shell knows are legal: they are
 * carried as data and never put into a command. Throws a usage error for what git itself would refuse.
 */
export function branchName(name: string, from: string): string {
  if (name.length > 0 && name.length <= LONGEST && !FORBIDDEN.test(name)) return name;
  const shown = name.length > LONGEST ? `${name.slice(0, 60)}... (${name.length} characters)` : name;
  throw new AutomationError("usage", `${from} names ${JSON.stringify(shown)}, which is no name of a branch`, {
    hint: "git allows 1 to 255 characters without blanks, control characters and any of ~^:?*[\\ (git check-ref-format)",
  });
}

/** The branch of a full reference name; undefined for tags and other references. */
export function branchOfRef(ref: string | undefined, from: string): string | undefined {
  const [, name] = /^refs\/heads\/([\s\S]*)$/.exec(ref ?? "") ?? [];
  return name === undefined ? undefined : branchName(name, from);
}

/** A full commit id; undefined for anything else, such as the zeros that stand for none. */
export function commitId(text: string | undefined): string | undefined {
  if (text === undefined || !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text)) return undefined;
  return /^0+$/.test(text) ? undefined : text;
}

/** `owner/name`; undefined for anything else. */
export function repositoryName(text: string | undefined): string | undefined {
  return text !== undefined && /^[\w.-]{1,100}\/[\w.-]{1,100}$/.test(text) ? text : undefined;
}

/** A login as GitHub and Azure DevOps give them; undefined for what could break a line or a log. */
export function actorName(text: string | undefined): string | undefined {
  return text !== undefined && /^[\p{L}\p{N}][\p{L}\p{N} @._[\]-]{0,99}$/u.test(text) ? text : undefined;
}

/** A run with its attempt; undefined where the run is not told. */
export function runId(run: string | undefined, attempt: string | undefined): string | undefined {
  if (run === undefined || !/^\d{1,20}$/.test(run)) return undefined;
  return `${run}-${attempt !== undefined && /^\d{1,6}$/.test(attempt) ? attempt : "1"}`;
}
