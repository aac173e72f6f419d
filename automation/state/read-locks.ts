import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ConcurrentUpdateError, type Stack } from "@pulumi/pulumi/automation";
import { AutomationError } from "../errors";
import { failureText } from "../stack/failure-text";
import { locksInRefusal, parseLockFile, type StackLock } from "./stack-lock";

/**
 * The locks of a stack. In a directory they are read; elsewhere only an engine's refusal names them: where none is given, an
 * operation is tried that locks the stack and has nothing to do. Throws AutomationError for a lock that does not say whose it is, and
 * for Pulumi Cloud, whose locks cannot be looked at.
 */
export async function readLocks(stack: Stack, refusal?: string): Promise<readonly StackLock[]> {
  const { url = "" } = await stack.workspace.whoAmI();
  if (url.startsWith("file:")) return inDirectory(stack, url);
  if (/^https?:/.test(url)) {
    throw new AutomationError(
      "refused",
      `the lock of ${stack.name} belongs to ${url}, which does not say whose it is`,
      {
        hint: "see there which update is going on, and end it with pulumi cancel",
      },
    );
  }
  return locksInRefusal(refusal ?? (await provokeRefusal(stack)));
}

async function inDirectory(stack: Stack, url: string): Promise<readonly StackLock[]> {
  const { name: project } = await stack.workspace.projectSettings();
  const folder = join(directoryOf(url), ".pulumi", "locks", "organization", project, stack.name);
  const names = await readdir(folder).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === "ENOENT") return [];
    throw fault;
  });
  const locks: StackLock[] = [];
  for (const name of names.filter((file) => file.endsWith(".json"))) {
    const file = join(folder, name);
    const text = await readFile(file, "utf8").catch(() => undefined);
    // It was released as we looked.
    if (text === undefined) continue;
    const lock = parseLockFile(`file://${file}`, text);
    if (!lock) throw unreadable(`file://${file}`);
    locks.push(lock);
  }
  return locks;
}

/** The directory of a `file://` backend, relative to the home directory where it begins with `~`. */
export function directoryOf(url: string): string {
  const path = url.slice("file://".length);
  if (path.startsWith("~")) return join(process.env.HOME ?? "", path.slice(1));
  return path.startsWith("/") ? fileURLToPath(`file://${path.split("?")[0]}`) : path;
}

/**
 * What the CLI says of a target that no state has.
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/go/common/diag/errors.go
 */
const NO_TARGET = /trunkline:lock:Nothing::nothing'? could not be found in the stack/;

/** What the engine says of a locked stack; empty where it is not locked. */
async function provokeRefusal(stack: Stack): Promise<string> {
  const { name: project } = await stack.workspace.projectSettings();
  const nothing = `urn:pulumi:${stack.name}::${project}::trunkline:lock:Nothing::nothing`;
  try {
    await stack.refresh({ target: [nothing], color: "never" });
    return "";
  } catch (fault) {
    if (fault instanceof ConcurrentUpdateError) return fault.message;
    // Only an engine that has the lock looks for the resource. That its command line names it proves nothing.
    if (NO_TARGET.test(String(fault))) return "";
    throw new AutomationError("fault", failureText(fault), { cause: fault, errorCode: "engine-failed" });
  }
}

function unreadable(where: string): AutomationError {
  return new AutomationError("refused", `the lock ${where} does not say whose it is`, {
    hint: "make sure that no run is at work on the stack, then remove it with pulumi cancel",
  });
}
