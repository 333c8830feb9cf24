import { isOn, readConf, renderConf, valueIn } from "../../src/model/fargate-logging-syntax";

const read = (text: string) => readConf("FILTER", ["filters"], text);
const messages = (text: string) => read(text).problems.map(({ message }) => message);

describe("Fluent Bit's classic configuration", () => {
  test("is sections with keys and values", () => {
    const { sections, problems } = read("[FILTER]\n    Name  grep\n    Match kube.*\n[FILTER]\n    Name modify\n");
    expect(problems).toEqual([]);
    expect(sections.map(({ called, entries }) => [called, entries.map(({ key, value }) => [key, value])])).toEqual([
      [
        "the FILTER at line 1 of 'filters'",
        [
          ["Name", "grep"],
          ["Match", "kube.*"],
        ],
      ],
      ["the FILTER at line 4 of 'filters'", [["Name", "modify"]]],
    ]);
  });

  test("may have comments, empty lines, trailing blanks, Windows' line ends and sections in small letters", () => {
    const { sections, problems } = read("# why\r\n[filter]\r\n\r\n  Name grep  \r\n     # so\r\n  Match *\r\n");
    expect(problems).toEqual([]);
    expect(renderConf(sections)).toBe("[FILTER]\n  Name grep\n  Match *\n");
  });

  test("may be indented as a whole, as text in code is", () => {
    const { sections, problems } = read("\n    [FILTER]\n      Name grep\n    [FILTER]\n      Name nest\n  ");
    expect(problems).toEqual([]);
    expect(sections).toHaveLength(2);
  });

  test("has values with blanks in them", () => {
    const [section] = read("[FILTER]\n Rule $log ^a b$ new false\n").sections;
    expect(section && valueIn(section, "rule")).toBe("$log ^a b$ new false");
  });

  test("has keys whose case does not matter, of which the last one counts", () => {
    const [section] = read("[FILTER]\n nAmE grep\n NAME nest\n").sections;
    expect(section && valueIn(section, "name")).toBe("nest");
    expect(section && valueIn(section, "match")).toBeUndefined();
  });

  test("switches something on by on, true or yes", () => {
    expect(["On", "TRUE", "yes"].map(isOn)).toEqual([true, true, true]);
    expect(["Off", "false", "1", undefined].map(isOn)).toEqual([false, false, false, false]);
  });

  test("is the same text after it was read and written once more", () => {
    const text = renderConf(read("[FILTER]\n\tName  grep\n\tMatch  *\n").sections);
    expect(renderConf(read(text).sections)).toBe(text);
  });
});

describe("a text that Fargate would refuse", () => {
  test.each([
    [
      "a section of Fargate's own",
      "[INPUT]\n  Name tail\n",
      `line 1 of 'filters' must be "[FILTER]", got "[INPUT]"; Fargate has a section of that kind itself, and refuses another`,
    ],
    [
      "a section that belongs under another key",
      "[OUTPUT]\n  Name es\n",
      `line 1 of 'filters' must be "[FILTER]", got "[OUTPUT]"; sections of that kind belong under 'output.conf'`,
    ],
    [
      "a section that nobody knows",
      "[FILTERS]\n  Name grep\n",
      `line 1 of 'filters' must be "[FILTER]", got "[FILTERS]"`,
    ],
    [
      "a bracket that is not closed",
      "[FILTER\n  Name grep\n",
      `line 1 of 'filters' must be "[FILTER]", got "[FILTER"; close the bracket, and write nothing behind it`,
    ],
    [
      "a key without a section",
      "  Name grep\n",
      `line 1 of 'filters' must stand under a section, got "Name grep"; write [FILTER] above it`,
    ],
    [
      "a key without a value",
      "[FILTER]\n  Name\n",
      `line 2 of 'filters' must hold a key and a value with a blank between them, got "Name"`,
    ],
    [
      "an environment variable",
      "[FILTER]\n  Name grep\n  Match ${TAG}\n",
      `line 3 of 'filters' must not name an environment variable, which Fargate refuses, got "Match \${TAG}"; write its value`,
    ],
    [
      "a file to include",
      "@INCLUDE more.conf\n",
      `line 1 of 'filters' must not be a command such as @INCLUDE or @SET, which Fargate refuses, got "@INCLUDE more.conf"`,
    ],
    [
      "a key as far left as its section",
      "[FILTER]\nName grep\n",
      `line 2 of 'filters' must be indented more than its section`,
    ],
    [
      "keys that are indented in two ways",
      "[FILTER]\n  Name grep\n    Match *\n",
      `line 3 of 'filters' must be indented like the keys above it, with the same blanks or tabs, as Fargate wants it`,
    ],
    [
      "tabs among blanks",
      "[FILTER]\n  Name grep\n\tMatch *\n",
      `line 3 of 'filters' must be indented like the keys above it, with the same blanks or tabs, as Fargate wants it`,
    ],
    [
      "sections that are indented in two ways",
      "[FILTER]\n  Name grep\n [FILTER]\n  Name nest\n",
      `line 3 of 'filters' must be indented like the sections above it, as Fargate wants it`,
    ],
  ])("has %s", (_, text, message) => {
    expect(messages(text)).toEqual([message]);
  });

  test("is told of every line at once, at the setting that holds it", () => {
    const { problems } = read("[SERVICE]\n  Flush 1\n[FILTER]\n  Name\n");
    expect(problems.map(({ at, message }) => [at, message.slice(0, 6)])).toEqual([
      [["filters"], "line 1"],
      [["filters"], "line 4"],
    ]);
  });
});
