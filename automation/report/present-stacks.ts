import type { StacksResult } from "../commands/stacks-result";
import { lossesOf } from "../gate/acknowledgements";
import type { Presenter } from "../verbs/verb-definition";
import { stackLines, stacksExit } from "./stack-lines";

/** Tells what became of several stacks: of their previews, or of their bundles. */
export const presentStacks: Presenter<StacksResult> = {
  exit: ({ stacks, step }) => stacksExit(stacks, step),
  lines: ({ environment, step, stacks }, { colours }) => {
    const bundles = stacks.flatMap(({ project, bundle }) => (bundle ? [`  ${project}: bundle ${bundle.digest}`] : []));
    const left = step === "apply" && stacks.some(({ result }) => result !== "applied" && result !== "unchanged");
    return [
      colours.bold(`Stacks of ${environment}`),
      ...stackLines(stacks, step),
      ...stacks
        .flatMap(({ changes }) => lossesOf(changes))
        .map(({ action, urn }) => colours.red(`${action} that loses data: ${urn}`)),
      ...bundles,
      ...(left ? ["next: correct the cause, then go on with this run: trunkline up --resume"] : []),
    ];
  },
  json: (result) => result,
};
