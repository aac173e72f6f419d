import type { Stack } from "@pulumi/pulumi/automation";
import { AutomationError } from "../errors";
import { credentialPairs, type DeployedResource } from "../rotation/credential-pair";
import { DEFAULT_WINDOW_DAYS, rotationDue, type RotationDecision } from "../rotation/rotation-due";
import { runOperation, type OperationReport } from "../stack/run-operation";
import type { EnvironmentName } from "../stack/stack-for-branch";
import { withStack, type VerbDeps, type VerbOptions } from "./verb";

export interface RotateDeps extends VerbDeps {
  /** The present. */
  readonly today: () => Date;
}

export interface RotateOptions extends VerbOptions {
  /** Replace what is due, instead of listing it. @default false */
  readonly apply?: boolean;
  /** Days before its end from which on a secret is replaced. @default 60 */
  readonly within?: string;
}

/** What there is to rotate, or what became of it. */
export type RotateResult =
  | { readonly kind: "listed"; readonly environment: EnvironmentName; readonly decisions: readonly RotationDecision[] }
  | {
      readonly kind: "rotated" | "failed";
      readonly environment: EnvironmentName;
      /** Names of the secrets that were to be replaced. */
      readonly replaced: readonly string[];
      readonly report: OperationReport;
      /** What is to be done from now on. */
      readonly decisions: readonly RotationDecision[];
    };

/**
 * Lists the secrets of an environment with their ends, or replaces those that end soon. Nothing but secrets, and what
 * publishes them, is touched. May be interrupted at any point and run again: the published secret is never the one that
 * is replaced, and an update without anything due publishes what an interrupted one has made.
 */
export function rotate(deps: RotateDeps, options: RotateOptions): Promise<RotateResult> {
  const window = windowDays(options.within);
  const needs = { absent: "refuse", stateOnly: options.apply !== true } as const;
  return withStack(deps, options, needs, async ({ environment, stack }) => {
    const decide = async () => rotationDue(credentialPairs(await deployed(stack)), deps.today().getTime(), window);
    const decisions = await decide();
    if (options.apply !== true || decisions.length === 0) return { kind: "listed", environment, decisions };
    const replace = decisions.flatMap((decision) => decision.replace ?? []);
    const target = decisions.flatMap(({ pair }) => pair.slots.map(({ urn }) => urn));
    const report = await runOperation(stack, "up", deps, { only: { replace, target } });
    return {
      kind: report.result === "succeeded" ? "rotated" : "failed",
      environment,
      replaced: replace.map((urn) => urn.slice(urn.lastIndexOf("::") + 2)),
      report,
      decisions: await decide(),
    };
  });
}

function windowDays(text: string | undefined): number {
  if (text === undefined) return DEFAULT_WINDOW_DAYS;
  if (!/^\d{1,4}$/.test(text)) {
    throw new AutomationError("usage", `--within takes a number of days from 0 to 9999, got "${text}"`, {
      hint: `leave it out for ${DEFAULT_WINDOW_DAYS} days`,
    });
  }
  return Number(text);
}

async function deployed(stack: Stack): Promise<readonly DeployedResource[]> {
  const { deployment } = (await stack.exportStack()) as { deployment?: { resources?: DeployedResource[] } };
  return deployment?.resources ?? [];
}
