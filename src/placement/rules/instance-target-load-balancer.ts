import type { Ingress, Service } from "../../model/inventory";
import { ownValue } from "../../model/own-value";
import { quote } from "../../model/problem";
import type { ClusterIndex } from "../cluster-index";
import type { Rule, Violation } from "../rule";
import { describeObject } from "./support/objects";
import { FARGATE_GUIDE } from "./support/sources";

const NLB_TARGET_TYPE = "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type";
const LOAD_BALANCER_TYPE = "service.beta.kubernetes.io/aws-load-balancer-type";
const ALB_TARGET_TYPE = "alb.ingress.kubernetes.io/target-type";
const ALB_PREFIX = "alb.ingress.kubernetes.io/";
const CLASS_ANNOTATION = "kubernetes.io/ingress.class";

/** The class of the AWS Load Balancer Controller; other classes belong to other controllers. */
const NLB_CLASS = "service.k8s.aws/nlb";

export const instanceTargetLoadBalancer: Rule = {
  id: "instance-target-load-balancer",
  severity: "error",
  title: "Load balancers send to the pods' addresses",
  reason: "load balancers reach pods on Fargate by IP targets only, not by ports of instances",
  fix: "use IP targets",
  source: FARGATE_GUIDE,
  podsStart: true,
  check: (workload, cluster) => {
    const services = cluster.servicesOf(workload);
    return [
      ...services.flatMap((service) => serviceViolations(service, cluster)),
      ...services.flatMap((service) =>
        cluster.ingressesTo(service).flatMap((ingress) => ingressViolations(ingress, service)),
      ),
    ];
  },
};

function serviceViolations(service: Service, cluster: ClusterIndex): Violation[] {
  const called = describeObject("Service", service);
  if (service.type === "LoadBalancer" && !hasIpTargets(service)) {
    return [
      {
        at: [],
        message: `${called} is of type LoadBalancer and has no IP targets`,
        fix: `annotate the Service with ${NLB_TARGET_TYPE}: ip and set 'loadBalancerClass' to ${NLB_CLASS}`,
      },
    ];
  }
  // In front of an Ingress the type does not matter: its controller chooses the targets.
  return service.type === "NodePort" && cluster.ingressesTo(service).length === 0
    ? [
        {
          at: [],
          message: `${called} is of type NodePort`,
          fix: "make the Service a ClusterIP, and put an Ingress or a Network Load Balancer with IP targets in front",
        },
      ]
    : [];
}

function hasIpTargets({ annotations, loadBalancerClass }: Service): boolean {
  if (loadBalancerClass !== undefined && loadBalancerClass !== NLB_CLASS) {
    return true;
  }
  return ownValue(annotations, NLB_TARGET_TYPE) === "ip" || ownValue(annotations, LOAD_BALANCER_TYPE) === "nlb-ip";
}

function ingressViolations(ingress: Ingress, service: Service): Violation[] {
  // The controller lets the Service's own annotation win over that of the Ingress.
  const targetType = ownValue(service.annotations, ALB_TARGET_TYPE) ?? ownValue(ingress.annotations, ALB_TARGET_TYPE);
  if (!isAlb(ingress) || targetType === "ip") {
    return [];
  }
  return [
    {
      at: [],
      message: `${describeObject("Ingress", ingress)} sends to ${describeObject("Service", service)} by ${
        targetType === undefined ? "instance targets, the default" : `${quote(targetType)} targets`
      }`,
      fix: `annotate the Ingress with ${ALB_TARGET_TYPE}: ip`,
    },
  ];
}

/** An Ingress of the AWS Load Balancer Controller: by its class, or by its annotations where the class is the default. */
function isAlb({ annotations, ingressClassName }: Ingress): boolean {
  const className = ingressClassName ?? ownValue(annotations, CLASS_ANNOTATION);
  const annotated = Object.keys(annotations).some((key) => key.startsWith(ALB_PREFIX));
  return className === "alb" || (annotated && (className === undefined || className.includes("alb")));
}
