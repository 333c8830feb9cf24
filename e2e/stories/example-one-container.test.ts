import { setStage } from "../support/story";
import { Terraform } from "../support/terraform";

const IMAGE = "public.ecr.aws/nginx/nginx-unprivileged:1.30.4-alpine-slim";

/** What of it runs in the emulator has a story of its own: here every home is told the same. */
describe("the one-container example", () => {
  const stage = setStage();
  const stacks: Record<string, Terraform> = {};

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
    const planned = (await stacks.ecs?.plannedValues()) ?? {};
    const [, task] = Object.entries(planned).find(([address]) => address.startsWith("aws_ecs_task_definition.")) ?? [];
    expect(task).toMatchObject({ cpu: "256", memory: "512" });
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
