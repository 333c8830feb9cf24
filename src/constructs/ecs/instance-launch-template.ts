import { Fn, TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import {
  amiParameterFor,
  type InstanceGroupOptions,
  instanceVolumeInGib,
  operatingSystemFor,
} from "../../model/ecs-instances";
import { instanceUserData } from "../../model/ecs-user-data";
import { nodeVolumes } from "../../model/node-ami";

export interface InstanceLaunchTemplateProps {
  /** Name of the template. */
  readonly name: string;
  /** Name of the cluster that the instances join. */
  readonly clusterName: string;
  readonly group: InstanceGroupOptions;
  readonly instanceProfileArn: string;
  readonly securityGroupId: string;
  /** Tags of the instances and their volumes: a mapping, or an expression of one. */
  readonly launchedTags: unknown;
}

/**
 * What EC2 starts for a cluster: an instance whose metadata (and role) is for itself alone, on encrypted volumes, with
 * tags, and with the newest AMI at the time when it starts. Rendered by ourselves, as the prebuilt class takes long to load.
 *
 * The AMI is a parameter that EC2 reads (`resolve:ssm`), and no data source: with one, a release of AWS's would change
 * the plan of somebody who changed nothing, and replace all instances with whatever is applied next.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html
 */
export class InstanceLaunchTemplate extends TerraformResource {
  static readonly tfResourceType = "aws_launch_template";

  readonly launchTemplateId: string;
  /** The newest version, as a number: another one has Auto Scaling replace the instances one after the other. */
  readonly version: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: InstanceLaunchTemplateProps,
  ) {
    super(scope, id, {
      terraformResourceType: InstanceLaunchTemplate.tfResourceType,
      terraformGeneratorMetadata: { providerName: "aws" },
    });
    this.launchTemplateId = this.getStringAttribute("id");
    this.version = this.getStringAttribute("latest_version");
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const { name, clusterName, group, instanceProfileArn, securityGroupId, launchedTags } = this.props;
    return {
      name,
      description: `Instances of ECS cluster ${clusterName}`,
      image_id: `resolve:ssm:${amiParameterFor(group)}`,
      instance_type: group.instanceTypes[0],
      iam_instance_profile: { arn: instanceProfileArn },
      vpc_security_group_ids: [securityGroupId],
      user_data: Fn.base64encode(Fn.format(Fn.rawString(instanceUserData("%s", group)), [clusterName])),
      // With one hop, an answer reaches the instance and what shares its network, and no task with one of its own.
      metadata_options: {
        http_endpoint: "enabled",
        http_tokens: "required",
        http_put_response_hop_limit: 1,
        instance_metadata_tags: "disabled",
      },
      block_device_mappings: nodeVolumes(operatingSystemFor(group)).map(({ deviceName, data }) => ({
        device_name: deviceName,
        ebs: {
          encrypted: "true",
          volume_type: "gp3",
          delete_on_termination: "true",
          ...(data ? { volume_size: instanceVolumeInGib(group) } : {}),
        },
      })),
      tag_specifications: ["instance", "volume"].map((resource_type) => ({ resource_type, tags: launchedTags })),
      ...(group.tags === undefined ? {} : { tags: { ...group.tags } }),
    };
  }
}
