import type { Problem } from "../../src/model/problem";
import {
  canonicalQuantity,
  LARGEST_POD,
  type TenantSpec,
  tenantGrant,
  tenantProblems,
  tenantServiceAccountProblems,
} from "../../src/model/tenant";

const QUOTA = { cpu: "8", memory: "32Gi", pods: 20 };

const shown = (problems: readonly Problem[]) => problems.map(({ at, message }) => [at.join("."), message]);
const problems = (tenant: Partial<TenantSpec>) => shown(tenantProblems({ name: "shop", quota: QUOTA, ...tenant }));

describe("a tenant", () => {
  test("may say little or all", () => {
    expect(problems({})).toEqual([]);
    expect(
      problems({
        quota: { ...QUOTA, ephemeralStorage: "100Gi", persistentVolumeClaims: 0, loadBalancers: 0 },
        containerDefaults: { cpu: "8", memory: "32Gi" },
        guaranteedOnly: true,
        podSecurity: { enforce: "restricted", warn: "privileged" },
        labels: { team: "shop" },
        annotations: { "example.com/owner": "the shop's team" },
        access: { developers: { principal: "arn:aws:iam::111122223333:role/shop", level: "edit" } },
      }),
    ).toEqual([]);
  });

  test("is called by a Kubernetes name", () => {
    expect(problems({ name: "Shop" })).toEqual([
      ["", expect.stringMatching(/^'name' of a tenant must be a Kubernetes name .* got "Shop"$/)],
    ]);
  });

  test.each(["default", "kube-system", "kube-shop", "aws-observability"])("is not called %s", (name) => {
    expect(problems({ name })).toEqual([
      [
        "",
        `'name' of a tenant must be that of a new namespace, not "default", "aws-observability" or one that begins with "kube-", got "${name}"`,
      ],
    ]);
  });

  test("says of Pod Security what Kubernetes knows, and in one place", () => {
    expect(
      problems({
        podSecurity: { enforce: "strict" as "baseline" },
        labels: { "pod-security.kubernetes.io/enforce": "baseline" },
      }),
    ).toEqual([
      [
        "podSecurity.enforce",
        `'enforce' of 'podSecurity' must be "privileged", "baseline" or "restricted", got "strict"`,
      ],
      [
        "labels.pod-security.kubernetes.io/enforce",
        `label "pod-security.kubernetes.io/enforce" of tenant "shop" must be left out; say it as 'podSecurity'`,
      ],
    ]);
  });

  test("has labels and annotations that Kubernetes takes", () => {
    const wrong = problems({ labels: { "a b": "c" }, annotations: { "d e": "f" } });
    expect(wrong.map(([path]) => path)).toEqual(["labels.a b", "annotations.d e"]);
  });

  test("grants access to its namespace alone, in a level that EKS has", () => {
    const principal = "arn:aws:iam::111122223333:role/shop";
    expect(tenantGrant("shop", { principal, level: "view" })).toEqual({
      principal,
      policies: [{ policy: "AmazonEKSViewPolicy", namespaces: ["shop"] }],
    });
    expect(problems({ access: { team: { principal, level: "owner" as "admin" } } })).toEqual([
      ["access.team.level", `'level' of access "team" must be one of "admin", "edit", "view", got "owner"`],
    ]);
  });
});

describe("the quota of a tenant", () => {
  test.each([
    ["cpu", "0", '"4" or "500m"'],
    ["memory", "8 GB", '"8Gi"'],
    ["ephemeralStorage", "-1", '"40Gi"'],
  ])("is not %s %s", (property, value, like) => {
    expect(problems({ quota: { ...QUOTA, [property]: value } })).toEqual([
      [
        `quota.${property}`,
        `'${property}' of 'quota' must be a Kubernetes quantity above 0, like ${like}, got "${value}"`,
      ],
    ]);
  });

  test.each([
    ["pods", 0, 1],
    ["persistentVolumeClaims", -1, 0],
    ["loadBalancers", 0.5, 0],
  ])("is not %s %p", (property, value, least) => {
    expect(problems({ quota: { ...QUOTA, [property]: value } })).toEqual([
      [`quota.${property}`, `'${property}' of 'quota' must be a whole number of at least ${least}, got ${value}`],
    ]);
  });

  test("holds at least a container that says nothing", () => {
    expect(problems({ quota: { ...QUOTA, cpu: "200m" } })).toEqual([
      [
        "quota.cpu",
        `'cpu' of 'quota' must be at least what a container gets that says nothing, "250m", got "200m"; raise it, or lower 'containerDefaults'`,
      ],
    ]);
    expect(problems({ quota: { ...QUOTA, memory: "1Gi" }, containerDefaults: { cpu: "1", memory: "2Gi" } })).toEqual([
      ["quota.memory", expect.stringMatching(/^'memory' of 'quota' must be at least .* "2Gi", got "1Gi"/)],
    ]);
  });
});

test("a container that says nothing fits into a pod on Fargate", () => {
  const quota = { ...QUOTA, cpu: "100", memory: "1Ti" };
  expect(problems({ quota, containerDefaults: LARGEST_POD })).toEqual([]);
  expect(problems({ quota, containerDefaults: { cpu: "17", memory: "120Gi" } })).toEqual([
    [
      "containerDefaults.cpu",
      `'cpu' of 'containerDefaults' must be at most 16, the most that a pod on Fargate can request, got "17"`,
    ],
    [
      "containerDefaults.memory",
      `'memory' of 'containerDefaults' must be at most 122624Mi, the most that a pod on Fargate can request, got "120Gi"`,
    ],
  ]);
  expect(problems({ containerDefaults: { cpu: "x", memory: "512Mi" } })).toEqual([
    ["containerDefaults.cpu", expect.stringMatching(/^'cpu' of 'containerDefaults' must be a Kubernetes quantity/)],
  ]);
});

test("quantities are written as the API gives them back", () => {
  expect(["8000m", "0.5", "8"].map((quantity) => canonicalQuantity("cpu", quantity))).toEqual(["8", "500m", "8"]);
  expect(["2048Gi", "1024Mi", "100e9"].map((quantity) => canonicalQuantity("bytes", quantity))).toEqual([
    "2Ti",
    "1Gi",
    "100G",
  ]);
});

test("service accounts have names of their own", () => {
  expect(tenantServiceAccountProblems("shop", "api")).toEqual([]);
  expect(shown(tenantServiceAccountProblems("shop", "default"))).toEqual([
    [
      "",
      `service account "default" of tenant "shop" is there already, and every pod has it that names no other; choose another name`,
    ],
  ]);
  expect(shown(tenantServiceAccountProblems("Shop", "API"))).toEqual([
    ["", expect.stringMatching(/^'serviceAccount' must be a Kubernetes name .* got "API"$/)],
  ]);
});
