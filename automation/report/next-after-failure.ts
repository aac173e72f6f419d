import { unbuiltImages } from "../run/unbuilt-images";
import { unknownPrincipals } from "../run/unknown-principals";
import type { OperationReport } from "../stack/run-operation";

/** What a person can do after an operation that did not succeed. */
export function nextAfterFailure(report: OperationReport): string[] {
  const { operation, result } = report;
  if (result === "cancelled") return [`${operation} was stopped; the state is whole, and the next run goes on from it`];
  const unknown = unknownPrincipals(report).map(
    (id) =>
      `the directory does not know the principal ${id}: look whether it is an object id of this tenant, and not a client id`,
  );
  if (unknown.length > 0) return [...unknown, "if it was made just now, run again in a few minutes"];
  if (operation === "preview") return [];
  const logs = unbuiltImages(report).map(
    ({ registry, run }) =>
      `an image was not built; in Azure the log of its build is: az acr taskrun logs --registry ${registry} --name ${run}`,
  );
  return [...logs, "what was done until then is in the state; correct the cause and run again"];
}
