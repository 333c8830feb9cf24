import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { isProgram } from "./programs";

/** Names that the browser's program has, the first that is found is taken. */
const PROGRAMS = ["chromium", "chromium-browser"];

/** A page of a file, and what it did that a page at rest does not do. */
export interface OpenPage {
  readonly page: Page;
  /** Messages on the console and errors that nobody caught. */
  readonly messages: readonly string[];
  /** Addresses that it asked for beside its own. */
  readonly requests: readonly string[];
}

/** @throws Error that says what to install */
export function findChromium(): string {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const found = PROGRAMS.flatMap((program) => folders.map((folder) => join(folder, program))).find(isProgram);
  if (found === undefined) {
    throw new Error(
      "the end-to-end tests need chromium, which is not on PATH: install it, as Debian's package chromium",
    );
  }
  return found;
}

/** Chromium without a window. Its sandbox is off, which root cannot have; it opens files of the tests only. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox"] });
}

/** Opens a file with the network cut off. */
export async function openFile(browser: Browser, file: string, options: BrowserContextOptions): Promise<OpenPage> {
  const context = await browser.newContext({ ...options, offline: true });
  const page = await context.newPage();
  const url = pathToFileURL(file).href;
  const messages: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => messages.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => messages.push(String(error)));
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== url) {
      requests.push(request.url());
    }
  });
  await page.goto(url);
  return { page, messages, requests };
}

/**
 * What an expression is worth in the page. It is a text because the project's types know no browser.
 */
export function ask<Answer>(page: Page, expression: string): Promise<Answer> {
  return page.evaluate<Answer>(expression);
}
