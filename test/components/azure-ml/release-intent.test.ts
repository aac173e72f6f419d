import assert from "node:assert/strict";
import fc from "fast-check";
import { parseReleaseIntent, releaseFaults, type ReleaseIntent, ReleaseIntentError } from "../../../components";

const both: ReleaseIntent["slots"] = { blue: { model: "fares:1" }, green: { model: "fares:2" } };
const shown = (intent: ReleaseIntent) =>
  releaseFaults(intent).map(({ path, got, allowed }) => `${path}: ${got}; ${allowed}`);

describe("a release intent", () => {
  for (const [what, intent] of [
    ["nothing at all", { slots: {}, traffic: {} }],
    ["a slot that nobody is served by", { slots: { green: { model: "fares:1" } }, traffic: {} }],
    ["all to one slot", { slots: both, traffic: { blue: 100, green: 0 } }],
    ["a part to the other", { slots: both, traffic: { blue: 90, green: 10 } }],
    ["copies for the slot without traffic", { slots: both, traffic: { blue: 100 }, mirror: { green: 50 } }],
  ] as const) {
    it(`may have ${what}`, () => assert.deepEqual(shown(intent), []));
  }

  for (const [what, intent, faults] of [
    [
      "traffic for a slot that is not there",
      { slots: { blue: { model: "fares:1" } }, traffic: { blue: 90, green: 10 } },
      ["traffic.green: 10; blue"],
    ],
    ["no slot but traffic", { slots: {}, traffic: { blue: 0 } }, ["traffic.blue: 0; no slot, since there is none"]],
    [
      "traffic that does not add up",
      { slots: both, traffic: { blue: 60, green: 30 } },
      ["traffic: 90 percent together; 100, or 0 where nobody is served"],
    ],
    [
      "a mirror that has live traffic",
      { slots: both, traffic: { blue: 90, green: 10 }, mirror: { green: 10 } },
      ["mirror.green: a slot with 10 percent of the traffic; a slot without live traffic"],
    ],
    [
      "a mirror of nothing",
      { slots: both, traffic: {}, mirror: { green: 10 } },
      ["mirror.green: 10; nothing while no slot has traffic"],
    ],
    [
      "two mirrors",
      { slots: both, traffic: {}, mirror: { blue: 1, green: 1 } },
      [
        "mirror: blue and green; one slot",
        "mirror.blue: 1; nothing while no slot has traffic",
        "mirror.green: 1; nothing while no slot has traffic",
      ],
    ],
  ] as const) {
    it(`fails with ${what}`, () => assert.deepEqual(shown(intent), faults));
  }

  it("is read from JSON, and every fault is told at once", () => {
    const intent = { slots: both, traffic: { blue: 100 }, mirror: { green: 20 } };
    assert.deepEqual(parseReleaseIntent(JSON.stringify(intent), "here"), intent);
    const text = JSON.stringify({
      slots: { red: { model: "a:1" }, blue: { model: "fares" } },
      traffic: { blue: 100.5, green: -1 },
      mirror: { green: 51 },
      colour: "red",
    });
    assert.throws(
      () => parseReleaseIntent(text, "TRUNKLINE_RELEASE"),
      (error: unknown) => {
        assert.ok(error instanceof ReleaseIntentError);
        assert.equal(
          error.message,
          [
            "TRUNKLINE_RELEASE is no release that an endpoint can have",
            '  slots.blue.model: got "fares"; allowed: a registered model as name:version',
            "  slots: got red; allowed: blue, green",
            "  traffic.blue: got 100.5; allowed: a whole number from 0 to 100",
            "  traffic.green: got -1; allowed: a whole number from 0 to 100",
            "  mirror.green: got 51; allowed: a whole number from 1 to 50",
            "  the document: got colour; allowed: slots, traffic, mirror, part",
          ].join("\n"),
        );
        return true;
      },
    );
  });

  for (const text of ["", "{", "[]", "null", '"blue"', "{}"]) {
    it(`fails for the text ${JSON.stringify(text)}, with what a document has`, () =>
      assert.throws(() => parseReleaseIntent(text, "it"), /allowed: .*(?:slots|values by slot)/));
  }

  const share = fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined });
  const slot = fc.option(fc.constant({ model: "fares:1" }), { nil: undefined });
  const mirrored = fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined });
  const bySlot = <T>(value: fc.Arbitrary<T | undefined>) =>
    fc
      .record({ blue: value, green: value })
      .map((slots) => Object.fromEntries(Object.entries(slots).filter(([, one]) => one !== undefined)));
  const intents = fc.record({ slots: bySlot(slot), traffic: bySlot(share), mirror: bySlot(mirrored) });

  it("is without a fault exactly where an endpoint can have it", () => {
    fc.assert(
      fc.property(intents, (intent) => {
        const { slots, traffic, mirror } = intent as { slots: object; traffic: Shares; mirror: Shares };
        const named = [...Object.keys(traffic), ...Object.keys(mirror)];
        const sum = (traffic.blue ?? 0) + (traffic.green ?? 0);
        const copied = Object.keys(mirror) as (keyof Shares)[];
        const possible =
          named.every((name) => name in slots) &&
          (sum === 0 || sum === 100) &&
          (copied.length === 0 || (copied.length === 1 && sum === 100 && (traffic[copied[0]!] ?? 0) === 0));
        assert.equal(releaseFaults(intent).length === 0, possible);
      }),
      { numRuns: 2000 },
    );
  });

  it("comes out of its JSON as it went in, where it has no fault", () => {
    const serving = fc
      .integer({ min: 0, max: 100 })
      .map((blue) => ({ slots: both, traffic: { blue, green: 100 - blue } }));
    fc.assert(
      fc.property(serving, (intent) => {
        assert.deepEqual(parseReleaseIntent(JSON.stringify(intent), "it"), intent);
      }),
    );
  });
});

interface Shares {
  readonly blue?: number;
  readonly green?: number;
}
