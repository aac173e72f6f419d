import type { ResourceState } from "../../state/deployment-file";
import { asError } from "../as-error";
import type { Deployment } from "../deployment";
import { providerOf } from "../provider-of";
import type { Step, StepOutcome } from "../step";
import { isDefaultProvider, nameOf } from "../urn";

/** Thrown for a resource that is protected: other deletions go on, so that all refusals are told at once. */
export class ProtectedError extends Error {
  override readonly name = "ProtectedError";

  constructor(urn: string) {
    super(
      `resource "${urn}" cannot be deleted\n` +
        "because it is protected. To unprotect the resource, either remove the `protect` flag from the resource in your " +
        `Pulumi program and run \`pulumi up\`, or use the command:\n\`pulumi state unprotect '${urn}'\``,
    );
  }
}

/** Whether a deletion is part of a replacement, and whether it comes before the creation. */
export type DeleteKind = "delete" | "replaced" | "before-replacement";

/** Deletes a resource; one that is only read, retained, or gone with another is just forgotten. */
export class DeleteStep implements Step {
  readonly next = undefined;
  readonly logical: boolean;
  readonly internal: boolean;

  constructor(
    private readonly deployment: Deployment,
    readonly old: ResourceState,
    private readonly kind: DeleteKind,
    private readonly otherDeletions: ReadonlySet<string>,
  ) {
    this.logical = kind === "delete";
    this.internal = isDefaultProvider(old.urn);
  }

  get op(): "delete" | "delete-replaced" | "discard" | "discard-replaced" {
    if (this.old.external) return this.logical ? "discard" : "discard-replaced";
    return this.logical ? "delete" : "delete-replaced";
  }
  get urn(): string {
    return this.old.urn;
  }
  get res(): ResourceState {
    return this.old;
  }

  async apply(): Promise<StepOutcome> {
    const { old } = this;
    if (this.logical && old.protect) return { status: "ok", error: new ProtectedError(old.urn) };
    const goesWithAnother = !!old.deletedWith && this.otherDeletions.has(old.deletedWith);
    const asksProvider = old.custom && !old.external && !old.retainOnDelete && !goesWithAnother;
    if (asksProvider && !this.deployment.options.dryRun) {
      try {
        await providerOf(this.deployment, old).delete({
          urn: old.urn,
          type: old.type,
          name: nameOf(old.urn),
          id: old.id ?? "",
          inputs: old.inputs ?? {},
          outputs: old.outputs ?? {},
          timeoutSeconds: old.customTimeouts?.delete ?? 0,
        });
      } catch (error) {
        return { status: "unknown", error: asError(error) };
      }
    }
    if (this.kind === "before-replacement") old.pendingReplacement = true;
    return { status: "ok" };
  }

  fail(): void {
    // No program waits for a deletion.
  }

  skip(): void {
    // No program waits for a deletion.
  }
}
