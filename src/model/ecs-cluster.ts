import { type CapacityMix, type CapacityProvider, capacityMixProblems, FARGATE, FARGATE_SPOT } from "./ecs-capacity";
import { type ExternalInstancesOptions, externalInstancesProblems } from "./ecs-external";
import { type InstanceGroupOptions, instanceMachine } from "./ecs-instances";
import { capacityProviderNameOf, instanceGroupNameProblems, instanceGroupProblems } from "./ecs-instances-rules";
import { instanceTypeWarning } from "./instance-type";
import { kmsKeyArnProblem } from "./kms-key";
import { retentionProblem } from "./log-retention";
import { nameProblem, names } from "./names";
import { compareText } from "./order";
import { type Problem, problemAt, quote, quoteAll, under } from "./problem";
import { takenNameProblems } from "./taken-names";

/**
 * How much CloudWatch is told: `enhanced` down to each container, `enabled` down to each service.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cloudwatch-container-insights.html
 */
export const CONTAINER_INSIGHTS = ["enhanced", "enabled"] as const;
/** How much Container Insights measures. */
export type EcsContainerInsights = (typeof CONTAINER_INSIGHTS)[number];

/** How shells in containers are encrypted and recorded. */
export interface ExecLoggingOptions {
  /** Key that encrypts the session and its log. @default - one of its own */
  readonly kmsKeyArn?: string;
  /** How long CloudWatch keeps what is typed and shown, in days. @default 365 */
  readonly retentionInDays?: number;
}

/** Keys of one's own for the volumes that ECS makes. */
export interface ManagedStorageOptions {
  /** Key for the ephemeral storage of tasks on Fargate. @default - one of its own */
  readonly fargateKmsKeyArn?: string;
  /** Key for EBS volumes that ECS attaches to tasks. @default - the account's default for EBS */
  readonly ebsKmsKeyArn?: string;
}

/** What a cluster of ECS is, as its construct and the settings have it. */
export interface EcsClusterOptions {
  /** Metrics of Container Insights, or `false` for none. @default "enhanced" */
  readonly containerInsights?: EcsContainerInsights | false;
  /** Shells in containers (ECS Exec), or `false` so that nobody may. A service lets people in when it says so. @default - encrypted and recorded, kept one year */
  readonly exec?: ExecLoggingOptions | false;
  /**
   * Namespace of Service Connect for services that name none: the ARN of one in AWS Cloud Map, or the name of a new one.
   * @default - none
   */
  readonly serviceConnectNamespace?: string;
  /** Keys of one's own for volumes; `{}` makes one for Fargate. @default - keys that AWS owns */
  readonly managedStorage?: ManagedStorageOptions;
  /** Auto Scaling groups of EC2 instances by a name of your choice, each a capacity provider `<cluster>-<name>`. @default - none */
  readonly autoScalingGroups?: Readonly<Record<string, InstanceGroupOptions>>;
  /**
   * Where tasks run that do not say where, if all of it suits them: tasks for Fargate follow a mix of FARGATE and
   * FARGATE_SPOT, tasks for EC2 one of Auto Scaling groups. @default - FARGATE alone
   */
  readonly defaultCapacity?: CapacityMix;
  /** Registration of servers outside AWS (ECS Anywhere). @default - none */
  readonly externalInstances?: ExternalInstancesOptions;
}

export const DEFAULT_CAPACITY: CapacityMix = { [FARGATE.name]: {} };

/** Nobody has verified today's quota; ECS says so when there is one. Source: an older list of AWS's quotas. */
const CAPACITY_PROVIDERS_ONCE = 10;

/** The Auto Scaling groups of a cluster, in the order of their keys. */
export function instanceGroupsOf({ autoScalingGroups = {} }: EcsClusterOptions): [string, InstanceGroupOptions][] {
  return Object.entries(autoScalingGroups).sort(([a], [b]) => compareText(a, b));
}

/** What tasks of the cluster may run on, by name. */
export function capacityProvidersOf(cluster: string, options: EcsClusterOptions): CapacityProvider[] {
  const instances = instanceGroupsOf(options).map(([key, group]): CapacityProvider => {
    return { name: capacityProviderNameOf(cluster, key, group), kind: "ec2", machine: instanceMachine(group) };
  });
  return [FARGATE, FARGATE_SPOT, ...instances].sort((a, b) => compareText(a.name, b.name));
}

/**
 * What is wrong with a cluster.
 *
 * @param isKnown whether a value is known yet; others are left to AWS
 */
export function ecsClusterProblems(
  cluster: string,
  options: EcsClusterOptions,
  isKnown: (value: string) => boolean = () => true,
): Problem[] {
  const { containerInsights = "enhanced", exec = {}, managedStorage = {}, externalInstances } = options;
  return [
    ...(containerInsights === false || CONTAINER_INSIGHTS.includes(containerInsights)
      ? []
      : problemAt(
          ["containerInsights"],
          `'containerInsights' must be ${quoteAll(CONTAINER_INSIGHTS)} or false, got ${quote(containerInsights)}`,
        )),
    ...(exec === false ? [] : under("exec", execProblems(exec, isKnown))),
    ...namespaceProblems(options.serviceConnectNamespace, isKnown),
    ...under("managedStorage", [
      ...keyProblems("fargateKmsKeyArn", managedStorage.fargateKmsKeyArn, isKnown),
      ...keyProblems("ebsKmsKeyArn", managedStorage.ebsKmsKeyArn, isKnown),
    ]),
    ...groupsProblems(cluster, options, isKnown),
    ...capacityMixProblems(
      "defaultCapacity",
      options.defaultCapacity ?? DEFAULT_CAPACITY,
      capacityProvidersOf(cluster, options),
    ),
    ...(externalInstances === undefined
      ? []
      : under("externalInstances", [
          ...externalInstancesProblems(externalInstances),
          ...(isKnown(cluster)
            ? problemAt(
                [],
                nameProblem("role", names.externalInstances(cluster), "choose a shorter name of the cluster"),
              )
            : []),
        ])),
  ];
}

/** What to know about a cluster that AWS may not refuse. */
export function ecsClusterWarnings(
  options: EcsClusterOptions,
  isKnown: (value: string) => boolean = () => true,
): string[] {
  const groups = instanceGroupsOf(options);
  const count = groups.length + 2;
  return [
    ...(count > CAPACITY_PROVIDERS_ONCE
      ? [
          `the cluster has ${count} capacity providers with the two of Fargate, and AWS allowed ${CAPACITY_PROVIDERS_ONCE} when we last knew; ask AWS for your quota before you apply it`,
        ]
      : []),
    ...groups.flatMap(([, { instanceTypes }]) =>
      instanceTypes.flatMap((type) => (isKnown(type) ? (instanceTypeWarning(type) ?? []) : [])),
    ),
  ];
}

function execProblems(
  { kmsKeyArn, retentionInDays }: ExecLoggingOptions,
  isKnown: (value: string) => boolean,
): Problem[] {
  return [
    ...keyProblems("kmsKeyArn", kmsKeyArn, isKnown),
    ...problemAt(
      ["retentionInDays"],
      retentionInDays === undefined ? undefined : retentionProblem("retentionInDays", retentionInDays),
    ),
  ];
}

function keyProblems(property: string, arn: string | undefined, isKnown: (value: string) => boolean): Problem[] {
  return arn === undefined || !isKnown(arn) ? [] : problemAt([property], kmsKeyArnProblem(property, arn));
}

/** Whether it names a namespace that is there, and not one to be made. An expression stands for an ARN. */
export function isNamespaceArn(namespace: string, isKnown: (value: string) => boolean): boolean {
  return !isKnown(namespace) || namespace.startsWith("arn:");
}

const NAMESPACE_ARN = /^arn:[\w-]+:servicediscovery:[a-z0-9-]+:\d{12}:namespace\/ns-[a-z0-9]+$/;

function namespaceProblems(namespace: string | undefined, isKnown: (value: string) => boolean): Problem[] {
  if (namespace === undefined || !isKnown(namespace)) {
    return [];
  }
  return problemAt(
    ["serviceConnectNamespace"],
    isNamespaceArn(namespace, isKnown)
      ? NAMESPACE_ARN.test(namespace)
        ? undefined
        : `'serviceConnectNamespace' must be the ARN of a namespace in AWS Cloud Map, like "arn:aws:servicediscovery:eu-west-1:111122223333:namespace/ns-abcdefghijklmnop", or the name of a new one, got ${quote(namespace)}`
      : nameProblem("namespace", namespace, "choose another 'serviceConnectNamespace'"),
  );
}

function groupsProblems(cluster: string, options: EcsClusterOptions, isKnown: (value: string) => boolean): Problem[] {
  const groups = instanceGroupsOf(options);
  const providers = groups.map(([key, group]) => capacityProviderNameOf(cluster, key, group));
  return under("autoScalingGroups", [
    ...groups.flatMap(([key, group], index) =>
      under(key, [
        ...instanceGroupProblems(key, group, isKnown),
        ...(isKnown(providers[index] ?? "") ? instanceGroupNameProblems(cluster, key, group) : []),
      ]),
    ),
    ...takenNameProblems(
      "ECS capacity provider",
      groups.map(([key, group], index) => ({
        at: [key, ...(group.capacityProviderName === undefined ? [] : ["capacityProviderName"])],
        called: `Auto Scaling group ${quote(key)}`,
        name: providers[index] ?? "",
        property: "capacityProviderName",
      })),
    ),
  ]);
}
