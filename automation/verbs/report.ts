import { defineVerb } from "./verb-definition";

/** `trunkline report` */
export const reportVerb = defineVerb({
  name: "report",
  summary:
    "write one HTML file that shows an update, a run, a bundle or a release as a graph, with its changes and times",
  target: "cloud",
  example: "trunkline report --target rehearsal --env dev --output report.html",
  configure: (command) =>
    void command
      .argument(
        "[file]",
        "a report, a bundle, or the record of a release (default: the last update of the environment)",
      )
      .option("--output <file>", "where the page is written", "report.html"),
  load: async () => {
    const { report } = await import("../commands/report.js");
    const { presentReport } = await import("../report/present-report.js");
    return { run: report, present: presentReport };
  },
});
