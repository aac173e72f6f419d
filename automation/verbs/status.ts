import { Option } from "commander";
import { ENVIRONMENTS } from "../stack/stack-for-branch";
import { addEventOptions } from "./event-options";
import { defineVerb } from "./verb-definition";

/** `trunkline status` */
export const statusVerb = defineVerb({
  name: "status",
  summary: "tell all that the pipeline would do now, and why, without a network and without an engine",
  example: "trunkline status --target rehearsal --branch develop",
  configure: (command) => {
    command
      .option("--env <name>", `environment: ${ENVIRONMENTS.join(", ")} (default: the one that the event is for)`)
      .addOption(
        new Option("--target <target>", "whose history is looked at").choices(["cloud", "rehearsal"]).default("cloud"),
      );
    addEventOptions(command);
  },
  load: async () => {
    const { status } = await import("../commands/status.js");
    const { presentStatus } = await import("../report/present-status.js");
    return { run: status, present: presentStatus };
  },
});
