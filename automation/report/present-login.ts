import type { LoginResult } from "../commands/login";
import { EXIT_CODES, type ExitKind } from "../exit-codes";
import type { Presenter } from "../verbs/verb-definition";

/** Ends as the command that was run did; it has told everything itself. */
export const presentLogin: Presenter<LoginResult> = {
  exit: ({ code }) => {
    const kinds = Object.keys(EXIT_CODES) as ExitKind[];
    return kinds.find((kind) => EXIT_CODES[kind] === code) ?? "fault";
  },
  lines: () => [],
  json: (result) => result,
};
