import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { NLB_CLASS, type NlbServiceSpec, nlbServiceAnnotations, nlbServiceProblems } from "../../model/nlb-service";
import { compareText } from "../../model/order";
import { isKnown, refuse } from "../errors";
import { servicePorts } from "../kubernetes/service";
import type { IAlbController } from "./ialb-controller";

/** What a `NlbService` is told. */
export interface NlbServiceProps extends NlbServiceSpec {
  /** What makes the load balancer. Terraform destroys the Service before it. */
  readonly controller: IAlbController;
  /** What must be there before, such as the namespace. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * A Service with a Network Load Balancer in front that sends to the addresses of pods. Terraform waits until the load
 * balancer is there, and on destroy until it is gone.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html
 * @example
 * new NlbService(this, "service-mqtt", {
 *   controller,
 *   namespace: "iot",
 *   name: "mqtt",
 *   selector: { app: "mqtt" },
 *   ports: { mqtt: { port: 1883 } },
 * });
 */
export class NlbService extends Construct {
  /** DNS name of the load balancer. */
  readonly hostname: string;

  constructor(scope: Construct, id: string, props: NlbServiceProps) {
    super(scope, id);
    refuse(this, nlbServiceProblems(props, isKnown));
    const { controller, namespace, name, selector, inboundCidrs, dependsOn = [] } = props;
    const before = [...(controller.ready === undefined ? [] : [controller.ready]), ...dependsOn];
    const service = new ServiceV1(this, "service", {
      metadata: { namespace, name, annotations: nlbServiceAnnotations(props) },
      spec: {
        type: "LoadBalancer",
        loadBalancerClass: NLB_CLASS,
        // The load balancer sends to pods and not to nodes.
        allocateLoadBalancerNodePorts: false,
        selector: { ...selector },
        ...(inboundCidrs === undefined ? {} : { loadBalancerSourceRanges: [...inboundCidrs].sort(compareText) }),
        port: servicePorts(props.ports),
      },
      waitForLoadBalancer: true,
      ...(before.length === 0 ? {} : { dependsOn: before }),
    });
    this.hostname = service.status.get(0).loadBalancer.get(0).ingress.get(0).hostname;
  }
}
