import { setStage } from "../support/story";
import { Terraform } from "../support/terraform";

interface Service {
  readonly taskDefinition: string;
  readonly desiredCount: number;
}

interface Container {
  readonly secrets: readonly { readonly name: string; readonly valueFrom: string }[];
}

describe("services of ECS", () => {
  const stage = setStage();
  let terraform: Terraform;
  let secretArn: string;

  const synthesize = (environment: Record<string, string> = {}) =>
    stage.workspace.synthesizeProgram("ecs-services", { DATABASE_SECRET: secretArn, ...environment });

  /** An answer of a service in the emulated account. */
  async function ask<T>(service: string, target: string, request: object): Promise<T> {
    const response = await fetch(stage.emulator.url, {
      method: "POST",
      headers: {
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Target": target,
        Authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=test`,
      },
      body: JSON.stringify(request),
    });
    expect(response.status).toBe(200);
    return (await response.json()) as T;
  }

  const ecs = <T>(action: string, request: object) =>
    ask<T>("ecs", `AmazonEC2ContainerServiceV20141113.${action}`, request);
  const secrets = <T>(action: string, request: object) => ask<T>("secretsmanager", `secretsmanager.${action}`, request);

  async function described(service: string): Promise<Service | undefined> {
    const { services } = await ecs<{ services: Service[] }>("DescribeServices", {
      cluster: "shop",
      services: [service],
    });
    return services[0];
  }

  test("start, after which a second plan has no changes", async () => {
    const made = await secrets<{ ARN: string }>("CreateSecret", {
      Name: "shop/database",
      SecretString: "postgres://shop",
      ClientRequestToken: "01234567-89ab-cdef-0123-456789abcdef",
    });
    secretArn = made.ARN;
    terraform = new Terraform(await synthesize(), stage.emulator);
    await terraform.init();
    await terraform.apply();
    expect(await terraform.plan()).toEqual([]);
  });

  test("go back by themselves when their new tasks fail or an alarm says so", async () => {
    const web = await described("shop-web");
    expect(web).toMatchObject({
      deploymentConfiguration: {
        strategy: "ROLLING",
        minimumHealthyPercent: 100,
        maximumPercent: 200,
        deploymentCircuitBreaker: { enable: true, rollback: true },
        alarms: { alarmNames: ["web-errors"], enable: true, rollback: true },
      },
      capacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1 }],
      propagateTags: "SERVICE",
    });
    expect(web).not.toHaveProperty("launchType");
  });

  test("have a secret that is there already, by its ARN", async () => {
    const { taskDefinition } = await ecs<{ taskDefinition: { containerDefinitions: Container[] } }>(
      "DescribeTaskDefinition",
      { taskDefinition: "shop-web-task" },
    );
    expect(taskDefinition.containerDefinitions).toMatchObject([
      { name: "web", secrets: [{ name: "DATABASE_URL", valueFrom: secretArn }] },
    ]);
    const SecretId = taskDefinition.containerDefinitions[0]?.secrets[0]?.valueFrom;
    expect(await secrets("GetSecretValue", { SecretId })).toMatchObject({ SecretString: "postgres://shop" });
  });

  test("keep the number of tasks that scaling has chosen", async () => {
    await ecs("UpdateService", { cluster: "shop", service: "shop-web", desiredCount: 5 });
    expect(await terraform.plan()).toEqual([]);
  });

  test("run a new revision of the task definition, and leave the old one for the way back", async () => {
    await synthesize({ WEB_IMAGE: "registry.example.com/web:2" });
    await terraform.apply();
    const web = await described("shop-web");
    expect(web?.taskDefinition).toMatch(/\/shop-web-task:2$/);
    expect(web?.desiredCount).toBe(5);
    const { taskDefinitionArns } = await ecs<{ taskDefinitionArns: string[] }>("ListTaskDefinitions", {
      familyPrefix: "shop-web-task",
      status: "ACTIVE",
    });
    expect(taskDefinitionArns.map((arn) => arn.split(":").at(-1))).toEqual(["1", "2"]);
    expect(await terraform.plan()).toEqual([]);
  });

  test("change nothing of the others when one is added between them", async () => {
    await synthesize({ WEB_IMAGE: "registry.example.com/web:2", ORDERS: "yes" });
    const plan = await terraform.plan();
    expect(plan.filter(({ actions }) => actions.join() !== "create")).toEqual([]);
    expect(plan.map(({ address }) => address)).toContain("aws_ecs_service.orders_service");
    await terraform.apply();
  });

  test("move to another mix of capacity in place", async () => {
    await synthesize({ WEB_IMAGE: "registry.example.com/web:2", ORDERS: "yes", SPOT: "yes" });
    expect(await terraform.plan()).toEqual([{ address: "aws_ecs_service.accounts_service", actions: ["update"] }]);
    await terraform.apply();
    expect(await terraform.plan()).toEqual([]);
  });

  test("go with nothing left", async () => {
    await terraform.destroy();
    await secrets("DeleteSecret", { SecretId: secretArn, ForceDeleteWithoutRecovery: true });
    expect(await stage.emulator.leftovers()).toEqual({});
  });
});
