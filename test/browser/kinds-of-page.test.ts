import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { pageOfRelease, releaseRecordSchema } from "../../automation/report/page-of-release";
import { aPage, aPageResource, aPageStack } from "../support/page-fixtures";
import { keepPicture, PageOpener } from "./opened-page";

const texts = (page: Page, selector: string) => page.locator(selector).allTextContents();

describe("a page of a comparison, of a history, of a release", () => {
  const opener = new PageOpener();
  after(() => opener.close());

  it("shows a comparison with the cloud: what differs, what of it is allowed, and what is gone", async () => {
    const differs = { kind: "update", replaces: false, secret: false } as const;
    const resources = [
      aPageResource({ name: "app-dev", type: "pulumi:pulumi:Stack" }),
      aPageResource({
        ...{ name: "drifted", parent: 0, change: "update" },
        properties: [
          { ...differs, path: "tags.owner", old: "team-a", new: "team-b" },
          { ...differs, path: "tags.seen", old: "1", new: "2", allowed: "the scanner writes it" },
          { ...differs, path: "token", secret: true, old: "[secret]", new: "[secret]" },
        ],
      }),
      aPageResource({ name: "gone", parent: 0, change: "delete" }),
      aPageResource({ name: "fine", parent: 0, dependsOn: [1] }),
    ];
    const { page, faults } = await opener.open(
      aPage({ title: "Drift of dev: drifted", stacks: [aPageStack({ resources, tense: "found" })] }),
    );
    assert.deepEqual(await texts(page, '[aria-label="Show only these changes"] .filter-name'), [
      "drifted",
      "gone",
      "as recorded",
    ]);
    await page.locator(".node.change-update").click();
    assert.deepEqual(await texts(page, ".details .property code"), ["tags.owner", "tags.seen", "token"]);
    assert.deepEqual(await texts(page, ".details .value-word"), Array(3).fill(["Recorded", "In the cloud"]).flat());
    assert.deepEqual(await texts(page, ".details .property .quiet"), ["Allowed: the scanner writes it"]);
    assert.equal(await page.locator(".link").count(), 1);
    assert.deepEqual(faults, []);
    await keepPicture(page, "drift");
  });

  it("marks when a resource was done where nobody knows when its work began", async () => {
    const resources = [
      aPageResource({ name: "app-dev", type: "pulumi:pulumi:Stack" }),
      aPageResource({ name: "made", parent: 0, change: "create", endMs: 1500 }),
      aPageResource({ name: "moved", parent: 0, change: "update", endMs: 3000 }),
    ];
    const { page, faults } = await opener.open(aPage({ stacks: [aPageStack({ resources, tense: "done" })] }));
    await page.click("#tab-timeline");
    assert.deepEqual(await texts(page, ".bar-time"), ["at 1.5 s", "at 3.0 s"]);
    assert.equal(await page.locator(".bar.moment").count(), 2);
    assert.deepEqual(faults, []);
  });

  it("shows how a release went", async () => {
    const record = releaseRecordSchema.parse({
      ...{ version: 1, model: "taxi-fares:7", endpoint: "dev-fares", outcome: "released" },
      timeline: [0, 10, 50, 100].map((green, place) => ({
        at: `2026-11-28T10:0${place}:00Z`,
        traffic: { blue: 100 - green, green },
        perSlot: { blue: { requests: 100, errors: 0 }, green: { requests: green * 2, p95: 0.1234567 } },
      })),
    });
    const { page, faults } = await opener.open(pageOfRelease(record));
    assert.equal(await page.locator(".slot-area").count(), 4);
    assert.equal(await page.locator("tbody tr").count(), 4);
    assert.match((await page.locator(".chart").getAttribute("aria-label")) ?? "", /blue 50 percent, green 50 percent/);
    assert.deepEqual(faults, []);
    await keepPicture(page, "release");
  });
});
