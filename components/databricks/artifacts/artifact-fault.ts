import { RunError } from "@pulumi/pulumi";

/** One fault of an artifact. */
export interface ArtifactFault {
  /** File, from the folder of the artifacts. */
  readonly file: string;
  /** Line and column of the fault, both from 1; absent where the file as a whole is at fault. */
  readonly position?: { readonly line: number; readonly column: number };
  readonly problem: string;
  /** What would be right. */
  readonly allowed: string;
}

/** Says everything that is wrong with the artifacts of a workspace. Pulumi prints it without a stack trace. */
export class ArtifactError extends RunError {
  constructor(
    directory: string,
    readonly faults: readonly ArtifactFault[],
  ) {
    const title = `the artifacts in ${directory} have ${faults.length === 1 ? "a fault" : `${faults.length} faults`}`;
    super([`${title}:`, ...faults.map((fault) => `  ${faultLine(fault)}`), "correct them and try again"].join("\n"));
    this.name = "ArtifactError";
  }
}

function faultLine({ file, position, problem, allowed }: ArtifactFault): string {
  const place = position === undefined ? file : `${file}:${position.line}:${position.column}`;
  return `${place}: ${problem}; allowed: ${allowed}`;
}
