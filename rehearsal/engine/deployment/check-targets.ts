import { BailError } from "./bail-error";
import type { Deployment } from "./deployment";
import type { UrnTargets } from "./urn-targets";

/** Refuses targets that neither the state nor, where given, the program has; each is reported. */
export function checkTargets(
  deployment: Deployment,
  targets: UrnTargets,
  registered: ReadonlySet<string> | undefined,
): void {
  const unknown = targets.exact.filter((urn) => !deployment.base.allOlds.has(urn) && !registered?.has(urn));
  for (const urn of unknown) {
    const hint = urn.includes("$") ? "" : " Did you forget to escape $ in your shell?";
    deployment.diagnostics.error("", `Target '${urn}' could not be found in the stack.${hint}`);
  }
  if (unknown.length > 0) throw new BailError("one or more targets could not be found in the stack");
}
