import { parseEcsSettings } from "../../../src/settings/load";
import { EcsStack } from "../../../src/stacks/ecs-stack";
import { withoutStackTraces } from "../../../src/stacks/stack-traces";
import { addresses, appInMemory, synth } from "../../support/stack";

interface Output {
  readonly value: unknown;
  readonly sensitive?: boolean;
}

function build(cluster: string) {
  return withoutStackTraces(() => {
    const settings = parseEcsSettings(
      `name: shop\nregion: eu-west-1\naccount: "111122223333"\nnetwork: { zones: [eu-west-1a, eu-west-1b] }\necs:\n  cluster: ${cluster}\n`,
      "ecs.yaml",
    );
    const text = synth(new EcsStack(appInMemory(), "shop-ecs", settings));
    return { text, outputs: (JSON.parse(text) as { output: Record<string, Output> }).output };
  });
}

describe("the cluster of the stack", () => {
  test("is there with its name and ARN", () => {
    const { text, outputs } = build("{}");
    expect(addresses(text)).toEqual(expect.arrayContaining(["aws_ecs_cluster.cluster"]));
    expect(Object.keys(outputs)).toEqual(["cluster_arn", "cluster_name", "vpc_id"]);
    expect(outputs.cluster_name?.value).toBe("shop");
  });

  test("tells the names of its instances' capacity providers and security groups", () => {
    const { outputs } = build("{ autoScalingGroups: { web: { instanceTypes: [m7g.large], maxSize: 3 } } }");
    expect(outputs.capacity_providers?.value).toEqual({
      web: "${aws_ecs_capacity_provider.cluster_instances-web_provider.name}",
    });
    expect(outputs.instance_security_group_ids?.value).toEqual({
      web: "${aws_security_group.cluster_instances-web_security-group.id}",
    });
  });

  test("tells how a server outside AWS joins, and keeps it secret", () => {
    const { outputs } = build("{ externalInstances: {} }");
    expect(outputs.external_activation_id).toMatchObject({
      value: "${aws_ssm_activation.cluster_external_activation.id}",
    });
    expect(outputs.external_activation_code).toMatchObject({
      value: "${aws_ssm_activation.cluster_external_activation.activation_code}",
      sensitive: true,
    });
    expect(outputs.external_install_command).toMatchObject({
      value: expect.stringContaining("--cluster ${aws_ecs_cluster.cluster.name}"),
      sensitive: true,
    });
  });
});
