import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Deployment, EngineEvent, Stack } from "@pulumi/pulumi/automation";
import type { Change } from "../bundle/change";
import { CollectedChanges } from "../bundle/collect-changes";
import { describeChanges } from "../bundle/describe-changes";
import { ExportedState } from "../bundle/exported-state";
import { markedSecrets } from "../bundle/known-secrets";
import { bundleDependencies, stateDependencies } from "../bundle/resource-dependencies";
import { SecretDigests } from "../bundle/secret-digest";
import { UpdatePlan } from "../bundle/update-plan";
import { operationWork, type WorkReport } from "../run/work-report";
import { failureText } from "../stack/failure-text";
import type { OperationName, OperationRecorder, OperationRecording, OperationReport } from "../stack/run-operation";
import type { ResourceDependencies } from "./report-resources";
import type { SecretRegister } from "./secret-register";

/** What a recorder tells beyond its reports, and to whom. */
export interface RecorderDeps {
  /** Learns the secrets of state and plan before anything is told. */
  readonly secrets: Pick<SecretRegister, "add" | "mask">;
  readonly note: (text: string) => void;
}

/**
 * Keeps of the last operation on each stack what a report tells: resources with times and dependencies, and each property
 * before and after. That needs the state before and after, and of a preview its plan. What cannot be read is told, and
 * changes nothing about the operation.
 */
export class RunRecorder implements OperationRecorder {
  /** By name of the project. */
  readonly reports = new Map<string, WorkReport>();

  constructor(private readonly deps: RecorderDeps) {}

  async begin(stack: Stack, operation: OperationName): Promise<OperationRecording> {
    const { name } = await stack.workspace.projectSettings();
    const before = await this.attempt(() => stack.exportStack());
    const directory = operation === "preview" ? await mkdtemp(join(tmpdir(), "trunkline-record-")) : undefined;
    const collected = new CollectedChanges();
    return {
      ...(directory !== undefined && { plan: join(directory, "plan.json") }),
      observe: (event: EngineEvent) => collected.apply(event),
      end: async (report, plan) => {
        try {
          const told = before && (await this.attempt(() => this.details(stack, collected, before, report, plan)));
          const { changes = [], dependencies } = told ?? {};
          this.reports.set(name, { ...operationWork(resultOf(report), report, dependencies), changes });
        } finally {
          if (directory !== undefined) await rm(directory, { recursive: true, force: true });
        }
      },
    };
  }

  private async details(
    stack: Stack,
    collected: CollectedChanges,
    before: Deployment,
    { operation, result }: OperationReport,
    planFile: string | undefined,
  ): Promise<{ changes: readonly Change[]; dependencies: ResourceDependencies } | undefined> {
    const old = new ExportedState(before);
    const digests = new SecretDigests(randomBytes(16).toString("hex"));
    const { secrets } = this.deps;
    if (operation !== "preview") {
      const deployment = await stack.exportStack();
      const after = new ExportedState(deployment);
      const states = [old.resources, after.resources];
      secrets.add(markedSecrets([...old.secrets, ...after.secrets], states));
      const known = { before: (urn: string) => old.of(urn), after: (urn: string) => after.of(urn).inputs };
      const dependencies = new Map([...stateDependencies(before), ...stateDependencies(deployment)]);
      return { changes: describeChanges(collected, known, digests, secrets.mask), dependencies };
    }
    // A preview that failed saves no plan.
    if (result !== "succeeded" || planFile === undefined) return undefined;
    const text = await readFile(planFile, "utf8");
    const plan = await UpdatePlan.open(text, stack);
    secrets.add(markedSecrets([...old.secrets, ...plan.secrets], [old.resources, plan.resources]));
    const known = {
      before: (urn: string) => old.of(urn),
      after: (urn: string) => plan.inputsOf(urn, old.of(urn).inputs),
    };
    const dependencies = new Map([
      ...stateDependencies(before),
      ...bundleDependencies({ plan: gzipSync(text).toString("base64") }),
    ]);
    const changes = describeChanges(collected, known, digests, secrets.mask);
    // What was read before is read at each update, and changes nothing by itself.
    return { changes: changes.filter(({ action, urn }) => action !== "read" || !old.has(urn)), dependencies };
  }

  private async attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (cause) {
      this.deps.note(`the report has no properties and dependencies: ${failureText(cause)}`);
      return undefined;
    }
  }
}

function resultOf({ operation, result, changed, tree }: OperationReport): WorkReport["result"] {
  if (result === "failed") return "failed";
  if (result === "cancelled") return "stopped";
  if (operation === "preview") return changed || tree.outputsChanged ? "changing" : "unchanged";
  return changed ? "applied" : "unchanged";
}
