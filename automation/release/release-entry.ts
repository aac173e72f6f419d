import { z } from "zod";
import { SLOTS } from "../ports/online-endpoints";
import { runOwnerSchema } from "../state/run-owner";

const at = z.iso.datetime();
const share = z.int().min(0).max(100);
const traffic = z.strictObject({ blue: share.optional(), green: share.optional() });

/** A line of the journal of an endpoint's releases. */
export const releaseEntrySchema = z.discriminatedUnion("kind", [
  /** A release begins: a model goes to a slot. */
  z.strictObject({
    kind: z.literal("begun"),
    version: z.literal(1),
    release: z.string().min(1),
    at,
    slot: z.enum(SLOTS),
    model: z.string().min(1),
    /** Where requests went before: the map that the release goes back to. */
    previous: traffic,
    commit: z.string().optional(),
    owner: runOwnerSchema,
  }),
  /** Traffic is about to be set, or was. */
  z.strictObject({ kind: z.literal("traffic"), at, state: z.enum(["doing", "done"]), traffic, mirror: traffic }),
  /** The slot is there and healthy. */
  z.strictObject({ kind: z.literal("deployed"), at }),
  /** The slot has answered as expected. */
  z.strictObject({ kind: z.literal("tested"), at, cases: z.int().min(1) }),
  /** A share was held as long as it had to be. */
  z.strictObject({ kind: z.literal("held"), at, percent: share }),
  z.strictObject({
    kind: z.literal("outcome"),
    at,
    outcome: z.enum(["promoted", "returned", "rolled back", "aborted"]),
    reason: z.string().optional(),
  }),
  /** A slot was removed. */
  z.strictObject({ kind: z.literal("removed"), at, slot: z.enum(SLOTS) }),
]);

/** A line of the journal of an endpoint's releases. */
export type ReleaseEntry = z.infer<typeof releaseEntrySchema>;
