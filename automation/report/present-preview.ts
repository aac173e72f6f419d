import type { RunPreviewResult } from "../commands/run-preview";
import { brokenText } from "../outputs/output-readers";
import { lossesOf } from "../gate/acknowledgements";
import type { Presenter } from "../verbs/verb-definition";
import { presentOperation } from "./present-operation";
import { presentStacks } from "./present-stacks";
import { renderReport } from "./render-report";
import { reportJson } from "./report-json";

/** Tells how a preview ended, and what the bundle is called that was made of it. */
export const presentPreview: Presenter<RunPreviewResult> = {
  exit: (result) => {
    if (result.kind === "stacks") return presentStacks.exit(result);
    return result.kind === "bundled" ? "done" : presentOperation.exit(result);
  },
  lines: (result, terminal) => {
    if (result.kind === "stacks") return presentStacks.lines(result, terminal);
    if (result.kind !== "bundled") return presentOperation.lines(result, terminal);
    const { report, bundle, file } = result;
    return [
      ...renderReport(report, terminal),
      ...lossesOf(bundle.changes).map(({ action, urn }) => terminal.colours.red(`${action} that loses data: ${urn}`)),
      ...(bundle.brokenOutputs ?? []).map((output) => terminal.colours.red(brokenText(output))),
      `bundle ${bundle.digest}`,
      `written to ${file}; it may be applied until ${bundle.expiresAt}`,
    ];
  },
  json: (result) => {
    if (result.kind === "stacks") return presentStacks.json(result);
    if (result.kind !== "bundled") return presentOperation.json(result);
    const { digest, commit, stack, expiresAt, changes, brokenOutputs } = result.bundle;
    const bundle = { digest, commit, stack, expiresAt, changes, ...(brokenOutputs && { brokenOutputs }) };
    return {
      kind: "bundled",
      environment: result.environment,
      file: result.file,
      bundle,
      report: reportJson(result.report),
    };
  },
};
