import { IngressV1 } from "@cdktf/provider-kubernetes/lib/ingress-v1";
import { Annotations, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import {
  type AlbIngressSpec,
  ANY_HOST,
  albIngressAnnotations,
  albIngressProblems,
  albIngressWarning,
  type IngressBackend,
  orderedHosts,
} from "../../model/alb-ingress";
import { isKnown, refuse } from "../errors";
import type { IAlbController } from "./ialb-controller";

/** What an `AlbIngress` is told. */
export interface AlbIngressProps extends AlbIngressSpec {
  /** What makes the load balancer. Terraform destroys the Ingress before it. */
  readonly controller: IAlbController;
  /** What must be there before, such as the namespace. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * An Ingress with an Application Load Balancer in front that sends to the addresses of pods. Terraform waits until the
 * load balancer is there, and on destroy until it is gone.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/alb-ingress.html
 * @example
 * new AlbIngress(this, "ingress-shop", {
 *   controller,
 *   namespace: "shop",
 *   name: "shop",
 *   hosts: { "shop.example.com": { "/": { service: "front", port: 80 } } },
 *   certificateArns: [certificate.certificateArn],
 * });
 */
export class AlbIngress extends Construct {
  /** DNS name of the load balancer. */
  readonly hostname: string;

  constructor(scope: Construct, id: string, props: AlbIngressProps) {
    super(scope, id);
    refuse(this, albIngressProblems(props, isKnown));
    const warning = albIngressWarning(props);
    if (warning !== undefined) {
      Annotations.of(this).addWarning(warning);
    }
    const { controller, namespace, name, dependsOn = [] } = props;
    const before = [...(controller.ready === undefined ? [] : [controller.ready]), ...dependsOn];
    const ingress = new IngressV1(this, "ingress", {
      metadata: { namespace, name, annotations: albIngressAnnotations(props) },
      spec: {
        ingressClassName: controller.ingressClassName,
        rule: orderedHosts(props).map(([host, paths]) => ({
          ...(host === ANY_HOST ? {} : { host }),
          http: { path: paths.map(([path, backend]) => pathBlock(path, backend)) },
        })),
      },
      waitForLoadBalancer: true,
      ...(before.length === 0 ? {} : { dependsOn: before }),
    });
    this.hostname = ingress.status.get(0).loadBalancer.get(0).ingress.get(0).hostname;
  }
}

function pathBlock(path: string, { service, port, pathType = "Prefix" }: IngressBackend) {
  return {
    path,
    pathType,
    backend: { service: { name: service, port: typeof port === "number" ? { number: port } : { name: port } } },
  };
}
