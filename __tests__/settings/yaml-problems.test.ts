import { edited, MINIMAL, problems, refusal } from "./refusal";

describe("YAML that cannot be read", () => {
  test("a syntax error is refused with its line", () => {
    expect(refusal(edited("[eu-west-1a, eu-west-1b]", "[eu-west-1a"))).toEqual([
      '1 problem in the settings file "team.yaml":',
      "line 5: Flow sequence in block collection must be sufficiently indented and end with a ]",
    ]);
  });

  test("a tab as indentation is refused with its line", () => {
    expect(problems(edited("  admins:", "\tadmins:"))[0]).toBe("line 6: Tabs are not allowed as indentation");
  });

  test("a key that is there twice is refused with its second line", () => {
    expect(problems(`${MINIMAL}region: eu-west-2\n`)).toEqual([
      'line 15: "region" is there twice in the same mapping; keep one',
    ]);
  });

  test("every key that is there twice is named", () => {
    expect(problems(`${MINIMAL}"name": a\ntags: {x: a, 'x': b}\n`)).toEqual([
      'line 15: "name" is there twice in the same mapping; keep one',
      'line 16: "x" is there twice in the same mapping; keep one',
    ]);
  });

  test("a second document is refused with the line where it begins", () => {
    expect(problems(`${MINIMAL}---\nname: other\n`)).toEqual([
      'line 15: a second document begins here; remove "---", and keep each environment in a file of its own',
    ]);
  });

  test("a list as a key is refused", () => {
    expect(problems(`${MINIMAL}? [a, b]\n: c\n`)).toEqual(["line 15: a key must be text, not a list or a mapping"]);
  });

  test("an alias without an anchor is refused with its line", () => {
    expect(problems(edited("name: platform", "name: *other"))).toEqual([
      'line 1: the alias "*other" has no anchor "&other" before it; write the value out',
    ]);
  });

  test("an alias within its own anchor is refused with its line", () => {
    expect(problems(`${MINIMAL}tags:\n  a: &loop {b: [*loop]}\n`)).toEqual([
      'line 16: the alias "*loop" stands within its own anchor "&loop"; write the value out',
    ]);
  });
});
