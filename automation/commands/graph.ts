import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { EngineSession } from "../engine/engine-session";
import { AutomationError } from "../errors";
import { maskedCopy } from "../report/mask";
import { pageOfFile } from "../report/page-of-file";
import { renderGraph, type GraphFormat } from "../report/render-graph";
import { stateResources } from "../report/state-resources";
import { withStack, type VerbDeps, type VerbOptions } from "./verb";

export interface GraphOptions extends VerbOptions {
  /** A report of `trunkline ci` or a bundle. @default the recorded state of the environment */
  readonly file?: string;
  readonly format: GraphFormat;
}

/** A graph in the language of a drawing program. */
export interface GraphResult {
  readonly kind: "graph";
  readonly format: GraphFormat;
  readonly text: string;
}

/** Draws the resources of an environment, or of a preview, in the language of a drawing program. */
export async function graph(deps: VerbDeps, options: GraphOptions): Promise<GraphResult> {
  const { file, format, cwd } = options;
  if (file !== undefined) {
    const { stacks } = maskedCopy(pageOfFile(await textOf(resolve(cwd, file)), file), deps.secrets.mask);
    return { kind: "graph", format, text: stacks.map(({ resources }) => renderGraph(resources, format)).join("\n") };
  }
  // What is printed is for another program, and nothing else is printed with it.
  const silent = { ...deps, opened: (_: unknown, session: EngineSession) => deps.secrets.add(session.secrets) };
  const needs = { absent: "refuse", stateOnly: true, readOnly: true } as const;
  return withStack(silent, options, needs, async ({ stack }) => {
    const resources = stateResources(await stack.exportStack());
    return { kind: "graph", format, text: renderGraph(resources, format) };
  });
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new AutomationError("usage", `${path} cannot be read: ${cause instanceof Error ? cause.message : ""}`, {
      hint: "name the report.json of trunkline ci or a bundle of trunkline preview --bundle",
      cause,
    });
  }
}
