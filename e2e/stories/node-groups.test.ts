import { succeeded } from "../support/emulator";
import { setStage } from "../support/story";
import { Terraform } from "../support/terraform";

const CLUSTER = `
region: eu-west-1
tags: { team: platform }
network: { zones: [eu-west-1a, eu-west-1b] }
cluster: { deletionProtection: false }
access:
  admins:
    principal: arn:aws:iam::111122223333:role/platform-admin
    policies: [{ policy: AmazonEKSClusterAdminPolicy }]
`;

const ONE_GROUP = `name: nodes
${CLUSTER}
fargate: { profiles: {} }
nodeGroups:
  groups:
    general: { instanceTypes: [m7g.large], minSize: 2, maxSize: 4 }
`;

/** @param groups more groups, as they stand in the settings */
const hybrid = (groups = "", edit: (yaml: string) => string = (yaml) => yaml) =>
  edit(`name: hybrid
${CLUSTER}
fargate: { profiles: { web: { selectors: [{ namespace: web }] } } }
nodeGroups:
  replacement: create-before-destroy
  sessionManager: true
  networking: { networkPolicy: true }
  groups:
    general: { instanceTypes: [m6i.large, m6a.large], minSize: 2, maxSize: 6, tags: { cost-center: web } }
${groups}    spot:
      os: bottlerocket
      instanceTypes: [m7g.large, m6g.large]
      spot: true
      minSize: 0
      maxSize: 10
      volumeSizeInGib: 50
      labels: { example.com/capacity: spot }
      taints: [{ key: example.com/spot, value: "true", effect: NO_SCHEDULE }]
    windows:
      os: windows-core-2022
      instanceTypes: [m6i.xlarge]
      minSize: 1
      maxSize: 3
      zones: [eu-west-1b]
      taints: [{ key: os, value: windows, effect: NO_SCHEDULE }]
ebsCsiDriver: {}
`);

const LARGE = "    large: { instanceTypes: [m6i.xlarge], minSize: 1, maxSize: 2 }\n";

describe("a cluster of nodes alone, with one Linux group", () => {
  const stage = setStage();
  let terraform: Terraform;

  test("applies, after which a second plan has no changes", async () => {
    terraform = new Terraform(await stage.workspace.synthesizeSettings(ONE_GROUP), stage.emulator);
    await terraform.init();
    await terraform.apply();
    expect(await terraform.plan()).toEqual([]);
  });

  test("has the network of its nodes before them, and CoreDNS after them", async () => {
    const made = (await stage.emulator.calls("eks"))
      .filter(succeeded)
      .filter(({ action }) => /^Create(Addon|Nodegroup)$/.test(action))
      .map(({ params }) => String(params?.addonName ?? params?.nodegroupName));
    expect([...made.slice(0, 2)].sort()).toEqual(["kube-proxy", "vpc-cni"]);
    expect(made.slice(2)).toEqual(["nodes-nodes-general", "coredns"]);
  });

  test("is destroyed with nothing left", async () => {
    await terraform.destroy();
    expect(await stage.emulator.leftovers()).toEqual({});
  });
});

describe("a cluster of Fargate, Linux nodes of two kinds and Windows nodes, with EBS volumes", () => {
  const stage = setStage();
  let terraform: Terraform;

  async function synthesize(yaml: string): Promise<void> {
    terraform = new Terraform(await stage.workspace.synthesizeSettings(yaml), stage.emulator);
  }

  test("applies, after which a second plan has no changes", async () => {
    await synthesize(hybrid());
    await terraform.init();
    await terraform.apply();
    expect(await terraform.plan()).toEqual([]);
  });

  test("gives each node group the AMI, the role and the launch template that are its own", async () => {
    const groups = (await stage.emulator.calls("eks")).filter(({ action }) => action === "CreateNodegroup");
    expect(Object.fromEntries(groups.map(({ params = {} }) => [params.amiType, params.nodeRole]))).toEqual({
      AL2023_x86_64_STANDARD: "arn:aws:iam::111122223333:role/hybrid-nodes",
      BOTTLEROCKET_ARM_64: "arn:aws:iam::111122223333:role/hybrid-nodes",
      WINDOWS_CORE_2022_x86_64: "arn:aws:iam::111122223333:role/hybrid-nodes-windows",
    });
    expect(new Set(groups.map(({ params }) => JSON.stringify(params?.launchTemplate))).size).toBe(3);
  });

  test("leaves the number of nodes alone that an autoscaler has changed", async () => {
    const { node_group_names: names } = await terraform.outputs();
    const { general = "" } = names as Record<string, string>;
    await stage.emulator.setDesiredSize("hybrid", general, 5);
    expect(await terraform.plan()).toEqual([]);
  });

  test("adds a group in the middle by creating only", async () => {
    await synthesize(hybrid(LARGE));
    const changes = await terraform.plan();
    expect(changes.filter(({ address }) => !address.startsWith("output."))).toEqual([
      { address: "aws_eks_node_group.nodes-large_node-group", actions: ["create"] },
      { address: "aws_launch_template.nodes-large_launch-template", actions: ["create"] },
    ]);
    await terraform.apply();
    expect(await terraform.plan()).toEqual([]);
  });

  test("changes bounds, labels, volumes and the network add-on in place", async () => {
    const edit = (yaml: string) =>
      yaml
        .replace("minSize: 2, maxSize: 6", "minSize: 1, maxSize: 7, labels: { tier: front }")
        .replace("volumeSizeInGib: 50", "volumeSizeInGib: 60")
        .replace("networkPolicy: true", "networkPolicy: false");
    await synthesize(hybrid(LARGE, edit));
    const changes = await terraform.plan();
    expect(changes.filter(({ actions }) => actions.join() !== "update")).toEqual([]);
    expect(changes.map(({ address }) => address)).toEqual([
      "aws_eks_addon.node-networking_vpc-cni",
      "aws_eks_node_group.nodes-general_node-group",
      "aws_eks_node_group.nodes-spot_node-group",
      "aws_launch_template.nodes-spot_launch-template",
    ]);
    await terraform.apply();
    expect(await terraform.plan()).toEqual([]);
  });

  test("has a new group take over before the old one goes where AWS can change it in no other way", async () => {
    const before = (await stage.emulator.calls("eks")).length;
    await synthesize(
      hybrid(LARGE, (yaml) =>
        yaml.replace("[m6i.xlarge], minSize: 1, maxSize: 2", "[m5.xlarge], minSize: 1, maxSize: 2"),
      ),
    );
    await terraform.apply();
    const calls = (await stage.emulator.calls("eks"))
      .slice(before)
      .filter(succeeded)
      .map(({ action }) => action);
    expect(calls.filter((action) => /^(Create|Delete)Nodegroup$/.test(action))).toEqual([
      "CreateNodegroup",
      "DeleteNodegroup",
    ]);
    expect(await terraform.plan()).toEqual([]);
  });

  test("is destroyed with nothing left", async () => {
    await terraform.destroy();
    expect(await stage.emulator.leftovers()).toEqual({});
  });
});
