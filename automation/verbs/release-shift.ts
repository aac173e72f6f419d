import { addPlatformOption, percent } from "./release-options";
import { defineVerb } from "./verb-definition";

/** `trunkline release shift` */
export const releaseShiftVerb = defineVerb({
  name: "release shift",
  summary: "give the new slot a share of the requests, or copies of them, and leave it so",
  target: "cloud",
  example: "trunkline release shift --env prd --to 10",
  configure: (command) =>
    void addPlatformOption(command)
      .option("--to <percent>", "share of the requests that the new slot gets", percent(0, 100))
      .option(
        "--mirror <percent>",
        "share of the requests that the new slot gets a copy of; not with Databricks",
        percent(0, 50),
      ),
  load: async () => {
    const { releaseShift } = await import("../commands/release-shift.js");
    const { presentReleaseShift } = await import("../report/present-release-shift.js");
    return { run: releaseShift, present: presentReleaseShift };
  },
});
