import { EcsCapacityProvider } from "@cdktf/provider-aws/lib/ecs-capacity-provider";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { EcsCluster } from "../../../src/constructs/ecs/ecs-cluster";
import { InstanceLaunchTemplate } from "../../../src/constructs/ecs/instance-launch-template";
import { InstanceScalingGroup } from "../../../src/constructs/ecs/instance-scaling-group";
import type { InstanceGroupOptions } from "../../../src/model/ecs-instances";
import { vpcOf } from "../../support/constructs";
import {
  addresses,
  PARTITIONS,
  refusal,
  resolved,
  resource,
  resources,
  stackFor,
  statements,
  synth,
  synthIn,
  warnings,
} from "../../support/stack";

function build(options: Partial<InstanceGroupOptions> = {}, vpc = vpcOf()) {
  const stack = stackFor();
  const cluster = new EcsCluster(stack, "cluster", {
    clusterName: "shop",
    vpc,
    exec: false,
    autoScalingGroups: { web: { instanceTypes: ["m7g.large"], maxSize: 3, ...options } },
  });
  const text = synth(stack);
  return {
    stack,
    capacity: cluster.ec2Capacity.web,
    text,
    group: resource(text, InstanceScalingGroup),
    template: resource(text, InstanceLaunchTemplate),
    provider: resource(text, EcsCapacityProvider),
  };
}

const TAGS = (extra: string) => `\${merge(data.aws_default_tags.cluster_instances-web_default-tags.tags, ${extra})}`;

describe("Ec2Capacity", () => {
  test("is an Auto Scaling group in all private subnets that begins empty and protects instances with tasks", () => {
    expect(build().group).toEqual({
      name: "shop-web",
      min_size: 0,
      max_size: 3,
      vpc_zone_identifier: ["subnet-private-a", "subnet-private-b", "subnet-private-c"],
      health_check_type: "EC2",
      protect_from_scale_in: true,
      capacity_rebalance: false,
      wait_for_capacity_timeout: "0",
      mixed_instances_policy: {
        launch_template: {
          launch_template_specification: {
            launch_template_id: "${aws_launch_template.cluster_instances-web_launch-template.id}",
            version: "${aws_launch_template.cluster_instances-web_launch-template.latest_version}",
          },
          override: [{ instance_type: "m7g.large" }],
        },
        instances_distribution: {
          on_demand_allocation_strategy: "prioritized",
          on_demand_base_capacity: 0,
          on_demand_percentage_above_base_capacity: 100,
          spot_allocation_strategy: "price-capacity-optimized",
        },
      },
      instance_refresh: {
        strategy: "Rolling",
        preferences: { min_healthy_percentage: 90, scale_in_protected_instances: "Refresh" },
      },
      dynamic: {
        tag: {
          for_each: TAGS('{"AmazonECSManaged" = "true", "Name" = "shop-web"}'),
          content: {
            key: "${tag.key}",
            value: "${tag.value}",
            propagate_at_launch: '${tag.key == "AmazonECSManaged"}',
          },
        },
      },
      timeouts: { delete: "75m" },
      lifecycle: { ignore_changes: ["desired_capacity"] },
      depends_on: expect.anything(),
    });
  });

  test("keeps the instances' rights and ways until they are gone", () => {
    expect(build().group.depends_on).toEqual([
      "aws_iam_role_policy_attachment.cluster_instances-web_role_AmazonEC2ContainerServiceforEC2Role",
      "aws_vpc_security_group_egress_rule.cluster_instances-web_egress",
    ]);
  });

  test("starts instances whose metadata is their own, on encrypted volumes, with the newest AMI", () => {
    const launched = TAGS('{"Name" = "shop-web"}');
    expect(build().template).toEqual({
      name: "shop-web-instances",
      description: "Instances of ECS cluster ${aws_ecs_cluster.cluster_cluster.name}",
      image_id: "resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id",
      instance_type: "m7g.large",
      iam_instance_profile: { arn: "${aws_iam_instance_profile.cluster_instances-web_role_profile.arn}" },
      vpc_security_group_ids: ["${aws_security_group.cluster_instances-web_security-group.id}"],
      user_data: expect.stringMatching(
        /^\$\{base64encode\(format\("#!\/bin\/bash.*ECS_CLUSTER=%s.*", aws_ecs_cluster\.cluster_cluster\.name\)\)\}$/,
      ),
      metadata_options: {
        http_endpoint: "enabled",
        http_tokens: "required",
        http_put_response_hop_limit: 1,
        instance_metadata_tags: "disabled",
      },
      block_device_mappings: [
        {
          device_name: "/dev/xvda",
          ebs: { encrypted: "true", volume_type: "gp3", delete_on_termination: "true", volume_size: 30 },
        },
      ],
      tag_specifications: [
        { resource_type: "instance", tags: launched },
        { resource_type: "volume", tags: launched },
      ],
    });
  });

  test("is a capacity provider that scales, drains and protects", () => {
    expect(build().provider).toEqual({
      name: "shop-web",
      auto_scaling_group_provider: {
        auto_scaling_group_arn: "${aws_autoscaling_group.cluster_instances-web_group.arn}",
        managed_draining: "ENABLED",
        managed_termination_protection: "ENABLED",
        managed_scaling: {
          status: "ENABLED",
          target_capacity: 100,
          minimum_scaling_step_size: 1,
          maximum_scaling_step_size: 10000,
          instance_warmup_period: 300,
        },
      },
      lifecycle: { create_before_destroy: true },
    });
  });

  test("is all that is asked for", () => {
    const { group, template, provider, text } = build({
      os: "bottlerocket",
      instanceTypes: ["m7i.large", "m6i.large"],
      amiParameter: "/golden/bottlerocket:4",
      minSize: 1,
      maxSize: 9,
      onDemandBase: 1,
      onDemandPercentage: 25,
      volumeSizeInGib: 80,
      zones: ["eu-west-1b"],
      managedScaling: { targetCapacity: 90, minStepSize: 2, maxStepSize: 4, warmupInSeconds: 60 },
      terminationProtection: false,
      managedDraining: false,
      minHealthyPercentage: 50,
      maxInstanceLifetimeInDays: 14,
      sessionManager: true,
      tags: { team: "web", app: "shop" },
      capacityProviderName: "mine",
    });
    expect(group).toMatchObject({
      name: "mine",
      min_size: 1,
      max_size: 9,
      vpc_zone_identifier: ["subnet-private-b"],
      protect_from_scale_in: false,
      capacity_rebalance: true,
      max_instance_lifetime: 14 * 24 * 3600,
      mixed_instances_policy: {
        launch_template: { override: [{ instance_type: "m7i.large" }, { instance_type: "m6i.large" }] },
        instances_distribution: { on_demand_base_capacity: 1, on_demand_percentage_above_base_capacity: 25 },
      },
      instance_refresh: { preferences: { min_healthy_percentage: 50 } },
      dynamic: {
        tag: {
          for_each: TAGS('{"AmazonECSManaged" = "true", "Name" = "mine", "app" = "shop", "team" = "web"}'),
        },
      },
    });
    expect(template).toMatchObject({
      name: "mine-instances",
      image_id: "resolve:ssm:/golden/bottlerocket:4",
      user_data: expect.stringContaining("[settings.ecs]"),
      block_device_mappings: [
        { device_name: "/dev/xvda", ebs: { encrypted: "true" } },
        { device_name: "/dev/xvdb", ebs: { encrypted: "true", volume_size: 80 } },
      ],
      tags: { team: "web", app: "shop" },
    });
    expect(provider).toMatchObject({
      name: "mine",
      auto_scaling_group_provider: {
        managed_draining: "DISABLED",
        managed_termination_protection: "DISABLED",
        managed_scaling: {
          status: "ENABLED",
          target_capacity: 90,
          minimum_scaling_step_size: 2,
          maximum_scaling_step_size: 4,
          instance_warmup_period: 60,
        },
      },
      tags: { team: "web", app: "shop" },
    });
    expect(Object.keys(resources(text, IamRolePolicyAttachment))).toEqual([
      "cluster_instances-web_role_AmazonEC2ContainerServiceforEC2Role",
      "cluster_instances-web_role_AmazonSSMManagedInstanceCore",
    ]);
  });

  test("leaves scaling to something else, and then protects nothing", () => {
    const { provider, group } = build({ managedScaling: false });
    expect(provider.auto_scaling_group_provider).toMatchObject({
      managed_scaling: { status: "DISABLED" },
      managed_termination_protection: "DISABLED",
    });
    expect(group.protect_from_scale_in).toBe(false);
  });

  test("gives the instances a role of AWS's for the agent, in every partition", () => {
    for (const { region, partition, dnsSuffix } of PARTITIONS) {
      const text = synthIn(region, (stack) => {
        new EcsCluster(stack, "cluster", {
          clusterName: "shop",
          vpc: vpcOf(region),
          exec: false,
          autoScalingGroups: { web: { instanceTypes: ["m7g.large"], maxSize: 3 } },
        });
      });
      const role = resource(text, IamRole);
      expect(role.name).toBe("shop-web-instances");
      expect(statements(role.assume_role_policy)).toEqual([
        { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: `ec2.${dnsSuffix}` } },
      ]);
      expect(resource(text, IamRolePolicyAttachment).policy_arn).toBe(
        `arn:${partition}:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role`,
      );
    }
  });

  test("lets nobody in", () => {
    const { text, stack, capacity } = build();
    expect(resource(text, SecurityGroup)).toMatchObject({ name: "shop-web-instances", vpc_id: "vpc-1" });
    expect(addresses(text).filter((address) => address.includes("ingress"))).toEqual([]);
    expect(resolved(stack, capacity?.securityGroupId)).toBe(
      "${aws_security_group.cluster_instances-web_security-group.id}",
    );
    expect(resolved(stack, capacity?.autoScalingGroupName)).toBe(
      "${aws_autoscaling_group.cluster_instances-web_group.name}",
    );
    expect(capacity?.provider).toEqual({
      name: "shop-web",
      kind: "ec2",
      machine: { architecture: "ARM64", operatingSystem: "linux" },
    });
  });

  test("makes these Terraform addresses, whose change would replace the instances", () => {
    expect(addresses(build().text).filter((address) => address.includes("instances-web"))).toEqual([
      "aws_autoscaling_group.cluster_instances-web_group",
      "aws_ecs_capacity_provider.cluster_instances-web_provider",
      "aws_iam_instance_profile.cluster_instances-web_role_profile",
      "aws_iam_role.cluster_instances-web_role_role",
      "aws_iam_role_policy_attachment.cluster_instances-web_role_AmazonEC2ContainerServiceforEC2Role",
      "aws_launch_template.cluster_instances-web_launch-template",
      "aws_security_group.cluster_instances-web_security-group",
      "aws_vpc_security_group_egress_rule.cluster_instances-web_egress",
      "data.aws_default_tags.cluster_instances-web_default-tags",
    ]);
  });

  test("is refused in zones where the VPC has no private subnet", () => {
    expect(refusal(() => build({ zones: ["eu-west-1d"] }))).toContain(
      `[test/cluster/instances-web] 'zones' names "eu-west-1d", where the VPC has no private subnet`,
    );
  });

  test("is refused where its agent would have no way to ECS", () => {
    const closed = (endpointServices: readonly string[]) =>
      vpcOf("eu-west-1", { egress: "endpoints", endpointServices });
    expect(refusal(() => build({}, closed(["ecr.api", "ecs", "ecs-agent", "ecs-telemetry"])))).toContain(
      `[test/cluster/instances-web] EC2 instances reach ECS, and EC2 for their tags, through interface endpoints in a VPC without NAT, and 'interfaceEndpoints' has none for "ec2"`,
    );
    expect(build({}, closed(["ec2", "ecs", "ecs-agent", "ecs-telemetry"])).capacity).toBeDefined();
    expect(build({}, vpcOf("eu-west-1", { egress: "endpoints" })).capacity).toBeDefined();
    expect(build({}, vpcOf("eu-west-1", { endpointServices: [] })).capacity).toBeDefined();
  });

  test("warns of Spot Instances of one type", () => {
    expect(warnings(build({ onDemandPercentage: 0 }).stack)).toEqual([
      expect.stringContaining(
        `[test/cluster/instances-web] Auto Scaling group "web" asks for Spot Instances of one type`,
      ),
    ]);
  });
});
