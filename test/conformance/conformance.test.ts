import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { ACCEPTED_DIFFERENCES } from "./accepted-differences";
import { replayFolder, type ReplayedScenario } from "./replay-folder";

const RECORDED = 106;

describe("conformance with the recorded behaviour of the real engine", function () {
  this.timeout(1_800_000);
  let replayed: ReplayedScenario[];

  before(async () => {
    replayed = await replayFolder();
    const differing = replayed.filter(({ differences }) => differences.length > 0).length;
    console.log(`      ${replayed.length} recorded scenarios replayed, ${differing} differ`);
  });

  it("replays every recording", async () => {
    const recordings = await readdir(join(__dirname, "kit", "golden"));
    assert.equal(replayed.length, RECORDED);
    assert.deepEqual(replayed.map(({ name }) => `${name}.json`).sort(), recordings.sort());
  });

  it("differs only where that is listed, and shows every listed difference", () => {
    const found = replayed.flatMap(({ name, differences }) => differences.map(({ at }) => `${name}: ${at}`));
    assert.deepEqual(found.sort(), ACCEPTED_DIFFERENCES.map(({ scenario, at }) => `${scenario}: ${at}`).sort());
  });
});
