import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { Ec2TaskDefinition, type Ec2TaskDefinitionProps } from "../../../src/constructs/ecs/ec2-task-definition";
import { vpcOf } from "../../support/constructs";
import { refusal, resource, stackFor, synth, warnings } from "../../support/stack";
import { ecsClusterIn, taskContainer } from "../../support/tasks";

function build(options: Partial<Ec2TaskDefinitionProps> = {}) {
  const stack = stackFor();
  const task = new Ec2TaskDefinition(stack, "train", {
    cluster: ecsClusterIn(stack),
    containers: [taskContainer()],
    ...options,
  });
  const definition = resource(synth(stack), EcsTaskDefinition);
  const [container] = JSON.parse(String(definition.container_definitions)) as Record<string, unknown>[];
  return { task, definition, container };
}

describe("Ec2TaskDefinition", () => {
  test("has a network interface of its own, and its containers' amounts", () => {
    const { task, definition } = build();
    expect(definition).toMatchObject({
      family: "shop-train",
      requires_compatibilities: ["EC2"],
      network_mode: "awsvpc",
      runtime_platform: { operating_system_family: "LINUX", cpu_architecture: "X86_64" },
    });
    expect(definition).not.toHaveProperty("cpu");
    expect(definition).not.toHaveProperty("memory");
    expect([task.launch, task.ownNetworkInterface]).toEqual(["EC2", true]);
  });

  test("may have all that instances have", () => {
    const { task, definition, container } = build({
      size: { cpu: "1", memory: "2Gi" },
      networkMode: "bridge",
      containers: [
        taskContainer({
          ports: { http: 8080 },
          gpus: 2,
          addCapabilities: ["SYS_TIME", "NET_ADMIN"],
          mounts: { "/a": { volume: "a" }, "/b": { volume: "b" }, "/c": { volume: "c" } },
        }),
      ],
      volumes: {
        c: { docker: {} },
        b: { docker: { scope: "shared", driver: "nfs", driverOptions: { a: "b" }, labels: { c: "d" } } },
        a: { hostPath: "/var/a" },
      },
      placementConstraints: ["attribute:b == 1", "attribute:a == 1"],
    });
    expect(definition).toMatchObject({
      cpu: "1024",
      memory: "2048",
      network_mode: "bridge",
      placement_constraints: [
        { type: "memberOf", expression: "attribute:a == 1" },
        { type: "memberOf", expression: "attribute:b == 1" },
      ],
      volume: [
        { name: "a", host_path: "/var/a" },
        {
          name: "b",
          docker_volume_configuration: {
            scope: "shared",
            autoprovision: true,
            driver: "nfs",
            driver_opts: { a: "b" },
            labels: { c: "d" },
          },
        },
        { name: "c", docker_volume_configuration: { scope: "task", driver: "local" } },
      ],
    });
    expect(container).toMatchObject({
      portMappings: [{ name: "http", containerPort: 8080, hostPort: 0, protocol: "tcp" }],
      resourceRequirements: [{ type: "GPU", value: "2" }],
      linuxParameters: { capabilities: { add: ["NET_ADMIN", "SYS_TIME"], drop: ["ALL"] } },
    });
    expect(task.ownNetworkInterface).toBe(false);
  });

  test("takes its log router's configuration from S3", () => {
    const s3Arn = "arn:aws:s3:::configuration/fluent-bit.conf";
    const { container } = build({ fireLens: { outputs: { web: {} }, configuration: { s3Arn } } });
    expect(container).toMatchObject({
      firelensConfiguration: { options: { "config-file-type": "s3", "config-file-value": s3Arn } },
    });
  });

  test("on machines of your own has their network, and says nothing of their platform", () => {
    const { task, definition } = build({ launch: "EXTERNAL" });
    expect(definition).toMatchObject({ requires_compatibilities: ["EXTERNAL"], network_mode: "bridge" });
    expect(definition).not.toHaveProperty("runtime_platform");
    expect([task.launch, task.ownNetworkInterface]).toEqual(["EXTERNAL", false]);
  });

  test("refuses what ECS would", () => {
    expect(refusal(() => build({ launch: "EXTERNAL", networkMode: "awsvpc" }))).toBe(
      `[test/train] 'networkMode' must be "bridge" or "host" on external instances, which are in no VPC, got "awsvpc"; leave it out`,
    );
  });

  test("has a network interface of its own on Windows, for which ECS has no other network", () => {
    const operatingSystem = "WINDOWS_SERVER_2022_CORE";
    const containers = [taskContainer({ readOnlyRootFilesystem: false })];
    expect(build({ operatingSystem, containers }).definition).toMatchObject({ network_mode: "awsvpc" });
    for (const networkMode of ["bridge", "host"] as const) {
      expect(refusal(() => build({ operatingSystem, containers, networkMode }))).toContain(
        `[test/train] 'networkMode' must be "awsvpc" for Windows on EC2, got "${networkMode}", which ECS has for Linux alone; leave it out`,
      );
    }
  });

  test("warns of images that a VPC without NAT leads to nowhere", () => {
    const stack = stackFor();
    new Ec2TaskDefinition(stack, "train", {
      cluster: ecsClusterIn(stack, { vpc: vpcOf("eu-west-1", { egress: "endpoints" }) }),
      containers: [taskContainer()],
    });
    expect(warnings(stack)).toEqual([
      expect.stringContaining(
        `[test/train] container "web" has image "registry.example.com/web:1.2.3", and tasks in private subnets of a VPC without NAT reach no registry on the internet`,
      ),
    ]);
  });
});
