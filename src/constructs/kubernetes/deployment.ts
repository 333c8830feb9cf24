import type { Construct } from "constructs";
import { present } from "./container-manifest";
import { PodController, type PodControllerProps, RESTARTED_AT } from "./pod-controller";
import { podTemplateManifest } from "./pod-manifest";
import type { Manifest } from "./terraform-block";

/** What a `Deployment` is told. */
export interface DeploymentProps extends PodControllerProps {
  /** How many pods; leave it out where an autoscaler decides. @default - 1 at first, then what the cluster has */
  readonly replicas?: number;
  /** `Recreate` ends the old pods before it starts new ones. @default "RollingUpdate" */
  readonly strategy?: "RollingUpdate" | "Recreate";
  /** Whether Terraform waits until the pods are ready. @default true */
  readonly waitForRollout?: boolean;
}

/**
 * A Deployment whose pods run on Fargate. Terraform waits until they are ready, which takes a minute or two.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
 * @example
 * new Deployment(this, "web", {
 *   cluster,
 *   namespace: "web",
 *   name: "web",
 *   replicas: 2,
 *   template: {
 *     containers: [{ name: "web", image: "example.com/web:2.0.0", cpu: "250m", memory: "256Mi", ports: { http: 8080 } }],
 *   },
 * });
 */
export class Deployment extends PodController {
  static readonly tfResourceType = "kubernetes_deployment_v1";

  /** How many pods were asked for; nothing where an autoscaler may decide. */
  readonly replicas: number | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly deployment: DeploymentProps,
  ) {
    super(scope, id, Deployment.tfResourceType, "Deployment", deployment);
    this.lifecycle = { ignoreChanges: [RESTARTED_AT] };
    this.replicas = deployment.replicas;
  }

  protected override spec(): Manifest {
    const { name, replicas, strategy, template } = this.deployment;
    return present({
      replicas,
      strategy: strategy && { type: strategy },
      selector: { matchLabels: this.selector },
      template: podTemplateManifest(name, template),
    });
  }

  protected override settings(): Manifest {
    return present({ waitForRollout: this.deployment.waitForRollout });
  }
}
