import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { EngineError } from "../engine-error";
import { openProperties } from "../secrets/secret-properties";
import type { StackSession } from "../session/stack-session";
import type { PropertyMap } from "../values/property-value";
import { PlanCheck } from "./plan-check";
import type { PlanDiff, PlanFile, ResourcePlan } from "./plan-file";
import { planFile } from "./plan-schema";

/** Reads a saved plan, its secrets opened. Throws EngineError for a file that is none, or of another stack. */
export async function readPlan(path: string, cwd: string, session: StackSession): Promise<PlanCheck> {
  const file = resolve(cwd, path);
  const plan = parsePlan(file, await readText(file));
  const foreign = Object.keys(plan.resourcePlans).find((urn) => !urn.startsWith(`urn:pulumi:${session.stackName}::`));
  if (foreign)
    throw new EngineError(`plan ${file} is of another stack: it has ${foreign}; save a plan of ${session.stackName}`);
  const crypter = JSON.stringify(plan).includes('"ciphertext"') ? await session.secrets.crypter() : undefined;
  const open = (values: PropertyMap): PropertyMap => openProperties(values, (text) => crypter!.decrypt(text));
  const opened = Object.entries(plan.resourcePlans).map(
    ([urn, resource]) => [urn, openResource(resource, open)] as const,
  );
  return new PlanCheck({ ...plan, resourcePlans: Object.fromEntries(opened) });
}

function openResource(plan: ResourcePlan, open: (values: PropertyMap) => PropertyMap): ResourcePlan {
  const diff = (planned: PlanDiff): PlanDiff => ({
    ...planned,
    ...(planned.adds ? { adds: open(planned.adds) } : {}),
    ...(planned.updates ? { updates: open(planned.updates) } : {}),
  });
  const { goal } = plan;
  return {
    ...plan,
    state: plan.state && open(plan.state),
    ...(goal ? { goal: { ...goal, inputDiff: diff(goal.inputDiff), outputDiff: diff(goal.outputDiff) } } : {}),
  };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new EngineError(`cannot read plan ${file}; save one with a preview first`, 255, { cause: error });
  }
}

function parsePlan(file: string, text: string): PlanFile {
  let plan: unknown;
  try {
    plan = JSON.parse(text);
  } catch (error) {
    throw new EngineError(`plan ${file} is not JSON; save it anew with a preview`, 255, { cause: error });
  }
  if (typeof plan !== "object" || plan === null || !("manifest" in plan)) {
    throw new EngineError(`${file} is no update plan: it has no manifest; save one with a preview`);
  }
  const { data, error } = planFile.safeParse(plan);
  if (!error) return data as unknown as PlanFile;
  const faults = error.issues.map(({ path, message }) => `${path.map(String).join(".")}: ${message}`);
  throw new EngineError(`plan ${file} is malformed: ${faults.join("; ")}; save it anew with a preview`);
}
