import { positive } from "./option-parsers";
import { addPlatformOption, upTo } from "./release-options";
import { defineVerb } from "./verb-definition";

/** `trunkline release promote` */
export const releasePromoteVerb = defineVerb({
  name: "release promote",
  summary: "give the new slot all traffic, by steps that are watched, and go back where a limit is crossed",
  target: "cloud",
  example: "trunkline release promote --env prd --steps 10,50,100 --hold 5m",
  configure: (command) =>
    void addPlatformOption(command)
      .option("--steps <percents>", "shares that the new slot gets one after the other (default: 100 at once)")
      .option("--hold <time>", "how long each step is held and watched (default: 5m with steps, else not at all)")
      .option("--every <time>", "how often the slots are looked at", "10s")
      .option("--max-errors <percent>", "requests to the new slot that may fail", upTo(100), 1)
      .option("--max-latency <ms>", "95th percentile of its time to answer", positive(180_000))
      .option("--fewest <requests>", "requests from which on it is judged (default: 100)", positive(1_000_000))
      .option("--retire", "remove the old slot afterwards; there is no rollback then", false)
      .option("--load <per second>", "requests that a rehearsal sends meanwhile", upTo(1000), 20),
  load: async () => {
    const { releasePromote } = await import("../commands/release-promote.js");
    const { presentReleasePromote } = await import("../report/present-release-promote.js");
    const { promotionLine } = await import("../report/promotion-line.js");
    return {
      run: (deps, options: Parameters<typeof releasePromote>[1]) =>
        releasePromote({ ...deps, sampled: (point) => deps.note(promotionLine(point)) }, options),
      present: presentReleasePromote,
    };
  },
});
