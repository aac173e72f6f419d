import { addPlatformOption, slotOption } from "./release-options";
import { defineVerb } from "./verb-definition";

/** `trunkline release rollback` */
export const releaseRollbackVerb = defineVerb({
  name: "release rollback",
  summary: "send all requests back to where they went before the release",
  target: "cloud",
  example: "trunkline release rollback --env prd",
  configure: (command) =>
    void addPlatformOption(command)
      .addOption(slotOption("--to <slot>", "the slot that gets them, whatever is recorded"))
      .option("--retire", "remove the other slot afterwards", false),
  load: async () => {
    const { releaseRollback } = await import("../commands/release-end.js");
    const { presentReleaseEnd } = await import("../report/present-release-end.js");
    return { run: releaseRollback, present: presentReleaseEnd };
  },
});
