import { type ITerraformDependable, TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import {
  DEFAULT_MIN_HEALTHY_PERCENTAGE,
  hasSpot,
  type InstanceGroupOptions,
  isProtected,
} from "../../model/ecs-instances";
import type { InstanceLaunchTemplate } from "./instance-launch-template";

export interface InstanceScalingGroupProps {
  /** Name of the group. */
  readonly name: string;
  readonly group: InstanceGroupOptions;
  readonly launchTemplate: InstanceLaunchTemplate;
  readonly subnetIds: readonly string[];
  /** Tags of the group: an expression of a mapping. */
  readonly tags: string;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** ECS marks the groups that it manages, and looks for the mark on their instances. */
const ECS_MARK = "AmazonECSManaged";

const SECONDS_PER_DAY = 86_400;

/**
 * The Auto Scaling group of a capacity provider: On-Demand and Spot Instances of several types, as many as ECS asks for.
 * A change of the launch template replaces them one after the other. Rendered by ourselves, as the prebuilt class takes
 * 0.3 seconds to load.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/asg-capacity-providers.html
 */
export class InstanceScalingGroup extends TerraformResource {
  static readonly tfResourceType = "aws_autoscaling_group";

  readonly arn: string;
  readonly groupName: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: InstanceScalingGroupProps,
  ) {
    super(scope, id, {
      terraformResourceType: InstanceScalingGroup.tfResourceType,
      terraformGeneratorMetadata: { providerName: "aws" },
      dependsOn: [...props.dependsOn],
      // What scales the group knows how many instances it needs.
      lifecycle: { ignoreChanges: ["desired_capacity"] },
    });
    this.arn = this.getStringAttribute("arn");
    this.groupName = this.getStringAttribute("name");
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const { name, group, subnetIds } = this.props;
    const { minSize = 0, maxSize, maxInstanceLifetimeInDays: days } = group;
    return {
      name,
      min_size: minSize,
      max_size: maxSize,
      vpc_zone_identifier: [...subnetIds],
      health_check_type: "EC2",
      protect_from_scale_in: isProtected(group),
      // EC2 announces that it may take a Spot Instance back: another one is there before it does.
      capacity_rebalance: hasSpot(group),
      // Instances come when tasks need them, so there is nothing to wait for.
      wait_for_capacity_timeout: "0",
      ...(days === undefined ? {} : { max_instance_lifetime: days * SECONDS_PER_DAY }),
      mixed_instances_policy: this.mixedInstances(),
      instance_refresh: {
        strategy: "Rolling",
        preferences: {
          min_healthy_percentage: group.minHealthyPercentage ?? DEFAULT_MIN_HEALTHY_PERCENTAGE,
          // Instances that run tasks are protected, and they are the ones to replace: ECS drains them first.
          scale_in_protected_instances: "Refresh",
        },
      },
      dynamic: { tag: this.tags() },
      // The hook by which ECS drains may hold an instance for an hour, and Terraform would give up after ten minutes.
      timeouts: { delete: "75m" },
    };
  }

  private mixedInstances(): Record<string, unknown> {
    const { group, launchTemplate } = this.props;
    const { onDemandBase = 0, onDemandPercentage = 100 } = group;
    return {
      launch_template: {
        launch_template_specification: {
          launch_template_id: launchTemplate.launchTemplateId,
          version: launchTemplate.version,
        },
        override: group.instanceTypes.map((instance_type) => ({ instance_type })),
      },
      instances_distribution: {
        on_demand_allocation_strategy: "prioritized",
        on_demand_base_capacity: onDemandBase,
        on_demand_percentage_above_base_capacity: onDemandPercentage,
        spot_allocation_strategy: "price-capacity-optimized",
      },
    };
  }

  /** The provider's default tags do not reach a group by themselves. Its instances have theirs from the template. */
  private tags(): Record<string, unknown> {
    return {
      for_each: this.props.tags,
      content: {
        key: "${tag.key}",
        value: "${tag.value}",
        propagate_at_launch: `\${tag.key == "${ECS_MARK}"}`,
      },
    };
  }
}

/** The tag of the groups that ECS manages, which Terraform would remove if it did not know it. */
export const MANAGED_BY_ECS: Readonly<Record<string, string>> = { [ECS_MARK]: "true" };
