import { setTimeout } from "node:timers/promises";
import { AutomationError } from "../errors";
import type { AzureStagesPort, StageApproval } from "./azure-stages";

const ATTEMPTS = 4;

const TIMEOUT_MS = 30_000;

/** A line of the timeline of a run. */
interface TimelineRecord {
  readonly id: string;
  readonly parentId?: string | null;
  readonly type: string;
  readonly identifier?: string | null;
}

/** An approval with one step for each person or group that is asked. */
interface ApprovalAnswer {
  readonly steps?: readonly {
    readonly status: string;
    readonly assignedApprover?: Identity;
    /** Who answered, where a group was asked. */
    readonly actualApprover?: Identity;
  }[];
}

interface Identity {
  readonly displayName?: string;
  readonly uniqueName?: string;
}

/**
 * Asks Azure DevOps with the token of the job, as the variables of Azure Pipelines say; undefined where one of them is not
 * set. `SYSTEM_ACCESSTOKEN` is given only to a step that maps it. `unitMs` is what is waited between attempts, growing.
 * See https://learn.microsoft.com/azure/devops/pipelines/build/variables#systemaccesstoken.
 */
export function httpAzureStages(env: NodeJS.ProcessEnv, unitMs = 1000): AzureStagesPort | undefined {
  const { SYSTEM_ACCESSTOKEN: token, SYSTEM_COLLECTIONURI: collection, SYSTEM_TEAMPROJECT: project } = env;
  const stage = env.SYSTEM_STAGENAME;
  if (!token || !collection || !project || !stage) return undefined;
  const base = `${collection.replace(/\/$/, "")}/${encodeURIComponent(project)}/_apis`;
  const headers = { Authorization: `Bearer ${token}`, Accept: "application/json" };
  return {
    stage,
    async approvals(run) {
      // https://learn.microsoft.com/rest/api/azure/devops/build/timeline/get
      const timeline = await ask(`${base}/build/builds/${run}/timeline?api-version=7.1`, headers, unitMs);
      const { records } = timeline as { records?: readonly TimelineRecord[] };
      const ids = approvalIds(records ?? [], stage);
      if (ids.length === 0) return undefined;
      // https://learn.microsoft.com/rest/api/azure/devops/approvalsandchecks/approvals/query
      const query = new URLSearchParams({ approvalIds: ids.join(","), $expand: "steps", "api-version": "7.1" });
      const { value } = (await ask(`${base}/pipelines/approvals?${query.toString()}`, headers, unitMs)) as {
        value?: readonly ApprovalAnswer[];
      };
      return (value ?? []).flatMap(({ steps = [] }) => steps.map(approvalOf));
    },
  };
}

/** Approvals of a stage lie below its checkpoint, and a record's id is that of the approval. */
function approvalIds(records: readonly TimelineRecord[], stage: string): string[] {
  const below = (type: string, parents: readonly string[]) =>
    records.filter((record) => record.type === type && parents.includes(record.parentId ?? "")).map(({ id }) => id);
  const stages = records.filter(({ type, identifier }) => type === "Stage" && identifier === stage);
  const checkpoints = below(
    "Checkpoint",
    stages.map(({ id }) => id),
  );
  return below("Checkpoint.Approval", checkpoints);
}

function approvalOf(step: NonNullable<ApprovalAnswer["steps"]>[number]): StageApproval {
  const { displayName, uniqueName } = step.actualApprover ?? step.assignedApprover ?? {};
  const state = step.status === "approved" || step.status === "rejected" ? step.status : "pending";
  const account = uniqueName ?? displayName ?? "somebody";
  return { name: displayName ?? account, account, state };
}

async function ask(url: string, headers: Record<string, string>, unitMs: number): Promise<unknown> {
  let reason = "";
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    try {
      const response = await fetch(url, { headers, redirect: "error", signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (response.ok) return await response.json();
      reason = `it answers ${response.status}`;
      if (response.status !== 429 && response.status < 500) break;
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
    if (attempt < ATTEMPTS) await setTimeout(attempt ** 2 * unitMs);
  }
  throw new AutomationError("fault", `Azure DevOps has no answer for ${new URL(url).pathname}: ${reason}`, {
    hint: "run the job again when Azure DevOps answers; the job's token needs the right to view builds",
  });
}
