import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { aPage, aPageResource, aPageStack, manyResources } from "../support/page-fixtures";
import { keepPicture, PageOpener } from "./opened-page";

const texts = (page: Page, selector: string) => page.locator(selector).allTextContents();

describe("a report page", () => {
  const opener = new PageOpener();
  after(() => opener.close());

  it("draws groups, resources and what they need, in both colours, and asks nobody for anything", async () => {
    for (const scheme of ["light", "dark"] as const) {
      const { page, faults } = await opener.open(aPage(), scheme);
      assert.equal(await page.title(), "Preview of dev: 3 to create");
      assert.ok((await page.locator(".node").count()) > 5);
      assert.ok((await page.locator(".link").count()) > 0);
      assert.equal(await page.locator("html").getAttribute("data-theme"), scheme);
      assert.deepEqual(faults, []);
      await keepPicture(page, `graph-${scheme}`);
    }
  });

  it("shows property differences by click, by Enter, and closes by Escape", async () => {
    const { page, faults } = await opener.open(aPage());
    const node = page.locator(".node.leaf.change-update").first();
    await node.click();
    assert.deepEqual(await texts(page, ".details .property code"), ["tags.owner"]);
    assert.deepEqual(await texts(page, ".details .property pre"), ["one", "two"]);
    await keepPicture(page, "details");
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".details").isVisible(), false);
    assert.ok(await node.evaluate((element) => element.matches(":focus")), "the focus is not where it was");
    await page.keyboard.press("Enter");
    assert.equal(await page.locator(".details").isVisible(), true);
    await page.keyboard.press("Escape");
    await page.keyboard.press("ArrowDown");
    assert.ok(await node.evaluate((element) => !element.matches(":focus")));
    assert.deepEqual(faults, []);
  });

  it("filters by change and by type, and shows all again", async () => {
    const { page } = await opener.open(aPage());
    const rows = () => page.locator(".resources tbody tr").count();
    await page.click("#tab-resources");
    assert.equal(await rows(), 30);
    await page.click('.filter:has-text("create")');
    assert.deepEqual([...new Set(await texts(page, ".resources .badge"))], ["create"]);
    const created = await rows();
    await page.click('.filter:has-text("Bucket1")');
    assert.ok((await rows()) < created);
    await page.click('button:has-text("Show all Types")');
    assert.equal(await rows(), created);
    await page.click("#tab-graph");
    assert.equal(await page.locator(".node.leaf:not(.change-create)").count(), 0);
  });

  it("moves, scales and opens groups", async () => {
    const { page } = await opener.open(aPage({ stacks: [aPageStack({ resources: manyResources(200) })] }));
    const transform = () => page.locator("svg.graph > g").getAttribute("transform");
    const before = await transform();
    await page.mouse.move(800, 850);
    await page.mouse.down();
    await page.mouse.move(700, 800, { steps: 4 });
    await page.mouse.up();
    const moved = await transform();
    assert.notEqual(moved, before);
    await page.mouse.wheel(0, -300);
    assert.notEqual(await transform(), moved);
    await page.click('button:has-text("Close all")');
    assert.equal(await page.locator(".node").count(), 1);
    await page.locator(".node .toggle").click();
    assert.ok((await page.locator(".node").count()) > 1);
    await page.click('button:has-text("Open all")');
    assert.ok((await page.locator(".node.leaf").count()) > 150);
    await keepPicture(page, "open-all");
  });

  it("moves to the node that the keys go to, and by as little as it takes", async () => {
    const { page } = await opener.open(aPage({ stacks: [aPageStack({ resources: manyResources(200) })] }));
    const transform = () => page.locator("svg.graph > g").getAttribute("transform");
    await page.click('button:has-text("Open all")');
    for (let times = 0; times < 4; times++) await page.click('button[aria-label="Zoom in"]');
    await page.locator(".graph .node[tabindex='0']").focus();
    const places = new Set([await transform()]);
    for (const key of [...Array<string>(12).fill("ArrowDown"), ...Array<string>(12).fill("ArrowRight")]) {
      await page.keyboard.press(key);
      places.add(await transform());
      const around = await page.locator("svg.graph").boundingBox();
      const box = await page.locator(".node:focus").boundingBox();
      assert.ok(around && box);
      const [right, bottom] = [around.x + around.width, around.y + around.height];
      const seen = box.x >= around.x && box.x < right && box.y >= around.y && box.y < bottom;
      assert.ok(seen, `after ${key} the node at the focus is not seen`);
    }
    assert.ok(places.size > 1, "everything was in view: nothing had to move");
  });

  it("names everything that can be pressed, and its state, to screen readers", async () => {
    const { page } = await opener.open(aPage());
    const nameless = await page
      .locator("button, [role=button], [role=tab], input, select")
      .evaluateAll((all) =>
        all
          .filter((one) => !(one.getAttribute("aria-label") ?? one.textContent ?? "").trim())
          .map((one) => one.outerHTML),
      );
    assert.deepEqual(nameless, []);
    const group = page.locator(".node.open").first();
    assert.match(
      (await group.getAttribute("aria-label")) ?? "",
      /^dev, trunkline:components:Environment, unchanged, group of /,
    );
    assert.equal(await group.getAttribute("aria-expanded"), "true");
    await page.focus("#tab-graph");
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.locator("#tab-resources").getAttribute("aria-selected"), "true");
  });

  it("shows hostile names and values as nothing but texts", async () => {
    const hostile = `</script><script>alert(1)</script><img src=x onerror=alert(2)>"'\u2028{{7*7}}<!--`;
    const gate = {
      kind: "refused",
      reasons: [{ code: hostile, message: hostile, hint: hostile }],
      approvedBy: [hostile],
    } as const;
    const property = {
      path: hostile,
      kind: "update",
      replaces: true,
      secret: false,
      old: hostile,
      new: { [hostile]: hostile },
    } as const;
    const resources = [
      aPageResource({ name: "app-dev", type: "pulumi:pulumi:Stack" }),
      aPageResource({
        name: hostile,
        type: hostile,
        urn: hostile,
        parent: 0,
        change: "replace",
        properties: [property],
        startMs: 0,
        endMs: 9,
      }),
      aPageResource({ name: "__proto__", type: "constructor", parent: 2, change: "create" }),
    ];
    const { page, faults } = await opener.open(
      aPage({
        ...{ title: hostile, facts: [{ label: hostile, value: hostile }], fault: hostile },
        stacks: [
          aPageStack({
            ...{ project: hostile, environment: hostile, detail: hostile, reasons: [hostile], resources, gate },
            policies: [{ policy: hostile, pack: hostile, level: "mandatory", message: hostile, urn: hostile }],
            messages: [{ severity: "error", urn: hostile, text: hostile }],
          }),
        ],
      }),
    );
    assert.equal(await page.title(), hostile);
    await page.locator(".node.change-replace").click();
    assert.equal((await texts(page, ".details h2"))[0], hostile);
    assert.equal((await texts(page, ".details pre"))[0], hostile);
    for (const tab of ["resources", "timeline", "messages"]) await page.click(`#tab-${tab}`);
    assert.equal(await page.locator("img").count(), 0);
    assert.equal(await page.locator("script").count(), 2);
    assert.deepEqual(faults, []);
    await keepPicture(page, "hostile");
  });

  it("opens 500 resources, with groups closed that would not be read", async () => {
    const { page, faults } = await opener.open(aPage({ stacks: [aPageStack({ resources: manyResources(500) })] }));
    const drawn = await page.locator(".node").count();
    assert.ok(drawn > 3 && drawn < 80, `${drawn} nodes are drawn`);
    await page.click("#tab-timeline");
    assert.equal(await page.locator(".bar-row").count(), 300);
    await keepPicture(page, "timeline-500");
    assert.deepEqual(faults, []);
  });

  it("still works with 5,000 resources, each of which the search finds and opens", async () => {
    const { page, faults } = await opener.open(aPage({ stacks: [aPageStack({ resources: manyResources(5000) })] }));
    assert.ok((await page.locator(".node").count()) < 80);
    await page.keyboard.press("/");
    await page.keyboard.type("bucket-4321");
    await page.keyboard.press("Enter");
    assert.match((await texts(page, ".details h2"))[0] ?? "", /bucket-4321$/);
    assert.equal(await page.locator(".node.selected").count(), 1);
    await keepPicture(page, "search-5000");
    assert.deepEqual(faults, []);
  });

  it("says so where there is nothing to show", async () => {
    const { page } = await opener.open(aPage({ stacks: [aPageStack({ resources: [] })] }));
    assert.equal(
      await page.locator(".graph-panel .empty").textContent(),
      "No resource is told of: there is nothing to draw.",
    );
    await keepPicture(page, "empty");
    const none = await opener.open(aPage({ stacks: [], title: "Preview of dev: no stack is affected" }));
    assert.equal(
      await none.page.locator(".empty:visible").textContent(),
      "Neither the engine nor the program said anything.",
    );
    assert.deepEqual(none.faults, []);
  });
});
