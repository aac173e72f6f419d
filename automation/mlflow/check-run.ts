import { closest, distance } from "fastest-levenshtein";
import { AutomationError } from "../errors";
import type { MlprojectFile, ProjectParameter } from "./mlproject-file";

/** What of a project is to be run. */
export interface RunRequest {
  readonly project: string;
  readonly entryPoint: string;
  /** Values by the names of parameters. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Checks an entry point and its parameters against the project's MLproject file, before anything is created. Throws a usage
 * error with everything that is wrong. MLflow itself would take a parameter that it does not know for one more argument of
 * the command, and an entry point that it does not know for a script.
 */
export function checkRun({ project, entryPoint, parameters }: RunRequest, { entryPoints }: MlprojectFile): void {
  const known = Object.hasOwn(entryPoints, entryPoint) ? entryPoints[entryPoint] : undefined;
  if (known === undefined) {
    const names = Object.keys(entryPoints);
    throw new AutomationError("usage", `project ${project} has no entry point "${entryPoint}"`, {
      hint: names.length === 0 ? "its MLproject file has none at all" : `it has ${names.join(", ")}`,
    });
  }
  const faults = [
    ...Object.entries(parameters).flatMap(([name, value]) => faultOf(name, value, known)),
    ...Object.entries(known)
      .filter(([name, { default: given }]) => given === undefined && parameters[name] === undefined)
      .map(([name, { type }]) => `${name} (${type}) has no default, and no value was given`),
  ];
  if (faults.length === 0) return;
  throw new AutomationError("usage", `${entryPoint} of project ${project} cannot run: ${faults.join("; ")}`, {
    hint: `its parameters are ${Object.entries(known).map(described).join(", ") || "none"}; give one with -P name=value`,
  });
}

/** Reads `name=value` as often as it was given. Throws a usage error for another form, and for a name given twice. */
export function readParameters(given: readonly string[]): Readonly<Record<string, string>> {
  const parameters: Record<string, string> = {};
  for (const text of given) {
    const at = text.indexOf("=");
    const name = text.slice(0, at);
    if (at <= 0) {
      throw new AutomationError("usage", `"${text}" is no parameter`, {
        hint: "give name=value, such as -P alpha=0.5",
      });
    }
    if (Object.hasOwn(parameters, name)) {
      throw new AutomationError("usage", `parameter ${name} was given twice`, { hint: "give each name once" });
    }
    parameters[name] = text.slice(at + 1);
  }
  return parameters;
}

function faultOf(name: string, value: string, known: Readonly<Record<string, ProjectParameter>>): string[] {
  const parameter = Object.hasOwn(known, name) ? known[name] : undefined;
  if (parameter === undefined) {
    const names = Object.keys(known);
    const near = names.length > 0 ? closest(name, names) : undefined;
    const meant = near !== undefined && distance(name, near) <= 3 ? `, did you mean ${near}?` : "";
    return [`there is no parameter "${name}"${meant}`];
  }
  const number = value.trim() !== "" && Number.isFinite(Number(value));
  return parameter.type === "float" && !number ? [`${name} is "${value}" and must be a number`] : [];
}

function described([name, { type, default: given }]: [string, ProjectParameter]): string {
  return given === undefined ? `${name} (${type})` : `${name} (${type}, default ${given})`;
}
