import { DataAwsDefaultTags } from "@cdktf/provider-aws/lib/data-aws-default-tags";
import { Fn, TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { nodeVolumes } from "../../model/node-ami";
import { type NodeGroupOptions, operatingSystemOf, volumeSizeOf } from "../../model/node-group";
import { compareText } from "../../model/order";

export interface NodeLaunchTemplateProps {
  /** Name of the template and of the instances. */
  readonly name: string;
  readonly group: NodeGroupOptions;
}

/**
 * What EC2 starts for a node: an instance whose metadata is for itself alone, on encrypted volumes, with tags. Rendered
 * by ourselves: the prebuilt class takes 70 ms to load for the instance requirements that a node group must not have.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
 */
export class NodeLaunchTemplate extends TerraformResource {
  static readonly tfResourceType = "aws_launch_template";

  readonly launchTemplateId: string;
  /** The newest version, to which EKS brings the nodes one after the other. */
  readonly version: string;
  private readonly launchedTags: unknown;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: NodeLaunchTemplateProps,
  ) {
    super(scope, id, {
      terraformResourceType: NodeLaunchTemplate.tfResourceType,
      terraformGeneratorMetadata: { providerName: "aws" },
    });
    const { name, group } = props;
    // EC2 creates the instances, so the provider's default tags reach them through the template alone.
    const defaults = new DataAwsDefaultTags(this, "default-tags");
    const tags = Object.entries({ Name: name, ...group.tags }).sort(([a], [b]) => compareText(a, b));
    this.launchedTags = Fn.merge([defaults.tags, Object.fromEntries(tags)]);
    this.launchTemplateId = this.getStringAttribute("id");
    this.version = this.getStringAttribute("latest_version");
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const { name, group } = this.props;
    return {
      name,
      description: `Nodes of node group ${name}`,
      // With one hop, an answer reaches the instance and pods on its network, and no pod with a network of its own.
      metadata_options: {
        http_endpoint: "enabled",
        http_tokens: "required",
        http_put_response_hop_limit: 1,
        instance_metadata_tags: "disabled",
      },
      block_device_mappings: nodeVolumes(operatingSystemOf(group)).map(({ deviceName, data }) => ({
        device_name: deviceName,
        ebs: {
          encrypted: "true",
          volume_type: "gp3",
          delete_on_termination: "true",
          ...(data ? { volume_size: volumeSizeOf(group) } : {}),
        },
      })),
      tag_specifications: ["instance", "volume"].map((resource_type) => ({ resource_type, tags: this.launchedTags })),
      ...(group.tags === undefined ? {} : { tags: { ...group.tags } }),
    };
  }
}
