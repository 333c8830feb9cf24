import { hasWildcards, serviceAccountProblems } from "../../src/model/service-account";

const ref = (namespace: string, serviceAccount: string) => ({ namespace, serviceAccount });

test.each([ref("a", "a"), ref("ab", "ab"), ref("kube-system", "aws-node.v2"), ref("n".repeat(63), "s".repeat(253))])(
  "%j is accepted",
  (account) => {
    expect(serviceAccountProblems(account, false)).toEqual([]);
  },
);

test.each(["", "Web", "-a", "a-", "a.b", "a_b", "n".repeat(64)])("namespace %j is refused", (namespace) => {
  expect(serviceAccountProblems(ref(namespace, "app"), false)).toEqual([
    {
      at: ["namespace"],
      message: `'namespace' must be a Kubernetes name (1 to 63 lower-case letters, digits and "-", beginning and ending with a letter or digit), got "${namespace}"`,
    },
  ]);
});

test.each(["", "App", ".a", "a-", "a:b", "s".repeat(254)])("service account %j is refused", (serviceAccount) => {
  expect(serviceAccountProblems(ref("web", serviceAccount), false)).toEqual([
    {
      at: ["serviceAccount"],
      message: `'serviceAccount' must be a Kubernetes name (1 to 253 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit), got "${serviceAccount}"`,
    },
  ]);
});

test.each([
  [ref("web-*", "app"), "namespace", "web-*"],
  [ref("web", "?"), "serviceAccount", "?"],
])("a wildcard that is not asked for is refused: %j", (account, property, name) => {
  expect(serviceAccountProblems(account, false)).toEqual([
    {
      at: [property],
      message: `'${property}' "${name}" holds a wildcard, which would let other service accounts assume the role; name it exactly, or set 'allowWildcards'`,
    },
  ]);
});

test.each([ref("*", "*"), ref("web-?", "*-app")])("a wildcard that is asked for is accepted: %j", (account) => {
  expect(serviceAccountProblems(account, true)).toEqual([]);
});

test("beside wildcards the rules of names hold", () => {
  expect(serviceAccountProblems(ref("Web-*", "*_"), true).map(({ at }) => at)).toEqual([
    ["namespace"],
    ["serviceAccount"],
  ]);
});

test.each([
  [ref("web", "app"), false],
  [ref("web-*", "app"), true],
  [ref("web", "app-?"), true],
])("%j has wildcards: %p", (account, expected) => {
  expect(hasWildcards(account)).toBe(expected);
});
