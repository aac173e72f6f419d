import { addPlatformOption } from "./release-options";
import { defineVerb } from "./verb-definition";

/** `trunkline release abort` */
export const releaseAbortVerb = defineVerb({
  name: "release abort",
  summary: "end a release that is not promoted: traffic goes back, and the new slot is removed",
  target: "cloud",
  example: "trunkline release abort --env tst",
  configure: (command) => void addPlatformOption(command),
  load: async () => {
    const { releaseAbort } = await import("../commands/release-end.js");
    const { presentReleaseEnd } = await import("../report/present-release-end.js");
    return { run: releaseAbort, present: presentReleaseEnd };
  },
});
