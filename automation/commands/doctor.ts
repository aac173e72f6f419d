import { plannedChecks } from "../doctor/planned-checks";
import type { PreflightCheck, PreflightResult } from "../doctor/preflight";
import { runCheck } from "../doctor/run-check";
import type { Target } from "../engine/engine-session";
import { readStackSettings, settingsFile } from "../engine/stack-settings";
import type { PreflightPort } from "../ports/preflight";
import { chooseEnvironment } from "../stack/choose-environment";
import { findProject } from "../stack/find-project";
import { ENVIRONMENTS, type EnvironmentName } from "../stack/stack-for-branch";

export interface DoctorOptions {
  /** The directory from which the project is looked for. */
  readonly cwd: string;
  /** The environment. @default all of them */
  readonly env?: string;
  readonly target: Target;
}

/** What is in order and what is not, or in a rehearsal what would be asked. */
export type DoctorResult =
  | {
      readonly kind: "planned";
      readonly environments: readonly { readonly name: EnvironmentName; readonly checks: readonly PreflightCheck[] }[];
    }
  | {
      readonly kind: "examined";
      readonly environments: readonly {
        readonly name: EnvironmentName;
        readonly results: readonly PreflightResult[];
      }[];
    };

/** Checks, before anything is created, what a person would otherwise look up by hand; changes nothing. */
export async function doctor(port: PreflightPort, options: DoctorOptions): Promise<DoctorResult> {
  const project = findProject(options.cwd);
  const names = options.env === undefined ? ENVIRONMENTS : [chooseEnvironment(options.env, undefined).environment];
  const planned = names.map((name) => {
    const { config = {} } = readStackSettings(settingsFile(project, name)) ?? {};
    return { name, checks: plannedChecks(config) };
  });
  if (options.target === "rehearsal") return { kind: "planned", environments: planned };
  const environments = [];
  for (const { name, checks } of planned) {
    const results = [];
    for (const check of checks) results.push(await runCheck(port, check));
    environments.push({ name, results });
  }
  return { kind: "examined", environments };
}
