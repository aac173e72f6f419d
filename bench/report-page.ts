import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { pageCode } from "../automation/report/page-code";
import { renderPage } from "../automation/report/render-page";
import { chromiumPlace } from "../test/browser/chromium-place";
import { aPage, aPageStack, manyResources } from "../test/support/page-fixtures";
import { median } from "./cpu-seconds";

const RUNS = 5;

/**
 * Prints how long report pages of 500 and 5,000 resources take in headless Chromium from the request to the drawn graph, and
 * the ratio to a page of one resource, which has the same script.
 */
export async function benchReportPage(): Promise<void> {
  const executablePath = chromiumPlace();
  if (executablePath === undefined) return void process.stdout.write("report page: NOT RUN, there is no Chromium\n");
  const directory = mkdtempSync(join(tmpdir(), "trunkline-bench-"));
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    const took = new Map<number, number>();
    for (const count of [3, 500, 5000]) {
      const file = join(directory, `${count}.html`);
      writeFileSync(file, renderPage(aPage({ stacks: [aPageStack({ resources: manyResources(count) })] }), pageCode()));
      const times: number[] = [];
      for (let run = 0; run < RUNS; run++) {
        const page = await browser.newPage();
        const begun = performance.now();
        await page.goto(pathToFileURL(file).href);
        await page.waitForSelector("html[data-ready]");
        times.push(performance.now() - begun);
        await page.close();
      }
      took.set(count, median(times));
    }
    const least = took.get(3) ?? 1;
    for (const [count, time] of took) {
      process.stdout.write(
        `report page, ${count} resources: ${Math.round(time)} ms, ratio ${(time / least).toFixed(2)}\n`,
      );
    }
  } finally {
    await browser.close();
    rmSync(directory, { recursive: true, force: true });
  }
}
