import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { TerraformStack } from "cdktf";
import { FargateService } from "../../../src/constructs/ecs/fargate-service";
import { ScheduledTask } from "../../../src/constructs/serverless/scheduled-task";
import { EfsStorage } from "../../../src/constructs/storage/efs-storage";
import type { TaskNetworkOptions } from "../../../src/model/ecs-service-network";
import { clusterOf, taskOf } from "../../support/ecs";
import { resources, synthIn } from "../../support/stack";

type Egress = NonNullable<TaskNetworkOptions["egress"]>;

/** What runs tasks, and the security group that they have. */
const KINDS = [
  {
    kind: "a service",
    group: "${aws_security_group.api_security-group.id}",
    prefix: "api",
    add: (stack: TerraformStack, egress: Egress | undefined, fileSystems: readonly EfsStorage[]) =>
      new FargateService(stack, "api", {
        cluster: clusterOf(),
        taskDefinition: taskOf({ fileSystems }),
        ...(egress === undefined ? {} : { egress }),
      }),
  },
  {
    kind: "a scheduled task",
    group: "${aws_security_group.api_network_security-group.id}",
    prefix: "api_network",
    add: (stack: TerraformStack, egress: Egress | undefined, fileSystems: readonly EfsStorage[]) =>
      new ScheduledTask(stack, "api", {
        cluster: clusterOf(),
        taskDefinition: taskOf({ fileSystems }),
        schedule: "rate(1 day)",
        ...(egress === undefined ? {} : { egress }),
      }),
  },
] as const;

describe.each(KINDS)("tasks of $kind", ({ group, prefix, add }) => {
  const build = (egress: ((files: EfsStorage) => Egress) | undefined, mounts: boolean) =>
    synthIn("eu-west-1", (stack) => {
      const files = new EfsStorage(stack, "files", { cluster: clusterOf(), accessPoints: { data: {} } });
      add(stack, egress?.(files), mounts ? [files] : []);
    });
  const outward = (text: string) =>
    Object.fromEntries(
      Object.entries(resources(text, VpcSecurityGroupEgressRule)).filter(([name]) => name.startsWith(prefix)),
    );

  test("that reach each other let each other in, at the same ports", () => {
    const text = build(() => ({ peers: { self: true, port: { from: 7000, to: 7010 } } }), false);
    const among = {
      description: "peers",
      ip_protocol: "tcp",
      from_port: 7000,
      to_port: 7010,
      security_group_id: group,
      referenced_security_group_id: group,
    };
    expect(outward(text)).toEqual({ [`${prefix}_egress-peers`]: among });
    expect(resources(text, VpcSecurityGroupIngressRule)).toEqual({ [`${prefix}_self-peers`]: among });
  });

  test("reach the file systems that they mount, where what they may reach is named", () => {
    const text = build(() => ({ https: { cidr: "0.0.0.0/0", port: 443 } }), true);
    expect(outward(text)).toMatchObject({
      [`${prefix}_egress-https`]: { cidr_ipv4: "0.0.0.0/0" },
      [`${prefix}_to-file-system-default`]: {
        description: "To file-system-default",
        ip_protocol: "tcp",
        from_port: 2049,
        to_port: 2049,
        security_group_id: group,
        referenced_security_group_id: "${aws_security_group.files_security-group.id}",
      },
    });
    expect(text).toContain(`"aws_vpc_security_group_egress_rule.${prefix}_to-file-system-default"`);
  });

  test("have no second rule for a file system that they may reach already", () => {
    expect(Object.keys(outward(build(undefined, true)))).toEqual([`${prefix}_egress`]);
    const named = build(({ securityGroupId }) => ({ files: { securityGroupId, port: 2049 } }), true);
    expect(Object.keys(outward(named))).toEqual([`${prefix}_egress-files`]);
  });
});
