import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type ServicePort, type ServiceSpec, serviceProblems } from "../../model/service";
import { isKnown, refuse } from "../errors";
import { sorted } from "./container-manifest";

/** What a `Service` is told. */
export interface ServiceProps extends ServiceSpec {
  /** What must be there before, such as the namespace. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * A Service within the cluster: the name by which an Ingress or other pods reach the pods that it selects. One with a
 * load balancer of its own is an `NlbService`.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/
 * @example
 * new Service(this, "web-service", {
 *   namespace: "web",
 *   name: "web",
 *   selector: deployment.selector,
 *   ports: { http: { port: 80, targetPort: "http" } },
 * });
 */
export class Service extends Construct {
  /** Name by which pods of the same namespace reach it; others put `.<namespace>` behind. */
  readonly serviceName: string;
  /** What waits for the Service, such as an Ingress. */
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: ServiceProps) {
    super(scope, id);
    refuse(this, serviceProblems(props, isKnown));
    const { namespace, name, selector, headless = false, dependsOn = [] } = props;
    this.serviceName = name;
    this.ready = new ServiceV1(this, "service", {
      metadata: { namespace, name },
      spec: {
        type: "ClusterIP",
        ...(headless ? { clusterIp: "None" } : {}),
        selector: { ...selector },
        port: servicePorts(props.ports),
      },
      ...(dependsOn.length === 0 ? {} : { dependsOn: [...dependsOn] }),
    });
  }
}

/** Ports as Terraform has them, in the order of their names. */
export function servicePorts(ports: Readonly<Record<string, ServicePort>>) {
  return sorted(ports).map(([name, { port, targetPort = port, protocol = "TCP" }]) => ({
    name,
    port,
    targetPort: String(targetPort),
    protocol,
  }));
}
