import {
  HorizontalPodAutoscalerV2,
  type HorizontalPodAutoscalerV2SpecBehavior,
} from "@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2";
import { Annotations, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import {
  DEFAULT_RULES,
  type HorizontalScaling,
  horizontalResources,
  horizontalScalingProblems,
  SCALABLE_KINDS,
  type ScaleTarget,
  type ScalingBehavior,
  type ScalingPolicy,
  type ScalingRules,
  targetProblems,
} from "../../model/autoscaling";
import { dnsLabelProblem, dnsSubdomainProblem } from "../../model/kubernetes-names";
import type { IEksCluster } from "../cluster/ieks-cluster";
import { refuse } from "../errors";
import { Deployment } from "../kubernetes/deployment";
import { StatefulSet } from "../kubernetes/stateful-set";
import { enterAutoscaler, namespaceProblem, targetOf } from "./autoscaled-workloads";

/** What a `HorizontalPodAutoscaler` is told. */
export interface HorizontalPodAutoscalerProps extends HorizontalScaling {
  readonly cluster: IEksCluster;
  readonly namespace: string;
  /** The Deployment or StatefulSet whose pods it adds and removes, by name where it is not a construct. */
  readonly target: ScaleTarget | Deployment | StatefulSet;
  /** @default - that of the target */
  readonly name?: string;
  /** What tells it how much pods use, such as a `MetricsServer`. @default - the cluster has one already */
  readonly metricsServer?: { readonly ready: ITerraformDependable };
  /** @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Adds pods to a workload when they use much of what they request, and removes them when they use little. A pod on
 * Fargate takes a minute or two to start, so leave it some room: 60 to 70 percent.
 *
 * Refused: a workload that a VerticalPodAutoscaler changes by the same resource, and one that says itself how many pods
 * it has.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 * @example
 * new HorizontalPodAutoscaler(this, "web-scaling", {
 *   cluster,
 *   namespace: "web",
 *   target: deployment,
 *   minReplicas: 2,
 *   maxReplicas: 10,
 *   cpuUtilization: 60,
 *   metricsServer,
 * });
 */
export class HorizontalPodAutoscaler extends Construct {
  constructor(scope: Construct, id: string, props: HorizontalPodAutoscalerProps) {
    super(scope, id);
    const { cluster, namespace, metricsServer, dependsOn = [] } = props;
    const target = targetOf(props.target);
    const { name = target.name } = props;
    this.validateProps(props, target, name);
    enterAutoscaler(this, cluster, {
      kind: "HorizontalPodAutoscaler",
      namespace,
      name,
      target,
      resources: horizontalResources(props),
    });
    if (metricsServer === undefined) {
      Annotations.of(this).addWarning(
        "'metricsServer' is not given; unless the cluster has a metrics server already, nothing says how much the pods use, and their number stays as it is",
      );
    }
    const waitsFor = [...(metricsServer === undefined ? [] : [metricsServer.ready]), ...dependsOn];
    new HorizontalPodAutoscalerV2(this, "autoscaler", {
      metadata: { name, namespace },
      spec: {
        scaleTargetRef: { apiVersion: SCALABLE_KINDS[target.kind] ?? "", ...target },
        minReplicas: props.minReplicas ?? 1,
        maxReplicas: props.maxReplicas,
        metric: horizontalResources(props).map((resource) => ({
          type: "Resource",
          resource: {
            name: resource,
            target: {
              type: "Utilization",
              averageUtilization: (resource === "cpu" ? props.cpuUtilization : props.memoryUtilization) ?? 0,
            },
          },
        })),
        ...(props.behavior === undefined ? {} : { behavior: behaviorOf(props.behavior) }),
      },
      ...(waitsFor.length === 0 ? {} : { dependsOn: waitsFor }),
    });
  }

  private validateProps(props: HorizontalPodAutoscalerProps, target: ScaleTarget, name: string): void {
    const replicas = isWorkload(props.target) ? props.target.replicas : undefined;
    refuse(this, [
      dnsSubdomainProblem("'name' of a HorizontalPodAutoscaler", name),
      dnsLabelProblem("'namespace'", props.namespace),
      namespaceProblem(props.namespace, isWorkload(props.target) ? props.target : target),
      ...targetProblems(target, SCALABLE_KINDS),
      ...horizontalScalingProblems(props),
      replicas === undefined
        ? undefined
        : `'replicas' of ${target.kind} ${target.name} must be left out, got ${replicas}, which each apply would go back to; say it as 'minReplicas'`,
    ]);
  }
}

function isWorkload(target: HorizontalPodAutoscalerProps["target"]): target is Deployment | StatefulSet {
  return target instanceof Deployment || target instanceof StatefulSet;
}

/** Terraform wants policies wherever there are rules. */
function behaviorOf({ scaleUp, scaleDown }: ScalingBehavior): HorizontalPodAutoscalerV2SpecBehavior {
  return {
    ...(scaleUp === undefined ? {} : { scaleUp: [rulesOf({ ...DEFAULT_RULES.scaleUp, ...scaleUp })] }),
    ...(scaleDown === undefined ? {} : { scaleDown: [rulesOf({ ...DEFAULT_RULES.scaleDown, ...scaleDown })] }),
  };
}

function rulesOf({ policies, ...rules }: Required<ScalingRules>) {
  return { ...rules, policy: [...policies].sort(comparePolicies) };
}

/** Which policy stands first has no meaning. */
function comparePolicies(a: ScalingPolicy, b: ScalingPolicy): number {
  return a.type === b.type ? a.periodSeconds - b.periodSeconds || a.value - b.value : a.type < b.type ? -1 : 1;
}
