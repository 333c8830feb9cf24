import type { CapacityMix } from "../../src/model/ecs-capacity";
import {
  desiredCountOf,
  fargateMixProblems,
  leastTasksOf,
  platformVersionProblems,
  readinessProblems,
  type ServiceCounts,
  serviceCountProblems,
  type TargetPort,
  targetProblems,
  trafficShiftProblems,
} from "../../src/model/ecs-service";
import type { Problem } from "../../src/model/problem";
import type { TaskContainer } from "../../src/model/task-container";

const web: TaskContainer = {
  name: "web",
  image: "registry.example.com/web:1",
  cpu: "250m",
  memory: "512Mi",
  ports: { http: 8080, admin: 9000 },
};
const batch: TaskContainer = { name: "batch", image: "registry.example.com/batch:1", cpu: "250m", memory: "512Mi" };

const target = (options: Partial<TargetPort> = {}): TargetPort => ({
  key: "web",
  containerName: "web",
  containerPort: 8080,
  blueGreen: false,
  ...options,
});
const said = (problems: readonly Problem[]) => problems.map(({ message }) => message);

describe("the number of tasks", () => {
  test("is two at the beginning, or what scaling allows that is nearest", () => {
    expect(desiredCountOf({})).toBe(2);
    expect(desiredCountOf({ desiredCount: 0 })).toBe(0);
    expect(desiredCountOf({ scaling: { minimum: 4, maximum: 9 } })).toBe(4);
    expect(desiredCountOf({ scaling: { minimum: 0, maximum: 1 } })).toBe(1);
  });

  test("is at least what any schedule of scaling lets it fall to, as far as there are tasks", () => {
    expect(leastTasksOf({ desiredCount: 3 })).toBe(3);
    expect(leastTasksOf({ scaling: { minimum: 4, maximum: 9, schedules: { night: { minimum: 2 }, end: {} } } })).toBe(
      2,
    );
    expect(leastTasksOf({ scaling: { minimum: 0, maximum: 9 } })).toBe(1);
  });

  test.each<[ServiceCounts, string]>([
    [{ desiredCount: -1 }, "'desiredCount' must be a whole number of at least 0, got -1"],
    [{ desiredCount: 1.5 }, "'desiredCount' must be a whole number of at least 0, got 1.5"],
    [
      { desiredCount: 1, scaling: { minimum: 2, maximum: 4 } },
      "'desiredCount' must lie between 'minimum' 2 and 'maximum' 4 of 'scaling', got 1; leave it out, as scaling decides",
    ],
    [
      { healthCheckGracePeriodInSeconds: -1 },
      "'healthCheckGracePeriodInSeconds' must be a whole number of 0 to 2147483647 seconds, got -1",
    ],
    [
      { healthCheckGracePeriodInSeconds: 30 },
      "'healthCheckGracePeriodInSeconds' tells how long ECS overlooks a load balancer's health checks, and the service has none, got 30; leave it out",
    ],
  ])("is refused as %j", (counts, message) => {
    expect(said(serviceCountProblems(counts, 0))).toEqual([message]);
  });

  test("may have a grace period behind a load balancer", () => {
    expect(serviceCountProblems({ healthCheckGracePeriodInSeconds: 30 }, 1)).toEqual([]);
  });
});

describe("tasks on Fargate", () => {
  test("run on versions of the platform that AWS has not retired", () => {
    const linux = { operatingSystem: "linux" } as const;
    expect(platformVersionProblems(undefined, linux)).toEqual([]);
    expect(platformVersionProblems("1.4.0", linux)).toEqual([]);
    expect(said(platformVersionProblems("1.3.0", linux))).toEqual([
      `'platformVersion' of tasks on Linux must be one of "1.4.0", "LATEST", got "1.3.0"; AWS has retired older ones`,
    ]);
    expect(platformVersionProblems("1.0.0", { operatingSystem: "windows" })).toEqual([]);
    expect(platformVersionProblems("1.4.0", { operatingSystem: "windows" })).toHaveLength(1);
  });

  test("are not spread over instances, and those on Windows not over Spot", () => {
    const mix: CapacityMix = { FARGATE: { base: 1 }, FARGATE_SPOT: {} };
    expect(fargateMixProblems(mix, { operatingSystem: "linux" })).toEqual([]);
    expect(fargateMixProblems(mix, { operatingSystem: "windows" })).toEqual([
      {
        at: ["capacity", "FARGATE_SPOT"],
        message: `'capacity' of tasks on Windows must be "FARGATE" alone, got "FARGATE_SPOT", which runs Linux only; leave it out`,
      },
    ]);
    expect(said(fargateMixProblems({ general: {} }, { operatingSystem: "linux" }))).toEqual([
      `'capacity' of a service on Fargate must name "FARGATE" and "FARGATE_SPOT" alone, got "general"; tasks on instances need a task definition for EC2`,
    ]);
  });
});

describe("targets of a service", () => {
  const task = { containers: [web, batch] };

  test("lead to ports of its containers", () => {
    expect(targetProblems([target(), target({ key: "admin", containerPort: 9000 })], task)).toEqual([]);
    expect(
      targetProblems([target({ containerName: "shop" }), target({ key: "other", containerPort: 80 })], task),
    ).toEqual([
      {
        at: [0, "containerName"],
        message: `target "web" must lead to a container of the task definition ("batch", "web"), got "shop"`,
      },
      {
        at: [1, "containerPort"],
        message: `target "other" must lead to a port of container "web" ("admin": 9000, "http": 8080), got 80; add it to 'ports' of the container`,
      },
    ]);
    expect(said(targetProblems([target({ containerName: "batch" })], task))).toEqual([
      `target "web" must lead to a port of container "batch" (it has none), got 8080; add it to 'ports' of the container`,
    ]);
  });

  test("are five at most, each with a key of its own", () => {
    const targets = (count: number) => Array.from({ length: count }, (_, index) => target({ key: `t${index}` }));
    expect(targetProblems(targets(5), task)).toEqual([]);
    expect(said(targetProblems(targets(6), task))).toEqual([
      "a service enters its tasks into at most 5 target groups, got 6; split it into two services",
    ]);
    expect(said(targetProblems([target(), target()], task))).toEqual([
      `two targets are called "web"; give each a 'key' of its own`,
    ]);
  });

  test("are needed by a container that says when it is ready", () => {
    const ready = { containers: [{ ...web, readiness: { tcp: { port: "http" } } }, batch] };
    expect(readinessProblems(ready, [target()])).toEqual([]);
    expect(said(readinessProblems(ready, [target({ containerName: "batch" })]))).toEqual([
      `container "web" has a 'readiness', and no target of the service leads to it: in ECS only a load balancer keeps traffic away from a container; let a target lead to it, or use 'liveness'`,
    ]);
  });

  test("have a second target group where deployments move requests", () => {
    expect(trafficShiftProblems("ROLLING", [target()], 0)).toEqual([]);
    expect(trafficShiftProblems("BLUE_GREEN", [target({ blueGreen: true })], 0)).toEqual([]);
    expect(trafficShiftProblems("CANARY", [], 1)).toEqual([]);
    expect(said(trafficShiftProblems("BLUE_GREEN", [target(), target({ key: "b" })], 0))).toEqual([
      `'strategy' "BLUE_GREEN" moves requests between two target groups, and "b", "web" have one; give each target its 'blueGreen'`,
    ]);
    expect(said(trafficShiftProblems("LINEAR", [], 0))).toEqual([
      `'strategy' "LINEAR" moves requests, and the service takes none by a load balancer or an endpoint of 'serviceConnect'; choose "ROLLING", or add one of them`,
    ]);
  });
});
