import type { DriftResult } from "../commands/drift";
import type { DriftVerdict } from "../drift/check-drift";
import type { Presenter } from "../verbs/verb-definition";

/** Tells which stacks have drifted. Drift outweighs an error: it is there whatever else could not be looked at. */
export const presentDrift: Presenter<DriftResult> = {
  exit: ({ stacks }) => {
    const kinds = new Set(stacks.map(({ verdict }) => verdict.kind));
    return kinds.has("drifted") ? "drift" : kinds.has("error") ? "fault" : "done";
  },
  lines: ({ environment, stacks }, { colours }) => [
    colours.bold(`Drift of ${environment}`),
    ...stacks.flatMap(({ stack, verdict }) => [`  ${stack}  ${headline(verdict)}`, ...details(verdict)]),
  ],
  // What is as recorded is in the report, whole.
  json: ({ stacks, ...result }) => ({
    ...result,
    stacks: stacks.map((one) => ({ ...one, verdict: short(one.verdict) })),
  }),
};

function short(verdict: DriftVerdict): unknown {
  if (verdict.kind !== "clean" && verdict.kind !== "drifted") return verdict;
  const { resources, policies: _, ...told } = verdict;
  return { ...told, durationMs: Math.round(told.durationMs), checked: resources.length };
}

function headline(verdict: DriftVerdict): string {
  switch (verdict.kind) {
    case "clean":
      return "clean";
    case "drifted":
      return `drifted: ${verdict.drifted.length} resources`;
    case "error":
      return `error: ${verdict.reason}`;
    case "not checked":
      return `not checked: ${verdict.reason}`;
  }
}

function details(verdict: DriftVerdict): string[] {
  if (verdict.kind !== "clean" && verdict.kind !== "drifted") return [];
  const drifted = verdict.kind === "drifted" ? verdict.drifted : [];
  return [
    ...drifted.map(({ name, type, kind, properties }) => `    ${type} ${name}: ${[kind, ...properties].join(" ")}`),
    ...verdict.allowed.map(({ urn, property, reason }) => `    allowed: ${property} of ${urn} (${reason})`),
  ];
}
