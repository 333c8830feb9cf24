import { Refused } from "../client";
import type { Cluster } from "../cluster";
import { runDeployments, runReplicaSets } from "./deployments";
import { runGarbageCollection } from "./garbage";
import { runLoadBalancers } from "./load-balancers";
import { runNamespaces, runResourceQuotas } from "./namespaces";
import { runPods } from "./pods";
import { runVolumes } from "./volumes";
import { runDaemonSets, runJobs, runStatefulSets } from "./workloads";

/** Each looks at the whole cluster and does what is still to do. */
const CONTROLLERS: readonly ((cluster: Cluster) => Promise<void>)[] = [
  runNamespaces,
  runResourceQuotas,
  runVolumes,
  runReplicaSets,
  runDeployments,
  runStatefulSets,
  runDaemonSets,
  runJobs,
  runPods,
  runLoadBalancers,
  runGarbageCollection,
];

/** One round of all controllers. What the API refuses one of them, as it does while things go, is tried again. */
export async function runControllers(cluster: Cluster): Promise<void> {
  cluster.problems.clear();
  for (const controller of CONTROLLERS) {
    try {
      await controller(cluster);
    } catch (error) {
      if (!(error instanceof Refused)) {
        throw error;
      }
      cluster.problems.set(`controller ${controller.name}`, error.message);
      cluster.tryAgain();
    }
  }
}
