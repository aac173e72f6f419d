import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { OpenEnvironment } from "../commands/verb";
import { refused, type GateDecision, type Reason, type ReasonCode } from "../gate/decision";
import type { OwnersPort } from "../ports/owners";
import type { SecretRegister } from "../report/secret-register";
import { ownedOperations } from "../run/owned-operation";
import { runOperation, type OperationOptions, type OperationReport } from "../stack/run-operation";
import type { Bundle } from "./bundle";
import { previewForBundle } from "./bundle-preview";
import { canonicalJson } from "./canonical-json";
import { compareChanges, differenceText } from "./compare-changes";
import { engineVersion } from "./create-bundle";
import { ExportedState } from "./exported-state";
import { lateProviders } from "./late-providers";
import { guarded } from "./program-guard";
import { SecretDigests } from "./secret-digest";
import { stateFingerprint } from "./state-fingerprint";

/** How applying a bundle ended. */
export type AppliedBundle =
  | { readonly kind: "applied"; readonly report: OperationReport }
  /** No resource was touched. */
  | { readonly kind: "refused"; readonly decision: GateDecision }
  /** The update failed; what was done until then is in the state. */
  | { readonly kind: "failed"; readonly report: OperationReport };

export interface ApplyBundleOptions extends OperationOptions {
  readonly secrets: SecretRegister;
  readonly owners: OwnersPort;
  /** Is told how the repeated preview ended. */
  readonly ended: (report: OperationReport) => void;
  /** Whether the bundle still fits, once the lock is held: it may have expired, and files may have moved. */
  readonly stillFits: () => Promise<readonly Reason[]>;
  /** Is awaited before the stack is changed. */
  readonly begin?: () => Promise<void>;
  /** Is told what a person should know. */
  readonly note: (text: string) => void;
}

const ANEW = "preview anew and have the new bundle reviewed";

const SETTLE = `find out what became of them: trunkline refresh; then ${ANEW}`;

/**
 * Applies a bundle that the gate let through, and nothing else: previews again and compares, then updates to the bundle's
 * plan, with its program held under the stack's lock until the state is proven to be the one that was reviewed.
 */
export async function applyBundle(
  environment: OpenEnvironment,
  bundle: Bundle,
  options: ApplyBundleOptions,
): Promise<AppliedBundle> {
  const { stack } = environment;
  const refuse = (code: ReasonCode, message: string, hint = ANEW): AppliedBundle => ({
    kind: "refused",
    decision: refused({ code, message, hint }),
  });
  const { engine, providers } = bundle.tools;
  const version = engineVersion(environment);
  if (version !== engine.version) {
    return refuse("tools-moved", `the engine has version ${version}, the bundle was made with ${engine.version}`);
  }
  const digests = new SecretDigests(bundle.salt);
  const fingerprint = async () => {
    const state = new ExportedState(await stack.exportStack());
    return { state, moved: stateFingerprint(state, digests) !== bundle.stateFingerprint };
  };
  const moved = () => refuse("state-moved", `the state of ${bundle.stack} moved since the bundle was made`);
  const first = await fingerprint();
  if (first.moved) return moved();
  const cutOff = first.state.pendingOperations.length;
  if (cutOff > 0) return refuse("state-unsettled", unsettledText(bundle, cutOff), SETTLE);

  const letGo = async () => ({ go: true, mayBeEmpty: true });
  const again = await guarded(stack, letGo, () => previewForBundle(environment, options, bundle.salt));
  const preview = again.result;
  options.ended(preview.report);
  if (preview.kind === "previewed") options.secrets.add(preview.secrets);
  if (preview.kind === "failed") return { kind: "failed", report: preview.report };
  if (preview.kind === "moved") return moved();
  if (again.asked === 0) {
    const message = "the program's process did not load the guard that holds it under the lock";
    return refuse(
      "guard-not-run",
      message,
      "run it with Node 20.19 or newer; programs of other languages have no guard",
    );
  }
  if (preview.emptiesStack) return refuse("empty-registration", emptyText(bundle));
  if (preview.unknownStep !== undefined) return refuse("changes-moved", `unknown step "${preview.unknownStep}"`);
  const differences = compareChanges(bundle.changes, preview.changes);
  if (differences.length > 0) return refuse("changes-moved", differenceText(differences));
  if (canonicalJson(providers) !== canonicalJson(preview.providers)) {
    const [before, now] = [canonicalJson(providers), canonicalJson(preview.providers)];
    return refuse("tools-moved", `the providers are ${now}, the bundle was made with ${before}`);
  }
  const plan = planOf(bundle);
  if (plan === undefined) return refuse("plan-unusable", "the bundle's plan is not compressed JSON");

  const late = lateProviders(plan);
  if (late.length > 0) options.note(lateText(late));

  let stopped: AppliedBundle | undefined;
  const decide = async () => {
    const { state, moved: movedNow } = await fingerprint();
    const [reason] = await options.stillFits();
    if (movedNow) stopped = moved();
    else if (reason) stopped = { kind: "refused", decision: refused(reason) };
    return { go: stopped === undefined, mayBeEmpty: !state.hasResources };
  };
  const operate = await ownedOperations(options.owners, stack);
  await options.begin?.();
  const update = await guarded(stack, decide, () =>
    operate(() => (late.length > 0 ? runOperation(stack, "up", options) : updateToPlan(environment, plan, options))),
  );
  const report = update.result;
  if (stopped) return stopped;
  if (update.emptied) return refuse("empty-registration", emptyText(bundle));
  return report.result === "succeeded" ? { kind: "applied", report } : { kind: "failed", report };
}

function lateText(providers: readonly string[]): string {
  const names = providers.map((urn) => urn.slice(urn.lastIndexOf("::") + 2)).join(", ");
  return `the engine's plan cannot bind resources of ${names}: these providers are configured by what the update makes; it is bound by state, inputs and preview alone`;
}

function unsettledText({ stack }: Bundle, count: number): string {
  return `${count} operations on resources of ${stack} were cut off, and nobody knows what became of them`;
}

function emptyText({ stack }: Bundle): string {
  return `the program registers nothing but the stack, which would delete everything in ${stack}`;
}

function planOf({ plan }: Bundle): string | undefined {
  try {
    const text = gunzipSync(Buffer.from(plan, "base64"), { maxOutputLength: 2 ** 30 }).toString("utf8");
    JSON.parse(text);
    return text;
  } catch {
    return undefined;
  }
}

async function updateToPlan(
  { stack }: OpenEnvironment,
  plan: string,
  options: OperationOptions,
): Promise<OperationReport> {
  const directory = await mkdtemp(join(tmpdir(), "trunkline-plan-"));
  try {
    const file = join(directory, "plan.json");
    await writeFile(file, plan, { mode: 0o600 });
    return await runOperation(stack, "up", options, { plan: file });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
