import { randomUUID } from "node:crypto";
import { link, mkdir, readdir, readFile, rename, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AutomationError } from "../errors";
import type { OwnersPort } from "../ports/owners";
import { ownerId, runOwnerSchema, type RunOwner } from "../state/run-owner";

/**
 * Takes the lock of an endpoint's releases for this process; the answer gives it back. A lock whose owner is proven to be
 * gone is taken over. Refuses, with the owner's name, while another may be at work.
 */
export async function lockRelease(
  directory: string,
  endpoint: string,
  owners: Pick<OwnersPort, "own" | "isProcessGone" | "hasEnded">,
): Promise<() => Promise<void>> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, `${endpoint}.lock`);
  const text = JSON.stringify(await owners.own());
  for (;;) {
    if (await claimed(file, text)) return () => release(file, text);
    const held = await readFile(file, "utf8").catch(() => undefined);
    if (held === undefined) continue;
    const owner = runOwnerSchema.safeParse(parsed(held)).data;
    if (!owner || !(await isGone(owners, owner))) throw refusal(endpoint, owner, file);
    await takeAway(file, held);
  }
}

/**
 * Refuses, with the owner's name, where a release of any endpoint of a directory may be under way: for who cannot even look at
 * the endpoint because of it.
 */
export async function refuseUnderWay(
  directory: string,
  owners: Pick<OwnersPort, "isProcessGone" | "hasEnded">,
): Promise<void> {
  const files = await readdir(directory).catch(() => []);
  for (const name of files.filter((one) => one.endsWith(".lock"))) {
    const file = join(directory, name);
    const held = await readFile(file, "utf8").catch(() => undefined);
    if (held === undefined) continue;
    const owner = runOwnerSchema.safeParse(parsed(held)).data;
    if (!owner || !(await isGone(owners, owner))) throw refusal(name.slice(0, -".lock".length), owner, file);
  }
}

/** A link is made whole or not at all, and not over another. */
async function claimed(file: string, text: string): Promise<boolean> {
  const own = `${file}.${randomUUID()}`;
  await writeFile(own, text, { mode: 0o600, flag: "wx" });
  try {
    await link(own, file);
    return true;
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw fault;
  } finally {
    await unlink(own);
  }
}

/** Takes a dead owner's lock away; if another has taken it over meanwhile, that one gets it back. */
async function takeAway(file: string, held: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  const moved = await rename(file, aside).then(
    () => true,
    () => false,
  );
  if (!moved) return;
  if ((await readFile(aside, "utf8")) !== held) await link(aside, file).catch(() => undefined);
  await unlink(aside);
}

async function release(file: string, text: string): Promise<void> {
  if ((await readFile(file, "utf8").catch(() => undefined)) === text) await unlink(file);
}

async function isGone(owners: Pick<OwnersPort, "isProcessGone" | "hasEnded">, owner: RunOwner): Promise<boolean> {
  if (owner.process && (await owners.isProcessGone(owner.process, owner.pid))) return true;
  return (owner.ciRun && (await owners.hasEnded(owner.ciRun))) === true;
}

function refusal(endpoint: string, owner: RunOwner | undefined, file: string): AutomationError {
  const who = owner
    ? `${ownerId(owner)} (process ${owner.pid} on ${owner.host}, user ${owner.user})`
    : "somebody whom its lock does not name";
  return new AutomationError("refused", `a release of ${endpoint} is under way by ${who}`, {
    hint: `wait for it to end; where you know that it is gone, remove ${file}`,
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
