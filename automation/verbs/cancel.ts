import { defineVerb } from "./verb-definition";

/** `trunkline cancel` */
export const cancelVerb = defineVerb({
  name: "cancel",
  summary: "remove the lock that a run which ended early has left",
  target: "cloud",
  example: "trunkline cancel --target rehearsal --env dev",
  load: async () => {
    const { cancel } = await import("../commands/cancel.js");
    const { presentCancel } = await import("../report/present-cancel.js");
    return { run: cancel, present: presentCancel };
  },
});
