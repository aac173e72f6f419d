import type { Invocation } from "./cli";
import type { VerbDeps } from "./commands/verb";
import type { VerbResult } from "./report/render-result";
import type { OperationReport } from "./stack/run-operation";

/** Loads the verb that was asked for, and nothing of the others, and runs it. */
export async function runVerb(
  { verb, options }: Invocation,
  deps: VerbDeps,
  reported: (report: OperationReport) => void,
): Promise<VerbResult> {
  switch (verb) {
    case "rehearse":
      return (await import("./commands/rehearse.js")).rehearse(deps, { ...options, reported });
    case "preview":
      return (await import("./commands/preview.js")).preview(deps, options);
    case "up":
      return (await import("./commands/up.js")).up(deps, options);
    case "refresh":
      return (await import("./commands/refresh.js")).refresh(deps, options);
    case "destroy":
      return (await import("./commands/destroy.js")).destroy(deps, options);
    case "outputs":
      return (await import("./commands/outputs.js")).outputs(deps, options);
    case "cancel":
      return (await import("./commands/cancel.js")).cancel(deps, options);
  }
}
