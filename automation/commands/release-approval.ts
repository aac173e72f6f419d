import { createHash } from "node:crypto";
import { readEvent } from "../events/read-event";
import { AutomationError } from "../errors";
import { rulesFor } from "../gate/gate-policy";
import type { ReleaseRecord } from "../release/release-record";
import { openReleaseGate } from "../release/release-gate";
import { begun } from "../release/release-ports";
import { loadSettings } from "../settings/load-settings";
import { workspaceRoot } from "../workspace/workspace-root";
import type { ReleaseDeps, ReleaseSession } from "./release-session";

/**
 * Asks the gate of the environment before a model gets traffic; answers who approved. Whatever takes traffic back is never
 * gated. A rehearsal reaches nobody, and asks nobody.
 */
export async function approveTraffic(
  deps: ReleaseDeps,
  { opened, reference, ports }: ReleaseSession,
  target: string,
): Promise<readonly string[]> {
  if (target === "rehearsal") return [];
  const { environment, projectDir, stack } = opened;
  const rules = rulesFor(environment, loadSettings(workspaceRoot(projectDir)).gate);
  if (rules.length === 0) return [];
  const checkout = await deps.gate.checkout.checkout(projectDir);
  if (!checkout) {
    throw new AutomationError("usage", `${projectDir} is in no git repository with a commit`, {
      hint: "an approval is of a commit: commit the program first",
    });
  }
  const event = await readEvent({ git: deps.git, env: deps.env ?? process.env, directory: projectDir });
  const record = begun(ports);
  const { name: project } = await stack.workspace.projectSettings();
  const request = {
    digest: digestOf(reference.endpointName, record),
    repository: event.repository ?? checkout.repository,
    commit: event.commit ?? checkout.commit,
    project,
    stack: environment,
    ...(event.pullRequest !== undefined && { pullRequest: event.pullRequest }),
    ...(event.run !== undefined && { run: event.run }),
    authors: [...new Set([checkout.author, ...(event.actor ? [event.actor] : [])])],
    stateful: [],
    now: deps.gate.clock(),
  };
  const summary = [`${record.model} in ${record.slot} gets traffic of ${reference.endpointName} in ${environment}`];
  return openReleaseGate(deps.gate, { request, rules, summary });
}

function digestOf(endpoint: string, { release, slot, model }: ReleaseRecord): string {
  return createHash("sha256")
    .update(JSON.stringify([endpoint, release, slot, model]))
    .digest("hex");
}
