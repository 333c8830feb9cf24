import { succeeded } from "../support/emulator";
import { setStage } from "../support/story";
import { Terraform } from "../support/terraform";

const LOAD_BALANCER = "web_load-balancer";

describe("the ecs-web example", () => {
  const stage = setStage();
  let terraform: Terraform;

  const done = async (action: string) =>
    (await stage.emulator.calls("elasticloadbalancing")).filter((call) => call.action === action && succeeded(call));

  test("is valid Terraform that creates and does nothing else", async () => {
    terraform = new Terraform(await stage.workspace.synthesizeExample("ecs-web"), stage.emulator);
    await terraform.init();
    expect(await terraform.validate()).toContain("The configuration is valid");
    expect((await terraform.plan()).filter(({ actions }) => actions.join() !== "create")).toEqual([]);
  });

  test("applies, after which a second plan has no changes", async () => {
    await terraform.apply();
    expect(await terraform.plan()).toEqual([]);
  });

  test("has the URL of the shop, though the name of the API comes first in the alphabet", async () => {
    expect(await terraform.outputs()).toMatchObject({ url: "https://shop.example.com" });
  });

  test("stands behind its firewall, and its logs before the load balancer that writes them", async () => {
    const associations = (await stage.emulator.calls("wafv2")).filter(
      (call) => call.action === "AssociateWebACL" && succeeded(call),
    );
    expect(associations).toHaveLength(1);
    expect(await done("CreateLoadBalancer")).toHaveLength(1);
    expect(await done("CreateListener")).toHaveLength(3);
    expect(await done("CreateTargetGroup")).toHaveLength(4);
    expect(await done("CreateRule")).toHaveLength(4);
  });

  test("is left alone by Terraform when ECS has moved its requests", async () => {
    await swapWeights(stage.emulator.url);
    expect(await terraform.plan()).toEqual([]);
  });

  test("keeps its load balancer while deletion protection is on", async () => {
    expect(await terraform.failToDestroy(`-target=aws_lb.${LOAD_BALANCER}`)).toMatch(/deletion protection is enabled/);
  });

  test("lets go of it once an override has turned that off, and is destroyed with nothing left", async () => {
    terraform.override({ resource: { aws_lb: { [LOAD_BALANCER]: { enable_deletion_protection: false } } } });
    await terraform.apply();
    await terraform.destroy();
    expect(await stage.emulator.leftovers()).toEqual({});
  });
});

describe("services behind load balancers", () => {
  const stage = setStage();
  let terraform: Terraform;

  test("of both kinds, own and shared, apply, after which a second plan has no changes", async () => {
    terraform = new Terraform(await stage.workspace.synthesizeProgram("load-balanced"), stage.emulator);
    await terraform.init();
    await terraform.apply();
    expect(await terraform.plan()).toEqual([]);
  });

  test("get a target and a certificate in the middle, and nothing that is there moves", async () => {
    await stage.workspace.synthesizeProgram("load-balanced", { LOAD_BALANCED_LATER: "1" });
    const changes = await terraform.plan();
    expect(Object.fromEntries(changes.map(({ address, actions }) => [address, actions.join()]))).toEqual({
      "aws_ecs_service.shop_service": "update",
      "aws_lb_listener_certificate.shop_load-balancer_https-certificate-middle": "create",
      "aws_lb_listener_rule.shop_rule-media": "create",
      "aws_lb_target_group.shop_target-media_target-group": "create",
      "aws_vpc_security_group_egress_rule.shop_to-tasks-tcp-9091": "create",
      "aws_vpc_security_group_ingress_rule.shop_service_from-load-balancer-tcp-9091": "create",
    });
    await terraform.apply();
    expect(await terraform.plan()).toEqual([]);
  });

  test("are destroyed with nothing left", async () => {
    await terraform.destroy();
    expect(await stage.emulator.leftovers()).toEqual({});
  });
});

/** What ECS does at the end of a blue/green deployment: the weights of each rule change places. */
async function swapWeights(url: string): Promise<void> {
  const [LoadBalancerArn = ""] = arnsIn(await ask(url, "DescribeLoadBalancers"), "LoadBalancerArn");
  const listeners = arnsIn(await ask(url, "DescribeListeners", { LoadBalancerArn }), "ListenerArn");
  const rules = await Promise.all(listeners.map((ListenerArn) => ask(url, "DescribeRules", { ListenerArn })));
  const forwarding = rules
    .flatMap((text) => [...text.matchAll(/<RuleArn>([^<]+)<.*?<\/member>\s*(?=<member>\s*<RuleArn>|<\/Rules>)/gs)])
    .map(([text, arn = ""]) => ({ arn, groups: [...new Set(text.match(/arn:aws:[^<]*targetgroup[^<]*/g) ?? [])] }))
    .filter(({ groups }) => groups.length === 2);
  expect(forwarding).toHaveLength(4);
  for (const { arn, groups } of forwarding) {
    const members = groups.flatMap((group, index) => {
      const member = `Actions.member.1.ForwardConfig.TargetGroups.member.${index + 1}`;
      return [
        [`${member}.TargetGroupArn`, group],
        [`${member}.Weight`, index === 0 ? "0" : "100"],
      ];
    });
    await ask(url, "ModifyRule", { RuleArn: arn, "Actions.member.1.Type": "forward", ...Object.fromEntries(members) });
  }
}

function arnsIn(text: string, element: string): string[] {
  return [...text.matchAll(new RegExp(`<${element}>([^<]+)<`, "g"))].map(([, arn = ""]) => arn);
}

async function ask(url: string, action: string, parameters: Record<string, string> = {}): Promise<string> {
  const credential = "Credential=test/20261121/eu-west-1/elasticloadbalancing/aws4_request";
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded; charset=utf-8",
      authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=0`,
    },
    body: new URLSearchParams({ Action: action, Version: "2015-12-01", ...parameters }).toString(),
  });
  const text = await response.text();
  expect(`${response.status} ${response.ok ? "" : text}`.trim()).toBe("200");
  return text;
}
