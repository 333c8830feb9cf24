import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerCertificate } from "@cdktf/provider-aws/lib/lb-listener-certificate";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { TerraformLocal } from "cdktf";
import { AccessLogBucket } from "../../../src/constructs/ecs/access-log-bucket";
import {
  ApplicationLoadBalancer,
  type ApplicationLoadBalancerProps,
} from "../../../src/constructs/ecs/application-load-balancer";
import { NetworkLoadBalancer, type NetworkLoadBalancerProps } from "../../../src/constructs/ecs/network-load-balancer";
import { HostedZone } from "../../../src/constructs/traffic/hosted-zone";
import { clusterOf } from "../../support/ecs";
import { addresses, refusal, resource, resources, stackFor, statements, synth, warnings } from "../../support/stack";

const CERTIFICATE = "arn:aws:acm:eu-west-1:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef";
const WEB_ACL = "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/0123-abcd";
const VPC = {
  ...clusterOf().vpc,
  egress: "unknown" as const,
  cidr: "10.0.0.0/16",
  publicSubnets: [
    { zone: "eu-west-1a", subnetId: "subnet-public-a" },
    { zone: "eu-west-1b", subnetId: "subnet-public-b" },
  ],
};
const ZONE = HostedZone.fromAttributes({ zoneId: "Z0123456789", zoneName: "example.com" });

function application(props: Partial<ApplicationLoadBalancerProps> = {}, region = "eu-west-1") {
  const stack = stackFor(region);
  const balancer = new ApplicationLoadBalancer(stack, "edge", {
    name: "shop",
    vpc: VPC,
    ...(props.plainHttp === true ? {} : { certificateArn: CERTIFICATE }),
    ...props,
  });
  return { stack, balancer, text: synth(stack) };
}

function network(props: Partial<NetworkLoadBalancerProps> = {}) {
  const stack = stackFor();
  const balancer = new NetworkLoadBalancer(stack, "edge", { name: "mail", vpc: VPC, ...props });
  return { stack, balancer, text: synth(stack) };
}

describe("ApplicationLoadBalancer", () => {
  test("is internal, speaks HTTPS, redirects HTTP, and is protected", () => {
    const { text } = application();
    expect(resource(text, Lb)).toMatchObject({
      name: "shop",
      internal: true,
      load_balancer_type: "application",
      ip_address_type: "ipv4",
      subnets: VPC.privateSubnets.map(({ subnetId }) => subnetId),
      enable_deletion_protection: true,
      drop_invalid_header_fields: true,
      desync_mitigation_mode: "defensive",
      idle_timeout: 60,
      access_logs: { enabled: true },
    });
    expect(resource(text, LbListener, "edge_https-listener")).toMatchObject({
      port: 443,
      protocol: "HTTPS",
      certificate_arn: CERTIFICATE,
      ssl_policy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      default_action: [{ type: "fixed-response", fixed_response: { status_code: "404", content_type: "text/plain" } }],
    });
    expect(resource(text, LbListener, "edge_redirect-listener")).toMatchObject({
      port: 80,
      protocol: "HTTP",
      default_action: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", status_code: "HTTP_301" } }],
    });
  });

  test("lets the VPC in, and reaches nothing by itself", () => {
    const { text } = application();
    expect(resource(text, VpcSecurityGroupIngressRule, "edge_network_tcp-443-from-vpc")).toMatchObject({
      cidr_ipv4: "10.0.0.0/16",
      from_port: 443,
      to_port: 443,
      ip_protocol: "tcp",
    });
    expect(resources(text, VpcSecurityGroupEgressRule)).toEqual({});
  });

  test("lets everybody in when it is reached from the internet, over IPv6 too where it has such addresses", () => {
    const { text } = application({
      scheme: "internet-facing",
      dualStack: true,
      domainNames: { "a.example.com": ZONE },
    });
    expect(Object.keys(resources(text, VpcSecurityGroupIngressRule))).toEqual([
      "edge_network_tcp-443-from-everywhere",
      "edge_network_tcp-443-from-everywhere-ipv6",
      "edge_network_tcp-80-from-everywhere",
      "edge_network_tcp-80-from-everywhere-ipv6",
    ]);
    expect(resource(text, Lb)).toMatchObject({
      internal: false,
      ip_address_type: "dualstack",
      subnets: ["subnet-public-a", "subnet-public-b"],
    });
    expect(Object.values(resources(text, Route53Record)).map(({ type }) => type)).toEqual(["A", "AAAA"]);
  });

  test("has rules by the network, which none of the others moves", () => {
    const rules = (inboundCidrs: string[]) =>
      resources(application({ inboundCidrs }).text, VpcSecurityGroupIngressRule);
    const two = rules(["10.0.0.0/8", "192.168.0.0/16"]);
    expect(rules(["192.168.0.0/16", "172.16.0.0/12", "10.0.0.0/8"])).toMatchObject(two);
    expect(Object.keys(two)).toContain("edge_network_tcp-443-from-10.0.0.0_8");
  });

  test("has all that is asked for", () => {
    const { text, balancer } = application({
      furtherCertificateArns: { other: CERTIFICATE },
      domainNames: { "shop.example.com": ZONE, "*.shop.example.com": ZONE, "example.com": ZONE },
      webAclArn: WEB_ACL,
      testPort: 8443,
      redirectHttp: false,
      accessLogs: { bucketName: "logs-of-all", prefix: "shop" },
      deletionProtection: false,
      dropInvalidHeaders: false,
      desyncMode: "strictest",
      idleTimeoutInSeconds: 4000,
      clientKeepAliveInSeconds: 60,
      preserveHostHeader: true,
      sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06",
    });
    expect(resource(text, Lb)).toMatchObject({
      access_logs: { bucket: "logs-of-all", prefix: "shop", enabled: true },
      enable_deletion_protection: false,
      drop_invalid_header_fields: false,
      desync_mitigation_mode: "strictest",
      idle_timeout: 4000,
      client_keep_alive: 60,
      preserve_host_header: true,
    });
    expect(Object.keys(resources(text, LbListener))).toEqual(["edge_https-listener", "edge_test-listener"]);
    expect(Object.keys(resources(text, LbListenerCertificate))).toEqual([
      "edge_https-certificate-other",
      "edge_test-certificate-other",
    ]);
    expect(resource(text, Wafv2WebAclAssociation)).toMatchObject({ web_acl_arn: WEB_ACL });
    expect(Object.keys(resources(text, Route53Record))).toEqual([
      "edge_record-example_com",
      "edge_record-shop_example_com",
      "edge_record-wildcard_shop_example_com",
    ]);
    expect(resource(text, Route53Record, "edge_record-example_com")).toMatchObject({
      zone_id: "Z0123456789",
      name: "example.com",
      type: "A",
      alias: { name: "${aws_lb.edge_load-balancer.dns_name}", evaluate_target_health: true },
    });
    expect(balancer.url).toBe("https://example.com");
  });

  test("speaks plain HTTP only when it is asked to, and is told of it on the internet", () => {
    const { text, stack, balancer } = application({ plainHttp: true, scheme: "internet-facing", testPort: 8080 });
    expect(Object.keys(resources(text, LbListener))).toEqual(["edge_http-listener", "edge_test-listener"]);
    expect(balancer.url).toMatch(/^http:\/\//);
    expect(warnings(stack)).toEqual([
      `[test/edge] load balancer "shop" is reached from the internet over HTTP, which everybody on the way can read; give it 'certificateArn'`,
    ]);
    expect(warnings(application({ sslPolicy: "ELBSecurityPolicy-2016-08" }).stack)).toHaveLength(1);
  });

  test.each<[string, Partial<ApplicationLoadBalancerProps>, string]>([
    [
      "with a name that AWS keeps for itself",
      { name: "internal-shop" },
      `the name of an Elastic Load Balancing load balancer must be 1 to 32 characters (letters, digits and "-" between them, not beginning with "internal-"), got "internal-shop" (13); give the load balancer another 'name'`,
    ],
    [
      "with what only a Network Load Balancer has",
      { crossZone: true } as object,
      "'crossZone' is for a Network Load Balancer: an Application Load Balancer always sends to tasks in all zones; leave it out, or choose the other 'type'",
    ],
    [
      "with a certificate of another Region",
      { certificateArn: CERTIFICATE.replace("eu-west-1", "us-east-1") },
      `'certificateArn' must be of the load balancer's Region, "eu-west-1", got "${CERTIFICATE.replace("eu-west-1", "us-east-1")}"; make one there`,
    ],
    [
      "without public subnets",
      { scheme: "internet-facing", vpc: { ...VPC, publicSubnets: [] } },
      `'scheme' "internet-facing" needs public subnets, of which the VPC has none; use "internal", or name some in 'publicSubnetIds' of the VPC, which are 'network.existing.publicSubnetIds' in the settings`,
    ],
  ])("is refused %s", (_, props, message) => {
    expect(refusal(() => application(props))).toBe(`[test/edge] ${message}`);
  });

  test("is refused with a network twice", () => {
    const twice = { inboundCidrs: ["192.0.2.0/24", "192.0.2.0/24"] };
    expect(refusal(() => application(twice))).toBe(
      `[test/edge] 'inboundCidrs' must hold "192.0.2.0/24" once, got it twice; remove one`,
    );
  });

  test("is refused with a name or networks that only Terraform knows", () => {
    const stack = stackFor();
    const later = new TerraformLocal(stack, "later", "x").asString;
    const props = { vpc: VPC, certificateArn: CERTIFICATE };
    expect(refusal(() => new ApplicationLoadBalancer(stack, "a", { ...props, name: later }))).toContain(
      "'name' of a load balancer must be known when the app runs",
    );
    expect(
      refusal(() => new ApplicationLoadBalancer(stack, "b", { ...props, name: "b", inboundCidrs: [later] })),
    ).toContain("'inboundCidrs' must be known when the app runs");
  });
});

describe("the bucket of access logs", () => {
  test("is private, encrypted as Elastic Load Balancing can write it, and keeps records for a year", () => {
    const { text } = application();
    expect(addresses(text).filter((address) => address.includes("s3_bucket"))).toHaveLength(6);
    expect(resource(text, S3BucketPublicAccessBlock)).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(resource(text, S3BucketOwnershipControls)).toMatchObject({
      rule: { object_ownership: "BucketOwnerEnforced" },
    });
    expect(resource(text, S3BucketServerSideEncryptionConfigurationA)).toMatchObject({
      rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }],
    });
    expect(resource(text, S3BucketLifecycleConfiguration)).toMatchObject({
      rule: [{ status: "Enabled", expiration: [{ days: 365 }] }],
    });
    expect(resource(text, Lb).depends_on).toContain("aws_s3_bucket_policy.edge_access-logs_policy");
  });

  test("lets load balancers of this account write below its folder, and nobody read without TLS", () => {
    const { text } = application({ accessLogs: { prefix: "shop" } });
    const arn = "${aws_s3_bucket.edge_access-logs_bucket.arn}";
    expect(statements(resource(text, S3BucketPolicy).policy)).toEqual([
      {
        Sid: "LogDelivery",
        Effect: "Allow",
        Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `${arn}/shop/AWSLogs/111122223333/*`,
        Condition: {
          ArnLike: { "aws:SourceArn": "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/*" },
        },
      },
      {
        Sid: "EncryptionInTransit",
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: "s3:*",
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  test.each([
    ["cn-north-1", "arn:aws-cn:iam::638102146993:root"],
    ["us-gov-west-1", "arn:aws-us-gov:iam::048591011584:root"],
  ])("is written by an account of AWS's in %s", (region, principal) => {
    const stack = stackFor(region);
    new AccessLogBucket(stack, "logs", { bucketName: "shop-logs", kind: "application" });
    expect(statements(resource(synth(stack), S3BucketPolicy).policy)[0]).toMatchObject({
      Principal: { AWS: principal },
    });
  });

  test("of a Network Load Balancer lets CloudWatch's log delivery write", () => {
    const { text } = network({ certificateArn: CERTIFICATE, accessLogs: {} });
    expect(statements(resource(text, S3BucketPolicy).policy).slice(0, 2)).toMatchObject([
      {
        Sid: "LogDeliveryAcl",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: "s3:GetBucketAcl",
        Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
      },
      {
        Sid: "LogDelivery",
        Condition: {
          StringEquals: { "aws:SourceAccount": "111122223333", "s3:x-amz-acl": "bucket-owner-full-control" },
          ArnLike: { "aws:SourceArn": "arn:aws:logs:eu-west-1:111122223333:*" },
        },
      },
    ]);
  });

  test("is refused when its name would be too long, also where the account is known later", () => {
    const stack = stackFor("ap-southeast-1", { allowedAccountIds: [] });
    expect(
      refusal(
        () =>
          new ApplicationLoadBalancer(stack, "edge", {
            name: "s".repeat(32),
            vpc: VPC,
            certificateArn: CERTIFICATE.replace("eu-west-1", "ap-southeast-1"),
          }),
      ),
    ).toContain("the name of an S3 bucket must be 3 to 63 characters");
  });

  test("is not there when nobody wants records", () => {
    expect(addresses(application({ accessLogs: false }).text).filter((it) => it.includes("s3"))).toEqual([]);
  });
});

describe("NetworkLoadBalancer", () => {
  test("is internal, sends to tasks in all zones, and is protected", () => {
    const { text, balancer } = network();
    expect(resource(text, Lb)).toMatchObject({
      name: "mail",
      load_balancer_type: "network",
      internal: true,
      enable_deletion_protection: true,
      enable_cross_zone_load_balancing: true,
    });
    expect(resource(text, Lb)).not.toHaveProperty("access_logs");
    expect(balancer.tls).toBe(false);
  });

  test("has fixed addresses, where they are given", () => {
    const { text } = network({
      scheme: "internet-facing",
      elasticIps: { "eu-west-1a": "eipalloc-1", "eu-west-1b": "eipalloc-2" },
      crossZone: false,
      dualStack: false,
      domainNames: { "mail.example.com": ZONE },
      inboundCidrs: ["198.51.100.0/24"],
      deletionProtection: false,
    });
    expect(resource(text, Lb)).toMatchObject({
      subnet_mapping: [
        { subnet_id: "subnet-public-a", allocation_id: "eipalloc-1" },
        { subnet_id: "subnet-public-b", allocation_id: "eipalloc-2" },
      ],
      enable_cross_zone_load_balancing: false,
    });
    expect(resource(text, Route53Record)).toMatchObject({ name: "mail.example.com", type: "A" });
  });

  test("is refused with a web ACL, with the reason, and tells of an old security policy", () => {
    expect(refusal(() => network({ webAclArn: WEB_ACL } as object))).toContain(
      "AWS WAF looks at requests of HTTP, and a Network Load Balancer passes connections on",
    );
    const old = network({ certificateArn: CERTIFICATE, sslPolicy: "ELBSecurityPolicy-2016-08" });
    expect(warnings(old.stack)).toHaveLength(1);
  });
});
