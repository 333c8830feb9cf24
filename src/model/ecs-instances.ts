import { amiParameterOf, type InstanceOperatingSystem, smallestInstanceVolumeInGib } from "./ecs-ami";
import type { InstanceMachine } from "./ecs-capacity";
import { type Accelerator, type Architecture, architectureOf, instanceTypeProblem } from "./instance-type";
import { DEFAULT_NODE_OPERATING_SYSTEM, isWindows } from "./node-ami";

/** How ECS changes the number of instances so that tasks find a place, and no more than that. */
export interface ManagedScaling {
  /** Percent of the instances that tasks use, 1 to 100: below 100 some stand ready for the next tasks. @default 100 */
  readonly targetCapacity?: number;
  /** Fewest instances that are added at a time, 1 to 10,000. @default 1 */
  readonly minStepSize?: number;
  /** Most instances that are added at a time, 1 to 10,000. @default 10000 */
  readonly maxStepSize?: number;
  /** Seconds until a new instance counts, 0 to 10,000. @default 300 */
  readonly warmupInSeconds?: number;
}

/** What the EC2 instances of an Auto Scaling group are, as its construct and the settings have it. */
export interface InstanceGroupOptions {
  /** Operating system. @default "al2023" */
  readonly os?: InstanceOperatingSystem;
  /**
   * EC2 instance types, 1 to 40 of one architecture. On-Demand Instances are tried in this order; for Spot EC2 takes
   * those that it is the least likely to take back, at the best price.
   */
  readonly instanceTypes: readonly string[];
  /** Whose drivers the AMI has. @default - none */
  readonly accelerator?: Accelerator;
  /**
   * Parameter of AWS Systems Manager that holds the id of another AMI: one of your own, or one release of AWS's.
   * @default - the newest that AWS recommends for ECS, whenever an instance starts
   */
  readonly amiParameter?: string;
  /** Fewest instances, 0 or more. @default 0 */
  readonly minSize?: number;
  /** Most instances, 1 or more. */
  readonly maxSize: number;
  /** On-Demand Instances before the percentage counts. @default 0 */
  readonly onDemandBase?: number;
  /** Percent of the other instances that are On-Demand, 0 to 100; the rest are Spot. @default 100 */
  readonly onDemandPercentage?: number;
  /** GiB for images, logs and what tasks write on an instance. @default - 30, 20 for Bottlerocket, 50 for Windows */
  readonly volumeSizeInGib?: number;
  /** Zones whose private subnets the instances are in. @default - all private subnets of the cluster's VPC */
  readonly zones?: readonly string[];
  /** How ECS scales the group, or `false` where something else does. @default - as many as tasks need */
  readonly managedScaling?: ManagedScaling | false;
  /** Whether instances with tasks are left out when ECS removes some. @default - true with managed scaling */
  readonly terminationProtection?: boolean;
  /** Whether ECS moves tasks elsewhere before an instance goes, whatever ends it. @default true */
  readonly managedDraining?: boolean;
  /** Percent of the instances that stay while others are replaced after a change, 0 to 100. @default 90 */
  readonly minHealthyPercentage?: number;
  /** Days after which an instance is replaced by one with the newest AMI, 1 to 365. @default - never */
  readonly maxInstanceLifetimeInDays?: number;
  /** Whether people may open a shell on the instances through AWS Systems Manager. @default false */
  readonly sessionManager?: boolean;
  /** Tags of the group, its instances and their volumes, beside those of the stack. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Name of the capacity provider and of the Auto Scaling group. @default - `<cluster>-<key>` */
  readonly capacityProviderName?: string;
}

/** As the API of ECS has them where nothing is said; written out, so that Terraform and AWS agree on them. */
export const MANAGED_SCALING: Required<ManagedScaling> = {
  targetCapacity: 100,
  minStepSize: 1,
  maxStepSize: 10_000,
  warmupInSeconds: 300,
};

export const DEFAULT_MIN_HEALTHY_PERCENTAGE = 90;

export function operatingSystemFor({
  os = DEFAULT_NODE_OPERATING_SYSTEM,
}: Pick<InstanceGroupOptions, "os">): InstanceOperatingSystem {
  return os;
}

/** The architecture of the group's instances, where its instance types agree. */
export function instanceArchitecture({ instanceTypes }: InstanceGroupOptions): Architecture {
  return architectureOf(instanceTypes[0] ?? "");
}

/** As task definitions name them. */
const CPU_ARCHITECTURES = { amd64: "X86_64", arm64: "ARM64" } as const;

/** What the group's instances are to a task. An expression in place of an instance type tells nothing. */
export function instanceMachine(group: InstanceGroupOptions): InstanceMachine {
  const known = group.instanceTypes.filter((type) => instanceTypeProblem(type) === undefined);
  const [architecture, ...others] = new Set(known.map(architectureOf));
  return {
    architecture: architecture === undefined || others.length > 0 ? undefined : CPU_ARCHITECTURES[architecture],
    operatingSystem: isWindows(operatingSystemFor(group)) ? "windows" : "linux",
  };
}

/** Whether some of the instances may be Spot Instances. */
export function hasSpot({ onDemandPercentage = 100 }: InstanceGroupOptions): boolean {
  return onDemandPercentage < 100;
}

/** Whether instances with tasks are kept when the group shrinks. */
export function isProtected({ managedScaling, terminationProtection }: InstanceGroupOptions): boolean {
  return terminationProtection ?? managedScaling !== false;
}

/** GiB of the volume that the instances keep their data on. */
export function instanceVolumeInGib(group: InstanceGroupOptions): number {
  return group.volumeSizeInGib ?? smallestInstanceVolumeInGib(operatingSystemFor(group));
}

/** The parameter that holds the id of the group's AMI; nothing where ECS has no such AMI. */
export function amiParameterFor(group: InstanceGroupOptions): string | undefined {
  return (
    group.amiParameter ?? amiParameterOf(operatingSystemFor(group), instanceArchitecture(group), group.accelerator)
  );
}
