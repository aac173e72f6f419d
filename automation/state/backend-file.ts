import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { writeFileDurably } from "../engine/durable-file";
import type { Target } from "../engine/engine-session";
import { AutomationError } from "../errors";

const schema = z.strictObject({
  version: z.literal(1),
  environment: z.string(),
  /** Address of the backend, as `pulumi login` takes it. */
  url: z.string().regex(/^(?:s3|azblob|gs):\/\//),
  /** SHA-256 of the local state that was moved there. */
  movedFrom: z.string().regex(/^[0-9a-f]{64}$/),
});

/** How the state of an environment is reached, since a bootstrap has moved it. */
export type BackendFile = z.infer<typeof schema>;

/** Where that is written: in `.trunkline` at the workspace's root. */
export function backendFilePath(root: string, target: Target, environment: string): string {
  return join(root, ".trunkline", target, "backend", `${environment}.json`);
}

/** Reads it; undefined where the environment has not been bootstrapped here. Throws AutomationError for another content. */
export function readBackendFile(root: string, target: Target, environment: string): BackendFile | undefined {
  const file = backendFilePath(root, target, environment);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw fault;
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new AutomationError("fault", `${file} does not say where the state of ${environment} is`, {
      hint: "put it back, or remove it and run trunkline bootstrap again: it finds what is done already",
      cause,
    });
  }
}

/** Writes it, readable by its owner only. */
export async function writeBackendFile(root: string, target: Target, content: BackendFile): Promise<void> {
  const file = backendFilePath(root, target, content.environment);
  await writeFileDurably(file, `${JSON.stringify(content, null, 2)}\n`, 0o600);
}
