import type { Stack } from "@pulumi/pulumi/automation";
import { z } from "zod";
import { runOwnerSchema } from "./run-owner";
import type { RecordedOwner } from "./lock-verdict";

/** The tag of a stack that says who was about to lock it last. */
const TAG = "trunkline:run";

const schema = z.strictObject({ owner: runOwnerSchema, at: z.iso.datetime() });

/**
 * Records beside the state who is about to lock a stack: a lock of the CLI names a process of a host, but not the run of
 * CI, and another runner has no other trace of it. Pulumi Cloud keeps that by itself, and has no place for it.
 */
export async function tagStack(stack: Stack, record: RecordedOwner): Promise<void> {
  const { url = "" } = await stack.workspace.whoAmI();
  if (!/^https?:/.test(url)) await stack.setTag(TAG, JSON.stringify(record));
}

/** Who was about to lock a stack last; undefined where nobody has recorded that. */
export async function readTag(stack: Stack): Promise<RecordedOwner | undefined> {
  try {
    const { [TAG]: text } = await stack.listTags();
    return text === undefined ? undefined : schema.parse(JSON.parse(text));
  } catch {
    // A backend without tags, or a tag that someone else has written: nothing is proven by it.
    return undefined;
  }
}
