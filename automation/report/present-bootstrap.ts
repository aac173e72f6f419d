import type { BootstrapResult } from "../commands/bootstrap";
import type { Presenter } from "../verbs/verb-definition";
import { presentOperation } from "./present-operation";

/** Tells where the state of an environment is now. */
export const presentBootstrap: Presenter<BootstrapResult> = {
  exit: (result) => (result.kind === "failed" ? presentOperation.exit(result) : "done"),
  lines: (result, terminal) => {
    if (result.kind === "failed") return presentOperation.lines(result, terminal);
    return [
      `the state of ${result.environment} is in ${result.url}`,
      ...(result.backup ? [`a copy of the local state is in ${result.backup}`] : []),
      `${result.file} says so to trunkline here; elsewhere set PULUMI_BACKEND_URL='${result.url}'`,
    ];
  },
  json: (result) => (result.kind === "failed" ? presentOperation.json(result) : result),
};
