import { smallestInstanceVolumeInGib } from "./ecs-ami";
import {
  amiParameterFor,
  hasSpot,
  type InstanceGroupOptions,
  instanceArchitecture,
  instanceVolumeInGib,
  isProtected,
  MANAGED_SCALING,
  type ManagedScaling,
  operatingSystemFor,
} from "./ecs-instances";
import { acceleratorOf, architectureOf, instanceTypeProblem } from "./instance-type";
import { nameProblem, names } from "./names";
import { compareText } from "./order";
import { type Problem, problemAt, quote, quoteAll, under } from "./problem";
import { wholeProblems } from "./whole-number";

/**
 * Sources: Amazon EC2 Auto Scaling User Guide, "Quotas"; API models of ECS (ManagedScaling), Auto Scaling
 * (MaxInstanceLifetime, RefreshPreferences) and IAM, 2026-11-17.
 */
const LIMITS = {
  instanceTypes: 40,
  step: 10_000,
  warmupInSeconds: 10_000,
  lifetimeInDays: 365,
  /** Of the 50 that EC2 takes, the name and the mark of ECS are ours. */
  tags: 48,
} as const;

/** Tags that AWS keeps for itself, and those that we set. */
const RESERVED_TAG = /^(aws:|AmazonECSManaged$|Name$)/i;

/** Name of a parameter, and behind ":" one of its versions or labels. */
const PARAMETER = /^[\w./-]+(:[\w.-]+)?$/;

/**
 * What is wrong with the instances of one Auto Scaling group by themselves.
 *
 * @param key name among the cluster's groups
 * @param isKnown whether a value is known yet; others are left to AWS
 */
export function instanceGroupProblems(
  key: string,
  group: InstanceGroupOptions,
  isKnown: (value: string) => boolean = () => true,
): Problem[] {
  const of = `of Auto Scaling group ${quote(key)}`;
  const legible = (type: string) => isKnown(type) && instanceTypeProblem(type) === undefined;
  const known = { ...group, instanceTypes: group.instanceTypes.filter(legible) };
  return [
    ...instanceTypesProblems(of, group, isKnown),
    ...(known.instanceTypes.length > 0 ? machineProblems(key, known, isKnown) : []),
    ...sizeProblems(of, group),
    ...purchaseProblems(of, group),
    ...volumeProblems(of, group),
    ...scalingProblems(of, group),
    ...wholeProblems("minHealthyPercentage", group.minHealthyPercentage, [0, 100], of),
    ...wholeProblems("maxInstanceLifetimeInDays", group.maxInstanceLifetimeInDays, [1, LIMITS.lifetimeInDays], of),
    ...tagProblems(of, group),
  ];
}

/** Why AWS would refuse what is named after a group: its provider, launch template, role and security group. */
export function instanceGroupNameProblems(cluster: string, key: string, group: InstanceGroupOptions): Problem[] {
  const provider = capacityProviderNameOf(cluster, key, group);
  const at = group.capacityProviderName === undefined ? [] : ["capacityProviderName"];
  const fix = "set another 'capacityProviderName'";
  const instances = names.containerInstances(provider);
  return problemAt(
    at,
    nameProblem("ecsCapacityProvider", provider, fix) ??
      nameProblem("role", instances, fix) ??
      nameProblem("launchTemplate", instances, fix),
  );
}

/**
 * What the agent on an instance talks to, and tasks on Fargate do not.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
 */
export const AGENT_ENDPOINT_SERVICES: readonly string[] = ["ecs", "ecs-agent", "ecs-telemetry"];

/**
 * Where the agent reads the instance's tags before it joins the cluster, which it gives up when it cannot
 * (`ecs-user-data.ts` has it do so on Amazon Linux). Source: github.com/aws/amazon-ecs-agent, agent/app/agent.go,
 * registerContainerInstance.
 */
const TAGS_ENDPOINT_SERVICE = "ec2";

/**
 * Why instances could not join a cluster in a VPC without NAT, or `undefined`.
 *
 * @param services those that have an interface endpoint in the VPC
 * @param groups what the instances are
 */
export function instanceEndpointsProblem(
  services: readonly string[],
  groups: readonly Pick<InstanceGroupOptions, "os">[],
): string | undefined {
  const tags = groups.some((group) => operatingSystemFor(group) === "al2023") ? [TAGS_ENDPOINT_SERVICE] : [];
  const missing = [...tags, ...AGENT_ENDPOINT_SERVICES].filter((service) => !services.includes(service));
  return missing.length === 0
    ? undefined
    : `EC2 instances reach ECS${missing.includes(TAGS_ENDPOINT_SERVICE) ? ", and EC2 for their tags," : ""} through interface endpoints in a VPC without NAT, and 'interfaceEndpoints' has none for ${quoteAll(missing)}; set it to ${quote([...new Set([...services, ...missing])].sort(compareText))}, or add a NAT gateway`;
}

/** Name of the group's capacity provider in AWS. */
export function capacityProviderNameOf(cluster: string, key: string, group: InstanceGroupOptions): string {
  return group.capacityProviderName ?? names.ecsCapacityProvider(cluster, key);
}

/** What to know about the group that AWS does not refuse. */
export function instanceGroupWarnings(key: string, group: InstanceGroupOptions): string[] {
  const { instanceTypes } = group;
  const sizes = new Set(instanceTypes.map((type) => type.split(".")[1]));
  return [
    ...(hasSpot(group) && instanceTypes.length === 1
      ? [
          `Auto Scaling group ${quote(key)} asks for Spot Instances of one type, ${quote(instanceTypes[0])}: when EC2 runs short of it, all of them go at once; name several types of the same size`,
        ]
      : []),
    ...(group.managedScaling !== false && sizes.size > 1
      ? [
          `Auto Scaling group ${quote(key)} has instance types of several sizes, ${quoteAll(instanceTypes)}: managed scaling reckons with the smallest and adds too many; name types of one size, or make a group of each`,
        ]
      : []),
    ...acceleratorWarnings(key, group),
  ];
}

function instanceTypesProblems(
  of: string,
  { instanceTypes }: InstanceGroupOptions,
  isKnown: (value: string) => boolean,
): Problem[] {
  const count = instanceTypes.length;
  return [
    ...(count >= 1 && count <= LIMITS.instanceTypes
      ? []
      : problemAt(
          ["instanceTypes"],
          `'instanceTypes' ${of} must hold 1 to ${LIMITS.instanceTypes} entries, got ${count}${count === 0 ? '; name one, like "m7g.large"' : "; leave some out"}`,
        )),
    ...instanceTypes.flatMap((type, index) => {
      const twice =
        instanceTypes.indexOf(type) < index
          ? `'instanceTypes' holds ${quote(type)} twice; name each type once`
          : undefined;
      return problemAt(["instanceTypes", index], isKnown(type) ? (instanceTypeProblem(type) ?? twice) : undefined);
    }),
  ];
}

/** Whether there is one AMI for all of the group's instance types. */
function machineProblems(key: string, group: InstanceGroupOptions, isKnown: (value: string) => boolean): Problem[] {
  const { instanceTypes, accelerator, amiParameter } = group;
  const arm = instanceTypes.filter((type) => architectureOf(type) === "arm64");
  if (arm.length > 0 && arm.length < instanceTypes.length) {
    const others = instanceTypes.filter((type) => !arm.includes(type));
    return problemAt(
      ["instanceTypes"],
      `'instanceTypes' of Auto Scaling group ${quote(key)} must be of one architecture, as a group has one AMI, got ${quoteAll(arm)} of arm64 and ${quoteAll(others)} of amd64; make a group of each`,
    );
  }
  if (amiParameter !== undefined) {
    return isKnown(amiParameter) && !PARAMETER.test(amiParameter)
      ? problemAt(
          ["amiParameter"],
          `'amiParameter' of Auto Scaling group ${quote(key)} must be the name of a parameter that holds the id of an AMI, like "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id", got ${quote(amiParameter)}`,
        )
      : [];
  }
  const os = operatingSystemFor(group);
  return amiParameterFor(group) === undefined
    ? problemAt(
        [accelerator === undefined ? "instanceTypes" : "accelerator"],
        `ECS has no AMI of ${quote(os)} for ${instanceArchitecture(group)}${accelerator === undefined ? "" : ` with accelerator ${quote(accelerator)}`}, which Auto Scaling group ${quote(key)} asks for; choose another 'os', other 'instanceTypes', or your own AMI with 'amiParameter'`,
      )
    : [];
}

function sizeProblems(of: string, { minSize = 0, maxSize }: InstanceGroupOptions): Problem[] {
  const problems = [
    ...(Number.isInteger(minSize) && minSize >= 0
      ? []
      : problemAt(["minSize"], `'minSize' ${of} must be a whole number of at least 0, got ${quote(minSize)}`)),
    ...(Number.isInteger(maxSize) && maxSize >= 1
      ? []
      : problemAt(
          ["maxSize"],
          `'maxSize' ${of} must be a whole number of at least 1, got ${quote(maxSize)}; leave the group out to have no instances`,
        )),
  ];
  return problems.length > 0 || minSize <= maxSize
    ? problems
    : problemAt(["minSize"], `'minSize' ${of} must be at most 'maxSize' ${maxSize}, got ${minSize}`);
}

function purchaseProblems(of: string, group: InstanceGroupOptions): Problem[] {
  const { onDemandBase, maxSize } = group;
  return [
    ...wholeProblems("onDemandPercentage", group.onDemandPercentage, [0, 100], of),
    ...(onDemandBase === undefined || (Number.isInteger(onDemandBase) && onDemandBase >= 0 && onDemandBase <= maxSize)
      ? []
      : problemAt(
          ["onDemandBase"],
          `'onDemandBase' ${of} must be a whole number from 0 to 'maxSize' ${maxSize}, got ${quote(onDemandBase)}`,
        )),
    ...((onDemandBase ?? 0) > 0 && !hasSpot(group)
      ? problemAt(
          ["onDemandBase"],
          `'onDemandBase' ${of} is for a group with Spot Instances, and all of its instances are On-Demand; set 'onDemandPercentage' below 100, or remove it`,
        )
      : []),
  ];
}

function volumeProblems(of: string, group: InstanceGroupOptions): Problem[] {
  const os = operatingSystemFor(group);
  const smallest = smallestInstanceVolumeInGib(os);
  const size = instanceVolumeInGib(group);
  return Number.isInteger(size) && size >= smallest
    ? []
    : problemAt(
        ["volumeSizeInGib"],
        `'volumeSizeInGib' ${of} must be a whole number of at least ${smallest}, which the AMI of ${quote(os)} needs, got ${quote(size)}`,
      );
}

function scalingProblems(of: string, group: InstanceGroupOptions): Problem[] {
  const { managedScaling } = group;
  if (managedScaling === false) {
    return isProtected(group)
      ? problemAt(
          ["terminationProtection"],
          `'terminationProtection' ${of} works with managed scaling alone, and 'managedScaling' is false; remove one of the two`,
        )
      : [];
  }
  return managedScaling === undefined ? [] : under("managedScaling", managedScalingProblems(of, managedScaling));
}

function managedScalingProblems(of: string, given: ManagedScaling): Problem[] {
  const { minStepSize, maxStepSize } = { ...MANAGED_SCALING, ...given };
  const problems = [
    ...wholeProblems("targetCapacity", given.targetCapacity, [1, 100], of),
    ...wholeProblems("minStepSize", given.minStepSize, [1, LIMITS.step], of),
    ...wholeProblems("maxStepSize", given.maxStepSize, [1, LIMITS.step], of),
    ...wholeProblems("warmupInSeconds", given.warmupInSeconds, [0, LIMITS.warmupInSeconds], of),
  ];
  return problems.length > 0 || minStepSize <= maxStepSize
    ? problems
    : problemAt(
        ["minStepSize"],
        `'minStepSize' ${of} must be at most 'maxStepSize' ${maxStepSize}, got ${minStepSize}`,
      );
}

function tagProblems(of: string, { tags = {} }: InstanceGroupOptions): Problem[] {
  const count = Object.keys(tags).length;
  return under("tags", [
    ...(count > LIMITS.tags
      ? problemAt([], `'tags' ${of} must hold at most ${LIMITS.tags} entries, got ${count}; leave some out`)
      : []),
    ...Object.keys(tags)
      .filter((tag) => RESERVED_TAG.test(tag))
      .map((tag) => ({
        at: [tag],
        message: `'tags' ${of} must leave "Name", "AmazonECSManaged" and what begins with "aws:" alone, got ${quote(tag)}; remove it`,
      })),
  ]);
}

/** Instance types whose accelerator the AMI has no drivers for, and the other way round. */
function acceleratorWarnings(
  key: string,
  { instanceTypes, accelerator, amiParameter }: InstanceGroupOptions,
): string[] {
  return instanceTypes.flatMap((type) => {
    const actual = acceleratorOf(type);
    if (actual === accelerator || amiParameter !== undefined) {
      return [];
    }
    return [
      accelerator === undefined
        ? `instance type ${quote(type)} of Auto Scaling group ${quote(key)} has an accelerator that its AMI has no drivers for; set 'accelerator' to ${quote(actual)} to use it`
        : `Auto Scaling group ${quote(key)} has an AMI for ${quote(accelerator)}, and instance type ${quote(type)} is not known to have such an accelerator; leave 'accelerator' out unless you know better`,
    ];
  });
}
