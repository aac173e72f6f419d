import type { MatrixResult } from "../commands/matrix";
import type { Presenter } from "../verbs/verb-definition";

/** Tells which stacks are to be brought up, in waves. */
export const presentMatrix: Presenter<MatrixResult> = {
  exit: () => "done",
  lines: ({ resolution, matrices, unchanged }, { colours }) => [
    resolution.kind === "environment"
      ? `environment ${resolution.environment}: ${resolution.reason}`
      : resolution.reason,
    ...matrices.flatMap(({ wave, include }) => [
      colours.bold(`wave ${wave}`),
      ...include.map(({ project, reason }) => `  ${project}: ${reason}`),
    ]),
    ...(unchanged.length > 0 ? [`unchanged: ${unchanged.join(", ")}`] : []),
    ...(matrices.length === 0 ? ["nothing to do"] : []),
  ],
  json: ({ matrices, unchanged, resolution: { kind, reason, ...decided } }) => ({
    kind: "matrix",
    ...(kind === "environment" ? decided : {}),
    reason,
    matrices,
    unchanged,
  }),
};
