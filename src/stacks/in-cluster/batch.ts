import { BatchCronJob } from "../../constructs/workloads/batch-cron-job";
import { BatchJob } from "../../constructs/workloads/batch-job";
import { podTemplateOf } from "../../settings/pod-template";
import { byKey, type InClusterContext } from "./context";
import { literal } from "./literal";
import { before, type Namespaces } from "./tenants";

export function addBatch({ stack, cluster, inCluster }: InClusterContext, namespaces: Namespaces): void {
  for (const [name, job] of byKey(inCluster.batchJobs)) {
    new BatchJob(stack, `job-${name}`, {
      ...job,
      ...before(namespaces, job.namespace),
      template: literal(podTemplateOf(job.template)),
      cluster,
      name,
    });
  }
  for (const [name, job] of byKey(inCluster.batchCronJobs)) {
    new BatchCronJob(stack, `cron-job-${name}`, {
      ...job,
      ...before(namespaces, job.namespace),
      template: literal(podTemplateOf(job.template)),
      cluster,
      name,
    });
  }
}
