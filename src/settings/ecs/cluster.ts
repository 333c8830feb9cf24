import * as v from "valibot";
import {
  CONTAINER_INSIGHTS,
  type EcsClusterOptions,
  ecsClusterProblems,
  instanceGroupsOf,
} from "../../model/ecs-cluster";
import { instanceEndpointsProblem } from "../../model/ecs-instances-rules";
import { NODE_OPERATING_SYSTEMS } from "../../model/node-ami";
import { type Problem, problemAt, under } from "../../model/problem";
import { zoneChoiceProblems } from "../../model/zones";
import { described, names, text } from "../pieces";
import { privateZones } from "../private-zones";
import type { EcsSettings } from "./schema";
import { knownEgressOf } from "./task-vpc";

const managedScaling = described(
  v.union([
    v.literal(false),
    v.strictObject({
      targetCapacity: v.exactOptional(described(v.number(), "Percent of the instances that tasks use. Default: 100.")),
      minStepSize: v.exactOptional(described(v.number(), "Fewest instances added at a time. Default: 1.")),
      maxStepSize: v.exactOptional(described(v.number(), "Most instances added at a time. Default: 10000.")),
      warmupInSeconds: v.exactOptional(described(v.number(), "Until a new instance counts. Default: 300.")),
    }),
  ]),
  "How ECS scales the group, or false where something else does. Default: as many as tasks need.",
);

const group = v.strictObject({
  os: v.exactOptional(described(v.picklist(NODE_OPERATING_SYSTEMS), "Operating system. Default: al2023.")),
  instanceTypes: described(names, "EC2 instance types of one architecture, in the order in which they are tried."),
  accelerator: v.exactOptional(
    described(v.picklist(["nvidia", "neuron"]), "Whose drivers the AMI has. Default: none."),
  ),
  amiParameter: v.exactOptional(
    described(text, "Parameter of Systems Manager with the id of another AMI. Default: the newest for ECS."),
  ),
  minSize: v.exactOptional(described(v.number(), "Fewest instances. Default: 0.")),
  maxSize: described(v.number(), "Most instances."),
  onDemandBase: v.exactOptional(described(v.number(), "On-Demand Instances before the percentage counts. Default: 0.")),
  onDemandPercentage: v.exactOptional(
    described(v.number(), "Percent of the others that are On-Demand; the rest are Spot. Default: 100."),
  ),
  volumeSizeInGib: v.exactOptional(
    described(v.number(), "Volume of an instance. Default: 30, 20 for Bottlerocket, 50 for Windows."),
  ),
  zones: v.exactOptional(described(names, "Zones whose private subnets the instances are in. Default: all.")),
  managedScaling: v.exactOptional(managedScaling),
  terminationProtection: v.exactOptional(
    described(v.boolean(), "Whether ECS leaves instances with tasks alone. Default: true with managed scaling."),
  ),
  managedDraining: v.exactOptional(
    described(v.boolean(), "Whether ECS moves tasks elsewhere before an instance goes. Default: true."),
  ),
  minHealthyPercentage: v.exactOptional(
    described(v.number(), "Percent of the instances that stay while others are replaced. Default: 90."),
  ),
  maxInstanceLifetimeInDays: v.exactOptional(
    described(v.number(), "Age at which an instance is replaced by one with the newest AMI. Default: none."),
  ),
  sessionManager: v.exactOptional(
    described(v.boolean(), "Whether people may open a shell through AWS Systems Manager. Default: false."),
  ),
  tags: v.exactOptional(described(v.record(text, v.string()), "Tags of the group, its instances and volumes.")),
  capacityProviderName: v.exactOptional(described(text, "Name of the capacity provider. Default: <name>-<key>.")),
});

/** Where tasks run: shares by the name of the capacity provider. */
export const capacityMix = v.record(
  text,
  v.strictObject({
    base: v.exactOptional(described(v.number(), "Tasks that run on it before weights count. Default: 0.")),
    weight: v.exactOptional(described(v.number(), "Share of the other tasks, against the others'. Default: 1.")),
  }),
);

export const clusterSchema = described(
  v.strictObject({
    containerInsights: v.exactOptional(
      described(
        v.union([v.literal(false), v.picklist(CONTAINER_INSIGHTS)]),
        "Metrics down to each container, down to each service, or none. Default: enhanced.",
      ),
    ),
    exec: v.exactOptional(
      described(
        v.union([
          v.literal(false),
          v.strictObject({
            kmsKeyArn: v.exactOptional(
              described(text, "Key that encrypts sessions and their log. Default: one of its own."),
            ),
            retentionInDays: v.exactOptional(described(v.number(), "Default: 365.")),
          }),
        ]),
        "Shells in containers, or false so that nobody may. Default: encrypted and recorded.",
      ),
    ),
    serviceConnectNamespace: v.exactOptional(
      described(text, "Namespace of Service Connect: the ARN of one, or the name of a new one. Default: none."),
    ),
    managedStorage: v.exactOptional(
      described(
        v.strictObject({
          fargateKmsKeyArn: v.exactOptional(
            described(text, "For the ephemeral storage of tasks on Fargate. Default: one of its own."),
          ),
          ebsKmsKeyArn: v.exactOptional(
            described(text, "For EBS volumes that ECS attaches. Default: the account's for EBS."),
          ),
        }),
        "Keys of your own for volumes; {} makes one for Fargate. Default: keys that AWS owns.",
      ),
    ),
    autoScalingGroups: v.exactOptional(
      described(v.record(text, group), "Groups of EC2 instances by name, each the capacity provider <name>-<key>."),
    ),
    defaultCapacity: v.exactOptional(
      described(
        capacityMix,
        "Where tasks run that do not say where and that suit it, by capacity provider. Default: FARGATE alone.",
      ),
    ),
    externalInstances: v.exactOptional(
      described(
        v.strictObject({
          registrationLimit: v.exactOptional(described(v.number(), "How many may register. Default: 1.")),
          expiresAt: v.exactOptional(
            described(text, "Until when, in quotes, at most 30 days ahead. Default: 24 hours from when it is applied."),
          ),
        }),
        "Registration of servers outside AWS (ECS Anywhere). Default: none.",
      ),
    ),
  }),
  "The cluster and its capacity. Default: Fargate alone.",
);

/** What is wrong with them, seen from 'ecs'. */
export function clusterProblems(settings: EcsSettings): Problem[] {
  const { cluster } = settings.ecs;
  return cluster === undefined
    ? []
    : under("cluster", [
        ...ecsClusterProblems(settings.name, cluster),
        ...zoneProblems(settings, cluster),
        ...endpointProblems(settings, cluster),
      ]);
}

function zoneProblems({ network }: EcsSettings, cluster: EcsClusterOptions): Problem[] {
  const known = network === undefined ? [] : privateZones({ network });
  return instanceGroupsOf(cluster).flatMap(([key, { zones }]) =>
    zones === undefined || known.length === 0
      ? []
      : under(["autoScalingGroups", key], zoneChoiceProblems(zones, 1, known)),
  );
}

/** Whether instances reach ECS in a VPC without NAT. */
function endpointProblems(settings: EcsSettings, cluster: EcsClusterOptions): Problem[] {
  const { egress, endpointServices = [] } = knownEgressOf(settings);
  const groups = instanceGroupsOf(cluster).map(([, group]) => group);
  return egress === "endpoints" && groups.length > 0
    ? problemAt(["autoScalingGroups"], instanceEndpointsProblem(endpointServices, groups))
    : [];
}
