import { Option } from "commander";
import { GRAPH_FORMATS } from "../report/render-graph";
import { defineVerb } from "./verb-definition";

/** `trunkline graph` */
export const graphVerb = defineVerb({
  name: "graph",
  summary: "print the resources of an environment or of a preview as a graph, for Mermaid or Graphviz",
  target: "cloud",
  example: "trunkline graph --target rehearsal --env dev --format dot",
  configure: (command) =>
    void command
      .argument("[file]", "a report of trunkline ci or a bundle (default: the recorded state of the environment)")
      .addOption(new Option("--format <format>", "the language").choices([...GRAPH_FORMATS]).default("mermaid")),
  load: async () => {
    const { graph } = await import("../commands/graph.js");
    const { presentGraph } = await import("../report/present-graph.js");
    return { run: graph, present: presentGraph };
  },
});
