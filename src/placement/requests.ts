import type { Container, PodSpec, ResourceAmounts } from "../model/pod";
import { Cpu } from "../units/cpu";
import { Memory } from "../units/memory";
import type { PodRequests } from "./placement";

/** What a container, or several together, request. */
interface Amounts {
  readonly cpu: Cpu;
  readonly memory: Memory;
  readonly ephemeralStorage: Memory;
}

const NOTHING: Amounts = { cpu: Cpu.ZERO, memory: Memory.ZERO, ephemeralStorage: Memory.ZERO };

/** Several rules ask for what the same pod requests, one after the other. */
const KNOWN = new WeakMap<PodSpec, PodRequests>();

/**
 * What one pod requests, for each resource by itself: the containers together or the largest init container, whichever
 * is more. Sidecars (init containers with `restartPolicy: Always`) count as Kubernetes counts them: beside the containers,
 * and beside each init container that starts after them. What the pod requests as a whole (`spec.resources`) wins.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-pod-configuration.html
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
export function podRequests(pod: PodSpec): PodRequests {
  const known = KNOWN.get(pod);
  if (known !== undefined) {
    return known;
  }
  const requests = reckon(pod);
  KNOWN.set(pod, requests);
  return requests;
}

function reckon(pod: PodSpec): PodRequests {
  let sidecars = NOTHING;
  let largestInit = NOTHING;
  for (const container of pod.initContainers) {
    const together = add(sidecars, amountsOf(container.resources.requests));
    largestInit = largest(largestInit, together);
    if (container.restartable) {
      sidecars = together;
    }
  }
  const containers = pod.containers.reduce((sum, { resources }) => add(sum, amountsOf(resources.requests)), sidecars);
  const { cpu, memory, ephemeralStorage } = largest(containers, largestInit);
  const whole = pod.resources?.requests;
  return {
    cpu: whole?.cpu ?? cpu,
    memory: whole?.memory ?? memory,
    ephemeralStorage: whole?.ephemeralStorage ?? ephemeralStorage,
    none: requestsNothing(pod),
  };
}

function requestsNothing({ containers, initContainers, resources }: PodSpec): boolean {
  const all: (Container["resources"] | undefined)[] = [
    resources,
    ...[...containers, ...initContainers].map((each) => each.resources),
  ];
  return all.every((each) => each?.requests.cpu === undefined && each?.requests.memory === undefined);
}

function amountsOf({ cpu = Cpu.ZERO, memory = Memory.ZERO, ephemeralStorage = Memory.ZERO }: ResourceAmounts): Amounts {
  return { cpu, memory, ephemeralStorage };
}

function add(a: Amounts, b: Amounts): Amounts {
  return {
    cpu: a.cpu.plus(b.cpu),
    memory: a.memory.plus(b.memory),
    ephemeralStorage: a.ephemeralStorage.plus(b.ephemeralStorage),
  };
}

function largest(a: Amounts, b: Amounts): Amounts {
  return {
    cpu: a.cpu.max(b.cpu),
    memory: a.memory.max(b.memory),
    ephemeralStorage: a.ephemeralStorage.max(b.ephemeralStorage),
  };
}
