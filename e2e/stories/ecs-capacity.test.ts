import { succeeded } from "../support/emulator";
import { setStage } from "../support/story";
import { Terraform } from "../support/terraform";

describe("instances of an ECS cluster", () => {
  const stage = setStage();
  let terraform: Terraform;

  const synthesize = async (STAGE: string) => {
    terraform = new Terraform(await stage.workspace.synthesizeProgram("ecs-capacity", { STAGE }), stage.emulator);
  };

  /** Actions of a service that were carried out, in their order. */
  const actions = async (service: string, ...wanted: string[]) =>
    (await stage.emulator.calls(service))
      .filter(succeeded)
      .map(({ action }) => action)
      .filter((action) => wanted.includes(action));

  test("come with the cluster, and a second plan has no changes", async () => {
    await synthesize("first");
    await terraform.init();
    await terraform.apply();
    expect(await terraform.plan()).toEqual([]);
    expect(await actions("ecs", "CreateCluster", "CreateCapacityProvider", "PutClusterCapacityProviders")).toEqual([
      "CreateCluster",
      "CreateCapacityProvider",
      "CreateCapacityProvider",
      "PutClusterCapacityProviders",
    ]);
  });

  test("are replaced one after the other when their launch template changes, and a group goes as the cluster lets go of it", async () => {
    expect(await actions("autoscaling", "StartInstanceRefresh")).toEqual([]);
    await synthesize("later");
    await terraform.init();
    const changes = await terraform.plan();
    expect(changes.filter(({ actions: planned }) => planned.includes("update")).map(({ address }) => address)).toEqual([
      "aws_autoscaling_group.cluster_instances-kept_group",
      "aws_ecs_cluster_capacity_providers.cluster_capacity",
      "aws_launch_template.cluster_instances-kept_launch-template",
    ]);
    await terraform.apply();
    expect(await terraform.plan()).toEqual([]);
    expect(await actions("autoscaling", "StartInstanceRefresh")).toEqual(["StartInstanceRefresh"]);
    expect(await actions("ecs", "PutClusterCapacityProviders", "DeleteCapacityProvider")).toEqual([
      "PutClusterCapacityProviders",
      "PutClusterCapacityProviders",
      "DeleteCapacityProvider",
    ]);
  });

  test("go before the cluster does, with nothing left", async () => {
    await terraform.destroy();
    expect((await actions("ecs", "DeleteCapacityProvider", "DeleteCluster")).slice(1)).toEqual([
      "DeleteCapacityProvider",
      "DeleteCluster",
    ]);
    expect(await stage.emulator.leftovers()).toEqual({});
    expect(await stage.emulator.unknownActions()).toEqual([]);
  });
});
