import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { IngressV1 } from "@cdktf/provider-kubernetes/lib/ingress-v1";
import { PersistentVolumeClaimV1 } from "@cdktf/provider-kubernetes/lib/persistent-volume-claim-v1";
import { Testing } from "cdktf";
import { CronJob } from "../../../src/constructs/kubernetes/cron-job";
import { parseSettings } from "../../../src/settings/load";
import { InClusterStack } from "../../../src/stacks/in-cluster-stack";
import { withoutStackTraces } from "../../../src/stacks/stack-traces";
import { addresses, appInMemory, resource, resources } from "../../support/stack";

const BASE = `
name: platform
region: eu-west-1
network: { zones: [eu-west-1b, eu-west-1a] }
access:
  admins:
    principal: arn:aws:iam::111122223333:role/admin
    policies: [{ policy: AmazonEKSClusterAdminPolicy }]
fargate: { profiles: { default: { selectors: [{ namespace: kube-system }] } } }
`;

const EVERYTHING = `${BASE}
inCluster:
  albController: {}
  hostedZones:
    main: { zoneName: example.com }
    other: { zoneName: example.org, zoneId: Z0123456789 }
    inner: { zoneName: internal.example.com, private: true }
  certificates:
    shop: { zone: main, domainName: shop.example.com }
    org: { zone: other, domainName: example.org }
  webAcl: {}
  ingresses:
    shop:
      namespace: shop
      certificates: [shop]
      webAcl: true
      hosts: { shop.example.com: { /: { service: front, port: 80 } } }
  tenants:
    shop: { quota: { cpu: "8", memory: 32Gi, pods: 20 } }
  podSecurityGroups:
    orders: { namespace: shop, podLabels: { app: orders }, ports: [8080] }
  efs:
    default:
      accessPoints: { uploads: { namespaces: [shop, default] }, internal: {} }
      podSecurityGroups: [orders]
  batchCronJobs:
    report:
      namespace: shop
      schedule: "@daily"
      template: { containers: [{ name: a, image: "a:1", cpu: 250m, memory: 256Mi }] }
  alarms: { fargateQuota: false }
  dashboard: {}
`;

function synth(yaml = EVERYTHING): string {
  return withoutStackTraces(() =>
    Testing.synth(new InClusterStack(appInMemory(), "platform-in-cluster", parseSettings(yaml, "test.yaml"))),
  );
}

describe("the edge of the settings", () => {
  const text = synth();
  const outputs = (JSON.parse(text) as { output: Record<string, { value: unknown }> }).output;

  test("creates the zones that are not there yet, and tells the name servers of the public ones", () => {
    expect(resources(text, Route53Zone)).toEqual({
      "zone-main_zone": { name: "example.com", force_destroy: false },
      "zone-inner_zone": {
        name: "internal.example.com",
        force_destroy: false,
        vpc: [{ vpc_id: expect.stringContaining("vpc_id") }],
      },
    });
    expect(outputs.name_servers?.value).toEqual({ main: "${aws_route53_zone.zone-main_zone.name_servers}" });
  });

  test("validates each certificate in its zone", () => {
    expect(Object.keys(resources(text, AcmCertificate))).toEqual([
      "certificate-org_certificate",
      "certificate-shop_certificate",
    ]);
    expect(resource(text, Route53Record, "certificate-shop_record-shop_example_com").zone_id).toBe(
      "${aws_route53_zone.zone-main_zone.zone_id}",
    );
    expect(resource(text, Route53Record, "certificate-org_record-example_org").zone_id).toBe("Z0123456789");
  });

  test("puts the web ACL, named after the cluster, and the certificate before the Ingress", () => {
    expect(resource(text, Wafv2WebAcl).name).toBe("platform-ingress");
    expect(resource(text, IngressV1).metadata).toMatchObject({
      annotations: {
        "alb.ingress.kubernetes.io/wafv2-acl-arn": "${aws_wafv2_web_acl.web-acl.arn}",
        "alb.ingress.kubernetes.io/certificate-arn":
          "${aws_acm_certificate_validation.certificate-shop_validation.certificate_arn}",
      },
    });
  });

  test("has the file system in every zone of the cluster, open to the pods that are named", () => {
    expect(Object.keys(resources(text, EfsMountTarget))).toEqual([
      "efs-default_mount-target-eu-west-1a",
      "efs-default_mount-target-eu-west-1b",
    ]);
    expect(resource(text, VpcSecurityGroupIngressRule, "efs-default_nfs-orders").referenced_security_group_id).toBe(
      "${aws_security_group.pods-orders_security-group.id}",
    );
  });

  test("claims each access point in the namespaces that are named, after the namespace", () => {
    const claims = resources(text, PersistentVolumeClaimV1);
    expect(Object.keys(claims)).toEqual([
      "efs-default_claim-uploads_default_claim",
      "efs-default_claim-uploads_shop_claim",
    ]);
    expect(claims["efs-default_claim-uploads_shop_claim"]?.depends_on).toContain(
      "kubernetes_namespace_v1.tenant-shop_namespace",
    );
    expect(claims["efs-default_claim-uploads_default_claim"]?.depends_on).toBeUndefined();
  });

  test("has pods of a namespace wait for its security groups and its volumes", () => {
    expect(resource(text, CronJob).depends_on).toEqual(
      expect.arrayContaining([
        "helm_release.pods-orders-policy_objects_release",
        "kubernetes_persistent_volume_claim_v1.efs-default_claim-uploads_shop_claim",
      ]),
    );
  });

  test("watches pods only where their metrics are published", () => {
    const alarms = Object.keys(resources(text, CloudwatchMetricAlarm));
    expect(alarms).toContain("alarms_unschedulable-pods");
    expect(alarms).not.toContain("alarms_pod-cpu");
    expect(alarms).not.toContain("alarms_fargate-quota");
    expect(resource(text, CloudwatchDashboard).dashboard_body).not.toContain("ContainerInsights");
    const insights = synth(
      EVERYTHING.replace("{ namespace: kube-system }", "{ namespace: kube-system }, { namespace: fargate-* }").replace(
        "  alarms:",
        "  containerInsights: { podMetrics: false }\n  alarms:",
      ),
    );
    expect(Object.keys(resources(insights, CloudwatchMetricAlarm))).toContain("alarms_pod-cpu");
    expect(resource(insights, CloudwatchDashboard).dashboard_body).toContain("ContainerInsights");
    expect(resource(insights, CloudwatchDashboard).dashboard_body).not.toContain("PodName");
  });

  test("shows the web ACL and the alarms on the dashboard", () => {
    const body = String(resource(text, CloudwatchDashboard).dashboard_body);
    expect(body).toContain('WebACL=\\"platform-ingress\\"');
    expect(body).toContain("${aws_cloudwatch_metric_alarm.alarms_unschedulable-pods.arn}");
  });

  test("tells what others refer to", () => {
    expect(Object.keys(outputs)).toEqual(
      expect.arrayContaining(["certificate_arns", "efs_file_system_ids", "pod_security_group_ids", "web_acl_arn"]),
    );
    expect(outputs.pod_security_group_ids?.value).toEqual({
      orders: "${aws_security_group.pods-orders_security-group.id}",
    });
  });

  test("leaves no trace where the settings say nothing of it", () => {
    const nothing = synth(`${BASE}inCluster: { metricsServer: {} }\n`);
    expect(addresses(nothing).filter((address) => /wafv2|acm|route53|efs|alarm|dashboard/.test(address))).toEqual([]);
    expect((JSON.parse(nothing) as { output?: object }).output ?? {}).toEqual({});
  });
});
