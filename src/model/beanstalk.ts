import { type ContainerSpec, portsOf } from "./container-spec";
import type { LoadBalancerScheme } from "./load-balancing";
import { nameProblem, names } from "./names";
import { type Problem, problemAt } from "./problem";
import { valueFrom } from "./secret-source";

export const BEANSTALK_UPDATES = ["immutable", "rolling", "rolling-with-additional-batch"] as const;

/** How new versions and settings reach the instances. */
export type BeanstalkUpdates = (typeof BEANSTALK_UPDATES)[number];

/** How far AWS updates the platform by itself, in a window of two hours a week. */
export interface BeanstalkManagedUpdates {
  /** Beginning of the window in UTC, such as `Sun:03:00`. @default "Sun:03:00" */
  readonly start?: string;
  /** @default "minor" */
  readonly level?: "patch" | "minor";
  /** Whether instances are replaced every week, also without an update. @default false */
  readonly instanceRefresh?: boolean;
}

/** When instances are added and taken away, by their mean use of CPU. */
export interface BeanstalkScaling {
  /** Percent of CPU below which one is taken away. @default 30 */
  readonly cpuBelow?: number;
  /** Percent of CPU above which one is added. @default 70 */
  readonly cpuAbove?: number;
}

/** A volume of an instance: scratch space that goes with the containers, or a directory of the instance. */
export interface BeanstalkVolume {
  /** Directory of the instance, whose files stay when the containers are replaced. @default - scratch space */
  readonly hostPath?: string;
}

/** What Elastic Beanstalk runs, on what, and how requests reach it. */
export interface BeanstalkOptions {
  /** 1 to 10 containers, all on each instance. */
  readonly containers: readonly ContainerSpec[];
  /** Name of the container that gets the requests. @default - the one that has ports */
  readonly target?: string;
  /** Name of its port. @default - its only one */
  readonly targetPort?: string;
  /** Volumes by name. @default - none */
  readonly volumes?: Readonly<Record<string, BeanstalkVolume>>;
  /** Names of variables that look like secrets and are none. @default - none */
  readonly plainText?: readonly string[];
  /** ARNs of the keys of `secrets` that have a key of their own. @default - none: AWS's key */
  readonly secretKeyArns?: readonly string[];
  /** Types of the instances, the first where it can be had. All of one architecture. @default ["t3.small"] */
  readonly instanceTypes?: readonly string[];
  /** Instances at least. @default 2 */
  readonly minSize?: number;
  /** Instances at most. @default 4 */
  readonly maxSize?: number;
  /** When instances are added and taken away. @default - below 30 and above 70 percent of CPU */
  readonly scaling?: BeanstalkScaling;
  /** @default "immutable": new instances beside the old ones, which go when the new ones are well */
  readonly updates?: BeanstalkUpdates;
  /** Percent of the instances that are updated at once, when updates are rolling. @default 30 */
  readonly batchPercentage?: number;
  /** Updates of the platform by AWS, or `false` for those alone that Terraform applies. @default - of minor versions, on Sundays at 03:00 UTC */
  readonly managedUpdates?: BeanstalkManagedUpdates | false;
  /** Size of each instance's disk in GiB, 10 to 16384. @default 30 */
  readonly rootVolumeInGib?: number;
  /** Days to keep logs. @default 365 */
  readonly logRetentionInDays?: number;
  /** Whether its load balancer is reached from the internet. @default "internal" */
  readonly scheme?: LoadBalancerScheme;
  /** ARN of the certificate, with which the load balancer answers HTTPS alone. @default - none, which `plainHttp` alone allows */
  readonly certificateArn?: string;
  /** Security policy of TLS. @default "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09" */
  readonly sslPolicy?: string;
  /** HTTP without encryption, and no HTTPS. @default false */
  readonly plainHttp?: boolean;
  /** Name of a bucket for records of the requests, to which load balancers may write. @default - no records */
  readonly accessLogBucket?: string;
  /** First part of its domain below `elasticbeanstalk.com`. @default - chosen by AWS */
  readonly cnamePrefix?: string;
  /** Versions of the application that are kept, 1 to 1000; those that run are kept beside them. @default 50 */
  readonly maxVersions?: number;
}

const DEFAULT_INSTANCE_TYPES: readonly string[] = ["t3.small"];

/** Stands for the account where a name is checked; account ids all have as many digits. */
const ANY_ACCOUNT = "000000000000";

/** What is said, and what holds where nothing is. */
export function beanstalkDefaults(options: BeanstalkOptions) {
  const { managedUpdates = {} } = options;
  return {
    instanceTypes: options.instanceTypes ?? DEFAULT_INSTANCE_TYPES,
    minSize: options.minSize ?? 2,
    maxSize: options.maxSize ?? 4,
    scaling: { cpuBelow: 30, cpuAbove: 70, ...options.scaling },
    updates: options.updates ?? "immutable",
    batchPercentage: options.batchPercentage ?? 30,
    managedUpdates:
      managedUpdates === false
        ? undefined
        : ({ start: "Sun:03:00", level: "minor", instanceRefresh: false, ...managedUpdates } as const),
    rootVolumeInGib: options.rootVolumeInGib ?? 30,
    logRetentionInDays: options.logRetentionInDays ?? 365,
    scheme: options.scheme ?? "internal",
    maxVersions: options.maxVersions ?? 50,
  };
}

/** The port that gets the requests, and whose it is; nothing where that is not clear. */
export function beanstalkTarget({ containers, target, targetPort }: BeanstalkOptions) {
  const able = containers.filter((container) => tcpPorts(container).length > 0);
  const container =
    target === undefined ? (able.length === 1 ? able[0] : undefined) : containers.find(({ name }) => name === target);
  const ports = container === undefined ? [] : tcpPorts(container);
  const found =
    targetPort === undefined
      ? ports.length === 1
        ? ports[0]
        : undefined
      : ports.find(([name]) => name === targetPort);
  return container === undefined || found === undefined ? undefined : { container, port: found[1].port };
}

/** Ports that take connections, in alphabetical order. */
export function tcpPorts(container: ContainerSpec) {
  return portsOf(container).filter(([, { protocol }]) => protocol === "TCP");
}

/** What the variables with secrets are read from, for all containers together, as Beanstalk has them. */
export function beanstalkSecrets({ containers }: BeanstalkOptions): [name: string, valueFrom: string][] {
  const all = new Map(
    containers.flatMap(({ secrets = {} }) =>
      Object.entries(secrets).flatMap(([name, source]): [string, string][] => {
        const from = valueFrom(source);
        return from === undefined ? [] : [[name, from]];
      }),
    ),
  );
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Why AWS would refuse a name, or those that are derived from it. */
export function beanstalkNameProblems(applicationName: string, environmentName: string, region: string): Problem[] {
  const environment = nameProblem("beanstalkEnvironment", environmentName, "give another 'environmentName'");
  const derived = [
    nameProblem("role", names.beanstalkExecutionRole(environmentName), "give a shorter 'environmentName'"),
    nameProblem(
      "bucket",
      names.beanstalkBucket(environmentName, ANY_ACCOUNT, region),
      "give a shorter 'environmentName'",
    ),
  ].find((problem) => problem !== undefined);
  return [
    ...problemAt(
      ["applicationName"],
      nameProblem("beanstalkApplication", applicationName, "give another 'applicationName'"),
    ),
    ...problemAt(["environmentName"], environment ?? derived),
  ];
}
