import { applyOptions, presenter, withPorts } from "./init";
import { defineVerb } from "./verb-definition";

/** `trunkline upgrade` */
export const upgradeVerb = defineVerb({
  name: "upgrade",
  summary: "bring what init wrote to what this version writes, and keep what you changed",
  example: "trunkline upgrade --dry-run",
  configure: applyOptions,
  load: async () => {
    const { upgrade } = await import("../commands/upgrade.js");
    return { run: withPorts(upgrade), ...(await presenter()) };
  },
});
