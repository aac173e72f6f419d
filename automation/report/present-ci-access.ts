import type { CiAccessResult } from "../commands/ci-access";
import type { Presenter } from "../verbs/verb-definition";

/** Tells which files were written, and the names of the secrets in them. */
export const presentCiAccess: Presenter<CiAccessResult> = {
  exit: () => "done",
  lines: ({ files }) =>
    files.flatMap(({ path, names }) => [
      `written: ${path}, readable by its owner only`,
      ...names.map((name) => `  ${name}`),
    ]),
  json: (result) => result,
};
