import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

const PAGES = [
  "README.md",
  "CHANGELOG.md",
  ...readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
];

interface Link {
  readonly page: string;
  /** Path from the project's root. */
  readonly to: string;
  readonly anchor: string;
}

/** Links to files of the project; what stands in blocks of code is none. */
function linksOf(page: string): Link[] {
  const text = readFileSync(page, "utf8").replaceAll(/^```[\s\S]*?^```/gm, "");
  return [...text.matchAll(/\]\((?!\w+:)([^)#\s]*)#?([^)\s]*)\)/g)].map(([, path = "", anchor = ""]) => ({
    page,
    to: path === "" ? page : join(dirname(page), path),
    anchor,
  }));
}

/** The anchors of a page's headings, as code hosts make them. */
function anchorsOf(page: string): string[] {
  return [...readFileSync(page, "utf8").matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

const LINKS = PAGES.flatMap(linksOf);

test("every link in the pages leads to a file or folder of the project", () => {
  expect(LINKS.filter(({ to }) => !existsSync(to))).toEqual([]);
  expect(LINKS.length).toBeGreaterThan(50);
});

test("every link to a heading leads to one", () => {
  const astray = LINKS.filter(
    ({ to, anchor }) => anchor !== "" && !(statSync(to).isFile() && anchorsOf(to).includes(anchor)),
  );
  expect(astray).toEqual([]);
});

test("every page is reached from the README", () => {
  const reached = new Set(["README.md"]);
  for (const page of reached) {
    for (const { to } of LINKS.filter((link) => link.page === page)) {
      const pages = PAGES.filter((each) => each === to || dirname(each) === join(to, "."));
      for (const each of pages) {
        reached.add(each);
      }
    }
  }
  expect(PAGES.filter((page) => !reached.has(page))).toEqual([]);
});
