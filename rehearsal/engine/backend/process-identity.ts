import { readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";

/** What tells a process from any other that has or had its number. */
export interface ProcessIdentity {
  readonly hostname: string;
  /** Changes with each start of the machine. */
  readonly boot: string;
  /** The namespace in which the process number counts: containers of one machine have their own. */
  readonly namespace: string;
  /** When the process started, in ticks since the machine did. */
  readonly started: string;
}

/** The identity of this process; undefined on systems without `/proc`. */
export function ownProcess(): Promise<ProcessIdentity | undefined> {
  return processIdentity(process.pid);
}

/** The identity of a process of this machine; undefined where there is none, and on systems without `/proc`. */
export async function processIdentity(pid: number): Promise<ProcessIdentity | undefined> {
  try {
    const stat = await processStat(pid);
    return stat && { ...(await machine()), started: stat.started };
  } catch {
    return undefined;
  }
}

/**
 * Whether that process is certainly gone: it ran on this machine, in this namespace and since its last start, and no
 * process of its number has its start time. Anything that cannot be told counts as not proven.
 */
export async function isProvenGone(identity: ProcessIdentity, pid: number): Promise<boolean> {
  try {
    const here = await machine();
    const same =
      here.hostname === identity.hostname && here.boot === identity.boot && here.namespace === identity.namespace;
    if (!same || !identity.started || !Number.isSafeInteger(pid)) return false;
    const stat = await processStat(pid);
    return !stat || stat.started !== identity.started || stat.ended;
  } catch {
    return false;
  }
}

async function machine(): Promise<Omit<ProcessIdentity, "started">> {
  const boot = (await readFile("/proc/sys/kernel/random/boot_id", "utf8")).trim();
  return { hostname: hostname(), boot, namespace: await readlink("/proc/self/ns/pid") };
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
async function processStat(pid: number): Promise<{ started: string; ended: boolean } | undefined> {
  let text: string;
  try {
    text = await readFile(`/proc/${pid}/stat`, "utf8");
  } catch (fault) {
    // ESRCH: it ended while the file was read.
    if (["ENOENT", "ESRCH"].includes((fault as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw fault;
  }
  // The name in parentheses may hold anything; what follows its last parenthesis starts with field 3.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state, started] = [fields[0], fields[19]];
  if (!state || !started) throw new Error(`/proc/${pid}/stat has another form`);
  return { started, ended: ["Z", "X", "x"].includes(state) };
}
