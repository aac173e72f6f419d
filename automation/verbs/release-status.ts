import { addPlatformOption } from "./release-options";
import { defineVerb } from "./verb-definition";

/** `trunkline release status` */
export const releaseStatusVerb = defineVerb({
  name: "release status",
  summary: "show an endpoint with its slots and traffic, its last release, and what comes next",
  target: "cloud",
  example: "trunkline release status --env prd",
  configure: (command) => void addPlatformOption(command),
  load: async () => {
    const { releaseStatus } = await import("../commands/release-status.js");
    const { presentReleaseStatus } = await import("../report/present-release-status.js");
    return { run: releaseStatus, present: presentReleaseStatus };
  },
});
