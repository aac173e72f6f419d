import type { Program } from "../changes/read-programs";
import type { BrokenOutput } from "./broken-outputs";

/** A project that reads the outputs of another one. */
export interface OutputConsumer {
  readonly project: string;
  readonly program: Program;
}

/** An output that breaks for somebody, and for whom. */
export interface BrokenContract extends BrokenOutput {
  /** Names of projects, sorted. */
  readonly consumers: readonly string[];
}

/**
 * Which consumers read what breaks. A program reads an output if it names all that leads to it; the last part of a longer
 * path may come from its configuration. One that cannot be read may read anything.
 */
export function brokenContracts(
  broken: readonly BrokenOutput[],
  consumers: readonly OutputConsumer[],
): BrokenContract[] {
  const sorted = [...consumers].sort((a, b) => (a.project < b.project ? -1 : 1));
  return broken.flatMap((output) => {
    const readers = sorted.filter(({ program }) => reads(program, output.path)).map(({ project }) => project);
    return readers.length > 0 ? [{ ...output, consumers: readers }] : [];
  });
}

/** How an output is acknowledged: `output:databricks.workspaceHost`. */
export function outputName({ path }: Pick<BrokenOutput, "path">): string {
  return `output:${path.join(".")}`;
}

/** What breaks for whom, in one line. */
export function brokenText({ path, change, from, to, consumers }: BrokenContract): string {
  const how = change === "removed" ? "goes away" : `becomes ${to} from ${from}`;
  return `the output ${path.join(".")}, which ${consumers.join(", ")} ${consumers.length > 1 ? "read" : "reads"}, ${how}`;
}

function reads(program: Program, path: readonly string[]): boolean {
  if (program.kind !== "graph") return true;
  const names = path.length > 1 ? path.slice(0, -1) : path;
  return names.every((name) => mentions(program.text, name));
}

/** Whether a name stands in a program by itself, not as a part of another. */
function mentions(text: string, name: string): boolean {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\w$])${escaped}(?![\\w$])`).test(text);
}
