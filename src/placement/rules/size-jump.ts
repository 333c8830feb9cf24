import {
  describeSize,
  FARGATE_POD_OVERHEAD,
  FARGATE_POD_SIZES,
  type FargateSize,
  roundUpToSize,
} from "../../model/fargate-sizes";
import { Cpu } from "../../units/cpu";
import { Memory } from "../../units/memory";
import type { PodRequests } from "../placement";
import { podSize } from "../pod-size";
import { podRequests } from "../requests";
import type { Rule } from "../rule";
import { POD_CONFIGURATION_GUIDE } from "./support/sources";

/** Shares of what a pod requests that it may well do without. */
const LITTLE_MEMORY_PERCENT = 15;
const LITTLE_CPU_PERCENT = 10;

/** What Fargate adds pushes requests of whole GiB over a size: of small pods it is a larger share. */
const MOST_MEMORY_PERCENT = 25;

/** A smaller size must give back at least so many times the memory that is taken away. */
const WORTHWHILE = 2;

/** A smaller size, and by how much less to request it is reached. */
interface Saving {
  readonly size: FargateSize;
  readonly less: string;
}

export const sizeJump: Rule = {
  id: "size-jump",
  severity: "advice",
  title: "Requests do not miss a smaller size by a little",
  reason: "the whole size is billed",
  fix: "request a little less where the pods can do with it, or use the room that is paid for",
  source: POD_CONFIGURATION_GUIDE,
  check({ pod, podPath }) {
    const requests = podRequests(pod);
    const size = podSize(requests);
    const saving = size === undefined ? undefined : (memorySaving(requests, size) ?? cpuSaving(requests, size));
    return size === undefined || saving === undefined
      ? []
      : [
          {
            at: [...podPath, "containers"],
            message: `a pod requests ${requests.cpu} of CPU and ${requests.memory} of memory and gets ${describeSize(size)}; with ${saving.less} less it would get ${describeSize(saving.size)}`,
          },
        ];
  },
};

/** The smaller size that is reached by the least memory less. */
function memorySaving({ cpu, memory }: PodRequests, size: FargateSize): Saving | undefined {
  const most = littleOf(memory);
  const reachable = FARGATE_POD_SIZES.filter((smaller) => isSmaller(smaller, size) && smaller.cpu.covers(cpu))
    .map((smaller) => ({ smaller, less: memory.plus(FARGATE_POD_OVERHEAD).minus(smaller.memory) }))
    .filter(
      ({ smaller, less }) =>
        most.covers(less) &&
        (smaller.cpu.millis < size.cpu.millis || givesBack(smaller, size) >= WORTHWHILE * less.bytes),
    )
    .sort((a, b) => a.less.bytes - b.less.bytes);
  const [best] = reachable;
  return best === undefined ? undefined : { size: best.smaller, less: `${Math.ceil(best.less.mib)}Mi of memory` };
}

/** How much less memory is a little: a share, or as much as Fargate adds where that is not too large a share. */
function littleOf(memory: Memory): Memory {
  const percent = (share: number) => Memory.ofBytes(Math.floor((memory.bytes * share) / 100));
  const added = percent(MOST_MEMORY_PERCENT).covers(FARGATE_POD_OVERHEAD)
    ? FARGATE_POD_OVERHEAD
    : percent(MOST_MEMORY_PERCENT);
  return percent(LITTLE_MEMORY_PERCENT).max(added);
}

/** The size of the next smaller number of vCPUs. */
function cpuSaving({ cpu, memory }: PodRequests, size: FargateSize): Saving | undefined {
  const most = Cpu.ofMillis(Math.floor((cpu.millis * LITTLE_CPU_PERCENT) / 100));
  const smaller = roundUpToSize(cpu.minus(most), memory.plus(FARGATE_POD_OVERHEAD));
  return smaller === undefined || smaller.cpu.millis >= size.cpu.millis
    ? undefined
    : { size: smaller, less: `${cpu.minus(smaller.cpu)} of CPU` };
}

function isSmaller(a: FargateSize, b: FargateSize): boolean {
  return b.cpu.covers(a.cpu) && b.memory.covers(a.memory) && !(a.cpu.covers(b.cpu) && a.memory.covers(b.memory));
}

function givesBack(smaller: FargateSize, size: FargateSize): number {
  return size.memory.minus(smaller.memory).bytes;
}
