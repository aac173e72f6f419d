import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OpenEnvironment } from "../commands/verb";
import { masker } from "../report/mask";
import { brokenOutputs, type BrokenOutput } from "../outputs/broken-outputs";
import { runOperation, type OperationOptions, type OperationReport } from "../stack/run-operation";
import type { Change } from "./change";
import { CollectedChanges } from "./collect-changes";
import { describeChanges } from "./describe-changes";
import { ExportedState } from "./exported-state";
import { knownSecrets } from "./known-secrets";
import { markGenerated } from "./mark-generated";
import { outputChanges } from "./output-changes";
import { isObject, withSecrets, type PlainObject } from "./property-values";
import { SecretDigests } from "./secret-digest";
import { stateFingerprint } from "./state-fingerprint";
import { UpdatePlan } from "./update-plan";

/** What a preview tells that a bundle is made of, or compared with. */
export type BundlePreview =
  | {
      readonly kind: "previewed";
      readonly report: OperationReport;
      readonly changes: readonly Change[];
      readonly providers: Record<string, string[]>;
      readonly stateFingerprint: string;
      /** As the engine saved it. */
      readonly plan: string;
      /** What the update takes away from outputs of the stack, or gives another type. */
      readonly brokenOutputs: readonly BrokenOutput[];
      /** The program registers nothing but the stack, though the state has resources. */
      readonly emptiesStack: boolean;
      /** A step of the engine that is not known here. */
      readonly unknownStep?: string;
      /** Texts that must not be in a bundle. */
      readonly secrets: readonly string[];
    }
  | { readonly kind: "failed"; readonly report: OperationReport }
  /** Somebody else changed the state meanwhile. */
  | { readonly kind: "moved"; readonly report: OperationReport };

/** What is done to a resource when providers may make up a value of it. */
const MAKING: ReadonlySet<Change["action"]> = new Set(["create", "replace"]);

/** Previews a stack, and tells what it would change in the form of a bundle with this salt. */
export async function previewForBundle(
  { stack, session }: Pick<OpenEnvironment, "stack" | "session">,
  options: OperationOptions,
  salt: string,
): Promise<BundlePreview> {
  const directory = await mkdtemp(join(tmpdir(), "trunkline-preview-"));
  try {
    const planFile = join(directory, "plan.json");
    const digests = new SecretDigests(salt);
    const state = new ExportedState(await stack.exportStack());
    const fingerprint = stateFingerprint(state, digests);
    const collected = new CollectedChanges();
    const details = { plan: planFile, observe: collected.apply.bind(collected) };
    const report = await runOperation(stack, "preview", options, details);
    if (report.result !== "succeeded") return { kind: "failed", report };
    const after = new ExportedState(await stack.exportStack());
    if (stateFingerprint(after, digests) !== fingerprint) return { kind: "moved", report };
    const planText = await readFile(planFile, "utf8");
    const plan = await UpdatePlan.open(planText, stack);
    const secrets = await knownSecrets(stack, session, state, plan);
    const properties = {
      before: (urn: string) => state.of(urn),
      after: (urn: string) => plan.inputsOf(urn, state.of(urn).inputs),
    };
    const mask = masker(secrets);
    return {
      kind: "previewed",
      report,
      changes: [
        // What was read before is read at each update, and changes nothing by itself.
        ...describeChanges(collected, properties, digests, mask).filter(
          ({ action, urn }) => action !== "read" || !state.has(urn),
        ),
        ...outputChanges(collected, properties.before, digests, mask),
      ],
      providers: collected.providers,
      stateFingerprint: fingerprint,
      plan: planText,
      brokenOutputs: collected.stackOutputs
        ? brokenOutputs(state.outputs, shownOutputs(collected.stackOutputs.outputs))
        : [],
      emptiesStack: collected.registered === 0 && state.hasResources,
      ...(collected.unknownStep !== undefined && { unknownStep: collected.unknownStep }),
      secrets,
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/**
 * Previews a stack, and a second time where it would make anything, so that values which providers make up are marked as
 * such; answers the first preview.
 */
export async function previewMarkingGenerated(
  environment: Pick<OpenEnvironment, "stack" | "session">,
  options: OperationOptions,
  salt: string,
): Promise<BundlePreview> {
  const first = await previewForBundle(environment, options, salt);
  const makes = first.kind === "previewed" && first.changes.some(({ action }) => MAKING.has(action));
  if (!makes) return first;
  const second = await previewForBundle(environment, options, salt);
  if (second.kind !== "previewed") return second;
  return { ...first, changes: markGenerated(first.changes, second.changes) };
}

/** Outputs of an event, with what is secret or not known yet marked as such. */
function shownOutputs(outputs: PlainObject): PlainObject {
  const shown = withSecrets(outputs, () => undefined);
  return isObject(shown) ? shown : {};
}
