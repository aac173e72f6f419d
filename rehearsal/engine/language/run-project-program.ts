import type { ProgramLauncher } from "../../program/program-launcher";
import { BailError } from "../deployment/bail-error";
import type { ProgramContext } from "./program-context";
import { ProgramErrors } from "./program-errors";
import type { RunningProgram } from "./running-program";

/** By this exit code the SDK says that the program failed and has told the engine why. */
const TOLD_WHY = 32;

/** How a project's program is started. */
export interface ProjectProgram {
  readonly launch: ProgramLauncher;
  readonly main: string;
  readonly nodeArgs: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Is given what the program writes. */
  onOutput(text: string): void;
}

/** Runs the program of the project's directory in a process of its own. */
export function runProjectProgram(project: ProjectProgram, program: ProgramContext): RunningProgram {
  const secretKeys = [...program.config].flatMap(([key, { secret }]) => (secret ? [key] : []));
  const config = Object.fromEntries([...program.config].map(([key, { value }]) => [key, value]));
  const errors = new ProgramErrors((text) => project.onOutput(text));
  const run = project.launch({
    projectRoot: program.directory,
    main: project.main,
    nodeArgs: project.nodeArgs,
    args: {
      monitorAddress: program.monitorAddress,
      engineAddress: program.monitorAddress,
      organization: program.organization,
      project: program.project,
      stack: program.stack,
      dryRun: program.dryRun,
      parallel: program.parallel,
      config: JSON.stringify(config),
      configSecretKeys: JSON.stringify(secretKeys),
      pwd: program.directory,
      rootDirectory: program.directory,
    },
    env: project.env,
    onStdout: (text) => project.onOutput(text),
    onStderr: (text) => errors.write(text),
  });
  const exited = run.exited.finally(() => errors.end());
  return { ended: exited.then(refuseFailure), kill: () => run.kill() };
}

function refuseFailure({ code, signal }: { code: number | null; signal: string | null }): void {
  if (code === 0) return;
  if (code === TOLD_WHY) throw new BailError("the program failed");
  throw new Error(signal ? `Program was ended by ${signal}` : `Program exited with non-zero exit code: ${code}`);
}
