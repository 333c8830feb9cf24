import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readManifests } from "../../../src/manifests/read-manifests";
import { checkRules } from "../../../src/placement/check";
import { ClusterIndex } from "../../../src/placement/cluster-index";
import { RULES } from "../../../src/placement/rules/index";

const FOLDER = join(__dirname, "../../../docs/rules");
const INDEX = "README.md";

/** What other parts find: placement, where a profile takes pods, cost, and reading. */
const ELSEWHERE = ["ambiguous-profile", "cheaper-on-nodes", "no-profile", "profile-label", "unreadable-manifest"];

const page = (id: string) => readFileSync(join(FOLDER, `${id}.md`), "utf8");
const IDS = [...RULES.map(({ id }) => id), ...ELSEWHERE].sort();

test("every rule has a page, and every page is of a rule", () => {
  const pages = readdirSync(FOLDER)
    .filter((file) => file !== INDEX)
    .map((file) => file.replace(/\.md$/, ""));
  expect(pages.sort()).toEqual(IDS);
});

test("the index lists every page once, in the order of ids, with its severity and title", () => {
  const rows = readFileSync(join(FOLDER, INDEX), "utf8").match(/^\| \[.*$/gm);
  expect(rows).toEqual(
    IDS.map((id) => {
      const [, title, severity] = /^# (.+)\n\n`[^`]+` · (error|warning|advice)\n/.exec(page(id)) ?? [];
      return `| [${id}](${id}.md) | ${severity} | ${title} |`;
    }),
  );
});

test.each(IDS)("the page of %s has its parts in the order of all pages", (id) => {
  const prose = page(id).replaceAll(/^```yaml\n.*?^```$/gms, "");
  const headings = prose.match(/^#+ .*$/gm)?.slice(1);
  expect(headings).toEqual([expect.stringMatching(/^## (Refused|Found)$/), "## Instead"]);
  expect(page(id).match(/^```yaml$/gm)).toHaveLength(2);
  expect(page(id)).toMatch(/\nSource: <https:\/\/\S+>, read \d{4}-\d{2}-\d{2}\.\n$/);
});

describe.each(RULES)("the page of $id", ({ id, severity, title, reason, fix, source }) => {
  test("begins with the rule's title, id, severity and reason", () => {
    expect(page(id).startsWith(`# ${title}\n\n\`${id}\` · ${severity}\n\n${sentence(reason)}\n`)).toBe(true);
  });

  test("has the rule's fix and source", () => {
    expect(page(id)).toContain(`## Instead\n\n${sentence(fix)}\n`);
    expect(page(id)).toContain(`Source: <${source.replace(", read", ">, read")}.\n`);
  });

  test("has a first manifest in which the rule finds something, of its severity", () => {
    const found = findingsIn(manifests(id)[0]).filter((finding) => finding.rule === id);
    expect(found[0]).toMatchObject({ rule: id, severity });
  });

  test("has a second manifest in which no rule finds anything", () => {
    const rules = findingsIn(manifests(id)[1]).map(({ rule, severity }) => `${severity} ${rule}`);
    expect(rules).toEqual([]);
  });
});

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

function manifests(id: string): [string, string] {
  const [refused = "", instead = ""] = [...page(id).matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, yaml]) => yaml ?? "");
  return [refused, instead];
}

function findingsIn(text: string) {
  const inventory = readManifests([{ file: "page.md", text }]);
  expect(inventory.problems).toEqual([]);
  const cluster = new ClusterIndex(inventory);
  return inventory.workloads.flatMap((workload) => checkRules(workload, cluster));
}
