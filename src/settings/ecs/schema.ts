import * as v from "valibot";
import { backend } from "../backend";
import { networkSchema } from "../network";
import { described, opaque, tags, text } from "../pieces";
import { appRunnerSchema } from "./app-runner";
import { beanstalkSchema } from "./beanstalk";
import { clusterSchema } from "./cluster";
import { certificatesSchema, hostedZonesSchema, webAclSchema } from "./edge";
import { efsSchema } from "./efs";
import { eventTasksSchema } from "./event-tasks";
import { lightsailSchema } from "./lightsail";
import { loadBalancersSchema } from "./load-balancer-schema";
import { queueWorkersSchema } from "./queue-workers";
import { pullThroughCachesSchema, registryScanningSchema, repositoriesSchema } from "./repositories";
import { scheduledTasksSchema } from "./scheduled-tasks";
import { namespacesSchema, servicesSchema } from "./services";
import { taskDefinitionsSchema } from "./task-definitions";
import { workflowsSchema } from "./workflows";

/**
 * The settings file of containers without Kubernetes: one for each environment. What the values mean for AWS is checked
 * by the rules of the model.
 */
export const ecsSettingsSchema = v.strictObject({
  name: described(text, "Name of the cluster, from which all other names are derived."),
  region: described(text, "AWS Region, such as eu-west-1."),
  account: v.exactOptional(
    described(
      text,
      "The one AWS account that may be deployed to, 12 digits in quotes. Default: that of whoever applies.",
    ),
  ),
  tags: v.exactOptional(tags),
  backend: v.exactOptional(backend),
  network: v.exactOptional(described(networkSchema, "The VPC. It may be left out when nothing in 'ecs' needs one.")),
  ecs: described(
    v.strictObject({
      appRunner: v.exactOptional(opaque(appRunnerSchema)),
      beanstalk: v.exactOptional(opaque(beanstalkSchema)),
      certificates: v.exactOptional(opaque(certificatesSchema)),
      cluster: v.exactOptional(opaque(clusterSchema)),
      efs: v.exactOptional(opaque(efsSchema)),
      eventTasks: v.exactOptional(opaque(eventTasksSchema)),
      hostedZones: v.exactOptional(opaque(hostedZonesSchema)),
      lightsail: v.exactOptional(opaque(lightsailSchema)),
      loadBalancers: v.exactOptional(opaque(loadBalancersSchema)),
      namespaces: v.exactOptional(opaque(namespacesSchema)),
      pullThroughCaches: v.exactOptional(opaque(pullThroughCachesSchema)),
      queueWorkers: v.exactOptional(opaque(queueWorkersSchema)),
      registryScanning: v.exactOptional(opaque(registryScanningSchema)),
      repositories: v.exactOptional(opaque(repositoriesSchema)),
      scheduledTasks: v.exactOptional(opaque(scheduledTasksSchema)),
      services: v.exactOptional(opaque(servicesSchema)),
      taskDefinitions: v.exactOptional(opaque(taskDefinitionsSchema)),
      webAcl: v.exactOptional(opaque(webAclSchema)),
      workflows: v.exactOptional(opaque(workflowsSchema)),
    }),
    "Containers without Kubernetes.",
  ),
});

/** Validated settings of containers without Kubernetes. Frozen: nothing changes them after they are loaded. */
export type EcsSettings = v.InferOutput<typeof ecsSettingsSchema>;
