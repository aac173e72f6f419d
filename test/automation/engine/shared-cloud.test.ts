import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shareCloud } from "../../../automation/engine/shared-cloud";
import { SimulatedCloud } from "../../../rehearsal/cloud/simulated-cloud";

describe("a simulated cloud that several sessions use", () => {
  let directory: string;
  let file: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "trunkline-cloud-"));
    file = join(directory, "cloud.json");
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const share = () => shareCloud(file, () => SimulatedCloud.open(file));

  it("is the same one for all, and is closed by the last", async () => {
    const [first, second] = await Promise.all([share(), share()]);
    assert.equal(first.cloud, second.cloud);
    await first.close();
    await first.close();
    await assert.rejects(SimulatedCloud.open(file), /cloud\.json/);
    await second.close();
    await (await SimulatedCloud.open(file)).close();
  });

  it("is opened again after it was closed, also while that is still going on", async () => {
    const first = await share();
    const closed = first.close();
    const second = await share();
    await closed;
    assert.notEqual(first.cloud, second.cloud);
    await second.close();
  });

  it("fails for everyone who waits when it cannot be opened, and can be opened later", async () => {
    const fails = () => shareCloud(file, () => Promise.reject(new Error("no")));
    const results = await Promise.allSettled([fails(), fails()]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ["rejected", "rejected"],
    );
    await (await share()).close();
  });
});
