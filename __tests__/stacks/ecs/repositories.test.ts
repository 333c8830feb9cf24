import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { parseEcsSettings } from "../../../src/settings/load";
import type { EcsContext } from "../../../src/stacks/ecs/context";
import { addRepositories, grantCachedPulls } from "../../../src/stacks/ecs/repositories";
import { EcsStack } from "../../../src/stacks/ecs-stack";
import { PlatformStack } from "../../../src/stacks/platform-stack";
import { vpcOf } from "../../support/constructs";
import { addresses, appInMemory, resolved, resource, statements, synth, warnings } from "../../support/stack";

function context(vpc?: EcsContext["vpc"]): EcsContext {
  const settings = parseEcsSettings(
    `name: shop
region: eu-west-1
account: "111122223333"
ecs:
  repositories: { web: { encryption: AES256, pullRoles: [nodes, admins] }, api: { encryption: AES256 } }
  pullThroughCaches: { quay: { encryption: AES256, pullRoles: [nodes] } }
  registryScanning: { type: enhanced, continuous: ["shop/*"] }
`,
    "ecs.yaml",
  );
  const stack = new PlatformStack(appInMemory(), "shop-ecs", { ...settings, backend: { type: "local" } });
  const made: EcsContext = {
    stack,
    settings,
    ecs: settings.ecs,
    vpc,
    cluster: undefined,
    fileSystems: {},
    zones: {},
    certificateArns: {},
    repositoryUrls: {},
    taskDefinitions: {},
    services: {},
    callers: new Map(),
  };
  addRepositories(made);
  return made;
}

describe("the repositories of a stack", () => {
  test("warn of caches that a VPC without NAT does not fill", () => {
    const warned = (vpc: EcsContext["vpc"]) => warnings(context(vpc).stack);
    expect(warned(undefined)).toEqual([]);
    expect(warned(vpcOf())).toEqual([]);
    expect(warned(vpcOf("eu-west-1", { egress: "endpoints" }))).toEqual([
      expect.stringContaining(
        `[shop-ecs/cache-quay] ECR fetches no image for cache "quay" when it is first pulled from a VPC without NAT`,
      ),
    ]);
  });

  test("are there with their caches, pullers and scanning, and their URLs are told", () => {
    const { stack, repositoryUrls } = context();
    const text = synth(stack);
    expect(addresses(text)).toEqual([
      "aws_ecr_lifecycle_policy.repository-api_lifecycle",
      "aws_ecr_lifecycle_policy.repository-web_lifecycle",
      "aws_ecr_pull_through_cache_rule.cache-quay_rule",
      "aws_ecr_registry_scanning_configuration.registry-scanning_scanning",
      "aws_ecr_repository.repository-api_repository",
      "aws_ecr_repository.repository-web_repository",
      "aws_ecr_repository_creation_template.cache-quay_template",
      "aws_iam_role_policy.cache-quay_pull-nodes",
      "aws_iam_role_policy.repository-web_pull-admins",
      "aws_iam_role_policy.repository-web_pull-nodes",
    ]);
    expect(resolved(stack, repositoryUrls)).toEqual({
      api: "${aws_ecr_repository.repository-api_repository.repository_url}",
      web: "${aws_ecr_repository.repository-web_repository.repository_url}",
    });
    expect((JSON.parse(text) as { output: object }).output).toHaveProperty("repository_urls");
  });

  test("let whoever runs a copy of a cache pull it, and nothing else", () => {
    const made = context();
    const host = "111122223333.dkr.ecr.eu-west-1.amazonaws.com";
    const granted = (images: string[]) => {
      const keys: string[] = [];
      grantCachedPulls(made, images, (key, statements) => {
        expect(statements).toEqual(made.pullThroughCaches?.quay?.pullStatements);
        keys.push(key);
      });
      return keys;
    };
    expect(granted([`${host}/quay/prometheus/prometheus:v3`, `${host}/quay/a:1`])).toEqual(["pull-quay"]);
    expect(granted(["nginx:1.29", `${host}/quayside:1`, `${host.replace("west", "north")}/quay/a:1`])).toEqual([]);
  });

  test("let task definitions pull copies that they name", () => {
    const settings = parseEcsSettings(
      `name: shop
region: eu-west-1
account: "111122223333"
network: { zones: [eu-west-1a, eu-west-1b] }
ecs:
  pullThroughCaches: { quay: { encryption: AES256 } }
  taskDefinitions:
    metrics:
      containers:
        - { name: metrics, image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/quay/prometheus/prometheus:v3", cpu: 250m, memory: 512Mi }
`,
      "ecs.yaml",
    );
    const stack = new EcsStack(appInMemory(), "shop-ecs", { ...settings, backend: { type: "local" } });
    const policy = resource(synth(stack), IamRolePolicy, "task-metrics_execution-policy-pull-quay");
    expect(statements(policy.policy)[0]?.Action).toContain("ecr:BatchImportUpstreamImage");
  });

  test("let queue workers pull copies that they name", () => {
    const settings = parseEcsSettings(
      `name: shop
region: eu-west-1
account: "111122223333"
network: { zones: [eu-west-1a, eu-west-1b] }
ecs:
  pullThroughCaches: { quay: { encryption: AES256 } }
  queueWorkers:
    orders:
      task:
        containers:
          - { name: orders, image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/quay/orders:v3", cpu: 250m, memory: 512Mi }
      scaling: { maximum: 3, backlogPerTask: 10 }
`,
      "ecs.yaml",
    );
    const text = synth(new EcsStack(appInMemory(), "shop-ecs", { ...settings, backend: { type: "local" } }));
    const pull = addresses(text).filter((address) => address.endsWith("pull-quay"));
    expect(pull).toEqual(["aws_iam_role_policy.queue-worker-orders_task-definition_execution-policy-pull-quay"]);
  });
});
