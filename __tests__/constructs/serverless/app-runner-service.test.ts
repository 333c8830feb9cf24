import { ApprunnerAutoScalingConfigurationVersion } from "@cdktf/provider-aws/lib/apprunner-auto-scaling-configuration-version";
import { ApprunnerCustomDomainAssociation } from "@cdktf/provider-aws/lib/apprunner-custom-domain-association";
import { ApprunnerObservabilityConfiguration } from "@cdktf/provider-aws/lib/apprunner-observability-configuration";
import { ApprunnerService } from "@cdktf/provider-aws/lib/apprunner-service";
import { ApprunnerVpcConnector } from "@cdktf/provider-aws/lib/apprunner-vpc-connector";
import { ApprunnerVpcIngressConnection } from "@cdktf/provider-aws/lib/apprunner-vpc-ingress-connection";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { TerraformOutput } from "cdktf";
import { ContainerRepository } from "../../../src/constructs/ecs/container-repository";
import { AppRunnerService, type AppRunnerServiceProps } from "../../../src/constructs/serverless/app-runner-service";
import { HostedZone } from "../../../src/constructs/traffic/hosted-zone";
import { vpcOf } from "../../support/constructs";
import {
  ACCOUNT,
  addresses,
  PARTITIONS,
  refusal,
  resource,
  resources,
  stackFor,
  statements,
  synth,
  synthIn,
  warnings,
} from "../../support/stack";

const WEB = {
  name: "web",
  image: `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1.4.2`,
  cpu: "250m",
  memory: "512Mi",
  ports: { http: 8080 },
};
const PUBLIC = { ...WEB, image: "public.ecr.aws/nginx/nginx:1.29" };
const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const SECRET = `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:web/password-AbCdEf`;
const PARAMETER = `arn:aws:ssm:eu-west-1:${ACCOUNT}:parameter/web/greeting`;
const ACL = `arn:aws:wafv2:eu-west-1:${ACCOUNT}:regional/webacl/shop/01234567-89ab-cdef-0123-456789abcdef`;

function build(props: Partial<AppRunnerServiceProps> = {}) {
  const stack = stackFor();
  const service = new AppRunnerService(stack, "web", { serviceName: "shop-web", container: WEB, ...props });
  return { stack, service, text: synth(stack) };
}

const policy = (text: string, name: string) => statements(resource(text, IamRolePolicy, name).policy);

const CLOSED = expect.stringMatching(/^\[test\/web\] App Runner takes no new customers since 2026-04-30.*LoadBalanced/);

describe("AppRunnerService", () => {
  test("runs an image of ECR with roles of its own, public, one instance or more", () => {
    const { text, stack, service } = build();
    expect(addresses(text)).toEqual([
      "aws_apprunner_auto_scaling_configuration_version.web_scaling",
      "aws_apprunner_service.web_service",
      "aws_iam_role.web_roles_access",
      "aws_iam_role.web_roles_instance",
      "aws_iam_role_policy.web_roles_access-policy-image",
    ]);
    expect(resource(text, ApprunnerService)).toEqual({
      service_name: "shop-web",
      source_configuration: {
        authentication_configuration: { access_role_arn: "${aws_iam_role.web_roles_access.arn}" },
        auto_deployments_enabled: false,
        image_repository: {
          image_identifier: WEB.image,
          image_repository_type: "ECR",
          image_configuration: { port: "8080" },
        },
      },
      instance_configuration: {
        cpu: "256",
        memory: "512",
        instance_role_arn: "${aws_iam_role.web_roles_instance.arn}",
      },
      health_check_configuration: {
        protocol: "TCP",
        interval: 5,
        timeout: 2,
        healthy_threshold: 1,
        unhealthy_threshold: 5,
      },
      auto_scaling_configuration_arn: "${aws_apprunner_auto_scaling_configuration_version.web_scaling.arn}",
      network_configuration: {
        egress_configuration: { egress_type: "DEFAULT" },
        ingress_configuration: { is_publicly_accessible: true },
        ip_address_type: "IPV4",
      },
      depends_on: ["aws_iam_role_policy.web_roles_access-policy-image"],
    });
    expect(resource(text, ApprunnerAutoScalingConfigurationVersion)).toEqual({
      auto_scaling_configuration_name: "shop-web",
      max_concurrency: 100,
      min_size: 1,
      max_size: 25,
      lifecycle: { create_before_destroy: true },
    });
    expect(service.securityGroupId).toBeUndefined();
    expect(warnings(stack)).toEqual([CLOSED]);
  });

  test("lets App Runner pull that one image's repository, and no other", () => {
    expect(policy(build().text, "web_roles_access-policy-image")).toEqual([
      {
        Effect: "Allow",
        Action: [
          "ecr:BatchCheckLayerAvailability",
          "ecr:BatchGetImage",
          "ecr:DescribeImages",
          "ecr:GetDownloadUrlForLayer",
        ],
        Resource: `arn:aws:ecr:eu-west-1:${ACCOUNT}:repository/shop/web`,
      },
      { Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
    ]);
  });

  test.each([
    ["web_roles_access", "shop-web-access", "build.apprunner.amazonaws.com"],
    ["web_roles_instance", "shop-web-instance", "tasks.apprunner.amazonaws.com"],
  ])("has a role for App Runner alone, and not for another account's services: %s", (address, name, service) => {
    const role = resource(build().text, IamRole, address);
    expect(role.name).toBe(name);
    expect(statements(role.assume_role_policy)).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sts:AssumeRole",
        Condition: {
          ArnLikeIfExists: { "aws:SourceArn": `arn:aws:apprunner:eu-west-1:${ACCOUNT}:*` },
          StringEqualsIfExists: { "aws:SourceAccount": ACCOUNT },
        },
      },
    ]);
  });

  test("needs no access role for an image of ECR Public", () => {
    const { text } = build({ container: PUBLIC });
    expect(Object.keys(resources(text, IamRole))).toEqual(["web_roles_instance"]);
    expect(resource(text, ApprunnerService).source_configuration).toEqual({
      auto_deployments_enabled: false,
      image_repository: expect.objectContaining({ image_repository_type: "ECR_PUBLIC" }),
    });
  });

  test("takes an image whose name only Terraform knows with its repository", () => {
    const stack = stackFor();
    const repository = new ContainerRepository(stack, "images", { repositoryName: "shop/web" });
    const container = { ...WEB, image: repository.image("v1") };
    new AppRunnerService(stack, "web", { serviceName: "shop-web", container, repository });
    const text = synth(stack);
    expect(policy(text, "web_roles_access-policy-image")[0]?.Resource).toBe(
      "${aws_ecr_repository.images_repository.arn}",
    );
    expect(refusal(() => build({ container }))).toBe(
      "[test/web] 'image' of the container is known to Terraform alone, so that its repository cannot be read from it; give 'repository'",
    );
  });

  test("gives the container its variables, secrets, arguments and probe", () => {
    const { text } = build({
      container: {
        ...WEB,
        cpu: "900m",
        memory: "2Gi",
        args: ["serve", "--port=8080"],
        environment: { MODE: "fast", LITERAL: "$$(MODE)" },
        secrets: {
          PASSWORD: { secretArn: SECRET, jsonKey: "password" },
          GREETING: { parameterArn: PARAMETER },
        },
        readiness: { http: { port: "http", path: "/health" } },
      },
    });
    expect(text).toHaveResourceWithProperties(ApprunnerService, {
      instance_configuration: {
        cpu: "1024",
        memory: "2048",
        instance_role_arn: "${aws_iam_role.web_roles_instance.arn}",
      },
      health_check_configuration: {
        protocol: "HTTP",
        path: "/health",
        interval: 10,
        timeout: 1,
        healthy_threshold: 1,
        unhealthy_threshold: 3,
      },
    });
    expect(resource(text, ApprunnerService).source_configuration).toMatchObject({
      image_repository: {
        image_configuration: {
          port: "8080",
          start_command: "serve --port=8080",
          runtime_environment_variables: { MODE: "fast", LITERAL: "$(MODE)" },
          runtime_environment_secrets: { PASSWORD: `${SECRET}:password::`, GREETING: PARAMETER },
        },
      },
    });
  });

  test("sends through the private subnets of a VPC, with a security group of its own", () => {
    const { text, service } = build({ vpc: vpcOf(), egress: "vpc" });
    expect(resource(text, ApprunnerVpcConnector)).toEqual({
      vpc_connector_name: "shop-web",
      subnets: ["subnet-private-a", "subnet-private-b", "subnet-private-c"],
      security_groups: ["${aws_security_group.web_egress_security-group.id}"],
      lifecycle: { create_before_destroy: true },
    });
    expect(resource(text, ApprunnerService).network_configuration).toMatchObject({
      egress_configuration: {
        egress_type: "VPC",
        vpc_connector_arn: "${aws_apprunner_vpc_connector.web_egress_connector.arn}",
      },
    });
    expect(service.securityGroupId).toBeDefined();
  });

  test("is refused in a VPC without private subnets", () => {
    const vpc = { ...vpcOf(), privateSubnets: [] };
    for (const way of [{ egress: "vpc" }, { ingress: "private" }] as const) {
      expect(refusal(() => build({ vpc, ...way }))).toContain("'vpc' must have private subnets in at least 1 zone");
    }
  });

  test("is called in a VPC alone, by an endpoint that takes HTTPS from it", () => {
    const { text } = build({ vpc: vpcOf(), ingress: "private" });
    expect(resource(text, ApprunnerService).network_configuration).toMatchObject({
      egress_configuration: { egress_type: "DEFAULT" },
      ingress_configuration: { is_publicly_accessible: false },
    });
    expect(text).toHaveResourceWithProperties(VpcEndpoint, {
      service_name: "com.amazonaws.eu-west-1.apprunner.requests",
      vpc_endpoint_type: "Interface",
      private_dns_enabled: false,
      security_group_ids: ["${aws_security_group.web_ingress_security-group.id}"],
    });
    expect(text).toHaveResourceWithProperties(VpcSecurityGroupIngressRule, {
      cidr_ipv4: "10.0.0.0/16",
      from_port: 443,
      to_port: 443,
    });
    expect(text).toHaveResourceWithProperties(ApprunnerVpcIngressConnection, {
      name: "shop-web",
      ingress_vpc_configuration: { vpc_id: "vpc-1", vpc_endpoint_id: "${aws_vpc_endpoint.web_ingress_endpoint.id}" },
    });
  });

  test("has traces, a key, a web ACL, scaling and deployments of its own when they are asked for", () => {
    const { text } = build({
      tracing: true,
      kmsKeyArn: KEY,
      webAclArn: ACL,
      scaling: { maxConcurrency: 20, minSize: 2, maxSize: 4 },
      autoDeployments: true,
      size: { cpu: "2", memory: "6Gi" },
      ipAddressType: "DUAL_STACK",
      configurationName: "shop-slow",
    });
    expect(text).toHaveResourceWithProperties(ApprunnerObservabilityConfiguration, {
      observability_configuration_name: "shop-slow",
      trace_configuration: { vendor: "AWSXRAY" },
    });
    expect(policy(text, "web_roles_instance-policy-traces")[0]?.Action).toContain("xray:PutTraceSegments");
    expect(text).toHaveResourceWithProperties(ApprunnerService, {
      encryption_configuration: { kms_key: KEY },
      observability_configuration: {
        observability_enabled: true,
        observability_configuration_arn: "${aws_apprunner_observability_configuration.web_tracing.arn}",
      },
    });
    expect(resource(text, ApprunnerService)).toMatchObject({
      source_configuration: { auto_deployments_enabled: true },
      instance_configuration: { cpu: "2048", memory: "6144" },
      network_configuration: { ip_address_type: "DUAL_STACK" },
    });
    expect(text).toHaveResourceWithProperties(ApprunnerAutoScalingConfigurationVersion, {
      auto_scaling_configuration_name: "shop-slow",
      max_concurrency: 20,
      min_size: 2,
      max_size: 4,
    });
    expect(text).toHaveResourceWithProperties(Wafv2WebAclAssociation, {
      resource_arn: "${aws_apprunner_service.web_service.arn}",
      web_acl_arn: ACL,
    });
  });

  test("answers by domains of its own, whose records stand in their zone", () => {
    const zone = HostedZone.fromAttributes({ zoneId: "Z0123456789ABCDEFGHIJ", zoneName: "example.com" });
    const { text, stack, service } = build({
      domains: { "shop.example.com": { zone, enableWwwSubdomain: true }, "shop.example.org": {} },
    });
    expect(Object.keys(resources(text, ApprunnerCustomDomainAssociation))).toEqual([
      "web_domain-shop_example_com_association",
      "web_domain-shop_example_org_association",
    ]);
    expect(resources(text, Route53Record)).toEqual({
      "web_domain-shop_example_com_record": expect.objectContaining({ name: "shop.example.com", type: "A" }),
      "web_domain-shop_example_com_record-www": expect.objectContaining({ name: "www.shop.example.com" }),
    });
    expect(service.domainNames).toEqual(["shop.example.com", "shop.example.org"]);
    new TerraformOutput(stack, "records", { value: service.validationRecords("shop.example.org") });
    expect(JSON.parse(synth(stack)).output.records.value).toBe(
      "${aws_apprunner_custom_domain_association.web_domain-shop_example_org_association.certificate_validation_records}",
    );
    expect(service.validationRecords("example.net")).toBeUndefined();
    expect(refusal(() => build({ domains: { "shop.example.org": { zone } } }))).toBe(
      `[test/web/domain-shop_example_org] domain "shop.example.org" does not lie in zone "example.com"; give the zone that it lies in`,
    );
  });

  test("lets the program do what is granted", () => {
    const stack = stackFor();
    const service = new AppRunnerService(stack, "web", { serviceName: "shop-web", container: PUBLIC });
    service.grant("uploads", [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::uploads/*"] }]);
    expect(policy(synth(stack), "web_roles_instance-policy-uploads")).toEqual([
      { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::uploads/*" },
    ]);
  });

  test("refuses everything at once that App Runner cannot do", () => {
    const container = { ...WEB, cpu: "8", workingDir: "/srv", ports: {} };
    expect(
      refusal(() => build({ serviceName: "web", container, ingress: "private", scaling: { maxConcurrency: 0 } })).split(
        "\n",
      ),
    ).toEqual([
      expect.stringMatching(/^\[test\/web\] the name of an App Runner service must be 4 to 40 characters/),
      expect.stringContaining("asks for 'workingDir'"),
      expect.stringContaining("asks for a container without a port"),
      expect.stringContaining("must fit into the largest instance"),
      expect.stringContaining("'maxConcurrency'"),
      expect.stringContaining(`'ingress' "private" needs a VPC`),
    ]);
  });

  const synthWith = (region: string, props: Partial<AppRunnerServiceProps> = {}) =>
    synthIn(region, (stack) => {
      new AppRunnerService(stack, "web", { serviceName: "shop-web", container: WEB, ...props });
    });

  test.each(PARTITIONS.filter(({ partition }) => partition !== "aws"))(
    "is refused in $partition, which has no App Runner",
    ({ region, partition }) => {
      expect(refusal(() => synthWith(region))).toBe(
        `[test/web] App Runner must be in a Region of partition "aws", got "${region}", whose partition "${partition}" does not have it; run the container on ECS there, as LoadBalancedService does`,
      );
    },
  );

  test("warns in a Region that is not known to have App Runner", () => {
    const warned = (region: string) => {
      const stack = stackFor(region);
      new AppRunnerService(stack, "web", { serviceName: "shop-web", container: WEB });
      return warnings(stack).filter((warning) => warning.includes("among the Regions with App Runner"));
    };
    expect(warned("eu-south-1")).toEqual([
      expect.stringContaining(`[test/web] "eu-south-1" is not among the Regions with App Runner known as of`),
    ]);
    expect(warned("eu-west-1")).toEqual([]);
  });

  test.each([
    [ACL.replace("eu-west-1", "us-east-1"), `'webAclArn' must be of the service's Region, "eu-west-1", got`],
    [ACL.replace("eu-west-1", "us-east-1").replace("regional", "global"), "'webAclArn' must be the ARN of a regional"],
  ])("refuses web ACL %s", (webAclArn, words) => {
    expect(refusal(() => synthWith("eu-west-1", { webAclArn }))).toContain(words);
  });

  test.each(PARTITIONS)("names repositories of $partition", ({ region, partition, dnsSuffix }) => {
    const container = { ...WEB, image: `${ACCOUNT}.dkr.ecr.${region}.${dnsSuffix}/shop/web:1` };
    const text = synthWith("eu-west-1", { container });
    expect(policy(text, "web_roles_access-policy-image")[0]?.Resource).toBe(
      `arn:${partition}:ecr:${region}:${ACCOUNT}:repository/shop/web`,
    );
  });
});
