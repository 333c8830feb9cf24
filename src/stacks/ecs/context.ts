import type { IContainerRepository } from "../../constructs/ecs/container-repository";
import type { IEcsCluster } from "../../constructs/ecs/iecs-cluster";
import type { IEcsService } from "../../constructs/ecs/iecs-service";
import type { ITaskDefinition } from "../../constructs/ecs/itask-definition";
import type { LoadBalancer } from "../../constructs/ecs/load-balanced-service";
import type { PullThroughCache } from "../../constructs/ecs/pull-through-cache";
import { InvalidPropsError } from "../../constructs/errors";
import type { IVpc } from "../../constructs/network/ivpc";
import type { EfsStorage } from "../../constructs/storage/efs-storage";
import type { IHostedZone } from "../../constructs/traffic/hosted-zone";
import { ownValue } from "../../model/own-value";
import { quote } from "../../model/problem";
import type { EcsSettings } from "../../settings/ecs/schema";
import type { PlatformStack } from "../platform-stack";
import type { Caller } from "./callers";

/** What the features of the stack are made of. Each is added to it by the feature that makes it. */
export interface EcsContext {
  readonly stack: PlatformStack;
  readonly settings: EcsSettings;
  readonly ecs: EcsSettings["ecs"];
  /** The VPC; nothing where no feature needs one. */
  readonly vpc: IVpc | undefined;
  /** The cluster; nothing where no feature needs one. */
  readonly cluster: IEcsCluster | undefined;
  readonly fileSystems: Record<string, EfsStorage>;
  readonly zones: Record<string, IHostedZone>;
  readonly certificateArns: Record<string, string>;
  /** URLs of ECR repositories by key. */
  readonly repositoryUrls: Record<string, string>;
  /** ECR repositories by key. */
  repositories?: Readonly<Record<string, IContainerRepository>>;
  /** Caches of other registries by key; `grantCachedPulls` lets whoever runs a copy pull it. */
  pullThroughCaches?: Readonly<Record<string, PullThroughCache>>;
  webAclArn?: string;
  /** Load balancers that services share, by key. */
  loadBalancers?: Readonly<Record<string, LoadBalancer>>;
  readonly taskDefinitions: Record<string, ITaskDefinition>;
  readonly services: Record<string, IEcsService>;
  /** What may be named in 'allowFrom' of services, by its feature, `/` and its key. */
  readonly callers: Map<string, Caller>;
}

/** The cluster, of a feature that the rules allow with one only. */
export function clusterOf({ cluster }: EcsContext): IEcsCluster {
  if (cluster === undefined) {
    throw new InvalidPropsError("there is no cluster for what 'ecs' describes; add 'network'");
  }
  return cluster;
}

/** One of several by its key, which the rules have looked at. */
export function pick<T>(what: string, all: Readonly<Record<string, T>>, key: string): T {
  const one = ownValue(all, key);
  if (one === undefined) {
    throw new InvalidPropsError(`there is no ${what} ${quote(key)}`);
  }
  return one;
}

/** Entries in alphabetical order, so that the order of the settings file leaves no trace in what is synthesized. */
export function byKey<T>(record: Readonly<Record<string, T>> = {}): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
