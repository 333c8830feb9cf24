import { Cpu } from "../units/cpu";
import { Memory } from "../units/memory";
import { describeSize, type FargateSize, roundUpToSize } from "./fargate-sizes";
import { type Problem, problemAt, quote } from "./problem";
import type { TaskContainer } from "./task-container";
import type { TaskLaunch } from "./task-platform";
import { fargateTaskSizes, sumOf } from "./task-size";

/** A task that Service Connect puts its proxy into. */
export interface ProxiedTask {
  readonly family: string;
  readonly launch: TaskLaunch;
  readonly operatingSystem: "linux" | "windows";
  readonly containers: readonly TaskContainer[];
  /** Nothing on Fargate: it is not known; nothing on instances: the task has no limit. */
  readonly size?: FargateSize | undefined;
  /** What all its containers have together. @default - the sum of 'containers' */
  readonly containerTotal?: FargateSize | undefined;
}

/** What AWS recommends for the proxy. Source: ECS Developer Guide, service-connect-concepts-deploy, 2026-11-21. */
const PROXY: FargateSize = { cpu: Cpu.ofMillis(250), memory: Memory.ofMib(64) };

/**
 * What is wrong with a task that Service Connect puts its proxy into, seen from 'serviceConnect'. The proxy has no
 * amounts of its own: it gets what the task has and the containers leave.
 *
 * As of 2026-11-21. Source: Amazon ECS Developer Guide, service-connect, considerations.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect.html
 */
export function proxyProblems(task: ProxiedTask): Problem[] {
  return problemAt(
    [],
    task.operatingSystem === "windows"
      ? `'serviceConnect' is not there for tasks with Windows, for which task definition ${quote(task.family)} is; use 'discovery' or a load balancer`
      : memoryProblem(task),
  );
}

function memoryProblem({ family, launch, containers, size, ...task }: ProxiedTask): string | undefined {
  const { containerTotal = sumOf(containers) } = task;
  const unlimited = size === undefined;
  const unasked = launch === "EXTERNAL" || (unlimited && launch === "FARGATE");
  return unasked || (!unlimited && Math.floor(size.memory.mib) > containerTotal.memory.mib)
    ? undefined
    : `'size' of task definition ${quote(family)} must have more memory than its containers together, ${containerTotal.memory}, for the proxy that 'serviceConnect' puts into each task, got ${unlimited ? "none" : describeSize(size)}; ${fix(containerTotal, size, launch)}`;
}

function fix(total: FargateSize, size: FargateSize | undefined, launch: TaskLaunch): string {
  const memory = total.memory.plus(PROXY.memory);
  const larger =
    launch === "FARGATE"
      ? roundUpToSize(size?.cpu ?? total.cpu, memory, fargateTaskSizes({}))
      : { cpu: size?.cpu ?? total.cpu.plus(PROXY.cpu), memory };
  return larger === undefined
    ? "give the containers less"
    : `give it { cpu: ${quote(larger.cpu.toString())}, memory: ${quote(larger.memory.toString())} }`;
}
