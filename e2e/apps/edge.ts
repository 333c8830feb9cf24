/** What stands in AWS around a cluster that is there already: names, certificate, web ACL, files, groups, alarms. */
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { App } from "cdktf";
import { EksCluster } from "../../src/constructs/cluster/eks-cluster";
import { Vpc } from "../../src/constructs/network/vpc";
import { ClusterAlarms } from "../../src/constructs/observability/cluster-alarms";
import { ClusterDashboard } from "../../src/constructs/observability/cluster-dashboard";
import { PodSecurityGroup } from "../../src/constructs/security/pod-security-group";
import { EfsStorage } from "../../src/constructs/storage/efs-storage";
import { Certificate } from "../../src/constructs/traffic/certificate";
import { HostedZone } from "../../src/constructs/traffic/hosted-zone";
import { WebAcl } from "../../src/constructs/traffic/web-acl";
import { PlatformStack } from "../../src/stacks/platform-stack";
import { synthesize } from "../../src/stacks/synthesize";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "edge", { region: "eu-west-1", backend: { type: "local" } });
  // The variable says which of two versions of the program this is.
  const later = "EDGE_LATER" in process.env;

  const vpc = new Vpc(stack, "vpc", {
    name: "edge",
    zones: ["eu-west-1a", "eu-west-1b"],
    nat: "none",
    publicSubnets: false,
    flowLogs: false,
  });
  const clusterSecurityGroup = new SecurityGroup(stack, "eks-cluster-sg", { vpcId: vpc.vpcId });
  const cluster = EksCluster.fromAttributes(stack, "cluster", {
    clusterName: "edge",
    endpoint: "https://ABC.gr7.eu-west-1.eks.amazonaws.com",
    certificateAuthority: "Y2VydGlmaWNhdGU=",
    oidcIssuer: "https://oidc.eks.eu-west-1.amazonaws.com/id/ABC",
    clusterSecurityGroupId: clusterSecurityGroup.id,
    vpc,
  });

  const zone = new HostedZone(stack, "zone", { zoneName: "example.com" });
  new HostedZone(stack, "private-zone", { zoneName: "internal.example.com", vpcs: [vpc] });
  new Certificate(stack, "certificate", {
    zone,
    domainName: "example.com",
    subjectAlternativeNames: ["*.example.com", ...(later ? ["api.example.com"] : []), "shop.example.com"],
  });
  const webAcl = new WebAcl(stack, "web-acl", {
    name: "edge-ingress",
    managedRules: {
      AWSManagedRulesAmazonIpReputationList: {},
      AWSManagedRulesCommonRuleSet: { ruleActions: { SizeRestrictions_BODY: "count" } },
      AWSManagedRulesKnownBadInputsRuleSet: {},
      AWSManagedRulesSQLiRuleSet: { mode: "count" },
    },
    allowAddresses: ["192.0.2.0/24", "2001:db8::/32"],
    ...(later ? {} : { blockAddresses: ["198.51.100.7/32"] }),
    logs: { requests: "matched", retentionInDays: 30 },
  });
  const orders = new PodSecurityGroup(stack, "orders-pods", {
    cluster,
    key: "orders",
    ports: [8080],
    ingress: { self: { self: true, port: { from: 7946, to: 7947 } } },
    egress: { database: { cidr: "10.0.0.0/16", port: 5432 }, registry: { cidr: "0.0.0.0/0", port: 443 } },
  });
  new PodSecurityGroup(stack, "open-pods", { cluster, key: "open" });
  const efs = new EfsStorage(stack, "efs", {
    cluster,
    accessPoints: {
      uploads: { uid: 33, gid: 33, secondaryGids: [100, 50] },
      ...(later ? { reports: {} } : {}),
      backups: { path: "/data/backups", uid: 0, gid: 0, permissions: "0700" },
    },
    lifecycle: { infrequentAccessAfterDays: 30, archiveAfterDays: 90 },
    deletionProtection: false,
  });
  efs.allowFrom("orders", orders.securityGroupId);
  const topic = new SnsTopic(stack, "topic", { name: "edge-alarms" });
  const alarms = new ClusterAlarms(stack, "alarms", { cluster, topicArns: [topic.arn], podCpu: { threshold: 80 } });
  new ClusterDashboard(stack, "dashboard", { cluster, alarms, webAclName: webAcl.webAclName });
  return app;
});
