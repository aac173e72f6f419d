import { addPlatformOption } from "./release-options";
import { defineVerb } from "./verb-definition";

/** `trunkline release test` */
export const releaseTestVerb = defineVerb({
  name: "release test",
  summary: "send request files to the slot without traffic, and compare the answers with what is expected",
  target: "cloud",
  example: "trunkline release test --env tst --requests artifacts/azure-ml/requests",
  configure: (command) =>
    void addPlatformOption(command).option(
      "--requests <dir>",
      "folder with NAME.request.json and NAME.expect.json (default: artifacts/azure-ml/requests of the project, or artifacts/model-serving/requests)",
    ),
  load: async () => {
    const { releaseTest } = await import("../commands/release-test.js");
    const { presentReleaseTest } = await import("../report/present-release-test.js");
    return { run: releaseTest, present: presentReleaseTest };
  },
});
