import { setStage } from "../support/story";
import { Terraform } from "../support/terraform";

const CERTIFICATE = "arn:aws:acm:eu-west-1:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef";
const LOAD_BALANCER = "web_load-balancer";
const IMAGE = "public.ecr.aws/nginx/nginx-unprivileged:1.30.4-alpine-slim";

/** Every home is told the same. App Runner and Lightsail are not in the emulator; Deployments have stories of their own. */
describe("the one-container example", () => {
  const stage = setStage();
  const stacks: Record<string, Terraform> = {};

  function ecs(): Terraform {
    const { ecs: terraform } = stacks;
    if (terraform === undefined) {
      throw new Error("the example has no stack of ECS");
    }
    return terraform;
  }

  test("is valid Terraform in all three stacks", async () => {
    for (const folder of await stage.workspace.synthesizeExampleStacks("one-container")) {
      const terraform = new Terraform(folder, stage.emulator);
      await terraform.init();
      expect(await terraform.validate()).toContain("The configuration is valid");
      stacks[folder.split("one-container-").at(-1) ?? ""] = terraform;
    }
    expect(Object.keys(stacks)).toEqual(["eks", "ecs", "small"]);
  });

  test("plans to create and nothing else, where no cluster has to be there", async () => {
    for (const name of ["ecs", "small"]) {
      const changes = (await stacks[name]?.plan()) ?? [];
      expect(changes.length).toBeGreaterThan(0);
      expect(changes.filter(({ actions }) => actions.join() !== "create")).toEqual([]);
    }
    expect(await stage.emulator.unknownActions()).toEqual([]);
  });

  test("would run the container on ECS, with what it asks for", async () => {
    const planned = await ecs().plannedValues();
    const [, task] = Object.entries(planned).find(([address]) => address.startsWith("aws_ecs_task_definition.")) ?? [];
    expect(task).toMatchObject({ cpu: "256", memory: "512" });
  });

  test("applies on ECS, after which a second plan has no changes", async () => {
    await stage.emulator.hasOthers({ certificateArns: [CERTIFICATE], securityGroupIds: [] });
    await ecs().apply();
    expect(await ecs().plan()).toEqual([]);
  });

  test("is destroyed on ECS with nothing left, once an override has turned the protection off", async () => {
    ecs().override({ resource: { aws_lb: { [LOAD_BALANCER]: { enable_deletion_protection: false } } } });
    await ecs().apply();
    await ecs().destroy();
    expect(await stage.emulator.leftovers()).toEqual({});
  });

  test("would run it on App Runner and on Lightsail, with what it asks for", async () => {
    const planned = (await stacks.small?.plannedValues()) ?? {};
    expect(planned["aws_apprunner_service.app-runner_service"]).toMatchObject({
      instance_configuration: [{ cpu: "256", memory: "512" }],
      source_configuration: [{ image_repository: [{ image_identifier: IMAGE, image_repository_type: "ECR_PUBLIC" }] }],
    });
    expect(planned["aws_lightsail_container_service.lightsail_service"]).toMatchObject({ power: "nano", scale: 2 });
    expect(planned["aws_lightsail_container_service_deployment_version.lightsail_deployment"]).toMatchObject({
      container: [{ container_name: "web", image: IMAGE, environment: { TZ: "UTC" }, ports: { "8080": "HTTP" } }],
    });
  });
});
