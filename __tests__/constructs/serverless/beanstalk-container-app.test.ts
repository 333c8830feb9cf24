import { ElasticBeanstalkApplication } from "@cdktf/provider-aws/lib/elastic-beanstalk-application";
import { ElasticBeanstalkApplicationVersion } from "@cdktf/provider-aws/lib/elastic-beanstalk-application-version";
import { ElasticBeanstalkEnvironment } from "@cdktf/provider-aws/lib/elastic-beanstalk-environment";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { TerraformVariable } from "cdktf";
import { ContainerRepository } from "../../../src/constructs/ecs/container-repository";
import { Vpc } from "../../../src/constructs/network/vpc";
import {
  BeanstalkContainerApp,
  type BeanstalkContainerAppProps,
} from "../../../src/constructs/serverless/beanstalk-container-app";
import type { ContainerSpec } from "../../../src/model/container-spec";
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
  warnings,
} from "../../support/stack";

const WEB: ContainerSpec = {
  name: "web",
  image: "public.ecr.aws/nginx/nginx:1.29",
  cpu: "250m",
  memory: "512Mi",
  ports: { http: 8080 },
};
const CERTIFICATE = `arn:aws:acm:eu-west-1:${ACCOUNT}:certificate/12345678-1234-1234-1234-123456789012`;
const SECRET = `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:web/password-AbCdEf`;

function build(options: Partial<BeanstalkContainerAppProps> = {}, stack = stackFor(), region = "eu-west-1") {
  const vpc = Vpc.fromAttributes(stack, "vpc", {
    vpcId: "vpc-0123456789abcdef0",
    privateSubnetIds: { [`${region}a`]: "subnet-0123456789abcdef0", [`${region}b`]: "subnet-0123456789abcdef1" },
    publicSubnetIds: { [`${region}a`]: "subnet-0123456789abcdef2", [`${region}b`]: "subnet-0123456789abcdef3" },
  });
  const app = new BeanstalkContainerApp(stack, "app", {
    applicationName: "shop",
    vpc,
    containers: [WEB],
    certificateArn: CERTIFICATE,
    ...options,
  });
  return { stack, app, vpc, text: synth(stack) };
}

/** Options of the environment by their names, without the namespaces. */
function options(text: string): Record<string, string> {
  const { setting } = resource(text, ElasticBeanstalkEnvironment) as { setting: { name: string; value: string }[] };
  return Object.fromEntries(setting.map(({ name, value }) => [name, value]));
}

describe("BeanstalkContainerApp", () => {
  test("is an application, its version and an environment on the newest platform with ECS", () => {
    const { text } = build();
    expect(resource(text, ElasticBeanstalkApplication)).toMatchObject({
      name: "shop",
      appversion_lifecycle: {
        service_role: "${aws_iam_role.app_roles_service.arn}",
        max_count: 50,
        delete_source_from_s3: true,
      },
    });
    expect(resource(text, ElasticBeanstalkEnvironment)).toMatchObject({
      name: "shop",
      application: "${aws_elastic_beanstalk_application.app_application.name}",
      solution_stack_name: "${data.aws_elastic_beanstalk_solution_stack.app_platform.name}",
      version_label: "${aws_elastic_beanstalk_application_version.app_version.name}",
      lifecycle: { ignore_changes: ["solution_stack_name"] },
    });
    expect(JSON.parse(text)).toMatchObject({
      data: {
        aws_elastic_beanstalk_solution_stack: {
          app_platform: { most_recent: true, name_regex: "^64bit Amazon Linux 2023 (.*) running ECS$" },
        },
      },
    });
    expect(options(text)).toMatchObject({
      Subnets: "subnet-0123456789abcdef0,subnet-0123456789abcdef1",
      ELBSubnets: "subnet-0123456789abcdef0,subnet-0123456789abcdef1",
      IamInstanceProfile: "${aws_iam_instance_profile.app_roles_instance-profile.name}",
      ServiceRole: "${aws_iam_role.app_roles_service.arn}",
      DisableIMDSv1: "true",
    });
  });

  test("keeps its addresses, which are a contract", () => {
    expect(addresses(build().text).filter((address) => address.includes(".app_"))).toEqual([
      "aws_cloudwatch_log_group.app_logs",
      "aws_elastic_beanstalk_application.app_application",
      "aws_elastic_beanstalk_application_version.app_version",
      "aws_elastic_beanstalk_environment.app_environment",
      "aws_iam_instance_profile.app_roles_instance-profile",
      "aws_iam_role.app_roles_instance",
      "aws_iam_role.app_roles_service",
      "aws_iam_role_policy.app_roles_instance-policy-start",
      "aws_iam_role_policy.app_roles_instance-policy-versions",
      "aws_iam_role_policy.app_roles_service-policy-versions",
      "aws_iam_role_policy_attachment.app_roles_instance-AWSElasticBeanstalkMulticontainerDocker",
      "aws_iam_role_policy_attachment.app_roles_instance-AWSElasticBeanstalkWebTier",
      "aws_iam_role_policy_attachment.app_roles_service-AWSElasticBeanstalkEnhancedHealth",
      "aws_iam_role_policy_attachment.app_roles_service-AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy",
      "aws_s3_bucket.app_versions_bucket",
      "aws_s3_bucket_lifecycle_configuration.app_versions_lifecycle",
      "aws_s3_bucket_ownership_controls.app_versions_ownership",
      "aws_s3_bucket_policy.app_versions_policy",
      "aws_s3_bucket_public_access_block.app_versions_public-access",
      "aws_s3_bucket_server_side_encryption_configuration.app_versions_encryption",
      "aws_s3_bucket_versioning.app_versions_versioning",
      "aws_s3_object.app_bundle",
      "data.aws_elastic_beanstalk_solution_stack.app_platform",
    ]);
  });

  test("has a bucket that is private, encrypted, versioned and never without TLS", () => {
    const { text } = build();
    expect(text).toHaveResourceWithProperties(S3BucketPublicAccessBlock, {
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(text).toHaveResourceWithProperties(S3BucketVersioningA, { versioning_configuration: { status: "Enabled" } });
    expect(text).toHaveResourceWithProperties(S3BucketServerSideEncryptionConfigurationA, {
      rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }],
    });
    expect(statements(resource(text, S3BucketPolicy).policy)).toMatchObject([
      { Effect: "Deny", Action: "s3:*", Condition: { Bool: { "aws:SecureTransport": "false" } } },
    ]);
  });

  test("names bundle and version by their content, and has the new ones before the old ones go", () => {
    const version = (props: Partial<BeanstalkContainerAppProps>) => {
      const { text } = build(props);
      const bundle = resource(text, S3Object);
      expect(bundle.lifecycle).toEqual({ create_before_destroy: true });
      expect(resource(text, ElasticBeanstalkApplicationVersion)).toMatchObject({
        key: "${aws_s3_object.app_bundle.key}",
        lifecycle: { create_before_destroy: true },
      });
      return { key: bundle.key, name: resource(text, ElasticBeanstalkApplicationVersion).name };
    };
    const first = version({});
    expect(first.key).toMatch(/^shop\/[0-9a-f]{12}\/Dockerrun\.aws\.json$/);
    expect(first.name).toBe(`shop-${String(first.key).split("/")[1]}`);
    expect(version({})).toEqual(first);
    expect(version({ minSize: 3 })).toEqual(first);
    expect(version({ containers: [{ ...WEB, image: "public.ecr.aws/nginx/nginx:1.30" }] })).not.toEqual(first);
  });

  test("names them by Terraform's hash too, of what Terraform alone knows", () => {
    const stack = stackFor();
    const repository = new ContainerRepository(stack, "images", { repositoryName: "web" });
    const { text } = build({ containers: [{ ...WEB, image: repository.image("v1") }] }, stack);
    expect(resource(text, ElasticBeanstalkApplicationVersion).name).toMatch(
      /^shop-[0-9a-f]{12}-\$\{substr\(sha256\(.*aws_ecr_repository\.images_repository\.repository_url.*\), 0, 12\)\}$/,
    );
    const start = resource(text, IamRolePolicy, "app_roles_instance-policy-start");
    expect(String(start.policy)).toContain("ecr:BatchGetImage");
  });

  test("lets Beanstalk alone take on its role, and the instances read versions and start containers", () => {
    const { text } = build();
    expect(statements(resource(text, IamRole, "app_roles_service").assume_role_policy)).toEqual([
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "elasticbeanstalk.amazonaws.com" },
        Condition: {
          StringEquals: { "sts:ExternalId": "elasticbeanstalk" },
          StringEqualsIfExists: { "aws:SourceAccount": ACCOUNT },
        },
      },
    ]);
    expect(statements(resource(text, IamRolePolicy, "app_roles_instance-policy-versions").policy)).toEqual([
      {
        Sid: "Versions",
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:GetObjectVersion"],
        Resource: "${aws_s3_bucket.app_versions_bucket.arn}/*",
      },
    ]);
    expect(statements(resource(text, IamRolePolicy, "app_roles_instance-policy-start").policy)).toEqual([
      {
        Sid: "Logs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: "${aws_cloudwatch_log_group.app_logs.arn}:*",
      },
    ]);
  });

  test("has ECS read secrets by a role of its own, and Beanstalk hand them to all containers", () => {
    const { text } = build({ containers: [{ ...WEB, secrets: { PASSWORD: { secretArn: SECRET } } }] });
    const bundle = JSON.parse(String(resource(text, S3Object).content)) as { executionRoleArn: string };
    expect(bundle.executionRoleArn).toBe(`arn:aws:iam::${ACCOUNT}:role/shop-beanstalk-execution`);
    expect(options(text).PASSWORD).toBe(SECRET);
    for (const policy of ["app_roles_instance-policy-start", "app_roles_execution-policy-start"]) {
      expect(statements(resource(text, IamRolePolicy, policy).policy)).toContainEqual({
        Sid: "Secrets",
        Effect: "Allow",
        Action: "secretsmanager:GetSecretValue",
        Resource: SECRET,
      });
    }
    expect(resource(text, ElasticBeanstalkEnvironment).depends_on).toContain(
      "aws_iam_role_policy.app_roles_execution-policy-start",
    );
  });

  test("leaves the platform to Terraform without managed updates, and the role without their policy", () => {
    const { text } = build({ managedUpdates: false, scheme: "internet-facing", cnamePrefix: "shop-web" });
    expect(resource(text, ElasticBeanstalkEnvironment)).not.toHaveProperty("lifecycle");
    expect(resource(text, ElasticBeanstalkEnvironment)).toMatchObject({ cname_prefix: "shop-web" });
    expect(Object.keys(resources(text, IamRolePolicyAttachment)).join()).not.toContain("ManagedUpdates");
    expect(options(text).ELBSubnets).toBe("subnet-0123456789abcdef2,subnet-0123456789abcdef3");
  });

  test("lets programs do what they are granted", () => {
    const { stack, app } = build();
    app.grant("pictures", [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::pictures/*"] }]);
    expect(resource(synth(stack), IamRolePolicy, "app_roles_instance-policy-program-pictures")).toMatchObject({
      name: "program-pictures",
    });
  });

  test("refuses everything that is wrong at once", () => {
    expect(refusal(() => build({ environmentName: "a", containers: [], minSize: 0 })).split("\n")).toEqual([
      expect.stringContaining("[test/app] the name of an Elastic Beanstalk environment must be 4 to 40"),
      expect.stringContaining("[test/app] 'containers' must hold 1 to 10 containers, got 0"),
      expect.stringContaining("[test/app] 'minSize' must be a whole number"),
    ]);
    const stack = stackFor();
    const later = new TerraformVariable(stack, "later", {}).stringValue;
    expect(refusal(() => build({ applicationName: later }, stack))).toContain(
      "'applicationName' and 'environmentName' must be known when Terraform is written",
    );
  });

  test("warns of what may go wrong", () => {
    expect(warnings(build({ minSize: 1, updates: "rolling" }).stack)).toEqual([
      expect.stringContaining("[test/app] 'updates' \"rolling\" takes the only instance out of service"),
    ]);
  });

  test.each(PARTITIONS)(
    "names what AWS manages as its partition does, in $region",
    ({ region, partition, dnsSuffix }) => {
      const certificateArn = CERTIFICATE.replace("arn:aws:", `arn:${partition}:`).replace("eu-west-1", region);
      const { text } = build({ certificateArn }, stackFor(region), region);
      const policies = Object.values(resources(text, IamRolePolicyAttachment)).map(({ policy_arn }) =>
        String(policy_arn),
      );
      expect(policies).toContain(`arn:${partition}:iam::aws:policy/AWSElasticBeanstalkWebTier`);
      expect(policies).toContain(`arn:${partition}:iam::aws:policy/service-role/AWSElasticBeanstalkEnhancedHealth`);
      expect(statements(resource(text, IamRole, "app_roles_instance").assume_role_policy)).toMatchObject([
        { Principal: { Service: `ec2.${dnsSuffix}` } },
      ]);
    },
  );
});
