import { NodeLaunchTemplate } from "../../../src/constructs/nodes/node-launch-template";
import type { NodeGroupOptions } from "../../../src/model/node-group";
import { GROUP } from "../../support/nodes";
import { resolved, resource, stackFor, synth } from "../../support/stack";

function build(changes: Partial<NodeGroupOptions> = {}) {
  const stack = stackFor();
  const template = new NodeLaunchTemplate(stack, "template", { name: "web", group: { ...GROUP, ...changes } });
  return { stack, template, properties: resource(synth(stack), NodeLaunchTemplate) };
}

const ENCRYPTED = { encrypted: "true", volume_type: "gp3", delete_on_termination: "true" };

describe("the launch template of a node group", () => {
  test("keeps the metadata of an instance, and with it its role, from pods", () => {
    expect(build().properties).toMatchObject({
      name: "web",
      metadata_options: {
        http_endpoint: "enabled",
        http_tokens: "required",
        http_put_response_hop_limit: 1,
        instance_metadata_tags: "disabled",
      },
    });
  });

  test("has no key to log in with, and leaves to EKS what a node group says itself", () => {
    expect(Object.keys(build().properties).sort()).toEqual([
      "block_device_mappings",
      "description",
      "metadata_options",
      "name",
      "tag_specifications",
    ]);
  });

  test("encrypts the one volume of Amazon Linux", () => {
    expect(build().properties.block_device_mappings).toEqual([
      { device_name: "/dev/xvda", ebs: { ...ENCRYPTED, volume_size: 20 } },
    ]);
  });

  test("encrypts both volumes of Bottlerocket, of which the second one has the size", () => {
    expect(build({ os: "bottlerocket", volumeSizeInGib: 80 }).properties.block_device_mappings).toEqual([
      { device_name: "/dev/xvda", ebs: ENCRYPTED },
      { device_name: "/dev/xvdb", ebs: { ...ENCRYPTED, volume_size: 80 } },
    ]);
  });

  test("encrypts the volume of Windows", () => {
    expect(build({ os: "windows-core-2022" }).properties.block_device_mappings).toEqual([
      { device_name: "/dev/sda1", ebs: { ...ENCRYPTED, volume_size: 50 } },
    ]);
  });

  test("gives instances and volumes the tags of the stack and of the group, in an order of their own", () => {
    const { properties } = build({ tags: { team: "web", "cost-center": "1" } });
    const tags =
      '${merge(data.aws_default_tags.template_default-tags.tags, {"Name" = "web", "cost-center" = "1", "team" = "web"})}';
    expect(properties).toMatchObject({
      tags: { team: "web", "cost-center": "1" },
      tag_specifications: [
        { resource_type: "instance", tags },
        { resource_type: "volume", tags },
      ],
    });
  });

  test("is known by its id and its newest version", () => {
    const { stack, template } = build();
    expect(resolved(stack, [template.launchTemplateId, template.version])).toEqual([
      "${aws_launch_template.template.id}",
      "${aws_launch_template.template.latest_version}",
    ]);
  });
});
