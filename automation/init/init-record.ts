import { createHash } from "node:crypto";
import { z } from "zod";
import { AutomationError } from "../errors";
import { initAnswersSchema } from "./init-answers";
import { withLf } from "./line-ends";

/** The file at the repository's root that remembers what was asked for and written; it is committed. */
export const RECORD_FILE = "trunkline.init.json";

const schema = z.object({
  version: z.string(),
  answers: initAnswersSchema,
  /** What was written: a digest of the text, by path. */
  files: z.record(z.string(), z.string()),
});

/** What was written into a repository, by which version, and for which answers. */
export type InitRecord = z.infer<typeof schema>;

/** Reads the record of a repository; undefined where there is none. Throws a usage error where it is none of ours. */
export function parseRecord(text: string | undefined): InitRecord | undefined {
  if (text === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(withLf(text)));
  } catch (cause) {
    throw new AutomationError("usage", `the file ${RECORD_FILE} is not what trunkline init writes`, {
      hint: `put it back from git, or remove it: init then asks about each file that differs`,
      cause,
    });
  }
}

/** The text of a record. */
export function recordText(record: InitRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

/** The digest of a text, which is the same for either kind of line ends. */
export function digestOf(text: string): string {
  return createHash("sha256").update(withLf(text)).digest("hex");
}
