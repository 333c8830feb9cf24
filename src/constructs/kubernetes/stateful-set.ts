import type { Construct } from "constructs";
import { present } from "./container-manifest";
import { PodController, type PodControllerProps, RESTARTED_AT } from "./pod-controller";
import { podTemplateManifest } from "./pod-manifest";
import type { Manifest } from "./terraform-block";

/** What a `StatefulSet` is told. */
export interface StatefulSetProps extends PodControllerProps {
  /** Name of the headless Service that gives each pod a name. */
  readonly serviceName: string;
  /** How many pods; leave it out where an autoscaler decides. @default - 1 at first, then what the cluster has */
  readonly replicas?: number;
  /** Whether pods start and end one after the other (`OrderedReady`) or at once. @default "OrderedReady" */
  readonly podManagementPolicy?: "OrderedReady" | "Parallel";
  /** Whether Terraform waits until the pods are ready. @default true */
  readonly waitForRollout?: boolean;
}

/**
 * A StatefulSet whose pods run on Fargate: pods with names of their own. It has no volume claim templates, because
 * Fargate mounts no volume that is made for a claim; a claim of EFS that is there already can be a volume.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
 */
export class StatefulSet extends PodController {
  static readonly tfResourceType = "kubernetes_stateful_set_v1";

  /** How many pods were asked for; nothing where an autoscaler may decide. */
  readonly replicas: number | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly statefulSet: StatefulSetProps,
  ) {
    super(scope, id, StatefulSet.tfResourceType, "StatefulSet", statefulSet);
    this.lifecycle = { ignoreChanges: [RESTARTED_AT] };
    this.replicas = statefulSet.replicas;
  }

  protected override spec(): Manifest {
    const { name, serviceName, replicas, podManagementPolicy, template } = this.statefulSet;
    return present({
      serviceName,
      replicas,
      podManagementPolicy,
      selector: { matchLabels: this.selector },
      template: podTemplateManifest(name, template),
    });
  }

  protected override settings(): Manifest {
    return present({ waitForRollout: this.statefulSet.waitForRollout });
  }
}
