import { Argument } from "commander";
import { defineVerb } from "./verb-definition";

/** The shells that there is a completion for. */
export const SHELLS = ["bash", "zsh", "fish"] as const;

/** Name of a shell. */
export type Shell = (typeof SHELLS)[number];

/** `trunkline completion` */
export const completionVerb = defineVerb({
  name: "completion",
  summary: "print a script that completes this command line in a shell",
  example: "trunkline completion bash",
  configure: (command) => void command.addArgument(new Argument("<shell>", "your shell").choices([...SHELLS])),
  load: async () => {
    const { completion } = await import("../commands/completion.js");
    const { presentCompletion } = await import("../report/present-completion.js");
    return { run: completion, present: presentCompletion };
  },
});
