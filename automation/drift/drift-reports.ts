import type { DriftResult } from "../commands/drift";
import { countResources } from "../report/page-resources";
import type { StackReport } from "../report/pipeline-report";
import { NOTHING } from "../run/work-report";
import type { Comparison, DriftVerdict } from "./check-drift";

/** What a comparison with the cloud found, as reports of its stacks. */
export function driftReports({ environment, stacks }: DriftResult): StackReport[] {
  return stacks.map(({ stack, verdict }) => ({
    ...NOTHING,
    ...reportOf(verdict),
    ...{ project: stack, environment, reasons: [] },
  }));
}

function reportOf(verdict: DriftVerdict): Pick<StackReport, "result"> & Partial<StackReport> {
  switch (verdict.kind) {
    case "clean":
      return { ...compared(verdict), result: "unchanged" };
    case "drifted": {
      const places = verdict.drifted.map(({ urn }) => urn.split("::").at(-1) ?? urn);
      const detail = `it differs from the cloud: ${[...new Set(places)].join(", ")}`;
      return { ...compared(verdict), result: "drifted", detail };
    }
    case "error":
      return { result: "failed", detail: verdict.reason };
    case "not checked":
      return { result: "not-checked", detail: verdict.reason };
  }
}

function compared({ changes, resources, policies, durationMs }: Comparison): Partial<StackReport> {
  const counts: Record<string, number> = { ...countResources(resources) };
  return { changes, resources, policies, counts, durationMs: Math.round(durationMs) };
}
