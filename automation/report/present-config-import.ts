import type { ConfigImportEnvResult } from "../commands/config-import-env";
import type { Presenter } from "../verbs/verb-definition";

/** Tells what an import changed, as a diff. */
export const presentConfigImport: Presenter<ConfigImportEnvResult> = {
  exit: () => "done",
  lines: ({ kind, settings, diff }, { colours }) => [
    ...diff
      .split("\n")
      .slice(1)
      .map((line) => (line.startsWith("+") ? colours.green(line) : line.startsWith("-") ? colours.red(line) : line)),
    kind === "unchanged"
      ? `${settings} has all of it already`
      : kind === "shown"
        ? "nothing was written"
        : `wrote ${settings}`,
  ],
  json: (result) => result,
};
