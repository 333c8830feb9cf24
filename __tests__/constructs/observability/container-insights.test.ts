import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { ClusterRoleV1 } from "@cdktf/provider-kubernetes/lib/cluster-role-v1";
import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { Mirrors } from "../../../src/constructs/kubernetes/mirrors";
import { StatefulSet } from "../../../src/constructs/kubernetes/stateful-set";
import {
  ContainerInsights,
  type ContainerInsightsOptions,
} from "../../../src/constructs/observability/container-insights";
import { importedClusterIn } from "../../support/constructs";
import { ACCOUNT, addresses, refusal, resource, stackFor, statements, synth } from "../../support/stack";

const issuer = "oidc.eks.eu-west-1.amazonaws.com/id/ABC";

function build(options: ContainerInsightsOptions = {}, namespace = "fargate-*") {
  const stack = stackFor();
  Mirrors.set(stack, { images: "mirror.example.com" });
  const cluster = importedClusterIn(stack, {
    fargateProfiles: [{ key: "insights", name: "insights", hashed: false, selectors: [{ namespace }] }],
  });
  const insights = new ContainerInsights(stack, "insights", {
    cluster,
    oidcProvider: { providerArn: `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer}`, issuerHostPath: issuer },
    ...options,
  });
  return { insights, text: synth(stack) };
}

interface Pod {
  readonly metadata: [{ readonly annotations: Readonly<Record<string, string>> }];
  readonly spec: [{ readonly container: [Readonly<Record<string, unknown>>]; readonly service_account_name: string }];
}

function podOf(text: string): Pod {
  const [spec] = resource(text, StatefulSet).spec as [{ template: [Pod] }];
  return spec.template[0];
}

describe("ContainerInsights", () => {
  test("writes to an encrypted log group of its own, with retention", () => {
    const { insights, text } = build({ retentionInDays: 30 });
    expect(insights.logGroupName).toBe("/aws/containerinsights/platform/performance");
    expect(resource(text, CloudwatchLogGroup)).toEqual({
      name: insights.logGroupName,
      retention_in_days: 30,
      kms_key_id: "${aws_kms_key.insights_key_key.arn}",
    });
    expect(resource(build().text, CloudwatchLogGroup).retention_in_days).toBe(365);
  });

  test("may write to that log group and do nothing else", () => {
    const { text } = build();
    expect(statements(resource(text, IamRolePolicy).policy)).toEqual([
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: "${aws_cloudwatch_log_group.insights_log-group.arn}:*",
      },
    ]);
    expect(resource(text, IamRole).name).toBe("platform-container-insights");
    expect(resource(text, IamRole).assume_role_policy).toContain(
      "system:serviceaccount:fargate-container-insights:adot-collector",
    );
  });

  test("reads nodes and their kubelets' metrics, which the API server hands on, and no other object", () => {
    expect(resource(build().text, ClusterRoleV1).rule).toEqual([
      { api_groups: [""], resources: ["nodes"], verbs: ["get", "list", "watch"] },
      { api_groups: [""], resources: ["nodes/proxy"], verbs: ["get"] },
    ]);
  });

  test("has a service account with the role, whose token only the collector's pod has", () => {
    const { text } = build();
    expect(resource(text, ServiceAccountV1)).toMatchObject({
      metadata: {
        name: "adot-collector",
        annotations: { "eks.amazonaws.com/role-arn": "${aws_iam_role.insights_irsa_role.arn}" },
      },
      automount_service_account_token: false,
    });
    expect(podOf(text).spec[0]).toMatchObject({
      service_account_name: "adot-collector",
      automount_service_account_token: true,
    });
  });

  test("is one pod, as two would count everything twice, behind a headless Service", () => {
    const { text } = build();
    expect(text).toHaveResourceWithProperties(StatefulSet, { spec: [expect.objectContaining({ replicas: 1 })] });
    expect(resource(text, ServiceV1).spec).toEqual({
      cluster_ip: "None",
      selector: { "app.kubernetes.io/name": "adot-collector" },
    });
  });

  test("is told its Region, for which there is no instance metadata", () => {
    const [container] = podOf(build().text).spec[0].container;
    expect(container.env).toEqual([{ name: "AWS_REGION", value: "eu-west-1" }]);
    expect(resource(build().text, ConfigMapV1).data).toEqual({
      "collector.yaml": expect.stringContaining('region: "eu-west-1"'),
    });
  });

  test("fills 1 vCPU and 3 GB with what Fargate adds, with limits equal to requests", () => {
    const size = { cpu: "1", memory: "2816Mi" };
    expect(podOf(build().text).spec[0].container[0].resources).toEqual([{ limits: size, requests: size }]);
  });

  test("starts anew when its configuration changes", () => {
    expect(podOf(build().text).metadata[0].annotations).toEqual({
      "checksum/config": "${sha256(jsonencode(kubernetes_config_map_v1.insights_config.data))}",
    });
  });

  test("takes its image from the mirror, or from where it is told to", () => {
    expect(podOf(build().text).spec[0].container[0].image).toBe(
      "mirror.example.com/aws-observability/aws-otel-collector:v0.49.0",
    );
    const image = { registry: "other.example.com", tag: "v0.50.0" };
    expect(podOf(build({ image }).text).spec[0].container[0].image).toBe(
      "other.example.com/aws-observability/aws-otel-collector:v0.50.0",
    );
  });

  test("leaves metrics of single pods out when told so", () => {
    const config = (options: ContainerInsightsOptions) =>
      String((resource(build(options).text, ConfigMapV1).data as Record<string, string>)["collector.yaml"]);
    expect(config({})).toContain('- "PodName"\n        metric_name_selectors');
    expect(config({ podMetrics: false })).not.toContain('- "PodName"\n        metric_name_selectors');
  });

  test("has these addresses", () => {
    expect(addresses(build().text)).toEqual([
      "aws_cloudwatch_log_group.insights_log-group",
      "aws_iam_role.insights_irsa_role",
      "aws_iam_role_policy.insights_irsa_policy",
      "aws_kms_alias.insights_key_alias",
      "aws_kms_key.insights_key_key",
      "kubernetes_cluster_role_binding_v1.insights_cluster-role-binding",
      "kubernetes_cluster_role_v1.insights_cluster-role",
      "kubernetes_config_map_v1.insights_config",
      "kubernetes_namespace_v1.insights_namespace",
      "kubernetes_service_account_v1.insights_service-account",
      "kubernetes_service_v1.insights_service",
      "kubernetes_stateful_set_v1.insights_stateful-set",
    ]);
  });

  test("is refused where no profile takes the collector", () => {
    expect(refusal(() => build({}, "web"))).toBe(
      `[test/insights/stateful-set] no Fargate profile takes the pods of StatefulSet adot-collector in namespace "fargate-container-insights", and there are no nodes, so they would stay Pending; add a selector { namespace: "fargate-container-insights" } to a profile`,
    );
  });

  test("is refused with a retention and a role name that AWS does not take", () => {
    expect(refusal(() => build({ retentionInDays: 31 }))).toContain(
      "[test/insights] 'retentionInDays' must be one of 1, 3, 5,",
    );
    expect(refusal(() => build({ roleName: "my role" }))).toContain(
      `[test/insights/irsa] the name of an IAM role must be 1 to 64 characters`,
    );
  });
});
