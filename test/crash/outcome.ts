import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import type { CliProject } from "../support/cli-project";

const REHEARSAL = ".trunkline/rehearsal";
const STATE = `${REHEARSAL}/state/.pulumi`;
/** Folders that hold a record of each operation: of a killed one there is none, or one more. */
const RECORDS = ["history", "backups"];
const RECORD = /^dev[-.]\d+(\.history|\.checkpoint)?\.json$/;

/**
 * What there is after an update: the state, the simulated cloud, and which files lie beside them. Left out is what differs
 * from run to run: times, the ids of provider resources, the nonces of secrets, the order in which steps ended, and the
 * journal of runs, which has a file for each.
 */
export function outcome(project: CliProject): unknown {
  const { checkpoint } = JSON.parse(project.read(`${STATE}/stacks/trunkline/dev.json`));
  const { resources = [], pending_operations: pending = [] } = checkpoint.latest;
  const cloud = JSON.parse(project.read(`${REHEARSAL}/cloud.json`)) as { resources: any[] };
  return {
    state: resources.map(stateOf).sort(),
    pending,
    cloud: cloud.resources.map(({ createdAt: _, ...resource }) => comparable(resource)).sort(),
    files: filesBelow(project.path(REHEARSAL)).filter(
      (file) => !isRecord(file) && !file.endsWith(".attrs") && !file.startsWith("journal/"),
    ),
  };
}

/** Throws where a record of an operation is not whole, or the checksum beside a file is that of other contents. */
export function requireSound(project: CliProject): void {
  for (const file of filesBelow(project.path(STATE))) {
    const text = readFileSync(join(project.path(STATE), file), "utf8");
    if (isRecord(`state/.pulumi/${file}`)) JSON.parse(text);
    const attributes = join(project.path(STATE), `${file}.attrs`);
    if (!existsSync(attributes)) continue;
    const { md5 } = JSON.parse(readFileSync(attributes, "utf8")) as { md5: string };
    if (md5 !== createHash("md5").update(text).digest("base64"))
      throw new Error(`${attributes} is not that of ${file}`);
  }
}

function stateOf({ created: _, modified: __, ...resource }: any): string {
  const sorted = (urns: readonly string[] | undefined) => urns && [...urns].sort();
  return comparable({ ...resource, dependencies: sorted(resource.dependencies) });
}

function comparable(value: unknown): string {
  const text = JSON.stringify(sortedKeys(value), undefined, 1);
  return text
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "<uuid>")
    .replace(/"ciphertext": "[^"]*"/g, '"ciphertext": "<secret>"')
    .replace(/\b\d{4}-\d\d-\d\d[T ][\d:.]+(Z| \+0000 UTC)/g, "<time>");
}

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortedKeys(inner)]));
}

function isRecord(file: string): boolean {
  return RECORDS.some((folder) => file.includes(`.pulumi/${folder}/`)) && RECORD.test(basename(file));
}

function filesBelow(directory: string): string[] {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.map((file) => relative(directory, file)).sort();
}
