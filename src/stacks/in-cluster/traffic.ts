import { AlbController } from "../../constructs/addons/alb-controller";
import { ExternalDns } from "../../constructs/addons/external-dns";
import { IngressNginx } from "../../constructs/addons/ingress-nginx";
import { AlbIngress } from "../../constructs/traffic/alb-ingress";
import type { IHostedZone } from "../../constructs/traffic/hosted-zone";
import type { IAlbController } from "../../constructs/traffic/ialb-controller";
import { NlbService } from "../../constructs/traffic/nlb-service";
import { kubernetesVersion } from "../../settings/in-cluster/cluster-autoscaler";
import { allCertificates, hasWaf, ingressSpec, networkLoadBalancerSpec } from "../../settings/in-cluster/ingresses";
import { byKey, type InClusterContext } from "./context";
import { literal } from "./literal";
import { addOutput } from "./output";
import { before, type Namespaces } from "./tenants";

/** What other features made that load balancers and their names need, by their keys. */
export interface TrafficResources {
  readonly zones: Readonly<Record<string, IHostedZone>>;
  readonly certificateArns: Readonly<Record<string, string>>;
  readonly webAclArn?: string;
}

/**
 * What brings requests to the pods: the controller of load balancers, what it makes them for, and their names.
 *
 * @returns the controller
 */
export function addTraffic(
  context: InClusterContext,
  namespaces: Namespaces,
  resources: TrafficResources,
): IAlbController {
  const controller = addAlbController(context);
  const certificateArn = (key: string) => resources.certificateArns[key] ?? "";
  addIngressNginx(context, controller, certificateArn);
  addIngresses(context, controller, namespaces, certificateArn, resources.webAclArn);
  addNetworkLoadBalancers(context, controller, namespaces, certificateArn);
  addExternalDns(context, resources);
  return controller;
}

/** The ARN of a certificate by its key. */
type CertificateArn = (key: string) => string;

function addAlbController(context: InClusterContext): IAlbController {
  const { stack, cluster, oidcProvider, state, settings, inCluster } = context;
  const { albController: options } = inCluster;
  if (options === undefined) {
    return AlbController.fromAttributes();
  }
  const { albController: role } = settings;
  // The role is made with the cluster where the settings say so, for the service account that they name.
  const identity =
    role === undefined || state === undefined
      ? { oidcProvider }
      : {
          roleArn: state.text("alb_controller_role_arn"),
          ...(role.serviceAccount === undefined ? {} : { serviceAccount: role.serviceAccount }),
        };
  return new AlbController(stack, "alb-controller", {
    cluster,
    ...options,
    ...identity,
    waf: hasWaf(options, settings.network),
  });
}

function addIngressNginx(
  { stack, cluster, settings, inCluster }: InClusterContext,
  controller: IAlbController,
  arn: CertificateArn,
): void {
  if (inCluster.ingressNginx !== undefined) {
    const { certificates: _, ...options } = literal(inCluster.ingressNginx);
    new IngressNginx(stack, "ingress-nginx", {
      cluster,
      controller,
      kubernetesVersion: kubernetesVersion(settings.cluster),
      ...options,
      ...allCertificates(inCluster.ingressNginx, arn),
    });
  }
}

function addIngresses(
  { stack, inCluster }: InClusterContext,
  controller: IAlbController,
  namespaces: Namespaces,
  certificateArn: CertificateArn,
  webAclArn: string | undefined,
): void {
  const hostnames = byKey(inCluster.ingresses).map(([key, ingress]) => {
    const { hostname } = new AlbIngress(stack, `ingress-${key}`, {
      ...ingressSpec(key, literal(ingress), certificateArn, webAclArn),
      ...before(namespaces, ingress.namespace),
      controller,
    });
    return [key, hostname];
  });
  addOutput(stack, "ingress_hostnames", "DNS names of the Ingresses' load balancers", Object.fromEntries(hostnames));
}

function addNetworkLoadBalancers(
  { stack, inCluster }: InClusterContext,
  controller: IAlbController,
  namespaces: Namespaces,
  certificateArn: CertificateArn,
): void {
  const hostnames = byKey(inCluster.networkLoadBalancers).map(([key, service]) => {
    const { hostname } = new NlbService(stack, `nlb-${key}`, {
      ...networkLoadBalancerSpec(key, literal(service), certificateArn),
      ...before(namespaces, service.namespace),
      controller,
    });
    return [key, hostname];
  });
  addOutput(stack, "nlb_hostnames", "DNS names of the Network Load Balancers", Object.fromEntries(hostnames));
}

function addExternalDns(
  { stack, cluster, oidcProvider, inCluster }: InClusterContext,
  { zones: all }: TrafficResources,
): void {
  if (inCluster.externalDns === undefined) {
    return;
  }
  const { zones: keys = Object.keys(all), ...options } = inCluster.externalDns;
  new ExternalDns(stack, "external-dns", {
    cluster,
    oidcProvider,
    zones: byKey(all).flatMap(([key, zone]) => (keys.includes(key) ? [zone] : [])),
    ...options,
  });
}
