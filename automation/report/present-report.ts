import type { ReportResult } from "../commands/report";
import type { Presenter } from "../verbs/verb-definition";

/** Tells which page was written. */
export const presentReport: Presenter<ReportResult> = {
  exit: () => "done",
  lines: ({ file, title }, { colours }) => [colours.bold(title), `written to ${file}; a browser shows it`],
  json: (result) => result,
};
