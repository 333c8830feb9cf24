import { acceleratorOf, architectureOf, instanceTypeProblem, instanceTypeWarning } from "./instance-type";
import type { NodeGroupLimits } from "./limits";
import { nameProblem } from "./names";
import { amiType, smallestVolumeInGib } from "./node-ami";
import {
  desiredSizeOf,
  hasWindowsNodes,
  type NodeGroupSpec,
  nodeArchitecture,
  operatingSystemOf,
  volumeSizeOf,
} from "./node-group";
import { nodeLabelProblems, taintProblems } from "./node-labels";
import { type Problem, quote, quoteAll } from "./problem";
import { partitionOf } from "./regions";

/** Length of the hash behind the name of a group that is replaced without downtime, with the "-" before it. */
const HASH_SUFFIX = "-1a2b3c4d".length;

/** Source: EKS User Guide, "Customize managed nodes with launch templates". */
const MAX_INSTANCE_TYPES = 20;

/** Source: API model of EKS, CreateNodegroup, 2026-11-17; AWS keeps the prefix. */
const MAX_TAGS = 50;
const RESERVED_TAG = /^aws:/i;

/**
 * Why EKS would refuse a node group of this name, or `undefined`.
 *
 * @param hashed whether a hash comes behind it
 * @param fix what to change when the name is derived, such as "give 'nodeGroupName'"
 */
export function nodeGroupNameProblem(name: string, hashed: boolean, fix: string): string | undefined {
  return nameProblem("nodeGroup", name, fix, hashed ? HASH_SUFFIX : 0);
}

/**
 * What is wrong with one group by itself.
 *
 * @param isKnown whether a value is known yet; others are left to AWS
 */
export function nodeGroupProblems(
  group: NodeGroupSpec,
  limits: NodeGroupLimits,
  isKnown: (value: string) => boolean = () => true,
): Problem[] {
  const known = { ...group, instanceTypes: group.instanceTypes.filter(isKnown) };
  return [
    ...instanceTypesProblems(group, isKnown),
    ...(known.instanceTypes.length > 0 ? machineProblems(known) : []),
    ...sizeProblems(group, limits),
    ...volumeProblems(group),
    ...nodeLabelProblems(group.labels ?? {}, isKnown),
    ...taintProblems(group.taints ?? []),
    ...tagProblems(group),
    ...percentageProblems(group),
  ];
}

/** What is wrong with adding `group` to a cluster that has `others`. */
export function nodeGroupSetProblems(
  group: Pick<NodeGroupSpec, "key">,
  others: readonly Pick<NodeGroupSpec, "key">[],
  limits: NodeGroupLimits,
): Problem[] {
  if (others.some(({ key }) => key === group.key)) {
    return [{ at: [], message: `node group ${quote(group.key)} is there already; give each group a name of its own` }];
  }
  return others.length < limits.groupsPerCluster
    ? []
    : [
        {
          at: [],
          message: `a cluster must have at most ${limits.groupsPerCluster} node groups, ${quote(group.key)} would be number ${others.length + 1}; merge groups, or raise 'groupsPerCluster' when AWS has raised your quota`,
        },
      ];
}

/** What to know about the group that AWS does not refuse. */
export function nodeGroupWarnings(group: NodeGroupSpec): string[] {
  const { key, spot = false, instanceTypes } = group;
  return [
    ...(spot && instanceTypes.length === 1
      ? [
          `node group ${quote(key)} asks for Spot Instances of one type, ${quote(instanceTypes[0])}: when EC2 runs short of it, all nodes go at once; name several types of the same size`,
        ]
      : []),
    ...instanceTypes.flatMap((type) => instanceTypeWarning(type) ?? []),
    ...acceleratorWarnings(group),
  ];
}

/**
 * Why Windows nodes could not work in the cluster: they need Linux nodes beside them, and a Region that has them.
 *
 * @param linuxNodes whether the cluster has Linux nodes too
 * @see https://docs.aws.amazon.com/eks/latest/userguide/windows-support.html
 */
export function windowsProblems(group: NodeGroupSpec, linuxNodes: boolean, region: string): Problem[] {
  if (!hasWindowsNodes(group)) {
    return [];
  }
  const what = `node group ${quote(group.key)} has Windows nodes`;
  return [
    ...(partitionOf(region).name === "aws"
      ? []
      : [
          {
            at: ["os"],
            message: `${what}, which EKS offers in the commercial Regions of AWS only, not in ${quote(region)}; use a Linux operating system`,
          },
        ]),
    ...(linuxNodes
      ? []
      : [
          {
            at: ["os"],
            message: `${what}, and the cluster has no Linux ones, on which the pods of the system run; add a group with 'os' "al2023" or "bottlerocket"`,
          },
        ]),
  ];
}

function instanceTypesProblems({ key, instanceTypes }: NodeGroupSpec, isKnown: (value: string) => boolean): Problem[] {
  const count = instanceTypes.length;
  const number =
    count >= 1 && count <= MAX_INSTANCE_TYPES
      ? []
      : [
          {
            at: ["instanceTypes"],
            message: `'instanceTypes' of node group ${quote(key)} must hold 1 to ${MAX_INSTANCE_TYPES} entries, got ${count}${count === 0 ? '; name one, like "m7g.large"' : ""}`,
          },
        ];
  return [
    ...number,
    ...instanceTypes.flatMap((type, index) => {
      const twice =
        instanceTypes.indexOf(type) < index
          ? `'instanceTypes' holds ${quote(type)} twice; name each type once`
          : undefined;
      const message = isKnown(type) ? (instanceTypeProblem(type) ?? twice) : undefined;
      return message === undefined ? [] : [{ at: ["instanceTypes", index], message }];
    }),
  ];
}

/** Whether there is one AMI for all of the group's instance types. */
function machineProblems(group: NodeGroupSpec): Problem[] {
  const { key, instanceTypes, accelerator } = group;
  const os = operatingSystemOf(group);
  const arm = instanceTypes.filter((type) => architectureOf(type) === "arm64");
  if (arm.length > 0 && arm.length < instanceTypes.length) {
    const others = instanceTypes.filter((type) => !arm.includes(type));
    return [
      {
        at: ["instanceTypes"],
        message: `'instanceTypes' of node group ${quote(key)} must be of one architecture, as a group has one AMI, got ${quoteAll(arm)} of arm64 and ${quoteAll(others)} of amd64; make a group of each`,
      },
    ];
  }
  const architecture = nodeArchitecture(group);
  return amiType(os, architecture, accelerator) === undefined
    ? [
        {
          at: [accelerator === undefined ? "instanceTypes" : "accelerator"],
          message: `EKS has no AMI of ${quote(os)} for ${architecture}${accelerator === undefined ? "" : ` with accelerator ${quote(accelerator)}`}, which node group ${quote(key)} asks for; choose another 'os', or other 'instanceTypes'`,
        },
      ]
    : [];
}

function sizeProblems(group: NodeGroupSpec, limits: NodeGroupLimits): Problem[] {
  const { key, minSize, maxSize } = group;
  const most = limits.nodesPerGroup;
  const problems: Problem[] = [];
  if (!Number.isInteger(minSize) || minSize < 0) {
    problems.push({
      at: ["minSize"],
      message: `'minSize' of node group ${quote(key)} must be a whole number of at least 0, got ${quote(minSize)}`,
    });
  }
  if (!Number.isInteger(maxSize) || maxSize < 1 || maxSize > most) {
    problems.push({
      at: ["maxSize"],
      message: `'maxSize' of node group ${quote(key)} must be a whole number from 1 to ${most}, got ${quote(maxSize)}; ${maxSize > most ? "make another group, or raise 'nodesPerGroup' when AWS has raised your quota" : "leave the group out to have no nodes"}`,
    });
  }
  if (problems.length > 0) {
    return problems;
  }
  if (minSize > maxSize) {
    return [
      {
        at: ["minSize"],
        message: `'minSize' of node group ${quote(key)} must be at most 'maxSize' ${maxSize}, got ${minSize}`,
      },
    ];
  }
  const desired = desiredSizeOf(group);
  return Number.isInteger(desired) && desired >= minSize && desired <= maxSize
    ? []
    : [
        {
          at: ["desiredSize"],
          message: `'desiredSize' of node group ${quote(key)} must be a whole number from 'minSize' ${minSize} to 'maxSize' ${maxSize}, got ${quote(desired)}`,
        },
      ];
}

function volumeProblems(group: NodeGroupSpec): Problem[] {
  const os = operatingSystemOf(group);
  const smallest = smallestVolumeInGib(os);
  const size = volumeSizeOf(group);
  return Number.isInteger(size) && size >= smallest
    ? []
    : [
        {
          at: ["volumeSizeInGib"],
          message: `'volumeSizeInGib' of node group ${quote(group.key)} must be a whole number of at least ${smallest}, which the AMI of ${quote(os)} needs, got ${quote(size)}`,
        },
      ];
}

function tagProblems({ key, tags = {} }: NodeGroupSpec): Problem[] {
  const count = Object.keys(tags).length;
  const reserved = Object.keys(tags).filter((tag) => RESERVED_TAG.test(tag));
  return [
    ...(count > MAX_TAGS
      ? [
          {
            at: ["tags"],
            message: `'tags' of node group ${quote(key)} must hold at most ${MAX_TAGS} entries, got ${count}`,
          },
        ]
      : []),
    ...reserved.map((tag) => ({
      at: ["tags", tag],
      message: `tag ${quote(tag)} of node group ${quote(key)} must not begin with "aws:", which AWS keeps for itself`,
    })),
  ];
}

function percentageProblems({ key, maxUnavailablePercentage: percent = 1 }: NodeGroupSpec): Problem[] {
  return Number.isInteger(percent) && percent >= 1 && percent <= 100
    ? []
    : [
        {
          at: ["maxUnavailablePercentage"],
          message: `'maxUnavailablePercentage' of node group ${quote(key)} must be a whole number from 1 to 100, got ${quote(percent)}`,
        },
      ];
}

/** Instance types whose accelerator the AMI has no drivers for, and the other way round. */
function acceleratorWarnings(group: NodeGroupSpec): string[] {
  const { key, instanceTypes, accelerator } = group;
  return instanceTypes.flatMap((type) => {
    const actual = acceleratorOf(type);
    if (actual === accelerator) {
      return [];
    }
    if (accelerator !== undefined) {
      return [
        `node group ${quote(key)} has an AMI for ${quote(accelerator)}, and instance type ${quote(type)} is not known to have such an accelerator; leave 'accelerator' out unless you know better`,
      ];
    }
    return amiType(operatingSystemOf(group), architectureOf(type), actual) === undefined
      ? []
      : [
          `instance type ${quote(type)} of node group ${quote(key)} has an accelerator that its AMI has no drivers for; set 'accelerator' to ${quote(actual)} to use it`,
        ];
  });
}
