import type { EnvironmentName } from "../stack/stack-for-branch";
import { reasonText } from "../changes/reason";
import type { StackDecision } from "./decide-pipeline";

/**
 * Jobs of one matrix.
 * @see https://docs.github.com/en/actions/reference/limits
 */
const MOST_JOBS = 256;

/** A job of a matrix: one stack. */
export interface MatrixJob {
  readonly project: string;
  /** The project's folder, from the workspace's root. */
  readonly path: string;
  readonly environment: EnvironmentName;
  /** Why it is to be brought up. */
  readonly reason: string;
}

/** A matrix of a CI system: its jobs may run at the same time. */
export interface CiMatrix {
  /** Counted from 1, without gaps; it runs after all matrices of the waves before. */
  readonly wave: number;
  readonly include: readonly MatrixJob[];
}

/** The stacks that are to be brought up as matrices of at most 256 jobs; a wave of more takes several of equal size. */
export function ciMatrices(stacks: readonly StackDecision[]): CiMatrix[] {
  const affected = stacks.filter(({ reasons }) => reasons.length > 0);
  const waves = [...new Set(affected.map(({ wave }) => wave))].sort((a, b) => a - b);
  return waves.flatMap((wave, index) => {
    const jobs = affected.filter((stack) => stack.wave === wave).map(jobOf);
    const count = Math.ceil(jobs.length / MOST_JOBS);
    const size = Math.ceil(jobs.length / count);
    return Array.from({ length: count }, (_, i) => ({
      wave: index + 1,
      include: jobs.slice(i * size, (i + 1) * size),
    }));
  });
}

function jobOf({ project, environment, reasons }: StackDecision): MatrixJob {
  const [first] = reasons;
  const more = reasons.length > 1 ? ` (and ${reasons.length - 1} more)` : "";
  return { project: project.name, path: project.path, environment, reason: first ? `${reasonText(first)}${more}` : "" };
}
