import { Annotations, dependable, type ITerraformDependable, TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { dnsLabelProblem, labelProblems } from "../../model/kubernetes-names";
import {
  NAME_LABEL,
  type PodTemplate,
  podLabels,
  podTemplateProblems,
  podTemplateWarnings,
} from "../../model/pod-template";
import { under } from "../../model/problem";
import type { IEksCluster } from "../cluster/ieks-cluster";
import { placeFor } from "../cluster/pod-place";
import { isKnown, refuse } from "../errors";
import { sorted } from "./container-manifest";
import { type Manifest, terraformBlock } from "./terraform-block";

/** What all kinds that make pods have. */
export interface PodControllerProps {
  /** Cluster that must have a place for the pods. */
  readonly cluster: IEksCluster;
  /** Its name, known at synth, as Fargate profiles select pods by it; what creates it belongs in `dependsOn`. */
  readonly namespace: string;
  /** Name among those of its kind in the namespace; also the value of its pods' label `app.kubernetes.io/name`. */
  readonly name: string;
  readonly template: PodTemplate;
  /** Labels of the object itself, beside `app.kubernetes.io/name`. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** What it waits for, beside the Fargate profile that takes its pods. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * A Kubernetes object that makes pods, rendered by ourselves: the prebuilt classes of these kinds spell out every field
 * of a pod, and each takes 55 ms to load.
 */
export abstract class PodController extends TerraformResource {
  readonly namespace: string;
  /** Name of the object in Kubernetes. */
  readonly objectName: string;
  /** Labels of the pods. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Labels that no pods but these have in the namespace, for a Service or a disruption budget. */
  readonly selector: Readonly<Record<string, string>>;

  /** @throws InvalidPropsError when Kubernetes or Fargate would refuse the pods, or no Fargate profile takes them */
  protected constructor(
    scope: Construct,
    id: string,
    terraformResourceType: string,
    /** Kind of the object, such as `Deployment`. */
    readonly kind: string,
    private readonly props: PodControllerProps,
  ) {
    super(scope, id, { terraformResourceType });
    const { name, namespace, template, dependsOn = [] } = props;
    this.namespace = namespace;
    this.objectName = name;
    this.podLabels = podLabels(name, template);
    this.selector = { [NAME_LABEL]: name };
    this.dependsOn = [...placeOfPods(this, kind, props), ...dependsOn].map(dependable);
  }

  /** The specification of the object, as a Kubernetes manifest has it. */
  protected abstract spec(): Manifest;

  /** What Terraform is told about the object that is not part of it. */
  protected settings(): Manifest {
    return {};
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return terraformBlock({ metadata: objectMetadata(this.props), spec: this.spec(), ...this.settings() });
  }
}

/**
 * Where `kubectl rollout restart` writes the time at which it was called: what somebody restarts is not to be put back.
 */
export const RESTARTED_AT = 'spec[0].template[0].metadata[0].annotations["kubectl.kubernetes.io/restartedAt"]';

/** Name, namespace and labels of an object that makes pods. */
export function objectMetadata({ name, namespace, labels = {} }: Omit<PodControllerProps, "cluster" | "template">) {
  return { name, namespace, labels: Object.fromEntries(sorted({ ...labels, [NAME_LABEL]: name })) };
}

/**
 * What pods wait for, when there is nothing wrong with them. What may go wrong becomes a warning of the construct.
 *
 * @throws InvalidPropsError when Kubernetes or Fargate would refuse the pods, or no Fargate profile takes them
 */
export function placeOfPods(scope: Construct, kind: string, props: PodControllerProps): ITerraformDependable[] {
  const { cluster, namespace, name, template, labels = {} } = props;
  refuse(scope, [
    dnsLabelProblem(`'name' of a ${kind}`, name),
    isKnown(namespace)
      ? dnsLabelProblem("'namespace'", namespace)
      : "'namespace' must be known at synth, as Fargate profiles select pods by it; write its name, and give what creates it in 'dependsOn'",
    ...under("labels", labelProblems(labels)),
    ...podTemplateProblems(name, template, isKnown),
  ]);
  for (const warning of podTemplateWarnings(template, isKnown)) {
    Annotations.of(scope).addWarning(warning);
  }
  return placeFor(scope, cluster, { what: `${kind} ${name}`, namespace, labels: podLabels(name, template) });
}
