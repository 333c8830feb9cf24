import type { Ingress, Inventory } from "../model/inventory";

/** Ingresses of one group share a load balancer. Source: AWS Load Balancer Controller, Ingress annotations, 2026-11-21. */
const GROUP = "alb.ingress.kubernetes.io/group.name";
/** What an Ingress said of its class before it had a field for it. */
const CLASS = "kubernetes.io/ingress.class";

/**
 * How many load balancers the manifests make: one for each Service of type LoadBalancer, and one for each Ingress of
 * class `alb`, or group of them. An Ingress of another class is served by a controller that has a Service of its own.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/
 */
export function loadBalancersOf({ services, ingresses }: Pick<Inventory, "services" | "ingresses">): number {
  const albs = ingresses.filter(isAlb).map((ingress) => {
    const group = ingress.annotations[GROUP];
    return group === undefined ? `${ingress.namespace}/${ingress.name}` : `group ${group}`;
  });
  return services.filter(({ type }) => type === "LoadBalancer").length + new Set(albs).size;
}

function isAlb({ ingressClassName, annotations }: Ingress): boolean {
  return (ingressClassName ?? annotations[CLASS]) === "alb";
}
