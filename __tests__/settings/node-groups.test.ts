import { parseSettings } from "../../src/settings/load";
import { linuxNodeGroups, nodeGroupSpecs } from "../../src/settings/node-group-specs";
import { edited, MINIMAL, problems } from "./refusal";

const GENERAL = "general: { instanceTypes: [m6i.large], minSize: 1, maxSize: 3 }";
const WINDOWS = "windows: { os: windows-core-2022, instanceTypes: [m6i.large], minSize: 1, maxSize: 3 }";

/** The minimal settings with node groups, and more of the section `nodeGroups` or of the file behind them. */
const withGroups = (groups: string, more = "", file = MINIMAL) =>
  `${file}nodeGroups:\n  groups:\n    ${groups.split("\n").join("\n    ")}\n${more}`;

const accepted = (text: string) => expect(parseSettings(text, "team.yaml")).toBeDefined();

describe("nodeGroups", () => {
  test("may be one group of Linux nodes", () => {
    accepted(withGroups(GENERAL));
  });

  test("may say everything", () => {
    accepted(
      withGroups(
        `${GENERAL}
everything:
  os: al2023
  instanceTypes: [g5.xlarge]
  accelerator: nvidia
  minSize: 0
  maxSize: 5
  desiredSize: 1
  volumeSizeInGib: 100
  zones: [eu-west-1b]
  spot: true
  labels: { example.com/team: web }
  taints: [{ key: gpu, effect: NO_SCHEDULE }, { key: team, value: web, effect: NO_EXECUTE }]
  tags: { team: web }
  maxUnavailablePercentage: 50
  releaseVersion: 1.36.0-20261101
  forceUpdate: true
  nodeGroupName: mine
${WINDOWS}`,
        `  nodeRole: own
  sessionManager: true
  replacement: create-before-destroy
  networking: { networkPolicy: true, vpcCniVersion: v1.20.1-eksbuild.1, kubeProxyVersion: v1.36.0-eksbuild.2, roleName: cni }
  limits: { groupsPerCluster: 40, nodesPerGroup: 500 }
ebsCsiDriver:
  kmsKeyArns: ["arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"]
  addonVersion: v1.50.1-eksbuild.1
  roleName: ebs
`,
      ),
    );
  });

  test("without a group are refused", () => {
    expect(problems(`${MINIMAL}nodeGroups: { groups: {} }\n`)).toEqual([
      "line 15, nodeGroups.groups: 'groups' must hold at least one node group; remove 'nodeGroups' to have no nodes",
    ]);
  });

  test("are refused at the line of what is wrong, by the rules of the model", () => {
    expect(
      problems(
        withGroups(
          "general:\n  instanceTypes: [m6i.large]\n  minSize: 4\n  maxSize: 3\n  taints:\n    - { key: a b, effect: NO_SCHEDULE }",
        ),
      ),
    ).toEqual([
      `line 19, nodeGroups.groups.general.minSize: 'minSize' of node group "general" must be at most 'maxSize' 3, got 4`,
      expect.stringMatching(/^line 22, nodeGroups.groups.general.taints.0: taint key "a b" must be/),
    ]);
  });

  test("of an operating system that there is none of are refused with those that there are", () => {
    expect(problems(withGroups("general: { os: al2, instanceTypes: [m6i.large], minSize: 1, maxSize: 3 }"))).toEqual([
      expect.stringMatching(
        /^line 17, nodeGroups.groups.general.os: 'os' must be "al2023" or "bottlerocket" or "windows-core-2019" or /,
      ),
    ]);
  });

  test("are as many as the quota allows", () => {
    const many = Array.from({ length: 31 }, (_, index) =>
      GENERAL.replace("general", `g${String(index).padStart(2, "0")}`),
    ).join("\n");
    expect(problems(withGroups(many))).toEqual([expect.stringContaining('"g30" would be number 31')]);
    accepted(withGroups(many, "  limits: { groupsPerCluster: 31 }\n"));
  });

  test("in a zone where the VPC has no private subnet are refused", () => {
    expect(problems(withGroups(GENERAL.replace("minSize", "zones: [eu-west-1c], minSize")))).toEqual([
      `line 17, nodeGroups.groups.general.zones: 'zones' names "eu-west-1c", where the VPC has no private subnet; it has them in "eu-west-1a", "eu-west-1b"`,
    ]);
  });

  test("with a key from which no name of a group can be made are refused", () => {
    expect(problems(withGroups(GENERAL.replace("general", '"a b"')))).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^line 17, nodeGroups.groups.a b: the name of an EKS node group must be .* got "platform-nodes-a b" .*; set another 'nodeGroupName'$/,
        ),
      ]),
    );
  });

  test("whose name has no room for the hash of create-before-destroy are refused", () => {
    const named = GENERAL.replace("minSize", `nodeGroupName: ${"n".repeat(55)}, minSize`);
    accepted(withGroups(named));
    expect(problems(withGroups(named, "  replacement: create-before-destroy\n"))).toEqual([
      expect.stringContaining("must be 1 to 54 characters"),
    ]);
  });

  test.each([
    ["shared", GENERAL, 58, "-nodes"],
    ["shared", `${GENERAL}\n${WINDOWS}`, 50, "-nodes-windows"],
    ["own", GENERAL, 50, "-nodes-general"],
  ])("with a name from which a %s role of nodes would be too long are refused", (nodeRole, groups, most, end) => {
    const text = (length: number) =>
      withGroups(groups, `  nodeRole: ${nodeRole}\n`, edited("name: platform", `name: ${"n".repeat(length)}`));
    const about = (length: number) => {
      try {
        return problems(text(length)).filter((line) => line.includes(`n${end}" (`));
      } catch {
        return [];
      }
    };
    expect(about(most).filter((line) => line.includes("IAM role"))).toEqual([]);
    expect(about(most + 1)).toEqual(
      expect.arrayContaining([expect.stringMatching(new RegExp(`^line 1, name: .*${end}" \\(65\\)`))]),
    );
  });

  test("with a name from which the role of the VPC CNI would be too long are refused, unless it has its own", () => {
    const text = (more: string) => withGroups(GENERAL, more, edited("name: platform", `name: ${"n".repeat(57)}`));
    const about = (more: string) => problems(text(more)).filter((line) => line.includes("-vpc-cni"));
    expect(about("")).toEqual([expect.stringContaining(`-vpc-cni" (65); set a shorter 'roleName'`)]);
    expect(about("  networking: { roleName: cni }\n")).toEqual([]);
  });
});

describe("Windows nodes", () => {
  test("are accepted beside Linux ones, and get their addresses", () => {
    accepted(withGroups(`${GENERAL}\n${WINDOWS}`));
  });

  test("are refused alone, even where CoreDNS runs on Fargate", () => {
    expect(problems(withGroups(WINDOWS))).toEqual([
      `line 17, nodeGroups.groups.windows.os: node group "windows" has Windows nodes, and the cluster has no Linux ones, on which the pods of the system run; add a group with 'os' "al2023" or "bottlerocket"`,
    ]);
  });

  test("are refused where EKS does not offer them", () => {
    const china = MINIMAL.replaceAll("eu-west-1", "cn-north-1").replace("arn:aws:", "arn:aws-cn:");
    expect(problems(withGroups(`${GENERAL}\n${WINDOWS}`, "", china))).toEqual([
      expect.stringContaining("in the commercial Regions of AWS only"),
    ]);
  });
});

describe("CoreDNS", () => {
  const NO_PROFILE = edited("namespace: kube-system", "namespace: web");

  test("runs on nodes where no profile takes it", () => {
    accepted(withGroups(GENERAL, "", NO_PROFILE));
  });

  test("is refused where nodes have no room for it either", () => {
    const tainted = GENERAL.replace("minSize", "taints: [{ key: a, effect: NO_SCHEDULE }], minSize");
    expect(problems(withGroups(tainted, "", NO_PROFILE))).toEqual([
      expect.stringMatching(
        /^line 12, fargate.profiles: no Fargate profile of cluster "platform" takes the pods of CoreDNS, and no node group has room for them/,
      ),
    ]);
  });

  test("needs no profile at all where there are nodes", () => {
    accepted(withGroups(GENERAL, "", `${MINIMAL.slice(0, MINIMAL.indexOf("  profiles:"))}  profiles: {}\n`));
  });
});

describe("ebsCsiDriver", () => {
  test("may be empty", () => {
    accepted(withGroups(GENERAL, "ebsCsiDriver: {}\n"));
  });

  test("is refused without nodes", () => {
    expect(problems(`${MINIMAL}ebsCsiDriver: {}\n`)).toEqual([
      "line 15, ebsCsiDriver: 'ebsCsiDriver' needs Linux nodes, as pods on Fargate cannot mount EBS volumes, and there are none; add a node group that has room for its pods, or use EFS",
    ]);
  });

  test("is refused where nodes have no room for its pods", () => {
    expect(problems(withGroups(GENERAL.replace("minSize: 1", "minSize: 0"), "ebsCsiDriver: {}\n"))).toEqual([
      expect.stringContaining("and no node group has room for them"),
    ]);
  });

  test("is refused with the alias of a key, and with a role that cannot be", () => {
    expect(problems(withGroups(GENERAL, "ebsCsiDriver: { kmsKeyArns: [alias/x], roleName: a b }\n"))).toEqual([
      expect.stringMatching(/^line 18, ebsCsiDriver.roleName: the name of an IAM role must be/),
      expect.stringMatching(/^line 18, ebsCsiDriver.kmsKeyArns.0: 'kmsKeyArns' must hold ARNs of KMS keys/),
    ]);
  });
});

test("the groups of the settings come in the order of their keys, whatever that of the file", () => {
  const settings = parseSettings(withGroups(`${WINDOWS}\n${GENERAL}`), "team.yaml");
  expect(nodeGroupSpecs(settings).map(({ key }) => key)).toEqual(["general", "windows"]);
  expect(linuxNodeGroups(settings).map(({ key }) => key)).toEqual(["general"]);
  expect(nodeGroupSpecs(parseSettings(MINIMAL, "team.yaml"))).toEqual([]);
});
