import type { RotateResult } from "../commands/rotate";
import type { RotationDecision } from "../rotation/rotation-due";
import type { Presenter } from "../verbs/verb-definition";
import { nextAfterFailure } from "./next-after-failure";
import { renderReport } from "./render-report";
import { reportJson } from "./report-json";

/** Tells what expires when, and what was replaced. */
export const presentRotation: Presenter<RotateResult> = {
  exit: ({ kind }) => (kind === "failed" ? "fault" : "done"),
  lines: (result, terminal) => [
    ...(result.kind === "listed" ? [] : renderReport(result.report, terminal)),
    ...(result.kind === "rotated" ? [`replaced: ${result.replaced.join(", ") || "nothing was due"}`] : []),
    ...(result.decisions.length === 0
      ? [`${result.environment} has no secrets to rotate: CI logs in without any`]
      : result.decisions.map(line)),
    ...(result.kind === "failed" ? nextAfterFailure(result.report) : []),
    ...(result.kind === "listed" && result.decisions.some(({ replace }) => replace !== undefined)
      ? ["next: trunkline rotate --apply replaces what is due, the published secrets stay valid meanwhile"]
      : []),
  ],
  json: (result) => (result.kind === "listed" ? result : { ...result, report: reportJson(result.report) }),
};

function line({ pair, published, daysLeft, status }: RotationDecision): string {
  const end = new Date(published.expiresAt).toISOString().slice(0, 10);
  const words = {
    current: `ends ${end}, in ${daysLeft} days`,
    due: `ends ${end}, in ${daysLeft} days: due`,
    expired: `ended ${end}: due`,
    incomplete: `ends ${end}, and has no second secret yet: trunkline up makes it`,
  };
  return `${pair.principal}: ${pair.kind} ${published.name} ${words[status]}`;
}
