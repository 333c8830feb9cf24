import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { shopReport } from "../../__tests__/report/shop";
import { COMPARISON, DECISION } from "../../__tests__/report/shop-options";
import { PLACEMENTS } from "../../__tests__/report/shop-workloads";
import { htmlPage } from "../../src/report/html/page";
import { ask, launchBrowser, type OpenPage, openFile } from "../support/browser";

const REPORT = shopReport({ comparison: COMPARISON, decision: DECISION });

/** Everything on the page that the keyboard must reach, as it stands in the document. */
const FOCUSABLE = `[...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")]
  .filter((element) => element.checkVisibility({ checkVisibilityCSS: true, contentVisibilityAuto: true }))`;

const NAME = `((element) => (element.getAttribute("aria-labelledby") ?? element.getAttribute("href") ?? element.textContent).trim() + " <" + element.localName + ">")`;

const SCREENS = [
  { width: 400, colorScheme: "light" },
  { width: 400, colorScheme: "dark" },
  { width: 1600, colorScheme: "light" },
  { width: 1600, colorScheme: "dark" },
] as const;

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

interface Box {
  readonly x: number;
  readonly width: number;
  readonly height: number;
}

/** Boxes of all elements that a selector finds. */
function boxes(page: Page, selector: string): Promise<Box[]> {
  return ask(
    page,
    `[...document.querySelectorAll(${JSON.stringify(selector)})].map((element) => {
      const { x, width, height } = element.getBoundingClientRect();
      return { x, width, height };
    })`,
  );
}

describe("the page of a report", () => {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "e2e-page-"));
  const file = join(folder, "report.html");
  let browser: Browser;

  beforeAll(async () => {
    writeFileSync(file, htmlPage(REPORT));
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  /** Opens the page, lets the test look at it, and closes it. */
  async function onPage(options: Parameters<typeof openFile>[2], look: (page: Page) => Promise<void>): Promise<void> {
    const { page } = await openFile(browser, file, options);
    try {
      await look(page);
    } finally {
      await page.context().close();
    }
  }

  const wide = { viewport: { width: 1600, height: 900 } };

  describe.each(SCREENS)("at $width pixels, $colorScheme", ({ width, colorScheme }) => {
    const screen = { viewport: { width, height: 900 }, colorScheme };
    let open: OpenPage;
    let page: Page;

    beforeAll(async () => {
      open = await openFile(browser, file, screen);
      page = open.page;
    });

    afterAll(() => page.context().close());

    test("says nothing on the console and asks for nothing", () => {
      expect([open.messages, open.requests]).toEqual([[], []]);
    });

    test("fits the width, with every section open", async () => {
      await ask(page, `document.querySelectorAll("details").forEach((each) => { each.open = true; })`);
      expect(await ask(page, "document.documentElement.scrollWidth")).toBe(width);
      const outside = await ask(
        page,
        `[...document.querySelectorAll("body *")]
            .filter((element) => !element.closest(".scroll, .skip") && element.getBoundingClientRect().right > ${width} + 0.5)
            .map((element) => element.outerHTML.slice(0, 80))`,
      );
      expect(outside).toEqual([]);
    });

    test("draws bars as wide as what they stand for", async () => {
      const bars = await ask<{ name: string; share: number }[]>(
        page,
        `[...document.querySelectorAll("#cost tbody tr")].map((row) => ({
            name: row.cells[0].firstChild.textContent,
            share: [...row.querySelectorAll(".bar i")].reduce((sum, part) => sum + part.getBoundingClientRect().width, 0) /
              row.querySelector(".bar").getBoundingClientRect().width,
          }))`,
      );
      const months = monthsByNamespace();
      expect(bars.map(({ name }) => name)).toEqual([...months.keys()]);
      const largest = Math.max(...months.values());
      for (const { name, share } of bars) {
        expect(share).toBeCloseTo((months.get(name) ?? 0) / largest, 2);
      }
      const parts = await boxes(page, "#waste .bar i");
      expect(parts.length).toBeGreaterThan(0);
      expect(parts.filter((part) => part.width <= 0 || part.height <= 0)).toEqual([]);
    });

    test("has a tile with area for each workload, the dearest the widest", async () => {
      const tiles = await boxes(page, ".tile");
      expect(tiles).toHaveLength(PLACEMENTS.length);
      expect(tiles.filter((tile) => tile.width < 100 || tile.height < 60)).toEqual([]);
      const widest = await ask(
        page,
        `[...document.querySelectorAll(".tile")].reduce((a, b) => (b.offsetWidth > a.offsetWidth ? b : a)).querySelector("b").textContent`,
      );
      expect(widest).toBe("pricing-recommendations-experiment-b");
    });

    test("has no violation that axe finds, contrast included", () =>
      onPage({ ...screen, bypassCSP: true }, async (page) => {
        await ask(page, `document.querySelectorAll("details").forEach((each) => { each.open = true; })`);
        await page.addScriptTag({ content: AXE });
        const violations = await ask(
          page,
          `axe.run(document).then(({ violations }) =>
            violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + " " + target.join(" "))))`,
        );
        expect(violations).toEqual([]);
      }));
  });

  test("the keyboard reaches everything in the order of the document, and shows where it is", () =>
    onPage({ ...wide, reducedMotion: "reduce" }, async (page) => {
      const expected = await ask<string[]>(page, `${FOCUSABLE}.map(${NAME})`);
      const reached: string[] = [];
      const unseen: string[] = [];
      for (let index = 0; index < expected.length; index++) {
        await page.keyboard.press("Tab");
        const { name, seen } = await ask<{ name: string; seen: boolean }>(
          page,
          `(() => {
            const element = document.activeElement;
            const { outlineStyle, outlineWidth } = getComputedStyle(element);
            const { top, bottom, left, right } = element.getBoundingClientRect();
            const inside = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
            return { name: ${NAME}(element), seen: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && inside };
          })()`,
        );
        reached.push(name);
        unseen.push(...(seen ? [] : [name]));
      }
      expect(reached).toEqual(expected);
      expect(unseen).toEqual([]);
      expect(reached[0]).toBe("#main <a>");
      for (const kind of ["#w-1 <a>", "workloads-title <div>", "<summary>", "<input>", "<button>"]) {
        expect(reached.filter((name) => name.endsWith(kind)).length).toBeGreaterThan(0);
      }
    }));

  test("Enter on a tile leads to the row of its workload", () =>
    onPage({ ...wide, reducedMotion: "reduce" }, async (page) => {
      await page.locator(".tile", { hasText: "ledger" }).focus();
      await page.keyboard.press("Enter");
      const row = await ask<{ id: string; name: string; seen: boolean }>(
        page,
        `(() => {
          const row = document.activeElement;
          const { top, bottom } = row.getBoundingClientRect();
          return { id: "#" + row.id, name: row.cells[0].firstChild.textContent, seen: top >= 0 && bottom <= innerHeight };
        })()`,
      );
      expect(row).toEqual({ id: new URL(page.url()).hash, name: "ledger", seen: true });
    }));

  const shownRows = (page: Page) =>
    ask<string[]>(
      page,
      `[...document.querySelectorAll("#workload-table tbody tr:not([hidden])")].map((row) => row.cells[0].firstChild.textContent)`,
    );

  test("the filter leaves the workloads and findings that hold every word", () =>
    onPage(wide, async (page) => {
      const all = await shownRows(page);
      const findings = await page.locator("[data-finding]").count();
      await page.getByRole("searchbox").fill("PENDING payments");
      expect(await shownRows(page)).toEqual(["ledger"]);
      expect(await page.getByRole("status").textContent()).toBe(`1 of 12 workloads, 0 of ${findings} findings`);
      await page.getByRole("searchbox").fill("");
      expect(await shownRows(page)).toEqual(all);
      expect(await page.getByRole("status").textContent()).toBe("");
    }));

  test("a link to a workload that the filter hides shows it again", () =>
    onPage(wide, async (page) => {
      await page.getByRole("searchbox").fill("ledger");
      await page.locator(".tile", { hasText: "coredns" }).click();
      expect(await shownRows(page)).toHaveLength(PLACEMENTS.length);
      expect(await ask(page, "document.activeElement.cells[0].firstChild.textContent")).toBe("coredns");
    }));

  test("a column's heading sorts by it, by amount and not by text, and back", () =>
    onPage(wide, async (page) => {
      const heading = page.getByRole("columnheader", { name: "$ per month" }).and(page.locator("#workload-table th"));
      await heading.getByRole("button").click();
      expect(await heading.getAttribute("aria-sort")).toBe("ascending");
      await heading.getByRole("button").click();
      expect(await heading.getAttribute("aria-sort")).toBe("descending");
      const rows = await shownRows(page);
      expect(rows.slice(0, 4)).toEqual(["pricing-recommendations-experiment-b", "api", "ledger", "catalog"]);
    }));

  test("without scripts the page shows the same, and no control that does nothing", () =>
    onPage({ ...wide, javaScriptEnabled: false }, async (page) => {
      expect(await page.locator("#workload-table tbody tr:visible").count()).toBe(PLACEMENTS.length);
      expect(await page.locator("input:visible, button:visible").count()).toBe(0);
      await page.locator(".severity.advice summary").click();
      expect(await page.locator(".severity.advice .rule").first().isVisible()).toBe(true);
    }));

  test("on paper there is no navigation, and what is folded is open", () =>
    onPage(wide, async (page) => {
      await page.emulateMedia({ media: "print" });
      expect(await page.locator("nav:visible, .filter:visible").count()).toBe(0);
      const folded = await boxes(page, "details:not([open]) .rule, details:not([open]) table");
      expect(folded.length).toBeGreaterThan(0);
      expect(folded.filter(({ height }) => height === 0)).toEqual([]);
    }));
});

/** What the workloads of each namespace that land on Fargate cost at the most replicas, the dearest first. */
function monthsByNamespace(): Map<string, number> {
  const months = new Map<string, number>();
  for (const { placement, month } of REPORT.cost.workloads) {
    if (placement.outcome.kind === "fargate" || placement.outcome.kind === "ambiguous") {
      const { namespace } = placement.workload;
      months.set(namespace, (months.get(namespace) ?? 0) + Number(month?.max.toString() ?? 0));
    }
  }
  return new Map([...months].sort(([, a], [, b]) => b - a));
}
