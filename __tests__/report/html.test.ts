import { createHash } from "node:crypto";
import { escapeHtml, html, trusted } from "../../src/report/html/markup";
import { htmlPage } from "../../src/report/html/page";
import { hostileReport, SCRIPT_TAG } from "./hostile";
import { costOf, shopReport } from "./shop";
import { COMPARISON, DECISION } from "./shop-options";
import { PLACEMENTS } from "./shop-workloads";

const page = htmlPage(shopReport({ comparison: COMPARISON, decision: DECISION }));

describe("markup", () => {
  test("escapes what is put into it, in content and in attributes", () => {
    const text = `<i title="x">'&`;
    expect(html`<b title="${text}">${text}</b>`.text).toBe(
      '<b title="&lt;i title=&quot;x&quot;&gt;&#39;&amp;">&lt;i title=&quot;x&quot;&gt;&#39;&amp;</b>',
    );
  });

  test("joins lists, leaves markup as it is, and nothing is nothing", () => {
    expect(html`${[html`<i>`, "<", 0]}${undefined}${false}${trusted("<u>")}`.text).toBe("<i>&lt;0<u>");
  });

  test("shows characters that no document may hold as a mark", () => {
    expect(escapeHtml("a\u0000\u001b\u202e\ud800\tb\n")).toBe("a\ufffd\ufffd\ufffd\ufffd\tb\n");
  });
});

describe("the page", () => {
  test("answers in its heading", () => {
    expect(page).toContain(
      "<h1>8 of 12 workloads run on Fargate, for $2,705.76 to $3,102.20 a month; 2 run on nodes and 2 stay Pending.</h1>",
    );
  });

  test("refers to nothing outside of itself", () => {
    expect(page).not.toMatch(/\s(src|srcset|action|data)=|@import|url\(/);
    const targets = [...page.matchAll(/href="([^"]*)"/g)].map(([, target]) => target ?? "");
    const ids = new Set([...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => `#${id}`));
    expect(targets.filter((target) => !ids.has(target))).toEqual([]);
  });

  test("allows its own script by hash and loads nothing", () => {
    const script = page.match(/<script>(.*?)<\/script>/s)?.[1] ?? "";
    const hash = createHash("sha256").update(script).digest("base64");
    expect(page).toContain(`default-src &#39;none&#39;`);
    expect(page).toContain(`script-src &#39;sha256-${hash}&#39;;`);
    expect(page).not.toMatch(/\son[a-z]+="/);
  });

  test("is the same text for the same report, and holds no time of its own", () => {
    expect(htmlPage(shopReport({ comparison: COMPARISON, decision: DECISION }))).toBe(page);
  });

  test("has options and decision only where the report has them", () => {
    const plain = htmlPage(shopReport());
    expect([page, plain].map((text) => [text.includes('id="options"'), text.includes('id="decision"')])).toEqual([
      [true, true],
      [false, false],
    ]);
  });

  test("has each id once, and headings in order", () => {
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const levels = [...page.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
  });

  test("shows a missing price as a dash with its reason", () => {
    const row = page.split("\n").filter((line) => line.includes(">- [3]<"));
    expect(row).toHaveLength(1);
    expect(page).toContain("<li>[3] no price in eu-west-1 for fargate/arm/vcpu-hour, fargate/arm/gib-hour</li>");
  });

  test("draws no bar for an option without all its prices, which would look cheap", () => {
    const row = page.match(/<tr><th scope="row">ECS on Fargate, ARM.*?<\/tr>/s)?.[0];
    expect(row).toContain("leaves out 1 line without a price");
    expect(row).toContain("at least 70.08");
    expect(row).not.toContain('class="bar"');
  });

  test("leaves what manifests say as text", () => {
    const text = htmlPage(hostileReport());
    expect(text).not.toContain(SCRIPT_TAG);
    expect(text.match(/<script/g)).toHaveLength(1);
    expect(text).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;");
  });

  test("of a report without workloads says so", () => {
    const empty = shopReport({ placements: [], cost: costOf([]), extraFindings: [] });
    expect(htmlPage(empty)).toContain("<h1>No workloads were found.</h1>");
  });
});

describe("a page of 1,000 workloads", () => {
  const placements = Array.from({ length: 1000 }, (_, index) => {
    const each = PLACEMENTS[index % PLACEMENTS.length];
    if (each === undefined) {
      throw new Error("the shop has no workload");
    }
    const workload = { ...each.workload, name: `${each.workload.name}-${index}` };
    return { ...each, workload, findings: each.findings.map((finding) => ({ ...finding, workload })) };
  });
  const large = htmlPage(shopReport({ placements, cost: costOf(placements), extraFindings: [] }));

  test("has all of them in its table, and the largest in its charts", () => {
    expect(large.match(/<tr id="w-/g)).toHaveLength(1000);
    expect(large.match(/class="tile /g)?.length).toBeLessThanOrEqual(50 * 7);
    expect(large).toMatch(/and [\d,]+ more, in the <a href="#workloads">/);
  });

  test("has less than 1 KB for each", () => {
    expect(large.length).toBeLessThan(1_000_000);
  });
});
