import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";
import { pageCode } from "../../automation/report/page-code";
import type { PageData } from "../../automation/report/page-data";
import { renderPage } from "../../automation/report/render-page";
import { chromiumPlace } from "./chromium-place";

const screenshots = resolve(__dirname, "../../.trunkline/screenshots");

/** A page that is open, with what went wrong in it. */
export interface OpenedPage {
  readonly page: Page;
  /** Errors, refusals of its policy, and requests beyond its file; empty for a page as it should be. */
  readonly faults: readonly string[];
}

/** Opens report pages as a mail attachment is opened: from a file, without a network. */
export class PageOpener {
  private readonly directory = mkdtempSync(join(tmpdir(), "trunkline-page-"));
  private browser: Browser | undefined;

  async open(data: PageData, colorScheme: "light" | "dark" = "light"): Promise<OpenedPage> {
    // As root Chromium has no sandbox to offer.
    this.browser ??= await chromium.launch({ executablePath: chromiumPlace(), args: ["--no-sandbox"] });
    const context = await this.browser.newContext({
      viewport: { width: 1440, height: 900 },
      colorScheme,
      offline: true,
    });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on("pageerror", ({ message }) => faults.push(message));
    page.on("console", (message) => void (message.type() === "error" && faults.push(message.text())));
    page.on("dialog", (dialog) => {
      faults.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    const file = join(this.directory, "report.html");
    writeFileSync(file, renderPage(data, pageCode()));
    const address = pathToFileURL(file).href;
    page.on("request", (request) => void (request.url() !== address && faults.push(`request: ${request.url()}`)));
    await page.goto(address);
    await page.waitForSelector("html[data-ready]");
    return { page, faults };
  }

  async close(): Promise<void> {
    await this.browser?.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Keeps a picture of a page, for whoever changes it to look at. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`) });
}
