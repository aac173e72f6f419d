import { LocalWorkspace, StackNotFoundError, type UpdateSummary } from "@pulumi/pulumi/automation";
import type { EngineName, OpenEngine, Target } from "../engine/engine-session";
import { failureText } from "../stack/failure-text";
import type { ReadRecords } from "./stack-records";

/** Entries that are read at a time; refreshes may lie between updates. */
const PAGE = 20;

/** How many engines are asked at once: each may be a process. */
const AT_ONCE = 4;

/** Looks records up through an engine, wherever it keeps them. What cannot be reached is unavailable. */
export function engineRecords(openEngine: OpenEngine, target: Target, engine?: EngineName): ReadRecords {
  const lanes: Promise<unknown>[] = Array.from({ length: AT_ONCE }, () => Promise.resolve());
  let asked = 0;
  const ask = askEngine(openEngine, target, engine);
  return (project, environment) => {
    const lane = asked++ % AT_ONCE;
    const records = Promise.resolve(lanes[lane]).then(() => ask(project, environment));
    lanes[lane] = records.catch(() => undefined);
    return records;
  };
}

function askEngine(openEngine: OpenEngine, target: Target, engine: EngineName | undefined): ReadRecords {
  return async ({ directory }, environment) => {
    const request = { projectDir: directory, environment, target, engine, stateOnly: true };
    try {
      const session = await openEngine(request);
      try {
        const program = { stackName: environment, workDir: session.workDir };
        const stack = await LocalWorkspace.selectStack(program, session.workspace);
        const updates: UpdateSummary[] = [];
        for (let page = 1; ; page += 1) {
          const entries = await stack.history(PAGE, page, false);
          updates.push(...entries);
          if (entries.length < PAGE || entries.some(({ kind }) => isDeploy(kind))) break;
        }
        const { deployment } = (await stack.exportStack()) as { deployment?: Deployment };
        return { kind: "recorded", updates, references: (deployment?.resources ?? []).flatMap(referenceOf) };
      } finally {
        await session.close();
      }
    } catch (cause) {
      if (cause instanceof StackNotFoundError) return { kind: "recorded", updates: [], references: [] };
      return { kind: "unavailable", reason: `its history cannot be read: ${failureText(cause)}` };
    }
  };
}

interface Deployment {
  readonly resources?: readonly { readonly type: string; readonly inputs?: { readonly name?: unknown } }[];
}

function isDeploy(kind: string): boolean {
  return kind === "update" || kind === "destroy";
}

function referenceOf({ type, inputs }: NonNullable<Deployment["resources"]>[number]): string[] {
  return type === "pulumi:pulumi:StackReference" && typeof inputs?.name === "string" ? [inputs.name] : [];
}
