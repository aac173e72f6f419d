import { defineVerb } from "./verb-definition";

/** `trunkline cancel` */
export const cancelVerb = defineVerb({
  name: "cancel",
  summary: "remove the lock that a run which ended early has left; refused while its owner may be at work",
  target: "cloud",
  example: "trunkline cancel --target rehearsal --env dev",
  configure: (command) =>
    void command.option(
      "--force <owner>",
      "remove the lock of this owner although it may be at work (may be repeated)",
      (owner: string, before: string[] = []) => [...before, owner],
    ),
  load: async () => {
    const { cancel } = await import("../commands/cancel.js");
    const { presentCancel } = await import("../report/present-cancel.js");
    return { run: cancel, present: presentCancel };
  },
});
