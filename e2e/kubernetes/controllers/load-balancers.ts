import { createHash } from "node:crypto";
import type { Cluster } from "../cluster";
import { hasFinalizer, hasLabels, isDeleted, type KubernetesObject, title } from "../objects";
import type { Deployment } from "./deployments";

/** What the load balancers' names end in. */
const REGION = "eu-west-1";

const CONTROLLER = { "app.kubernetes.io/name": "aws-load-balancer-controller" };
const NGINX = { "app.kubernetes.io/name": "ingress-nginx", "app.kubernetes.io/component": "controller" };

const ALB_CLASS = "ingress.k8s.aws/alb";
const NLB_CLASS = "service.k8s.aws/nlb";
const NGINX_CLASS = "k8s.io/ingress-nginx";

const SERVICE_FINALIZER = "service.k8s.aws/resources";
const INGRESS_FINALIZER = "ingress.k8s.aws/resources";
const GROUP_FINALIZER = "group.ingress.k8s.aws/";
const TARGETS_FINALIZER = "elbv2.k8s.aws/resources";

interface Exposed extends KubernetesObject {
  readonly spec: {
    readonly type?: string;
    readonly loadBalancerClass?: string;
    readonly ingressClassName?: string;
    readonly controller?: string;
  };
  readonly status?: { readonly loadBalancer?: { readonly ingress?: readonly { readonly hostname?: string }[] } };
}

/** An object that the AWS Load Balancer Controller keeps from going before what it made in AWS for it. */
interface Balanced {
  readonly object: Exposed;
  readonly finalizer: string;
  /** Whether it is to have a load balancer, now. */
  readonly wanted: boolean;
  /** Title of the load balancer, which the ingresses of a group share. */
  readonly balancer: string;
}

/**
 * The AWS Load Balancer Controller, while its Deployment runs and has its service account. Objects that are deleted
 * when it no longer does wait for ever, as they do on a real cluster.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/
 */
export async function runLoadBalancers(cluster: Cluster): Promise<void> {
  const balanced = [...services(cluster), ...ingresses(cluster)];
  const runs = cluster.all<Deployment>("Deployment").some((each) => isRunning(cluster, each, CONTROLLER));
  for (const each of balanced) {
    if (runs) {
      await balance(cluster, each, balanced);
    } else if (isDeleted(each.object) && hasFinalizer(each.object, each.finalizer)) {
      cluster.problems.set(
        title(each.object),
        "no AWS Load Balancer Controller runs that would delete its load balancer",
      );
    } else if (each.wanted && hostname(each.object) === undefined) {
      cluster.problems.set(
        title(each.object),
        "no AWS Load Balancer Controller runs that would make its load balancer",
      );
    }
  }
  if (runs) {
    await bindTargets(cluster);
  }
  await publishNginx(cluster);
}

async function balance(cluster: Cluster, each: Balanced, all: readonly Balanced[]): Promise<void> {
  const { object, finalizer, wanted, balancer } = each;
  if (wanted) {
    await cluster.addFinalizer(object, finalizer);
    cluster.loadBalancers.add(balancer);
    await cluster.setStatus(object, { loadBalancer: { ingress: [{ hostname: hostnameOf(balancer) }] } });
  } else if (hasFinalizer(object, finalizer)) {
    if (!all.some((other) => other.wanted && other.balancer === balancer)) {
      cluster.loadBalancers.delete(balancer);
    }
    await cluster.removeFinalizer(object, finalizer);
  }
}

/** Services without a class get that of the controller, unless an annotation asks for the older kind. */
function services(cluster: Cluster): Balanced[] {
  return cluster.all<Exposed>("Service").map((object) => {
    const { type, loadBalancerClass } = object.spec;
    const annotation = object.metadata.annotations?.["service.beta.kubernetes.io/aws-load-balancer-type"];
    const isOurs =
      loadBalancerClass === undefined
        ? [undefined, "external", "nlb-ip"].includes(annotation)
        : loadBalancerClass === NLB_CLASS;
    const wanted = type === "LoadBalancer" && isOurs && !isDeleted(object);
    return { object, finalizer: SERVICE_FINALIZER, wanted, balancer: title(object) };
  });
}

function ingresses(cluster: Cluster): Balanced[] {
  return cluster.all<Exposed>("Ingress").map((object) => {
    const group = object.metadata.annotations?.["alb.ingress.kubernetes.io/group.name"];
    return {
      object,
      finalizer: group === undefined ? INGRESS_FINALIZER : `${GROUP_FINALIZER}${group}`,
      wanted: classOf(cluster, object) === ALB_CLASS && !isDeleted(object),
      balancer: group === undefined ? title(object) : `Ingress group ${group}`,
    };
  });
}

/** The controller that an ingress's class names. */
function classOf(cluster: Cluster, { metadata, spec }: Exposed): string | undefined {
  if (spec.ingressClassName === undefined && metadata.annotations?.["kubernetes.io/ingress.class"] === "alb") {
    return ALB_CLASS;
  }
  return cluster.find<Exposed>("IngressClass", spec.ingressClassName ?? "")?.spec.controller;
}

function isRunning(cluster: Cluster, deployment: Deployment, labels: Readonly<Record<string, string>>): boolean {
  const { serviceAccountName = "default" } = deployment.spec.template.spec as { serviceAccountName?: string };
  return (
    hasLabels(deployment, labels) &&
    !isDeleted(deployment) &&
    (deployment.status?.readyReplicas ?? 0) > 0 &&
    cluster.find("ServiceAccount", serviceAccountName, deployment.metadata.namespace) !== undefined
  );
}

/** Target groups that somebody bound himself. */
async function bindTargets(cluster: Cluster): Promise<void> {
  for (const binding of cluster.all("TargetGroupBinding")) {
    await (isDeleted(binding)
      ? cluster.removeFinalizer(binding, TARGETS_FINALIZER)
      : cluster.addFinalizer(binding, TARGETS_FINALIZER));
  }
}

/** Ingresses of ingress-nginx have the address of its Service. */
async function publishNginx(cluster: Cluster): Promise<void> {
  const nginx = cluster.all<Deployment>("Deployment").find((each) => isRunning(cluster, each, NGINX));
  const service = cluster
    .all<Exposed>("Service")
    .filter(({ metadata }) => metadata.namespace === nginx?.metadata.namespace)
    .find((each) => hasLabels(each, NGINX) && hostname(each) !== undefined);
  if (service === undefined) {
    return;
  }
  for (const ingress of cluster.all<Exposed>("Ingress")) {
    if (classOf(cluster, ingress) === NGINX_CLASS && !isDeleted(ingress)) {
      await cluster.setStatus(ingress, { loadBalancer: { ingress: [{ hostname: hostname(service) }] } });
    }
  }
}

const hostname = ({ status }: Exposed): string | undefined => status?.loadBalancer?.ingress?.[0]?.hostname;

/** Like the names that AWS gives. */
function hostnameOf(balancer: string): string {
  const unique = createHash("sha256").update(balancer).digest("hex");
  return balancer.startsWith("Service")
    ? `k8s-${unique.slice(0, 10)}-${unique.slice(10, 26)}.elb.${REGION}.amazonaws.com`
    : `k8s-${unique.slice(0, 10)}-1234567890.${REGION}.elb.amazonaws.com`;
}
