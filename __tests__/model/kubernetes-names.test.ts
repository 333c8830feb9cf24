import {
  annotationProblems,
  dnsLabelProblem,
  dnsSubdomainProblem,
  labelProblems,
} from "../../src/model/kubernetes-names";

const letters = (count: number) => "a".repeat(count);

describe("names that are DNS labels", () => {
  test.each(["a", "web-1", "1", letters(63)])("may be %j", (name) => {
    expect(dnsLabelProblem("'name'", name)).toBeUndefined();
  });

  test.each(["", "Web", "-web", "web-", "we_b", "we.b", letters(64)])("may not be %j", (name) => {
    expect(dnsLabelProblem("'name'", name)).toBe(
      `'name' must be a Kubernetes name (1 to 63 lower-case letters, digits and "-", beginning and ending with a letter or digit), got ${JSON.stringify(name)}`,
    );
  });
});

describe("names that are DNS subdomains", () => {
  test.each(["a", "web.example", "a-b.c-d", `${letters(200)}.${letters(52)}`])("may be %j", (name) => {
    expect(dnsSubdomainProblem("'name'", name)).toBeUndefined();
  });

  test.each(["", "Web", "web.", ".web", "we..b", "web-.a", letters(254)])("may not be %j", (name) => {
    expect(dnsSubdomainProblem("'name'", name)).toBe(
      `'name' must be a Kubernetes name (1 to 253 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit), got ${JSON.stringify(name)}`,
    );
  });
});

describe("labels", () => {
  test("have keys with or without a domain, and values that may be empty", () => {
    const labels = { app: "web", "example.com/Team_1": "A.b-c_d", empty: "", [letters(63)]: letters(63) };
    expect(labelProblems(labels)).toEqual([]);
  });

  test.each(["", "a b", "-a", "Example.com/a", "/a", "a/", "a/b/c", letters(64)])("may not have the key %j", (key) => {
    expect(labelProblems({ [key]: "x" })).toEqual([
      {
        at: [key],
        message: `label key ${JSON.stringify(key)} must be a Kubernetes label key, like "app" or "example.com/team": at most 63 letters, digits, "-", "_" and ".", behind a domain name and "/" or alone`,
      },
    ]);
  });

  test.each(["a b", "-a", "a/b", "ä", letters(64)])("may not have the value %j", (value) => {
    expect(labelProblems({ app: value })).toEqual([
      {
        at: ["app"],
        message: `label "app" must have a value of at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit, got ${JSON.stringify(value)}`,
      },
    ]);
  });
});

test("annotations have keys like labels, and any value", () => {
  expect(annotationProblems({ "example.com/text": "any {text}: at all" })).toEqual([]);
  expect(annotationProblems({ "a b": "" }).map(({ message }) => message)).toEqual([
    'annotation key "a b" must be a Kubernetes annotation key, like "app" or "example.com/team": at most 63 letters, digits, "-", "_" and ".", behind a domain name and "/" or alone',
  ]);
});
