import { allProfiles } from "../../../src/settings/in-cluster/tenants";
import { parseSettings } from "../../../src/settings/load";
import { edited, MINIMAL, problems } from "../refusal";

const QUOTA = "quota: { cpu: '8', memory: 32Gi, pods: 20 }";
const tenants = (yaml: string, before = MINIMAL) => `${before}inCluster:\n  tenants:\n${yaml}\n`;
const shop = (...lines: string[]) => tenants(["    shop:", ...lines.map((line) => `      ${line}`)].join("\n"));

test("a tenant with a quota is accepted", () => {
  expect(parseSettings(shop(QUOTA), "team.yaml").inCluster?.tenants).toEqual({
    shop: { quota: { cpu: "8", memory: "32Gi", pods: 20 } },
  });
});

test("a tenant that says all is accepted", () => {
  const text = shop(
    QUOTA,
    "containerDefaults: { cpu: 500m, memory: 1Gi }",
    "guaranteedOnly: true",
    "podSecurity: { enforce: restricted, warn: restricted }",
    "labels: { team: shop }",
    "annotations: { example.com/owner: shop }",
    "zones: [eu-west-1a]",
    "profileName: shop",
    "serviceAccounts:",
    "  plain: {}",
    "  api:",
    "    policyArns: { tables: arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess }",
    "    statements: [{ actions: [s3:GetObject], resources: ['arn:aws:s3:::shop/*'] }]",
    "    roleName: shop-api",
    "access: { developers: { principal: 'arn:aws:iam::111122223333:role/shop', level: edit } }",
  );
  expect(() => parseSettings(text, "team.yaml")).not.toThrow();
});

test("its profile is one of the cluster's, behind the others", () => {
  const settings = parseSettings(tenants(`    b: { ${QUOTA} }\n    a: { ${QUOTA}, profileName: aa }`), "team.yaml");
  expect(allProfiles(settings).map(({ key, name }) => [key, name])).toEqual([
    ["default", "platform-fargate-default"],
    ["a", "aa"],
    ["b", "platform-fargate-b"],
  ]);
});

test("a tenant without a quota is refused, and one with a malformed one at its line", () => {
  expect(problems(shop("labels: {}"))).toEqual(["line 18, inCluster.tenants.shop.quota: 'quota' is missing; add it"]);
  expect(problems(shop("quota: { cpu: 8 GB, memory: 32Gi, pods: 0 }"))).toEqual([
    `line 18, inCluster.tenants.shop.quota.cpu: 'cpu' of 'quota' must be a Kubernetes quantity above 0, like "4" or "500m", got "8 GB"`,
    "line 18, inCluster.tenants.shop.quota.pods: 'pods' of 'quota' must be a whole number of at least 1, got 0",
  ]);
});

test("a name that cannot be a new namespace is refused", () => {
  expect(problems(tenants(`    kube-shop: { ${QUOTA} }`))).toEqual([
    expect.stringMatching(/^line 17, inCluster.tenants.kube-shop: 'name' of a tenant must be that of a new namespace/),
  ]);
});

test("a tenant whose pods another profile takes, or whose profile is there already, is refused", () => {
  const text = edited("- namespace: kube-system", '- namespace: "*"');
  expect(problems(tenants(`    shop: { ${QUOTA} }`, text))).toEqual([
    expect.stringMatching(/^line 17, inCluster.tenants.shop: Fargate profiles "default" and "shop" both take a pod/),
  ]);
  const taken = edited("    default:\n", "    shop:\n");
  expect(problems(tenants(`    shop: { ${QUOTA} }`, taken))).toEqual([
    `line 17, inCluster.tenants.shop: Fargate profile "shop" is there already; give each profile a name of its own`,
  ]);
});

test("more tenants than the cluster may have profiles are refused, unless the quota is raised", () => {
  const many = Array.from({ length: 10 }, (_, index) => `    team-${index}: { ${QUOTA} }`).join("\n");
  expect(problems(tenants(many))).toEqual([
    expect.stringMatching(
      /inCluster.tenants.team-9: a cluster must have at most 10 Fargate profiles, "team-9" would be/,
    ),
  ]);
  const raised = `${MINIMAL}  limits: { profilesPerCluster: 11 }\n`;
  expect(() => parseSettings(tenants(many, raised), "team.yaml")).not.toThrow();
});

test("zones that the network does not have are refused", () => {
  expect(problems(shop(QUOTA, "zones: [eu-west-1c]"))).toEqual([
    expect.stringMatching(/^line 19, inCluster.tenants.shop.zones(\.0)?: .*"eu-west-1c"/),
  ]);
});

test("names that AWS does not take are refused, the derived ones as well", () => {
  const name = "t".repeat(60);
  expect(problems(tenants(`    ${name}: { ${QUOTA}, serviceAccounts: { api: {} } }`))).toEqual([
    expect.stringMatching(
      /inCluster.tenants.t+: the name of a Fargate profile must be .*; choose a shorter name of the/,
    ),
    expect.stringMatching(/inCluster.tenants.t+: the name of an IAM role .*; choose a shorter name of the tenant$/),
    expect.stringMatching(
      /inCluster.tenants.t+.serviceAccounts.api: the name of an IAM role .* set a shorter 'roleName'$/,
    ),
  ]);
  expect(problems(shop(QUOTA, "profileName: eks-shop", "serviceAccounts: { api: { roleName: a b } }"))).toEqual([
    expect.stringMatching(/^line 19, inCluster.tenants.shop.profileName: the name of a Fargate profile must not begin/),
    expect.stringMatching(/^line 20, inCluster.tenants.shop.serviceAccounts.api.roleName: the name of an IAM role/),
  ]);
});

test("service accounts that are no new ones are refused", () => {
  expect(problems(shop(QUOTA, "serviceAccounts: { default: {}, API: {} }"))).toEqual([
    expect.stringMatching(/serviceAccounts.default: service account "default" of tenant "shop" is there already/),
    expect.stringMatching(/serviceAccounts.API: 'serviceAccount' must be a Kubernetes name/),
  ]);
});

describe("a principal", () => {
  const granted = (arn: string) => `access: { team: { principal: '${arn}', level: edit } }`;

  test("that is none is refused", () => {
    expect(problems(shop(QUOTA, granted("shop")))).toEqual([
      expect.stringMatching(
        /^line 19, inCluster.tenants.shop.access.team.principal: 'principal' of access "team" must be/,
      ),
    ]);
  });

  test("that has access already is refused, as EKS has one entry for each", () => {
    const admin = "arn:aws:iam::111122223333:role/platform-admin";
    const fix = "and EKS takes one entry for each; grant the policies of all its namespaces there, and remove it here";
    expect(problems(shop(QUOTA, granted(admin)))).toEqual([
      `line 19, inCluster.tenants.shop.access.team.principal: 'principal' "${admin}" has access as "admins" of the cluster's 'access' already, ${fix}`,
    ]);
    const role = "arn:aws:iam::111122223333:role/team";
    const both = `    b: { ${QUOTA}, ${granted(role)} }\n    a: { ${QUOTA}, ${granted(role)} }`;
    expect(problems(tenants(both))).toEqual([
      `line 17, inCluster.tenants.b.access.team.principal: 'principal' "${role}" has access as "team" of tenant "a" already, ${fix}`,
    ]);
  });
});
