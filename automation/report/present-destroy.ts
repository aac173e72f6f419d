import type { DestroyResult } from "../commands/destroy";
import type { Presenter } from "../verbs/verb-definition";
import { nameOf } from "./operation-tree";
import { presentOperation } from "./present-operation";

/** Tells how a destroy ended. */
export const presentDestroy: Presenter<DestroyResult> = {
  exit: (result) => (result.kind === "refused" ? "refused" : presentOperation.exit(result)),
  lines: (result, terminal) => {
    if (result.kind !== "refused") return presentOperation.lines(result, terminal);
    return [
      `destroy is refused: ${result.protected.length} resources of ${result.environment} are protected`,
      ...result.protected.map((urn) => `  ${nameOf(urn)}  ${terminal.colours.dim(urn)}`),
      "next: in a rehearsal, trunkline destroy --target rehearsal --remove-protection deletes them as well",
    ];
  },
  json: (result) => (result.kind === "refused" ? result : presentOperation.json(result)),
};
