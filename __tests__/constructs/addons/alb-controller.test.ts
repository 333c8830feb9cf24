import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Release } from "@cdktf/provider-helm/lib/release";
import { DataResource } from "cdktf";
import {
  AlbController,
  type AlbControllerOptions,
  type AlbControllerProps,
} from "../../../src/constructs/addons/alb-controller";
import { ALB_CONTROLLER_VERSION } from "../../../src/constructs/identity/alb-controller-policy";
import { Mirrors } from "../../../src/constructs/kubernetes/mirrors";
import { CHARTS } from "../../../src/model/charts";
import { importedClusterIn, vpcOf } from "../../support/constructs";
import { ACCOUNT, addresses, refusal, resource, resources, stackFor, synth } from "../../support/stack";

const issuer = "oidc.eks.eu-west-1.amazonaws.com/id/ABC";
const oidcProvider = { providerArn: `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer}`, issuerHostPath: issuer };
const ROLE = `arn:aws:iam::${ACCOUNT}:role/controller`;

type Attributes = Parameters<typeof importedClusterIn>[1];

function build(options: Partial<AlbControllerProps> = {}, attributes: Attributes = {}) {
  const stack = stackFor();
  Mirrors.set(stack, { images: "mirror.example.com" });
  const controller = new AlbController(stack, "alb", {
    cluster: importedClusterIn(stack, attributes),
    oidcProvider,
    ...options,
  });
  return { controller, text: synth(stack) };
}

function values(options: AlbControllerOptions = {}, attributes: Attributes = {}): unknown {
  const [text = ""] = resource(build(options, attributes).text, Release).values as string[];
  return JSON.parse(text);
}

describe("AlbController", () => {
  test("is the chart in the version of the policy, in kube-system", () => {
    expect(resource(build().text, Release)).toMatchObject({
      chart: "aws-load-balancer-controller",
      name: "aws-load-balancer-controller",
      namespace: "kube-system",
    });
    expect(`v${CHARTS.albController.version}`).toBe(ALB_CONTROLLER_VERSION);
  });

  test("is told its cluster, Region and VPC, for which there is no instance metadata", () => {
    expect(values()).toMatchObject({ clusterName: "platform", region: "eu-west-1", vpcId: "vpc-1" });
  });

  test("sends to the addresses of pods, with TLS of today", () => {
    expect(values()).toMatchObject({
      defaultTargetType: "ip",
      defaultSSLPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
    });
  });

  test("keeps its certificates when it is upgraded, and stands in no other Service's way", () => {
    expect(values()).toMatchObject({
      keepTLSSecret: true,
      enableCertManager: false,
      enableServiceMutatorWebhook: false,
    });
  });

  test("has two pods of Fargate's smallest size, limits equal to requests, of which one may be missing", () => {
    const size = { cpu: "250m", memory: "256Mi" };
    expect(values()).toMatchObject({
      replicaCount: 2,
      resources: { requests: size, limits: size },
      podDisruptionBudget: { maxUnavailable: 1 },
    });
    expect(values({ replicas: 3 })).toMatchObject({ replicaCount: 3 });
  });

  test("makes the class of its Ingresses, which may decide for all of them", () => {
    expect(values()).toMatchObject({
      ingressClass: "alb",
      createIngressClassResource: true,
      ingressClassConfig: { default: false },
      ingressClassParams: { create: true, name: "alb", spec: {} },
    });
    expect(values({ ingressClass: { default: true, scheme: "internal", group: "shared" } })).toMatchObject({
      ingressClassConfig: { default: true },
      ingressClassParams: { spec: { scheme: "internal", group: { name: "shared" } } },
    });
  });

  test("asks AWS WAF unless the VPC has endpoints alone, and never AWS WAF Classic", () => {
    expect(values()).toMatchObject({ enableWafv2: true, enableWaf: false, enableShield: false });
    expect(values({}, { vpc: vpcOf("eu-west-1", { egress: "endpoints" }) })).toMatchObject({ enableWafv2: false });
    expect(values({}, { vpc: vpcOf("eu-west-1", { egress: "unknown" }) })).toMatchObject({ enableWafv2: true });
    expect(values({ waf: false, shield: true })).toMatchObject({ enableWafv2: false, enableShield: true });
  });

  test("takes its image from the mirror, or from where it is told to", () => {
    expect(values()).toMatchObject({
      image: { repository: "mirror.example.com/eks/aws-load-balancer-controller", tag: ALB_CONTROLLER_VERSION },
    });
    expect(values({ image: { registry: "other.example.com", tag: "v3.5.1" } })).toMatchObject({
      image: { repository: "other.example.com/eks/aws-load-balancer-controller", tag: "v3.5.1" },
    });
  });

  test("has a role of its own, which it keeps for as long as it runs", () => {
    const { text } = build({ roleName: "alb", policyName: "alb-policy", serviceAccount: "alb" });
    expect(resource(text, IamRole)).toMatchObject({
      name: "alb",
      assume_role_policy: expect.stringContaining("system:serviceaccount:kube-system:alb"),
    });
    expect(resource(text, Release).depends_on).toEqual([
      "aws_iam_role_policy_attachment.alb_role_irsa_policy-controller",
    ]);
    expect(JSON.stringify(resource(text, Release).values)).toContain("${aws_iam_role.alb_role_irsa_role.arn}");
  });

  test("takes a role that is given, and makes none then", () => {
    const { controller, text } = build({ roleArn: ROLE });
    expect(controller.roleArn).toBe(ROLE);
    expect(resources(text, IamRole)).toEqual({});
    expect(values({ roleArn: ROLE })).toMatchObject({
      serviceAccount: {
        create: true,
        name: "aws-load-balancer-controller",
        annotations: { "eks.amazonaws.com/role-arn": ROLE },
      },
    });
  });

  test("is guarded: what makes load balancers waits for the guard, and the guard for the controller", () => {
    const { text } = build({ roleArn: ROLE });
    expect(addresses(text)).toEqual(["helm_release.alb_chart_release", "terraform_data.alb_guard_guard"]);
    expect(resource(text, DataResource).depends_on).toEqual(["helm_release.alb_chart_release"]);
  });

  test("may do without the guard", () => {
    expect(addresses(build({ roleArn: ROLE, guard: false }).text)).toEqual(["helm_release.alb_chart_release"]);
  });

  test("may be there already, and then nobody waits for it", () => {
    expect(AlbController.fromAttributes()).toEqual({ ingressClassName: "alb" });
    expect(AlbController.fromAttributes({ ingressClassName: "internal" })).toEqual({ ingressClassName: "internal" });
  });
});

describe("AlbController is refused", () => {
  test("where no profile takes its pods and there are no nodes", () => {
    expect(refusal(() => build({}, { fargateProfiles: [] }))).toBe(
      `[test/alb] no Fargate profile takes the pods of the AWS Load Balancer Controller in namespace "kube-system", and there are no nodes, so they would stay Pending; add a selector { namespace: "kube-system" } to a profile`,
    );
  });

  test("without a role and without what a role of its own trusts", () => {
    const stack = stackFor();
    expect(refusal(() => new AlbController(stack, "alb", { cluster: importedClusterIn(stack) }))).toBe(
      "[test/alb] the controller needs 'oidcProvider' for a role of its own, or 'roleArn'",
    );
  });

  test.each<[AlbControllerOptions, string]>([
    [{ replicas: 0 }, "'replicas' must be a whole number of at least 1, got 0"],
    [
      { roleArn: "controller" },
      `'roleArn' must be the ARN of an IAM role, like "arn:aws:iam::111122223333:role/controller", got "controller"`,
    ],
    [
      { roleArn: ROLE, roleName: "alb", policyName: "p" },
      `'roleArn' excludes "policyName", "roleName", which name a role of the controller's own; keep one or the other`,
    ],
    [{ serviceAccount: "ALB" }, "'serviceAccount' must be a Kubernetes name"],
    [
      { ingressClass: { scheme: "public" as never } },
      `'scheme' must be one of "internal", "internet-facing", got "public"`,
    ],
    [{ ingressClass: { group: "A" } }, "'group' must be 1 to 63 lower-case letters"],
  ])("with %j", (options, message) => {
    expect(refusal(() => build(options))).toContain(`[test/alb] ${message}`);
  });
});
