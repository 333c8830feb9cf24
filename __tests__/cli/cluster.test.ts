import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArguments } from "../../src/cli/arguments";
import { findCluster } from "../../src/cli/cluster";

const folder = mkdtempSync(join(tmpdir(), "cluster-"));
const here = process.cwd();
afterEach(() => process.chdir(here));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

const cluster = (...options: string[]) => findCluster(parseArguments(["fit", "-", ...options]));

describe("without an option, the cluster is the app's", () => {
  test("as the settings file has it that cdktf.json names", () => {
    expect(cluster()).toMatchObject({
      from: "the app's settings file",
      region: "eu-west-1",
      platform: { zones: 2, natGateways: 1, interfaceEndpoints: 0, extendedSupport: false },
      profiles: [{ key: "default", name: "platform-development-fargate-default", hashed: true, selectors: [{}, {}] }],
    });
  });

  test("and where there is none, the other ways to name profiles are told", () => {
    mkdirSync(join(folder, "empty"), { recursive: true });
    process.chdir(join(folder, "empty"));
    expect(() => cluster()).toThrow(
      /^say which Fargate profiles there are: --selector NAMESPACE, --profiles FILE, --stacks FOLDER or --settings FILE; nothing says it now, because there is no settings file at /,
    );
  });

  test("and a cdktf.json that is not JSON is told", () => {
    file("broken/cdktf.json", "{");
    process.chdir(join(folder, "broken"));
    expect(() => cluster()).toThrow(
      /^cdktf.json is not JSON \(.*\); mend it, or name the settings file with --settings$/,
    );
  });
});

describe("--settings", () => {
  test("gives profiles, Region, network and discounts", () => {
    expect(cluster("--settings", "settings/production.yaml")).toMatchObject({
      from: "settings/production.yaml",
      platform: { zones: 3, natGateways: 3 },
    });
  });

  test("gives the zones of an existing VPC, and not what nobody said of its network", () => {
    const existing = readFileSync("settings/development.yaml", "utf8").replace(
      /^network:\n(?: .*\n|\n)*/m,
      "network:\n  existing:\n    vpcId: vpc-0a1b2c3d4e5f67890\n    privateSubnetIds:\n      eu-west-1a: subnet-0a1b2c3d4e5f67890\n      eu-west-1b: subnet-0a1b2c3d4e5f67891\n",
    );
    expect(cluster("--settings", file("existing.yaml", existing)).platform).toEqual({
      zones: 2,
      extendedSupport: false,
    });
  });

  test("gives the instance types of Linux nodes", () => {
    const nodes = `
nodeGroups:
  groups:
    windows: { os: windows-core-2022, instanceTypes: [m5.large], minSize: 1, maxSize: 3 }
    spot: { instanceTypes: [m6i.large, m6a.large], spot: true, minSize: 1, maxSize: 3 }
    arm: { instanceTypes: [m7g.large], minSize: 1, maxSize: 3 }
`;
    const hybrid = file("hybrid.yaml", readFileSync("settings/development.yaml", "utf8") + nodes);
    expect(cluster("--settings", hybrid)).toMatchObject({
      nodes: true,
      instanceTypes: ["m7g.large", "m6i.large", "m6a.large"],
    });
    expect(cluster("--settings", "settings/development.yaml")).toMatchObject({ nodes: false, instanceTypes: [] });
  });

  test("a file that is refused is told with its problems", () => {
    file("refused/settings/development.yaml", "name: 1\n");
    process.chdir(join(folder, "refused"));
    expect(() => cluster()).toThrow(/problems in the settings file "settings\/development.yaml":\n/);
  });

  test("a file that is not there is told", () => {
    expect(() => cluster("--settings", "nowhere.yaml")).toThrow(/^there is no settings file at ".*nowhere.yaml"/);
  });
});

describe("--stacks", () => {
  const profile = (name: string, namespace: string) => ({
    [name]: { fargate_profile_name: name, selector: [{ namespace, labels: { tier: "web" } }, { namespace: "x" }] },
  });

  test("gives the profiles of every stack, by their names in AWS, and the Region", () => {
    file("out/stacks/b/cdk.tf.json", { resource: { aws_eks_fargate_profile: profile("zeta", "web") } });
    file("out/stacks/a/cdk.tf.json", {
      provider: { aws: [{ region: "eu-central-1" }] },
      resource: { aws_eks_fargate_profile: profile("alpha", "data") },
    });
    expect(cluster("--stacks", join(folder, "out"))).toMatchObject({
      region: "eu-central-1",
      profiles: [
        {
          key: "alpha",
          name: "alpha",
          hashed: false,
          selectors: [{ namespace: "data", labels: { tier: "web" } }, { namespace: "x" }],
        },
        { key: "zeta" },
      ],
    });
  });

  test("gives the instance types of Linux nodes", () => {
    file("nodes/stacks/a/cdk.tf.json", {
      resource: {
        aws_eks_fargate_profile: profile("alpha", "data"),
        aws_eks_node_group: {
          linux: { ami_type: "AL2023_x86_64_STANDARD", instance_types: ["m6i.large"] },
          windows: { ami_type: "WINDOWS_CORE_2022_x86_64", instance_types: ["m5.large"] },
        },
      },
    });
    expect(cluster("--stacks", join(folder, "nodes"))).toMatchObject({ nodes: true, instanceTypes: ["m6i.large"] });
    expect(cluster("--stacks", join(folder, "out"))).toMatchObject({ nodes: false, instanceTypes: [] });
  });

  test.each<[string, () => string, RegExp]>([
    [
      "a folder that is not there",
      () => join(folder, "none"),
      /^the folder of --stacks, ".*none", is not there; check/,
    ],
    ["a folder without stacks", () => dirname(file("bare/x.txt", "")), /^there is no cdk.tf.json in .*npm run synth/],
    [
      "stacks without profiles",
      () => dirname(file("vpc/cdk.tf.json", {})),
      /^no stack in ".*vpc" has an aws_eks_fargate_profile; name the folder of one that has$/,
    ],
    [
      "a damaged stack",
      () => dirname(file("bad/cdk.tf.json", '{"resource":')),
      /cdk.tf.json" is not what cdktf synthesizes \(.*\); synthesize it again$/,
    ],
    [
      "a stack of another shape",
      () => dirname(file("odd/cdk.tf.json", { resource: { aws_eks_fargate_profile: { p: { selector: 3 } } } })),
      /is not what cdktf synthesizes \(.*\); synthesize it again$/,
    ],
  ])("%s is refused", (_name, given, message) => {
    expect(() => cluster("--stacks", given())).toThrow(message);
  });
});

describe("--profiles", () => {
  const selectors = [{ namespace: "web", labels: { tier: "web" } }, { namespace: "data" }];
  const web = { key: "web", name: "web", hashed: false, selectors };

  test.each<[string, unknown]>([
    ["a mapping of names", { web: { selectors } }],
    ["a settings file", { name: "shop", fargate: { profiles: { web: { selectors } } } }],
    ["a file of eksctl", { kind: "ClusterConfig", fargateProfiles: [{ name: "web", selectors }] }],
    ["what describe-fargate-profile prints", { fargateProfile: { fargateProfileName: "web", selectors, tags: {} } }],
    ["several of those in a list", [{ fargateProfile: { fargateProfileName: "web", selectors } }]],
    ["a list of names and selectors", [{ name: "web", selectors }]],
  ])("reads %s", (_name, content) => {
    expect(cluster("--profiles", file("profiles.json", content)).profiles).toEqual([web]);
  });

  test("reads YAML, and labels that are null as none", () => {
    const yaml = "web:\n  selectors:\n    - namespace: web\n      labels: null\n";
    expect(cluster("--profiles", file("profiles.yaml", yaml)).profiles).toMatchObject([
      { selectors: [{ namespace: "web" }] },
    ]);
  });

  test.each<[string, unknown, RegExp]>([
    ["a list of numbers", [1], /^".*" holds no Fargate profiles; write them as a mapping of names to/],
    ["no profile", [], /holds no Fargate profiles/],
    ["an empty file", "", /holds no Fargate profiles/],
    ["a mapping of something else", { apiVersion: "v1", kind: "Pod" }, /holds no Fargate profiles/],
    ["a text", "profiles", /holds no Fargate profiles/],
    ["a list in which one has no name", [{ name: "web", selectors }, { selectors }], /holds no Fargate profiles/],
    ["a described profile without a name", [{ fargateProfile: { selectors } }], /holds no Fargate profiles/],
    [
      "a profile of eksctl that selects nothing",
      { fargateProfiles: [{ name: "web" }] },
      /^in ".*": web.selectors: 'selectors' is missing; add it$/,
    ],
    [
      "an entry that is no profile",
      { web: { selectors }, version: 1 },
      /^in ".*": version: 'version' must be a mapping, got 1$/,
    ],
    [
      "a selector without a namespace",
      { web: { selectors: [{ labels: {} }] } },
      /^in ".*": web.selectors.0.namespace: 'namespace' is missing; add it$/,
    ],
    ["broken YAML", "a: [", /^".*" is neither YAML nor JSON: /],
    [
      "a profile without selectors",
      { web: { selectors: [] } },
      /^in ".*": 'selectors' of Fargate profile "web" must hold 1 to 5 entries, got 0; select at least one namespace/,
    ],
  ])("%s is refused", (_name, content, message) => {
    expect(() => cluster("--profiles", file("bad.yaml", content))).toThrow(message);
  });

  test("a file that cannot be read is refused with the reason", () => {
    expect(() => cluster("--profiles", "package.json/x")).toThrow(
      /^the file of --profiles, "package.json\/x", cannot be read: ENOTDIR/,
    );
  });

  test("a file that is not there is refused", () => {
    expect(() => cluster("--profiles", "nowhere.yaml")).toThrow(
      'the file of --profiles, "nowhere.yaml", is not there; check the name, and the folder that you are in',
    );
  });
});

describe("--selector", () => {
  test("makes one profile of all that are given", () => {
    expect(cluster("--selector", "web", "--selector", "data-*:app=db,tier=x").profiles).toEqual([
      {
        key: "selector",
        name: "selector",
        hashed: false,
        selectors: [{ namespace: "web" }, { namespace: "data-*", labels: { app: "db", tier: "x" } }],
      },
    ]);
  });

  test.each([":app=db", "web:", "web:app", "web:app=", "web:=db", "web:a=b,"])("%s is refused", (text) => {
    expect(() => cluster("--selector", text)).toThrow(
      `--selector must be NAMESPACE or NAMESPACE:KEY=VALUE,KEY=VALUE, got "${text}"`,
    );
  });
});

test("a selector that EKS would refuse is refused", () => {
  expect(() => cluster("--selector", "Web")).toThrow(
    /^--selector "Web": 'namespace' must be a Kubernetes namespace .*, got "Web"$/,
  );
});

test("profiles come from one place", () => {
  expect(() => cluster("--selector", "web", "--stacks", "x")).toThrow(
    "--stacks and --selector each name the Fargate profiles; give one of them",
  );
});
