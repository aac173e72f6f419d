import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { MlflowDeps } from "../commands/mlflow-platform";
import type { VerbDeps } from "../commands/verb";
import { openMlflow } from "../engine/open-mlflow";

/** Gives a verb what it needs besides what every verb has. */
export function mlflowVerbDeps<Options, Result>(
  verb: (deps: MlflowDeps, options: Options) => Promise<Result>,
): (deps: VerbDeps, options: Options) => Promise<Result> {
  return (deps, options) =>
    verb(
      {
        ...deps,
        openMlflow: (request) => openMlflow(request, { ...process.env, ...deps.env }),
        pause: (milliseconds) => sleep(milliseconds),
        date: () => new Date(),
        random: () => randomBytes(3).toString("hex"),
      },
      options,
    );
}
