import { z } from "zod";

/** The two deployments that take turns behind one endpoint. */
export const slotNames = ["blue", "green"] as const;

/** A deployment behind an endpoint. */
export type SlotName = (typeof slotNames)[number];

/** Whether a deployment is one of the two. */
export function isSlotName(name: string): name is SlotName {
  return (slotNames as readonly string[]).includes(name);
}

/** The parts of a config that have an endpoint. */
export const releaseParts = ["azure.endpoint", "databricks.serving"] as const;

/** Most of the live traffic, in percent, that Azure copies to a slot. */
export const maxMirrorPercent = 50;

/** A registered model and its version, `name:version`. */
export const modelReferencePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,254}:[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

const percent = (min: number, max: number) => {
  const error = `a whole number from ${min} to ${max}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
};

const bySlot = <Value extends z.ZodType>(value: Value) =>
  z.strictObject(
    { blue: value.optional(), green: value.optional() },
    { error: (issue) => (issue.code === "unrecognized_keys" ? slotNames.join(", ") : "values by slot, blue or green") },
  );

/** The form of a release intent; what its parts say about each other is checked by {@link releaseFaults}. */
export const releaseIntentSchema = z.strictObject(
  {
    slots: bySlot(
      z.strictObject(
        { model: z.string().regex(modelReferencePattern, { error: "a registered model as name:version" }) },
        { error: "a slot with the key model" },
      ),
    ).describe("Every slot that is to exist, with the version of the model that it serves."),
    traffic: bySlot(percent(0, 100)).describe("Percentage of the requests by slot: 100 together, or 0."),
    part: z
      .enum(releaseParts, { error: releaseParts.join(" or ") })
      .describe("Whose endpoint is meant. Absent: azure.endpoint.")
      .optional(),
    mirror: bySlot(percent(1, maxMirrorPercent))
      .describe("Percentage of the live requests that a slot gets a copy of, whose answers nobody sees.")
      .optional(),
  },
  {
    error: (issue) =>
      issue.code === "unrecognized_keys" ? "slots, traffic, mirror, part" : "a document with slots and traffic",
  },
);

/** What an endpoint is to serve: the slots, their models and who gets which part of the requests. */
export type ReleaseIntent = z.infer<typeof releaseIntentSchema>;

/** One thing that is wrong with an intent. */
export interface ReleaseFault {
  /** Where, such as `traffic.blue`; empty for the whole document. */
  readonly path: string;
  /** What it has there. */
  readonly got: string;
  /** What would be right. */
  readonly allowed: string;
}

/**
 * What an endpoint refuses of an intent that has the right form: traffic adds up to 100, or to 0 where nobody is served,
 * and names slots that exist; one slot at most is mirrored to, and has no live traffic.
 * See https://learn.microsoft.com/azure/machine-learning/how-to-safely-rollout-online-endpoints.
 */
export function releaseFaults({ slots, traffic, mirror = {} }: ReleaseIntent): ReleaseFault[] {
  const present = slotNames.filter((slot) => slots[slot] !== undefined);
  const names = present.join(" or ") || "no slot, since there is none";
  const absent = (section: "traffic" | "mirror", shares: ReleaseIntent["traffic"]): ReleaseFault[] =>
    slotNames
      .filter((slot) => shares[slot] !== undefined && slots[slot] === undefined)
      .map((slot) => ({ path: `${section}.${slot}`, got: `${shares[slot]}`, allowed: names }));
  const faults = [...absent("traffic", traffic), ...absent("mirror", mirror)];
  const sum = totalTraffic(traffic);
  if (sum !== 0 && sum !== 100) {
    faults.push({ path: "traffic", got: `${sum} percent together`, allowed: "100, or 0 where nobody is served" });
  }
  const mirrored = slotNames.filter((slot) => mirror[slot] !== undefined);
  if (mirrored.length > 1) faults.push({ path: "mirror", got: mirrored.join(" and "), allowed: "one slot" });
  for (const slot of mirrored) {
    if ((traffic[slot] ?? 0) > 0) {
      const got = `a slot with ${traffic[slot]} percent of the traffic`;
      faults.push({ path: `mirror.${slot}`, got, allowed: "a slot without live traffic" });
    } else if (sum === 0) {
      faults.push({ path: `mirror.${slot}`, got: `${mirror[slot]}`, allowed: "nothing while no slot has traffic" });
    }
  }
  return faults;
}

/**
 * What an endpoint of Databricks refuses besides: it serves one slot at least, has all of its traffic, and mirrors nothing.
 * See https://docs.databricks.com/api/workspace/servingendpoints.
 */
export function servingFaults(intent: ReleaseIntent): ReleaseFault[] {
  const faults = releaseFaults(intent);
  const { slots, traffic, mirror = {} } = intent;
  if (slotNames.every((slot) => slots[slot] === undefined)) {
    faults.push({ path: "slots", got: "none", allowed: "one slot at least" });
  } else if (totalTraffic(traffic) === 0) {
    faults.push({ path: "traffic", got: "0 percent together", allowed: "100" });
  }
  if (slotNames.some((slot) => mirror[slot] !== undefined)) {
    faults.push({ path: "mirror", got: Object.keys(mirror).join(" and "), allowed: "nothing" });
  }
  return faults;
}

/** The percentages of a traffic map together. */
export function totalTraffic(traffic: ReleaseIntent["traffic"]): number {
  return slotNames.reduce((sum, slot) => sum + (traffic[slot] ?? 0), 0);
}
