import { type ProxiedTask, proxyProblems } from "../../src/model/service-connect-proxy";
import { Cpu } from "../../src/units/cpu";
import { Memory } from "../../src/units/memory";
import { taskContainer, told } from "../support/tasks";

const size = (cpu: number, mib: number) => ({ cpu: Cpu.ofMillis(cpu), memory: Memory.ofMib(mib) });

const problems = (task: Partial<ProxiedTask> = {}) =>
  told(
    proxyProblems({
      family: "shop-web",
      launch: "FARGATE",
      operatingSystem: "linux",
      containers: [taskContainer()],
      ...task,
    }),
  );

const refused = (got: string, fix: string, total = "512Mi") => [
  [
    "",
    `'size' of task definition "shop-web" must have more memory than its containers together, ${total}, for the proxy that 'serviceConnect' puts into each task, got ${got}; ${fix}`,
  ],
];

describe("the proxy of Service Connect", () => {
  test("has the memory of the task that the containers leave", () => {
    expect(problems({ size: size(250, 1024) })).toEqual([]);
    expect(problems({ size: size(250, 513) })).toEqual([]);
    expect(problems({ size: size(250, 512) })).toEqual(
      refused("0.25vCPU 0.5GB", 'give it { cpu: "250m", memory: "1Gi" }'),
    );
  });

  test("has a next size that leaves it some, with the CPU that the task has", () => {
    const containers = [taskContainer({ cpu: "1", memory: "8Gi" })];
    expect(problems({ size: size(1000, 8192), containers })).toEqual(
      refused("1vCPU 8GB", 'give it { cpu: "2", memory: "9Gi" }', "8Gi"),
    );
    expect(problems({ size: size(2000, 8192), containers })).toEqual(
      refused("2vCPU 8GB", 'give it { cpu: "2", memory: "9Gi" }', "8Gi"),
    );
    const largest = [taskContainer({ cpu: "32", memory: "244Gi" })];
    expect(problems({ size: size(32_000, 244 * 1024), containers: largest })).toEqual(
      refused("32vCPU 244GB", "give the containers less", "244Gi"),
    );
  });

  test("needs a limit of the task's memory on instances", () => {
    expect(problems({ launch: "EC2" })).toEqual(refused("none", 'give it { cpu: "500m", memory: "576Mi" }'));
    expect(problems({ launch: "EC2", size: size(1000, 512) })).toEqual(
      refused("1vCPU 0.5GB", 'give it { cpu: "1", memory: "576Mi" }'),
    );
    expect(problems({ launch: "EC2", size: size(1000, 576) })).toEqual([]);
  });

  test("shares the task with the log router too", () => {
    const containerTotal = size(300, 640);
    expect(problems({ launch: "EC2", size: size(1000, 640), containerTotal })).toEqual(
      refused("1vCPU 0.625GB", 'give it { cpu: "1", memory: "704Mi" }', "640Mi"),
    );
  });

  test("is left to AWS where the size of a task on Fargate is not known", () => {
    expect(problems()).toEqual([]);
  });

  test("is refused once on external instances, where it is never", () => {
    expect(problems({ launch: "EXTERNAL" })).toEqual([]);
  });

  test.each(["FARGATE", "EC2"] as const)("is not there with Windows on %s", (launch) => {
    expect(problems({ launch, operatingSystem: "windows" })).toEqual([
      [
        "",
        `'serviceConnect' is not there for tasks with Windows, for which task definition "shop-web" is; use 'discovery' or a load balancer`,
      ],
    ]);
  });
});
