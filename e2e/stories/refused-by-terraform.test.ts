import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../support/project";
import { setStage } from "../support/story";
import { Terraform } from "../support/terraform";

const ACCESS_AND_FARGATE = `
access:
  admins:
    principal: arn:aws:iam::111122223333:role/platform-admin
    policies: [{ policy: AmazonEKSClusterAdminPolicy }]
fargate: { profiles: { default: { selectors: [{ namespace: "*" }] } } }
`;

describe("what only AWS knows is refused by Terraform's plan, in words that say the fix", () => {
  const stage = setStage();

  /** What a plan of these settings prints, which must fail. */
  async function refusal(settings: string): Promise<string> {
    const folder = await stage.workspace.synthesizeSettings(settings + ACCESS_AND_FARGATE);
    const terraform = new Terraform(folder, stage.emulator);
    await terraform.init();
    return terraform.failToPlan();
  }

  test("a zone whose id EKS refuses in this account", async () => {
    const output = await refusal("name: zone\nregion: us-east-1\nnetwork: { zones: [us-east-1a, us-east-1e] }");
    expect(output).toContain(
      'zone "us-east-1e" is one of use1-az3 in this account, where EKS with Fargate does not run; name another zone',
    );
    expect(output).not.toContain('zone "us-east-1a"');
  });

  test("fewer zones than were asked for", async () => {
    const output = await refusal("name: count\nregion: us-west-1\nnetwork: { zones: { count: 3 } }");
    expect(output).toContain(
      "this account has fewer than 3 zones that EKS with Fargate accepts in this Region; ask for",
    );
  });

  describe("of a VPC that is there already", () => {
    let team: Terraform;
    let outputs: Record<string, unknown>;

    const inTheirVpc = (serviceCidr: string) => `
name: guest
region: eu-west-1
network: { existing: ${JSON.stringify({ vpcId: outputs.vpc_id, privateSubnetIds: outputs.private_subnet_ids })} }
cluster: { serviceCidr: ${serviceCidr} }`;

    beforeAll(async () => {
      const folder = join(stage.workspace.folder, "team-network");
      cpSync(join(ROOT, "modules/team-network"), folder, { recursive: true });
      team = new Terraform(folder, stage.emulator);
      await team.init();
    });

    /** The network as the team has it, applied by the team. */
    async function applyNetwork(privateSubnetsArePublic: boolean): Promise<void> {
      await team.apply(
        "-var=name=team",
        "-var=cidr=10.20.0.0/16",
        '-var=zones=["eu-west-1a","eu-west-1b"]',
        `-var=private_subnets_are_public=${privateSubnetsArePublic}`,
      );
      outputs = await team.outputs();
    }

    test("a network of Services that overlaps it", async () => {
      await applyNetwork(false);
      const output = await refusal(inTheirVpc("10.20.128.0/20"));
      expect(output).toContain("'serviceCidr' \"10.20.128.0/20\" overlaps the VPC, so Services could not be reached");
      expect(output).not.toContain("is public");
    });

    test("a private subnet that turns out to be public", async () => {
      await applyNetwork(true);
      const output = await refusal(inTheirVpc("172.20.0.0/16"));
      expect(output).toContain("the subnet given in 'privateSubnetIds' for zone \"eu-west-1a\" is public");
      expect(output).toContain("which EKS refuses for Fargate; give one that reaches out through a NAT gateway");
    });
  });
});

describe("what becomes known only while Terraform applies", () => {
  const stage = setStage();

  test("stops it before the cluster is begun: a private subnet of a new network that turns out to be public", async () => {
    const folder = await stage.workspace.synthesizeExample("existing-vpc");
    const mistake = { module: { network: { private_subnets_are_public: true } } };
    writeFileSync(join(folder, "mistake_override.tf.json"), JSON.stringify(mistake));
    const terraform = new Terraform(folder, stage.emulator);
    await terraform.init();
    expect(await terraform.failToApply()).toContain("which EKS refuses for Fargate");
    const created = (await stage.emulator.calls("eks")).map(({ action }) => action);
    expect(created).not.toContain("CreateCluster");
  });
});
