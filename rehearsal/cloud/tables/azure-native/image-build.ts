import { posix } from "node:path";
import { DockerfileParser, type Copy } from "dockerfile-ast";
import { validate } from "dockerfile-utils";
import { minimatch } from "minimatch";
import { isMap, type PropertyValue } from "../../../engine/values/property-value";
import { asText } from "../../schema/property-schema";

/** Severity of what Docker refuses; the others are advice. */
const ERROR = 1;

/**
 * Why a task of the simulated registry builds nothing, in the words of the step that fails; undefined where it builds. A
 * step that builds needs a Dockerfile that can be read, and the files that it copies. Nothing is pulled and no command of it
 * is run. Known are the files that the task's own commands write from base64; a task without such is taken to build.
 */
export function buildFault(task: PropertyValue | undefined): string | undefined {
  const steps = isMap(task) && Array.isArray(task.steps) ? task.steps.filter(isMap) : [];
  const files = new Map(steps.flatMap(({ cmd }) => writtenBy(asText(cmd))));
  if (files.size === 0) return undefined;
  for (const { id, build } of steps) {
    const fault = build === undefined ? undefined : faultOf(asText(build), files);
    if (fault !== undefined) return `failed to run step ID: ${asText(id)}: exit status 1: ${fault}`;
  }
  return undefined;
}

function writtenBy(command: string): [string, string][] {
  return [...command.matchAll(/echo ([A-Za-z0-9+/=]*) \| base64 -d > ([\w./-]+)/g)].map(
    ([, content = "", path = ""]) => [path, Buffer.from(content, "base64").toString("utf8")],
  );
}

function faultOf(build: string, files: ReadonlyMap<string, string>): string | undefined {
  const words = build.trim().split(/\s+/);
  const context = words.at(-1) ?? ".";
  const path = words[words.indexOf("-f") + 1] ?? "";
  const dockerfile = files.get(words.includes("-f") ? path : posix.join(context, "Dockerfile"));
  if (dockerfile === undefined) return `unable to prepare context: unable to find the Dockerfile ${path}`;
  const refused = validate(dockerfile).find(({ severity }) => severity === ERROR);
  if (refused) {
    const { message, range } = refused;
    return `dockerfile parse error on line ${range.start.line + 1}: ${typeof message === "string" ? message : message.value}`;
  }
  return missingSource(
    dockerfile,
    [...files.keys()].map((file) => posix.relative(context, file)),
  );
}

/** What comes from elsewhere than the context, such as another stage or an address, is taken to be there. */
function missingSource(dockerfile: string, files: readonly string[]): string | undefined {
  for (const one of DockerfileParser.parse(dockerfile).getInstructions()) {
    if (!["COPY", "ADD"].includes(one.getKeyword())) continue;
    const missing = sourcesOf(one as Copy).find((source) => !isThere(source, files));
    if (missing === undefined) continue;
    const line = one.getRange().start.line + 1;
    return `COPY failed on line ${line}: file not found in build context: stat ${missing}: file does not exist`;
  }
  return undefined;
}

function sourcesOf(copy: Copy): string[] {
  if (copy.getFlags().some((flag) => flag.getName() === "from")) return [];
  const words = copy.getArguments().map((argument) => argument.getValue());
  if (words.some((word) => word.startsWith("<<"))) return [];
  const listed = copy.getJSONStrings().map((argument) => argument.getJSONValue());
  return (listed.length > 0 ? listed : words).slice(0, -1);
}

function isThere(source: string, files: readonly string[]): boolean {
  if (/\$|^\w+:\/\/|^git@/.test(source)) return true;
  const path = posix.join(".", source.replace(/^\/+/, "")).replace(/\/$/, "");
  return path === "." || files.some((file) => minimatch(file, path) || minimatch(file, `${path}/**`));
}
