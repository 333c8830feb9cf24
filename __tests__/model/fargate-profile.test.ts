import {
  CORE_DNS_POD,
  type FargateProfileSpec,
  noCoreDnsProblem,
  overlapProblems,
  profileNameProblem,
  profileProblems,
  profileSetProblems,
  takesCoreDns,
} from "../../src/model/fargate-profile";
import { selectorMatches } from "../../src/model/fargate-selector";
import { DEFAULT_FARGATE_LIMITS } from "../../src/model/limits";

const profile = (key: string, ...namespaces: string[]): FargateProfileSpec => ({
  key,
  selectors: namespaces.map((namespace) => ({ namespace })),
});
const many = (count: number) => Array.from({ length: count }, (_, n) => profile(`p${n}`, `n${n}`));

describe("profileNameProblem", () => {
  test.each(["a", "ab", "platform-fargate-web", "A_1", "x".repeat(63), "my-eks-profile"])("%j is accepted", (name) => {
    expect(profileNameProblem(name, "")).toBeUndefined();
  });

  test.each(["", "-a", "a-", "_a", "a b", "a.b", "x".repeat(64)])("%j is refused", (name) => {
    expect(profileNameProblem(name, "give another 'profileName'")).toBe(
      `the name of a Fargate profile must be 1 to 63 letters, digits, "-" and "_", beginning and ending with a letter or digit, got "${name}" (${name.length}); give another 'profileName'`,
    );
  });

  test("a name leaves room for the hash of create-before-destroy", () => {
    expect(profileNameProblem("x".repeat(54), "", true)).toBeUndefined();
    expect(profileNameProblem("x".repeat(55), "set another 'profileName'", true)).toBe(
      `the name of a Fargate profile must be 1 to 54 letters, digits, "-" and "_", beginning and ending with a letter or digit, before the hash of "create-before-destroy", got "${"x".repeat(55)}" (55); set another 'profileName'`,
    );
  });

  test("names that EKS keeps for itself are refused", () => {
    expect(profileNameProblem("eks-web", "give another 'profileName'")).toBe(
      'the name of a Fargate profile must not begin with "eks-", which EKS keeps for itself, got "eks-web"; give another \'profileName\'',
    );
  });
});

describe("profileProblems", () => {
  test("one selector is enough and five are the most", () => {
    expect(profileProblems(profile("web", "a"), DEFAULT_FARGATE_LIMITS)).toEqual([]);
    expect(profileProblems(profile("web", "a", "b", "c", "d", "e"), DEFAULT_FARGATE_LIMITS)).toEqual([]);
  });

  test("no selector is refused with an example", () => {
    expect(profileProblems(profile("web"), DEFAULT_FARGATE_LIMITS)).toEqual([
      {
        at: ["selectors"],
        message: `'selectors' of Fargate profile "web" must hold 1 to 5 entries, got 0; select at least one namespace, like { namespace: "default" }`,
      },
    ]);
  });

  test("six selectors are refused, unless the quota was raised", () => {
    const six = profile("web", "a", "b", "c", "d", "e", "f");
    expect(profileProblems(six, DEFAULT_FARGATE_LIMITS)).toEqual([
      {
        at: ["selectors"],
        message: `'selectors' of Fargate profile "web" must hold 1 to 5 entries, got 6; split it into two profiles, or raise 'selectorsPerProfile' when AWS has raised your quota L-D78D8AF8`,
      },
    ]);
    expect(profileProblems(six, { ...DEFAULT_FARGATE_LIMITS, selectorsPerProfile: 6 })).toEqual([]);
  });

  test("problems of a selector name its place", () => {
    expect(profileProblems(profile("web", "ok", "Not"), DEFAULT_FARGATE_LIMITS).map(({ at }) => at)).toEqual([
      ["selectors", 1, "namespace"],
    ]);
  });
});

describe("profileSetProblems", () => {
  test("a cluster takes ten profiles", () => {
    expect(profileSetProblems(profile("web", "web"), many(9), DEFAULT_FARGATE_LIMITS)).toEqual([]);
  });

  test("the eleventh profile is refused, unless the quota was raised", () => {
    expect(profileSetProblems(profile("web", "web"), many(10), DEFAULT_FARGATE_LIMITS)).toEqual([
      {
        at: [],
        message: `a cluster must have at most 10 Fargate profiles, "web" would be number 11; merge profiles (each takes 5 selectors), or raise 'profilesPerCluster' when AWS has raised your quota L-33415657`,
      },
    ]);
    const raised = { ...DEFAULT_FARGATE_LIMITS, profilesPerCluster: 11 };
    expect(profileSetProblems(profile("web", "web"), many(10), raised)).toEqual([]);
  });

  test("a key that is taken is refused", () => {
    expect(profileSetProblems(profile("p3", "web"), many(4), DEFAULT_FARGATE_LIMITS)).toEqual([
      { at: [], message: 'Fargate profile "p3" is there already; give each profile a name of its own' },
    ]);
  });
});

describe("overlapProblems", () => {
  test("profiles for other namespaces do not overlap", () => {
    expect(overlapProblems(profile("web", "web"), many(5))).toEqual([]);
  });

  test("a pod that two profiles take is shown", () => {
    const jobs = { key: "jobs", selectors: [{ namespace: "batch" }, { namespace: "web-*", labels: { app: "job" } }] };
    expect(overlapProblems(jobs, [profile("web", "api", "web-?")])).toEqual([
      {
        at: ["selectors"],
        message: `Fargate profiles "web" and "jobs" both take a pod in namespace "web-a" with labels app=job, and EKS would pick one of them by name; make the selectors exclude each other (a label with another value in each does), or set 'allowOverlap'`,
      },
    ]);
  });

  test("each other profile that overlaps is named once", () => {
    expect(overlapProblems(profile("all", "*", "*"), many(3))).toHaveLength(3);
  });

  test("selectors of one and the same profile may overlap", () => {
    expect(overlapProblems(profile("web", "web", "web-*"), [])).toEqual([]);
  });
});

describe("CoreDNS", () => {
  test.each([
    [{ namespace: "kube-system" }],
    [{ namespace: "kube-*" }],
    [{ namespace: "kube-system", labels: { "k8s-app": "kube-dns" } }],
  ])("%j takes its pods", (selector) => {
    expect(takesCoreDns({ key: "system", selectors: [{ namespace: "default" }, selector] })).toBe(true);
    expect(selectorMatches(selector, CORE_DNS_POD)).toBe(true);
  });

  test.each([[{ namespace: "default" }], [{ namespace: "kube-system", labels: { app: "coredns" } }]])(
    "%j does not take its pods",
    (selector) => {
      expect(takesCoreDns({ key: "system", selectors: [selector] })).toBe(false);
    },
  );

  test("one profile that takes them is enough", () => {
    expect(noCoreDnsProblem("platform", [...many(2), profile("system", "kube-system")])).toBeUndefined();
  });

  test("profiles that all leave them are refused with the selector to add", () => {
    expect(noCoreDnsProblem("platform", many(2))).toBe(
      'no Fargate profile of cluster "platform" takes the pods of CoreDNS, and there are no nodes, so they would stay Pending and no pod could resolve a name; add a selector { namespace: "kube-system" } (or with labels k8s-app=kube-dns) to a profile',
    );
  });

  test("no profile at all is refused in the same words", () => {
    expect(noCoreDnsProblem("platform", [])).toMatch(/^no Fargate profile of cluster "platform"/);
  });

  test("nodes with room for them are enough", () => {
    const group = { instanceTypes: ["m6i.large"], minSize: 1, maxSize: 2 };
    expect(noCoreDnsProblem("platform", [], [{ ...group, minSize: 0 }, group])).toBeUndefined();
  });

  test("nodes without room for them are refused, with what room is", () => {
    const group = { instanceTypes: ["m6i.large"], minSize: 0, maxSize: 2 };
    expect(noCoreDnsProblem("platform", many(2), [group])).toBe(
      `no Fargate profile of cluster "platform" takes the pods of CoreDNS, and no node group has room for them (a 'desiredSize' of Linux nodes of at least 1, and no taint that they do not tolerate), so they would stay Pending and no pod could resolve a name; add a selector { namespace: "kube-system" } (or with labels k8s-app=kube-dns) to a profile, or a node group that has room for them`,
    );
  });
});
