import { type NodeTaint, nodeLabelProblems, taintProblems } from "../../src/model/node-labels";

const labels = (given: Record<string, string>) => nodeLabelProblems(given).map(({ message }) => message);
const taints = (...given: NodeTaint[]) => taintProblems(given).map(({ message }) => message);

describe("labels of nodes", () => {
  test("may be Kubernetes labels in domains of one's own", () => {
    expect(labels({ team: "web", "example.com/team": "web-1.x", "kubernetes.io.example.com/a": "b" })).toEqual([]);
  });

  test("must be Kubernetes labels", () => {
    expect(labels({ "a b": "x", team: "a b" })).toEqual([
      expect.stringMatching(/^label key "a b" must be a Kubernetes label key, /),
      expect.stringMatching(/^label "team" must have a value of at most 63 letters, /),
    ]);
  });

  test("have at most 63 characters in their whole key", () => {
    const key = (length: number) => `example.com/${"a".repeat(length - "example.com/".length)}`;
    expect(labels({ [key(63)]: "x" })).toEqual([]);
    expect(labels({ [key(64)]: "x" })).toEqual([
      `the key of a label of nodes must have at most 63 characters in all, got "${key(64)}" (64)`,
    ]);
  });

  test.each([
    "kubernetes.io/role",
    "node.kubernetes.io/role",
    "k8s.io/role",
    "x.k8s.io/role",
    "eks.amazonaws.com/role",
  ])("may not be in a domain that is kept: %s", (key) => {
    expect(labels({ [key]: "x" })).toEqual([
      `label "${key}" must not be in the domain kubernetes.io, k8s.io or eks.amazonaws.com, which Kubernetes and EKS keep for themselves; use one of your own, like "example.com/role"`,
    ]);
  });

  test("have a value", () => {
    expect(labels({ team: "" })).toEqual([
      'label "team" must have a value, which EKS wants of labels of nodes; give it one, like "true"',
    ]);
  });

  test("are left to AWS where their value is not known yet", () => {
    expect(nodeLabelProblems({ team: "not known" }, () => false)).toEqual([]);
  });

  test("are found at their key", () => {
    expect(nodeLabelProblems({ ok: "x", "a b": "x" }).map(({ at }) => at)).toEqual([["labels", "a b"]]);
  });
});

describe("taints of nodes", () => {
  test("may have a value or none, and one key several effects", () => {
    expect(
      taints(
        { key: "dedicated", value: "gpu", effect: "NO_SCHEDULE" },
        { key: "dedicated", value: "gpu", effect: "NO_EXECUTE" },
        { key: "node.kubernetes.io/mine", effect: "PREFER_NO_SCHEDULE" },
        { key: "empty", value: "", effect: "NO_SCHEDULE" },
      ),
    ).toEqual([]);
  });

  test("have the key and the value of a label", () => {
    expect(taints({ key: "a b", effect: "NO_SCHEDULE" }, { key: "a", value: "b c", effect: "NO_SCHEDULE" })).toEqual([
      expect.stringMatching(/^taint key "a b" must be a Kubernetes taint key, /),
      expect.stringMatching(/^taint "a" must have a value of at most 63 letters, .*, got "b c"$/),
    ]);
  });

  test("have at most 63 characters in their whole key", () => {
    const key = `example.com/${"a".repeat(52)}`;
    expect(taints({ key, effect: "NO_SCHEDULE" })).toEqual([
      `the key of a taint of nodes must have at most 63 characters in all, got "${key}" (64)`,
    ]);
  });

  test("do not have the effect as Kubernetes writes it", () => {
    expect(taints({ key: "a", effect: "NoSchedule" as "NO_SCHEDULE" })).toEqual([
      `'effect' of taint "a" must be "NO_SCHEDULE" or "NO_EXECUTE" or "PREFER_NO_SCHEDULE", got "NoSchedule"`,
    ]);
  });

  test("are not there twice", () => {
    const twice = taints(
      { key: "a", value: "1", effect: "NO_SCHEDULE" },
      { key: "a", value: "2", effect: "NO_SCHEDULE" },
    );
    expect(twice).toEqual([
      'taint "a" with effect "NO_SCHEDULE" is there twice, and Kubernetes takes one; keep one of them',
    ]);
  });

  test("are not more than 50", () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index): NodeTaint => ({ key: `t${index}`, effect: "NO_SCHEDULE" }));
    expect(taints(...many(50))).toEqual([]);
    expect(taints(...many(51))).toEqual([
      "'taints' must hold at most 50 entries, got 51; use fewer, pods can be told apart by a value",
    ]);
  });

  test("are found at their place", () => {
    const ok = { key: "ok", effect: "NO_SCHEDULE" } as const;
    expect(taintProblems([ok, { key: "a b", effect: "NO_SCHEDULE" }]).map(({ at }) => at)).toEqual([["taints", 1]]);
  });
});
