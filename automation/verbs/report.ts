import { defineVerb } from "./verb-definition";

/** `trunkline report` */
export const reportVerb = defineVerb({
  name: "report",
  summary: "write one HTML file that shows a run, a bundle or a release as a graph, with its changes and times",
  example: "trunkline report .trunkline/ci/report.json --output report.html",
  configure: (command) =>
    void command
      .argument("<file>", "a report of trunkline ci, a bundle, or the record of a release")
      .option("--output <file>", "where the page is written", "report.html"),
  load: async () => {
    const { report } = await import("../commands/report.js");
    const { presentReport } = await import("../report/present-report.js");
    return { run: report, present: presentReport };
  },
});
