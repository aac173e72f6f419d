import { AutomationError } from "../errors";
import type { InitAnswers } from "./init-answers";
import { usesCrlf, withLf } from "./line-ends";

/** Versions of what a repository gets into its package.json. */
export interface PackageVersions {
  readonly trunkline: string;
  readonly typescript: string;
  readonly nodeTypes: string;
}

/** Adds to a package.json what the program needs; nothing that is there is changed. Throws a usage error where it is no JSON object. */
export function mergePackage(
  current: string | undefined,
  { name, directory }: InitAnswers,
  { trunkline, typescript, nodeTypes }: PackageVersions,
): string {
  const manifest = current === undefined ? { name: packageName(name), private: true } : parsed(current);
  const project = directory === "" ? "." : directory;
  const additions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    scripts: { rehearse: `trunkline rehearse --cwd ${project}`, "types:platform": `tsc --noEmit --project ${project}` },
    dependencies: { trunkline },
    devDependencies: { "@types/node": nodeTypes, typescript },
  };
  const listed = (key: string) => ["dependencies", "devDependencies"].some((kind) => key in section(manifest, kind));
  for (const [kind, entries] of Object.entries(additions)) {
    const present = section(manifest, kind);
    const missing = Object.entries(entries).filter(
      ([key]) => !(key in present) && (kind === "scripts" || !listed(key)),
    );
    if (missing.length > 0) manifest[kind] = { ...present, ...Object.fromEntries(missing) };
  }
  const indent = /^([ \t]+)"/m.exec(current ?? "")?.[1] ?? "  ";
  const text = `${JSON.stringify(manifest, null, indent)}\n`;
  const unchanged = current !== undefined && JSON.stringify(parsed(current)) === JSON.stringify(manifest);
  return unchanged ? withLf(current) : text;
}

/** Adds the lines to a .gitignore that are not there. */
export function mergeIgnore(current: string | undefined): string {
  const lines = withLf(current ?? "").split("\n");
  const has = (entry: string) => lines.some((line) => line.trim().replace(/^\/|\/$/g, "") === entry);
  const missing = ["node_modules", ".trunkline"].filter((entry) => !has(entry)).map((entry) => `${entry}/`);
  const before = withLf(current ?? "");
  if (missing.length === 0) return before;
  return `${before}${before === "" || before.endsWith("\n") ? "" : "\n"}${missing.join("\n")}\n`;
}

/** Whether a package.json says that files are ES modules. */
export function hasEsModules(current: string | undefined): boolean {
  return current !== undefined && parsed(current)["type"] === "module";
}

/** A text with the line ends that a file has had so far. */
export function likeBefore(text: string, current: string | undefined): string {
  return current !== undefined && usesCrlf(current) ? text.replaceAll("\n", "\r\n") : text;
}

function parsed(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    // A byte order mark is what editors on Windows begin files with.
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw faulty(cause instanceof Error ? cause.message : String(cause));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw faulty("it is no JSON object");
  return value as Record<string, unknown>;
}

function faulty(reason: string): AutomationError {
  return new AutomationError("usage", `package.json is not one of a package: ${reason}`, { hint: "correct the file" });
}

function section(manifest: Record<string, unknown>, kind: string): Record<string, unknown> {
  const value = manifest[kind];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** A package's name is in lower case: https://docs.npmjs.com/cli/v11/configuring-npm/package-json#name. */
function packageName(project: string): string {
  return project.toLowerCase().replace(/^[._]+/, "") || "platform";
}
