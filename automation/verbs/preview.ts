import { defineVerb } from "./verb-definition";

/** `trunkline preview` */
export const previewVerb = defineVerb({
  name: "preview",
  summary: "show what an update would change",
  target: "cloud",
  example: "trunkline preview --target rehearsal --env dev",
  load: async () => {
    const { preview } = await import("../commands/preview.js");
    const { presentOperation } = await import("../report/present-operation.js");
    return { run: preview, present: presentOperation };
  },
});
