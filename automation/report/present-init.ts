import type { InitResult } from "../init/apply-plan";
import type { Presenter } from "../verbs/verb-definition";
import { presentRehearsal } from "./present-rehearsal";

/** Tells what was written into a repository, what was kept, and how its rehearsal ended. */
export const presentInit: Presenter<InitResult> = {
  exit: (result) => {
    if (result.kind === "shown" || result.rehearsal.kind === "left-out") return "done";
    return presentRehearsal.exit(result.rehearsal);
  },
  lines: (result, terminal) => {
    if (result.kind === "shown") return ["nothing was written; --yes writes what loses nobody's work"];
    const { written, kept, standIns, rehearsal } = result;
    return [
      `${written.length} files written${kept.length > 0 ? `, kept as they are: ${kept.join(", ")}` : ""}`,
      ...(rehearsal.kind === "left-out"
        ? [`not rehearsed: ${rehearsal.reason}`]
        : presentRehearsal.lines(rehearsal, terminal)),
      "",
      ...(standIns > 0
        ? [
            `${standIns} values of Pulumi.<env>.yaml are stand-ins: replace them before the first update of a real cloud`,
          ]
        : []),
      "commit what was written, package-lock.json with it",
    ];
  },
  json: (result) => {
    if (result.kind === "shown") {
      return { kind: result.kind, files: result.files.map(({ path, action }) => ({ path, action })) };
    }
    const { rehearsal } = result;
    return { ...result, rehearsal: rehearsal.kind === "left-out" ? rehearsal : presentRehearsal.json(rehearsal) };
  },
};
