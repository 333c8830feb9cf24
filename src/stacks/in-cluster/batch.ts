import { Annotations } from "cdktf";
import type { Construct } from "constructs";
import { BatchCronJob } from "../../constructs/workloads/batch-cron-job";
import { BatchJob } from "../../constructs/workloads/batch-job";
import { unknownClaimWarning } from "../../model/claims";
import type { PodTemplate } from "../../model/pod-template";
import { podTemplateOf } from "../../settings/pod-template";
import { byKey, type InClusterContext } from "./context";
import { literal } from "./literal";
import { before, type Namespaces } from "./tenants";

export function addBatch(context: InClusterContext, namespaces: Namespaces): void {
  const { stack, cluster, inCluster } = context;
  for (const [name, job] of byKey(inCluster.batchJobs)) {
    const template = literal(podTemplateOf(job.template));
    const options = { ...job, ...before(namespaces, job.namespace), template, cluster, name };
    warnOfClaims(context, new BatchJob(stack, `job-${name}`, options), job.namespace, template);
  }
  for (const [name, job] of byKey(inCluster.batchCronJobs)) {
    const template = literal(podTemplateOf(job.template));
    const options = { ...job, ...before(namespaces, job.namespace), template, cluster, name };
    warnOfClaims(context, new BatchCronJob(stack, `cron-job-${name}`, options), job.namespace, template);
  }
}

/** Warns of claims that none of the settings' file systems has. */
function warnOfClaims({ inCluster }: InClusterContext, job: Construct, namespace: string, template: PodTemplate): void {
  const known = Object.values(inCluster.efs ?? {}).flatMap(({ accessPoints }) =>
    Object.entries(accessPoints).flatMap(([key, { namespaces = [] }]) => (namespaces.includes(namespace) ? [key] : [])),
  );
  for (const volume of Object.values(template.volumes ?? {})) {
    if ("persistentVolumeClaim" in volume && !known.includes(volume.persistentVolumeClaim.claimName)) {
      Annotations.of(job).addWarning(unknownClaimWarning(volume.persistentVolumeClaim.claimName, namespace));
    }
  }
}
