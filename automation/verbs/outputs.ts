import { Option } from "commander";
import { OUTPUT_FORMATS } from "../outputs/format-outputs";
import { defineVerb } from "./verb-definition";

/** `trunkline outputs` */
export const outputsVerb = defineVerb({
  name: "outputs",
  summary: "show the outputs of an environment, secrets masked, or hand them over to other programs",
  target: "cloud",
  example: "trunkline outputs --target rehearsal --env dev --format env --output dev.env",
  configure: (command) =>
    void command
      .addOption(new Option("--format <format>", "a form for other programs").choices([...OUTPUT_FORMATS]))
      .option("--output <file>", "a file for them, which only you can read (default: they are printed)")
      .option("--secrets", "secrets as well, in clear; into a file only"),
  load: async () => {
    const { outputs } = await import("../commands/outputs.js");
    const { presentOutputs } = await import("../report/present-outputs.js");
    return { run: outputs, present: presentOutputs };
  },
});
