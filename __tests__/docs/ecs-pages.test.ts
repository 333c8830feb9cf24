import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import type { PriceKey } from "../../src/pricing/price";
import { PriceBook } from "../../src/pricing/price-book";
import { loadEcsSettingsFile } from "../../src/settings/load";
import { Money } from "../../src/units/money";
import { HOURS_PER_MONTH } from "../../src/units/time";

const read = (file: string) => readFileSync(file, "utf8");

/** Pages about containers without Kubernetes. */
const PAGES = readdirSync("docs")
  .filter((file) => file.endsWith(".md") && read(`docs/${file}`).includes("cdktf-eks-fargate/ecs"))
  .map((file) => `docs/${file}`);

describe("the page that begins", () => {
  const page = read("docs/ecs.md");
  const settings = loadEcsSettingsFile("settings/ecs.yaml");

  test("runs what the reference settings run", () => {
    const [, shown = ""] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
    expect((parse(shown) as { ecs: object }).ecs).toEqual(settings.ecs);
    expect(Object.keys(settings.ecs.services ?? {})).toEqual(["web"]);
  });

  test("tells what they cost a month", () => {
    const book = PriceBook.builtIn(settings.region);
    const month = (key: PriceKey, count = 1) => {
      const found = book.find(key);
      if (found === undefined) {
        throw new Error(`no price ${key}`);
      }
      return found.usd.times(HOURS_PER_MONTH * count);
    };
    const gateway = month("nat-gateway/hour").plus(month("public-ipv4/hour"));
    const tasks = month("fargate/x86/vcpu-hour", 2 * 0.25).plus(month("fargate/x86/gib-hour", 2 * 0.5));
    const all = Money.sum([gateway, tasks]);
    expect(page.replaceAll("\n", " ")).toContain(
      `costs at least ${all.toFixed(2)} USD a month in ${settings.region}: ${gateway.toFixed(2)} for one NAT gateway with its address, and ${tasks.toFixed(2)} for two tasks`,
    );
  });
});

test("the pages of ECS are those that it leads to", () => {
  const page = read("docs/ecs.md");
  expect(PAGES.length).toBeGreaterThan(12);
  expect(PAGES.filter((file) => file !== "docs/ecs.md" && !page.includes(`](${file.slice("docs/".length)}`))).toEqual(
    [],
  );
});

test.each(PAGES.filter((file) => file !== "docs/which-home.md"))(
  "every column of the tables in %s has a heading",
  (file) => {
    const heads = [...read(file).matchAll(/^(\|.*\|)\n\|(?:---\|)+$/gm)].map(([, head = ""]) => head);
    expect(heads.filter((head) => /\|\s*\|/.test(head))).toEqual([]);
  },
);

test("no example runs nginx as root on its port 80, which a task without capabilities cannot", () => {
  const files = [
    "settings/ecs.yaml",
    "settings/ecs-everything.yaml",
    ...PAGES,
    ...readdirSync("examples").map((name) => `examples/${name}/main.ts`),
    ...readdirSync("src/constructs", { recursive: true, encoding: "utf8" })
      .filter((name) => /^(ecs|serverless)\/.*\.ts$/.test(name) && !name.includes("lightsail"))
      .map((name) => `src/constructs/${name}`),
  ];
  expect(files.filter((file) => /[/"' ]nginx:/.test(read(file)))).toEqual([]);
});
