import { parseArguments } from "../../src/cli/arguments";
import { UsageError } from "../../src/cli/errors";

const parse = (...args: string[]) => parseArguments(args);

test("the command comes first, then what to read", () => {
  expect(parse("fit", "k8s/", "more.yaml", "-")).toEqual({
    command: "fit",
    paths: ["k8s/", "more.yaml", "-"],
    values: {},
  });
});

test("options stand anywhere, with = or a space before the value", () => {
  expect(parse("fit", "--region=eu-west-1", "k8s/", "--format", "json")).toEqual({
    command: "fit",
    paths: ["k8s/"],
    values: { region: ["eu-west-1"], format: ["json"] },
  });
});

test("what stands behind -- is a path", () => {
  expect(parse("fit", "--", "--odd-name.yaml").paths).toEqual(["--odd-name.yaml"]);
});

test("prices refresh is one command of two words", () => {
  expect(parse("prices", "refresh", "--region", "eu-west-1").command).toBe("prices refresh");
});

test("a repeated option keeps every value", () => {
  expect(parse("fit", "-", "--selector", "web", "--selector", "data:app=db").values.selector).toEqual([
    "web",
    "data:app=db",
  ]);
});

test.each<[string[], string]>([
  [[], "a command is missing; give one of fit, cost, decide, report, prices refresh, or --help"],
  [["fitt"], '"fitt" is not a command; did you mean fit?; the commands are fit, cost, decide, report, prices refresh'],
  [["deploy"], '"deploy" is not a command; the commands are fit, cost, decide, report, prices refresh'],
  [["prices"], '"prices" must be followed by "refresh", got ""; write: prices refresh'],
  [["fit", "--regoin", "x"], "--regoin is not an option; did you mean --region?; --help lists them"],
  [["--halp"], "--halp is not an option; did you mean --help?; --help lists them"],
  [["-v"], "-v is not an option; --help lists them"],
  [["--nodes"], "a command is missing; give one of fit, cost, decide, report, prices refresh, or --help"],
  [["fit", "--constructor"], "--constructor is not an option; --help lists them"],
  [["fit", "-r"], "-r is not an option; --help lists them"],
  [["fit", "--nodes=3"], '--nodes takes no value, got "3"; write --nodes alone'],
  [["fit", "--region"], "--region needs a value; write --region REGION"],
  [["fit", "--region="], "--region needs a value; write --region REGION"],
  [["fit", "--region", " "], "--region needs a value; write --region REGION"],
  [["fit", "--region", "--nodes"], "--region needs a value; write --region REGION"],
  [["fit", "-", "--region", "a", "--region", "b"], '--region is given 2 times ("a", "b"); give it once'],
  [["fit", "-", "--title", "x"], "--title is an option of decide, not of fit; remove it"],
])("%j is refused: %s", (args, message) => {
  expect(() => parse(...args)).toThrow(new UsageError(message));
});
