import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { OpenEnvironment } from "../commands/verb";
import type { EngineName, Target } from "../engine/engine-session";
import { AutomationError } from "../errors";
import { brokenContracts, type OutputConsumer } from "../outputs/output-readers";
import type { SecretRegister } from "../report/secret-register";
import type { OperationOptions, OperationReport } from "../stack/run-operation";
import { BUNDLE_VERSION, sealBundle, type Bundle, type BundleContent } from "./bundle";
import type { BundleFacts } from "./bundle-facts";
import { previewMarkingGenerated } from "./bundle-preview";
import { secretLeak } from "./secret-leak";

/** How long a bundle may be applied unless told otherwise, in hours. */
export const DEFAULT_VALIDITY_HOURS = 168;

export interface CreateBundleOptions {
  /** @default the time now */
  readonly now?: Date;
  /** How long it may be applied, in hours. @default 168 */
  readonly validHours?: number;
  /** Who reads the stack's outputs; is asked where some of them break. @default nobody */
  readonly consumers?: () => Promise<readonly OutputConsumer[]>;
  /** The reviewed bundle that this one may inherit the approval of: with its salt, secrets can be compared. */
  readonly reviewed?: Bundle;
}

/** A bundle with the preview that it was made of, or the preview that failed. */
export type CreatedBundle =
  | { readonly kind: "created"; readonly bundle: Bundle; readonly report: OperationReport }
  | { readonly kind: "failed"; readonly report: OperationReport };

/**
 * Previews a stack and makes the bundle of it. Throws AutomationError where the program is not committed, where it would
 * empty the stack, where the state moved meanwhile, and where a secret would be in the bundle in clear.
 */
export async function createBundle(
  environment: OpenEnvironment,
  facts: BundleFacts,
  engine: EngineName | undefined,
  operation: OperationOptions & { readonly secrets: SecretRegister },
  { now = new Date(), validHours = DEFAULT_VALIDITY_HOURS, reviewed, consumers }: CreateBundleOptions = {},
): Promise<CreatedBundle> {
  refuseUncommitted(facts);
  const salt = reviewed?.salt ?? randomBytes(16).toString("hex");
  const preview = await previewMarkingGenerated(environment, operation, salt);
  if (preview.kind === "failed") return preview;
  if (preview.kind === "moved") {
    throw new AutomationError("fault", `the state of ${facts.stack} moved while it was previewed`, {
      hint: "another run works on it: wait for its end, and preview again",
    });
  }
  if (preview.unknownStep !== undefined) {
    throw new AutomationError("fault", `the engine told of a step "${preview.unknownStep}", which is not known here`, {
      hint: "use a version of trunkline that knows this engine",
    });
  }
  if (preview.emptiesStack) {
    throw new AutomationError("refused", `the program registers nothing, though ${facts.stack} has resources`, {
      hint: "correct the program; an environment is deleted by trunkline destroy",
    });
  }
  operation.secrets.add(preview.secrets);
  const { report, changes, providers, stateFingerprint, plan, secrets } = preview;
  const { pullRequest, run } = facts;
  const { brokenOutputs } = preview;
  const broken = brokenOutputs.length > 0 && consumers ? brokenContracts(brokenOutputs, await consumers()) : [];
  const content: BundleContent = {
    version: BUNDLE_VERSION,
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + validHours * 3_600_000).toISOString(),
    repository: facts.repository,
    commit: facts.commit,
    inputsTree: facts.inputsTree,
    project: facts.project,
    stack: facts.stack,
    target: facts.target,
    configHash: facts.configHash,
    lockfileHash: facts.lockfileHash,
    tools: {
      trunkline: facts.trunkline,
      node: facts.node,
      engine: { name: engineName(facts.target, engine), version: engineVersion(environment) },
      providers,
    },
    salt,
    stateFingerprint,
    plan: gzipSync(plan).toString("base64"),
    changes: changes as BundleContent["changes"],
    ...(broken.length > 0 && { brokenOutputs: broken }),
    authors: [...facts.authors],
    ...(pullRequest !== undefined && { pullRequest }),
    ...(run !== undefined && { run }),
  };
  refuseLeak({ ...content, plan: JSON.parse(plan) as unknown }, secrets);
  return { kind: "created", bundle: sealBundle(content), report };
}

/** The engine that a target is carried out with, where none was asked for. */
export function engineName(target: Target, engine: EngineName | undefined): EngineName {
  return engine ?? (target === "rehearsal" ? "embedded" : "cli");
}

/** The version of the engine that an environment was opened with. */
export function engineVersion({ session }: Pick<OpenEnvironment, "session">): string {
  return session.workspace.pulumiCommand?.version?.toString() ?? "unknown";
}

function refuseUncommitted({ uncommitted, commit }: BundleFacts): void {
  if (uncommitted.length === 0) return;
  throw new AutomationError("refused", `what is to be previewed is not what is committed: ${uncommitted.join(", ")}`, {
    hint: `a bundle is bound to commit ${commit.slice(0, 12)}: commit these files, or put them back`,
  });
}

function refuseLeak(content: unknown, secrets: readonly string[]): void {
  const place = secretLeak(content, secrets);
  if (place === undefined) return;
  throw new AutomationError("refused", `a secret would be in the bundle in clear, at ${place}`, {
    hint: "mark what is derived from it as a secret, with pulumi.secret or an Output of the secret",
  });
}
