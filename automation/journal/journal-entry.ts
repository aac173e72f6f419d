import { z } from "zod";
import { runOwnerSchema } from "../state/run-owner";
import { STACK_STATES } from "./run-journal";

const at = z.iso.datetime();

/** The first line of a journal: the run that it is about. */
const runEntry = z.strictObject({
  kind: z.literal("run"),
  version: z.literal(1),
  run: z.string().min(1),
  at,
  target: z.enum(["cloud", "rehearsal"]),
  environment: z.string().min(1),
  /** The commit that is applied; absent outside a repository. */
  commit: z.string().optional(),
  stacks: z.array(z.string().min(1)),
  /** For each stack those of the run that it builds on. */
  dependencies: z.record(z.string(), z.array(z.string())),
  owner: runOwnerSchema,
  /** Where the bundles lie that the run applies, from the workspace's root; absent where it applies none. */
  bundles: z.string().min(1).optional(),
});

/** The form of a journal's lines. */
export const journalEntrySchema = z.discriminatedUnion("kind", [
  runEntry,
  z.strictObject({
    kind: z.literal("stack"),
    at,
    stack: z.string().min(1),
    state: z.enum(STACK_STATES),
    detail: z.string().optional(),
  }),
  /** Another process goes on with the run. */
  z.strictObject({ kind: z.literal("resumed"), at, owner: runOwnerSchema }),
  /** Its owner has let go of the run, whatever became of its stacks. */
  z.strictObject({ kind: z.literal("ended"), at }),
]);

/** A line of a journal. */
export type JournalEntry = z.infer<typeof journalEntrySchema>;

/** What a journal is begun with. */
export type RunEntry = z.infer<typeof runEntry>;
