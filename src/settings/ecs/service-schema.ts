import * as v from "valibot";
import { CIRCUIT_BREAKERS, DEPLOYMENT_STRATEGIES, LIFECYCLE_STAGES } from "../../model/deployment";
import { TAG_SOURCES } from "../../model/ecs-service";
import { SCHEDULING } from "../../model/ecs-service-placement";
import { described, text, names as texts } from "../pieces";
import { serviceLoadBalancerSchema } from "./load-balancer-schema";
import { serviceScalingSchema } from "./scaling";

const capacity = described(
  v.record(
    text,
    v.strictObject({
      base: v.exactOptional(described(v.number(), "Tasks that run on it before weights count. Default: 0.")),
      weight: v.exactOptional(described(v.number(), "Its share of the other tasks. Default: 1.")),
    }),
  ),
  "Shares of capacity providers: FARGATE, FARGATE_SPOT, or Auto Scaling groups by name. Default: the cluster's defaultCapacity where it suits, or FARGATE, or the only group.",
);

const trafficRule = v.strictObject({
  securityGroupId: v.exactOptional(text),
  cidr: v.exactOptional(text),
  self: v.exactOptional(described(v.boolean(), "The tasks themselves.")),
  port: v.exactOptional(
    described(
      v.union([v.number(), v.strictObject({ from: v.number(), to: v.number() })]),
      "One port, or the first and the last. Default: all.",
    ),
  ),
  protocol: v.exactOptional(described(v.picklist(["tcp", "udp", "all"]), "Default: tcp.")),
});

const minutes = (fallback: string) => described(v.number(), `0 to 1440. Default: ${fallback}.`);

const deployment = v.strictObject({
  strategy: v.exactOptional(described(v.picklist(DEPLOYMENT_STRATEGIES), "Default: ROLLING.")),
  minimumHealthyPercent: v.exactOptional(
    described(v.number(), "Least tasks during a rolling deployment, in percent. Default: 100."),
  ),
  maximumPercent: v.exactOptional(
    described(v.number(), "Most tasks during a rolling deployment, in percent. Default: 200."),
  ),
  circuitBreaker: v.exactOptional(
    described(
      v.picklist(CIRCUIT_BREAKERS),
      "What happens when new tasks fail again and again. Default: rollback; off unless the strategy is ROLLING.",
    ),
  ),
  alarms: v.exactOptional(
    v.strictObject({
      names: described(texts, "Alarms of CloudWatch that end a deployment."),
      rollback: v.exactOptional(described(v.boolean(), "Default: true.")),
      enabled: v.exactOptional(
        described(v.boolean(), "false to look at them no more; taking 'alarms' away does nothing. Default: true."),
      ),
    }),
  ),
  bakeTimeInMinutes: v.exactOptional(minutes("5")),
  linear: v.exactOptional(
    v.strictObject({
      stepPercent: v.exactOptional(described(v.number(), "3 to 100. Default: 10.")),
      stepBakeTimeInMinutes: v.exactOptional(minutes("6")),
    }),
  ),
  canary: v.exactOptional(
    v.strictObject({
      percent: v.exactOptional(described(v.number(), "0.1 to 100. Default: 5.")),
      bakeTimeInMinutes: v.exactOptional(minutes("10")),
    }),
  ),
  hooks: v.exactOptional(
    described(
      v.record(
        text,
        v.strictObject({
          lambdaArn: text,
          stages: v.array(v.picklist(LIFECYCLE_STAGES)),
          roleArn: v.exactOptional(described(text, "Role by which ECS calls the function. Default: one of its own.")),
        }),
      ),
      "Lambda functions that ECS asks at stages of a deployment, by a name of your choice.",
    ),
  ),
});

const serviceConnect = v.strictObject({
  namespace: v.exactOptional(described(text, "Key of 'namespaces'. Default: the cluster's own.")),
  endpoints: v.exactOptional(
    described(
      v.record(
        text,
        v.strictObject({
          portName: described(text, "Name of a container's port."),
          port: v.exactOptional(described(v.number(), "Port that clients call. Default: the container's.")),
          dnsName: v.exactOptional(described(text, "Host that clients call. Default: the name of the endpoint.")),
          idleTimeoutInSeconds: v.exactOptional(described(v.number(), "Default: 300, 3600 for TCP.")),
          requestTimeoutInSeconds: v.exactOptional(described(v.number(), "Default: 15.")),
        }),
      ),
      "Ports that others may call, by the name by which they call them. Default: none, the service only calls others.",
    ),
  ),
  logRetentionInDays: v.exactOptional(
    described(v.union([v.literal(false), v.number()]), "Days for which the proxy's logs are kept. Default: 30."),
  ),
});

const discovery = v.strictObject({
  namespace: described(text, "Key of 'namespaces', of kind private-dns."),
  name: v.exactOptional(described(text, "Name in the namespace. Default: the key of the service.")),
  record: v.exactOptional(described(v.picklist(["A", "SRV"]), "Default: A.")),
  portName: v.exactOptional(described(text, "Name of the container's port that an SRV record tells.")),
  ttlInSeconds: v.exactOptional(described(v.number(), "Default: 10.")),
});

const placementStrategy = v.union([
  v.literal("random"),
  v.strictObject({ spread: described(text, "Attribute, such as attribute:ecs.availability-zone or instanceId.") }),
  v.strictObject({ binpack: v.picklist(["cpu", "memory"]) }),
]);

export const service = v.strictObject({
  taskDefinition: v.exactOptional(described(text, "Key of 'taskDefinitions'. Default: the key of the service.")),
  serviceName: v.exactOptional(described(text, "Default: the cluster's name, - and the key.")),
  desiredCount: v.exactOptional(described(v.number(), "How many tasks. Default: 2, within what 'scaling' allows.")),
  capacity: v.exactOptional(capacity),
  platformVersion: v.exactOptional(described(text, "Fargate: LATEST, or such as 1.4.0 in quotes. Default: LATEST.")),
  subnets: v.exactOptional(
    described(
      v.union([v.picklist(["private", "public"]), texts]),
      "Where tasks run, or ids of subnets. Default: private.",
    ),
  ),
  assignPublicIp: v.exactOptional(described(v.boolean(), "Fargate: public IPv4 addresses. Default: false.")),
  additionalSecurityGroupIds: v.exactOptional(
    described(texts, "Security groups beside the service's own, five together."),
  ),
  egress: v.exactOptional(
    described(v.record(text, trafficRule), "What the tasks may reach, by a name of your choice. Default: everything."),
  ),
  allowFrom: v.exactOptional(
    described(
      v.record(text, v.array(v.number())),
      "Ports that tasks of other services, queue workers, scheduled tasks, event tasks and workflows may connect to, by their keys.",
    ),
  ),
  deployment: v.exactOptional(described(deployment, "How tasks are replaced by new ones.")),
  healthCheckGracePeriodInSeconds: v.exactOptional(
    described(v.number(), "How long failed health checks of the load balancer are overlooked. Default: 0."),
  ),
  serviceConnect: v.exactOptional(described(serviceConnect, "Calls between services, by a proxy in each task.")),
  discovery: v.exactOptional(described(discovery, "A name in DNS that leads to the tasks.")),
  exec: v.exactOptional(described(v.boolean(), "Whether people may open a shell in containers. Default: false.")),
  propagateTags: v.exactOptional(described(v.picklist(TAG_SOURCES), "Whose tags the tasks get. Default: SERVICE.")),
  managedTags: v.exactOptional(described(v.boolean(), "Tags with the names of cluster and service. Default: true.")),
  availabilityZoneRebalancing: v.exactOptional(
    described(v.boolean(), "Whether ECS moves tasks to zones with fewer of them. Default: true, where it can."),
  ),
  waitForSteadyState: v.exactOptional(
    described(v.boolean(), "Whether Terraform waits until the new tasks run. Default: false."),
  ),
  scheduling: v.exactOptional(
    described(v.picklist(SCHEDULING), "Instances: a number of tasks, or one on each instance. Default: REPLICA."),
  ),
  placementStrategies: v.exactOptional(
    described(v.array(placementStrategy), "Instances: how one is chosen. Default: evenly over zones, then instances."),
  ),
  memberOf: v.exactOptional(described(texts, "Instances: conditions in the cluster query language.")),
  distinctInstances: v.exactOptional(
    described(v.boolean(), "Instances: no two tasks on one instance. Default: false."),
  ),
  loadBalancer: v.exactOptional(serviceLoadBalancerSchema),
  scaling: v.exactOptional(serviceScalingSchema),
});

export type ServiceSettings = v.InferOutput<typeof service>;

export const namespace = v.strictObject({
  namespaceName: v.exactOptional(described(text, "Default: the name of the cluster, - and the key, with .internal.")),
  kind: v.exactOptional(
    described(
      v.picklist(["http", "private-dns"]),
      "http for Service Connect alone; private-dns for names in DNS too, by a hosted zone of its own. Default: http.",
    ),
  ),
});
