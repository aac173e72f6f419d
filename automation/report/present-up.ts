import type { RunUpResult } from "../commands/run-up";
import type { Presenter } from "../verbs/verb-definition";
import { presentBundle } from "./present-bundle";
import { presentOperation } from "./present-operation";
import { presentRun } from "./present-run";
import { presentStacks } from "./present-stacks";

/** Tells how an update ended: of one stack, of several, or of what was reviewed. */
export const presentUp: Presenter<RunUpResult> = {
  exit: (result) => {
    if (result.kind === "run") return presentRun.exit(result);
    if (result.kind === "stacks") return presentStacks.exit(result);
    if (result.kind === "remote") return "done";
    return isBundle(result) ? presentBundle.exit(result) : presentOperation.exit(result);
  },
  lines: (result, terminal) => {
    if (result.kind === "run") return presentRun.lines(result, terminal);
    if (result.kind === "stacks") return presentStacks.lines(result, terminal);
    if (result.kind === "remote") {
      const counts = Object.entries(result.counts).map(([change, count]) => `${count} ${change}`);
      return [
        `Pulumi Deployments brought ${result.stack} up from ${result.commit}: ${counts.join(", ") || "no changes"}`,
      ];
    }
    return isBundle(result) ? presentBundle.lines(result, terminal) : presentOperation.lines(result, terminal);
  },
  json: (result) => {
    if (result.kind === "run") return presentRun.json(result);
    if (result.kind === "stacks") return presentStacks.json(result);
    if (result.kind === "remote") return result;
    return isBundle(result) ? presentBundle.json(result) : presentOperation.json(result);
  },
};

type OneStack = Exclude<RunUpResult, { readonly kind: "run" | "remote" | "stacks" }>;

function isBundle(
  result: OneStack,
): result is Extract<OneStack, { readonly bundle: unknown } | { readonly decision: unknown }> {
  return "bundle" in result || "decision" in result;
}
