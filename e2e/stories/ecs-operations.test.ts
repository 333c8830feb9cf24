import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../support/project";
import { setStage } from "../support/story";
import { type PlannedChange, Terraform } from "../support/terraform";

const FILE = "settings/ecs.yaml";
const REFERENCE = readFileSync(join(ROOT, FILE), "utf8");
const FAMILY = "shop-development-web";
const TAG = "1.30.4-alpine-slim";

/** What would become of resources; outputs follow them. */
const told = (changes: readonly PlannedChange[]) =>
  changes
    .filter(({ address }) => !address.startsWith("output."))
    .map(({ address, actions }) => `${address}: ${actions.join()}`);

describe("the reference settings without Kubernetes, from day to day", () => {
  const stage = setStage();
  let terraform: Terraform;

  async function synthesize(tag: string): Promise<void> {
    terraform = new Terraform(await stage.workspace.synthesizeSettings(REFERENCE.replace(TAG, tag)), stage.emulator);
  }

  /** An answer of ECS in the emulated account. */
  async function ecs<T>(action: string, request: object): Promise<T> {
    const response = await fetch(stage.emulator.url, {
      method: "POST",
      headers: {
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Target": `AmazonEC2ContainerServiceV20141113.${action}`,
        Authorization:
          "AWS4-HMAC-SHA256 Credential=test/20261122/eu-west-1/ecs/aws4_request, SignedHeaders=host, Signature=test",
      },
      body: JSON.stringify({ cluster: "shop-development", ...request }),
    });
    expect(response.status).toBe(200);
    return (await response.json()) as T;
  }

  async function revision(): Promise<string | undefined> {
    const { services } = await ecs<{ services: { taskDefinition: string }[] }>("DescribeServices", {
      services: [FAMILY],
    });
    return services[0]?.taskDefinition.split("/")[1];
  }

  test("run a service, after which a second plan has no changes", async () => {
    await synthesize(TAG);
    await terraform.init();
    await terraform.apply();
    expect(await terraform.plan()).toEqual([]);
    expect(await revision()).toBe(`${FAMILY}:1`);
  });

  test("bring a new image out with another revision, and the service in place", async () => {
    await synthesize("1.31.0-alpine-slim");
    expect(told(await terraform.plan())).toEqual([
      "aws_ecs_service.service-web_service: update",
      "aws_ecs_task_definition.task-web_task-definition: delete,create",
    ]);
    await terraform.apply();
    expect(await revision()).toBe(`${FAMILY}:2`);
    const { taskDefinitionArns } = await ecs<{ taskDefinitionArns: string[] }>("ListTaskDefinitions", {
      familyPrefix: FAMILY,
      status: "ACTIVE",
    });
    expect(taskDefinitionArns.map((arn) => arn.split("/")[1])).toEqual([`${FAMILY}:1`, `${FAMILY}:2`]);
  });

  test("would go forward again after somebody or the circuit breaker has gone back", async () => {
    await ecs("UpdateService", { service: FAMILY, taskDefinition: `${FAMILY}:1` });
    expect(told(await terraform.plan())).toEqual(["aws_ecs_service.service-web_service: update"]);
  });

  test("stay with what runs once the settings have its tag, by a third revision", async () => {
    await synthesize(TAG);
    expect(told(await terraform.plan())).toEqual([
      "aws_ecs_service.service-web_service: update",
      "aws_ecs_task_definition.task-web_task-definition: delete,create",
    ]);
    await terraform.apply();
    expect(await revision()).toBe(`${FAMILY}:3`);
    expect(await terraform.plan()).toEqual([]);
  });

  test("are destroyed with nothing left", async () => {
    await terraform.destroy();
    expect(await stage.emulator.leftovers()).toEqual({});
  });
});
