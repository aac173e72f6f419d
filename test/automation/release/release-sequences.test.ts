import assert from "node:assert/strict";
import fc from "fast-check";
import { AutomationError } from "../../../automation/errors";
import type { Slot } from "../../../automation/ports/online-endpoints";
import { abortRelease, retireSlot, rollBack } from "../../../automation/release/end-release";
import type { ReleasePorts } from "../../../automation/release/release-ports";
import { setTraffic } from "../../../automation/release/set-traffic";
import { split } from "../../../automation/release/traffic";
import { Killed, memoryPorts } from "../../support/memory-endpoint";
import { assertServes, deploy, promote, test, world } from "../../support/release-runs";

const OPTIONS = { holdMs: 20_000, sampleMs: 10_000 };

/** A verb of a random sequence, with what goes wrong meanwhile. */
interface Move {
  readonly verb: string;
  readonly version: number;
  readonly percent: number;
  readonly slot: Slot;
  readonly fault: "none" | "fails" | "slow" | "unhealthy" | "hangs";
  /** The point at which the run is killed; beyond its end it is not. */
  readonly killAt: number;
}

const move: fc.Arbitrary<Move> = fc.record({
  verb: fc.constantFrom(
    "release",
    "release",
    "deploy",
    "test",
    "shift",
    "mirror",
    "promote",
    "promote",
    "rollback",
    "rollback to",
    "abort",
    "retire",
  ),
  version: fc.integer({ min: 1, max: 9 }),
  percent: fc.integer({ min: -10, max: 120 }),
  slot: fc.constantFrom("blue", "green"),
  fault: fc.constantFrom("none", "none", "none", "fails", "slow", "unhealthy", "hangs"),
  killAt: fc.integer({ min: 0, max: 120 }),
});

async function play(ports: ReleasePorts, { verb, version, percent, slot }: Move, spoil: () => void): Promise<unknown> {
  if (verb === "release") {
    await deploy(ports, String(version));
    await test(ports);
    spoil();
    return promote(ports, OPTIONS);
  }
  spoil();
  switch (verb) {
    case "deploy":
      return deploy(ports, String(version));
    case "test":
      return test(ports);
    case "shift":
      return setTraffic(ports, split(slot, percent));
    case "mirror":
      return setTraffic(ports, split(slot, 100), { blue: percent });
    case "promote":
      return promote(ports, OPTIONS);
    case "rollback":
      return rollBack(ports);
    case "rollback to":
      return rollBack(ports, slot);
    case "abort":
      return abortRelease(ports);
    default:
      return retireSlot(ports);
  }
}

describe("any sequence of verbs, with slots that fail and runs that are killed", function () {
  this.timeout(600_000);

  it("serves everybody from healthy slots at every moment, and can always go on to a promoted model", async () => {
    let [moves, refused, killed, returned] = [0, 0, 0, 0];
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 1, maxLength: 25 }), async (sequence) => {
        const { endpoint, journal } = world(9);
        endpoint.perSecond = 40;
        for (const one of sequence) {
          moves++;
          // What is wrong is wrong with the slot that is free: the live one is somebody's good model.
          const free = (endpoint.traffic.green ?? 0) > 0 ? "blue" : "green";
          const faults = {
            none: {},
            fails: { failRate: 0.3 },
            slow: { delayMs: 900 },
            unhealthy: { unhealthy: "failed" },
            hangs: { unhealthy: "changing" },
          } as const;
          endpoint.faults = {};
          const spoil = () => void (endpoint.faults = { [free]: faults[one.fault] });
          let points = 0;
          const strike = (name: string): void => {
            if (points++ >= one.killAt) throw new Killed(name);
          };
          try {
            const result = await play(memoryPorts(endpoint, journal, { strike }), one, spoil);
            if ((result as { kind?: string } | undefined)?.kind === "returned") returned++;
          } catch (fault) {
            if (fault instanceof Killed) killed++;
            else if (fault instanceof AutomationError) refused++;
            else throw fault;
          }
          assertServes(endpoint);
        }
        endpoint.faults = {};
        const ports = memoryPorts(endpoint, journal);
        // A slot that broke while it was free is deployed to again; traffic that a person split is ended by name.
        if (Object.keys(endpoint.traffic).length > 1) await rollBack(ports, Object.keys(endpoint.traffic)[0] as Slot);
        await deploy(ports, "9");
        await test(ports);
        assert.equal((await promote(ports, OPTIONS)).kind, "promoted");
        assertServes(endpoint);
      }),
      { numRuns: 300 },
    );
    console.log(`      ${moves} verbs, ${refused} refused, ${killed} killed, ${returned} returned`);
    assert.ok(refused > 100 && killed > 100 && returned > 10);
  });
});
