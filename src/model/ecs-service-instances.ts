import { type CapacityMix, isFargateMix } from "./ecs-capacity";
import { type Problem, problemAt, quote, quoteAll } from "./problem";

/**
 * What is wrong with a mix of capacity for tasks on instances, beside the rules that every mix has.
 *
 * @param providers Auto Scaling groups of the cluster, as far as they are known
 */
export function instanceMixProblems(capacity: CapacityMix | undefined, providers: readonly string[]): Problem[] {
  return problemAt(
    ["capacity"],
    capacity === undefined
      ? providers.length === 0
        ? "'capacity' must name the Auto Scaling groups on which tasks run, and the cluster has none that is known; add one to the cluster, or name it"
        : `'capacity' must say on which of the cluster's Auto Scaling groups tasks run, as it has several: ${quoteAll(providers)}`
      : Object.keys(capacity).length > 0 && isFargateMix(capacity)
        ? `'capacity' of a service on instances must name Auto Scaling groups, got ${quoteAll(Object.keys(capacity))}; tasks on Fargate need a task definition for Fargate`
        : undefined,
  );
}

/** What a service may have that external instances know nothing of. */
export interface ExternalUse {
  readonly targets: boolean;
  readonly serviceConnect: boolean;
  readonly discovery: boolean;
  readonly capacity: boolean;
}

/**
 * What is wrong with a service on external instances.
 *
 * As of 2026-11-21. Source: Amazon ECS Developer Guide, "Amazon ECS clusters for external instances", considerations.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-anywhere.html
 */
export function externalProblems(use: ExternalUse): Problem[] {
  return Object.entries(use).flatMap(([property, used]) =>
    problemAt(
      [property],
      used
        ? `'${property}' is for tasks in AWS, and those of task definitions for external instances (ECS Anywhere) have none; leave it out`
        : undefined,
    ),
  );
}

/** What a service with a task on each instance may be told. */
export interface DaemonUse {
  readonly desiredCount?: number | undefined;
  readonly deployment?: { readonly minimumHealthyPercent?: number; readonly maximumPercent?: number } | undefined;
  readonly capacity: boolean;
  readonly scaling?: object | undefined;
}

/**
 * What is wrong with a service that runs a task on each instance.
 *
 * As of 2026-11-21. Sources: Amazon ECS API Reference, CreateService and DeploymentConfiguration; answer of CreateService
 * to a daemon with a capacity provider strategy, in aws/containers-roadmap#692.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_scheduler_daemon.html
 */
export function daemonProblems({ desiredCount, deployment = {}, capacity, scaling }: DaemonUse): Problem[] {
  const { minimumHealthyPercent, maximumPercent } = deployment;
  const scheduling = `'scheduling' "DAEMON" runs a task on each instance`;
  return [
    ...problemAt(
      ["desiredCount"],
      desiredCount === undefined ? undefined : `${scheduling}, got 'desiredCount' ${quote(desiredCount)}; leave it out`,
    ),
    ...problemAt(
      ["capacity"],
      capacity ? `${scheduling} of the cluster, and ECS takes no 'capacity' for it; leave it out` : undefined,
    ),
    ...problemAt(
      ["scaling"],
      scaling === undefined ? undefined : `${scheduling}, so that 'scaling' has nothing to decide; leave it out`,
    ),
    ...problemAt(
      ["deployment", "maximumPercent"],
      maximumPercent === undefined
        ? undefined
        : `${scheduling} and never two, got 'maximumPercent' ${quote(maximumPercent)}; leave it out`,
    ),
    ...problemAt(
      ["deployment", "minimumHealthyPercent"],
      minimumHealthyPercent === 100
        ? `${scheduling}, and a deployment stops the old one first, which 'minimumHealthyPercent' 100 forbids; leave it out for 0, or choose less than 100`
        : undefined,
    ),
  ];
}
