import { Annotations, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type ScaleTarget, targetProblems } from "../../model/autoscaling";
import { dnsLabelProblem } from "../../model/kubernetes-names";
import {
  VERTICAL_KINDS,
  type VerticalScaling,
  verticalNameProblem,
  verticalResources,
  verticalScalingProblems,
} from "../../model/vertical-scaling";
import type { IEksCluster } from "../cluster/ieks-cluster";
import { refuse } from "../errors";
import { CustomObjects } from "../kubernetes/custom-objects";
import type { PodController } from "../kubernetes/pod-controller";
import { enterAutoscaler, namespaceProblem, targetOf } from "./autoscaled-workloads";

/** What a `VerticalPodAutoscaler` is told. */
export interface VerticalPodAutoscalerProps extends VerticalScaling {
  readonly cluster: IEksCluster;
  readonly namespace: string;
  /** The Deployment, StatefulSet or CronJob whose pods it sizes, by name where it is not a construct. */
  readonly target: ScaleTarget | PodController;
  /** @default - that of the target */
  readonly name?: string;
  /** The programs that do it, such as a `VpaController`. @default - the cluster has them already */
  readonly controller?: { readonly ready: ITerraformDependable };
  /** @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Sizes the pods of a workload by what they have used. On Fargate a pod has its size for life, so that a recommendation
 * takes effect with the next pod, and Fargate rounds it up to a size of its own: moving within one changes no bill.
 * Requests stay equal to limits.
 *
 * Refused: a workload that a HorizontalPodAutoscaler scales by the same resource.
 *
 * @see https://github.com/kubernetes/autoscaler/tree/master/vertical-pod-autoscaler
 * @example
 * new VerticalPodAutoscaler(this, "web-sizing", {
 *   cluster,
 *   namespace: "web",
 *   target: deployment,
 *   updateMode: "Initial",
 *   maxAllowed: { cpu: "2", memory: "7Gi" },
 *   controller,
 * });
 */
export class VerticalPodAutoscaler extends Construct {
  constructor(scope: Construct, id: string, props: VerticalPodAutoscalerProps) {
    super(scope, id);
    const { cluster, namespace, controller, dependsOn = [] } = props;
    const target = targetOf(props.target);
    const { name = target.name } = props;
    refuse(this, [
      dnsLabelProblem("'name' of a VerticalPodAutoscaler", name),
      verticalNameProblem(name),
      dnsLabelProblem("'namespace'", namespace),
      namespaceProblem(namespace, props.target),
      ...targetProblems(target, VERTICAL_KINDS),
      ...verticalScalingProblems(target.kind, props),
    ]);
    enterAutoscaler(this, cluster, {
      kind: "VerticalPodAutoscaler",
      namespace,
      name,
      target,
      resources: verticalResources(props),
    });
    if (controller === undefined) {
      Annotations.of(this).addWarning(
        "'controller' is not given; unless the cluster has the programs of the Vertical Pod Autoscaler already, the API does not know the kind",
      );
    }
    new CustomObjects(this, "objects", {
      release: `${name}-vpa`,
      namespace,
      objects: [
        {
          apiVersion: "autoscaling.k8s.io/v1",
          kind: "VerticalPodAutoscaler",
          metadata: { name, namespace },
          spec: specOf(target, props),
        },
      ],
      dependsOn: [...(controller === undefined ? [] : [controller.ready]), ...dependsOn],
    });
  }
}

function specOf(target: ScaleTarget, { updateMode, minReplicas, ...options }: VerticalPodAutoscalerProps) {
  const { controlledResources = ["cpu", "memory"], minAllowed, maxAllowed } = options;
  return {
    targetRef: { apiVersion: VERTICAL_KINDS[target.kind], ...target },
    updatePolicy: { updateMode, ...(minReplicas === undefined ? {} : { minReplicas }) },
    resourcePolicy: {
      containerPolicies: [
        {
          containerName: "*",
          controlledResources: [...controlledResources].sort(),
          controlledValues: "RequestsAndLimits",
          ...(minAllowed === undefined ? {} : { minAllowed }),
          ...(maxAllowed === undefined ? {} : { maxAllowed }),
        },
      ],
    },
  };
}
