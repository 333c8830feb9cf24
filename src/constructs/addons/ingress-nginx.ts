import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { Annotations, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ADD_ON_PODS } from "../../model/add-on-pods";
import { CHARTS, type ChartChoice } from "../../model/charts";
import type { Image, ImageChoice } from "../../model/images";
import {
  NGINX_RETIRED_WARNING,
  type NginxServiceOptions,
  nginxService,
  nginxVersionWarning,
} from "../../model/ingress-nginx";
import { NLB_CLASS, type NlbServiceSpec, nlbServiceAnnotations, nlbServiceProblems } from "../../model/nlb-service";
import { compareText } from "../../model/order";
import { replicasProblems } from "../../model/replicas";
import type { IEksCluster } from "../cluster/ieks-cluster";
import { placeFor } from "../cluster/pod-place";
import { isKnown, refuse } from "../errors";
import { type ChartValues, HelmChart } from "../kubernetes/helm-chart";
import { Mirrors } from "../kubernetes/mirrors";
import type { IAlbController } from "../traffic/ialb-controller";

/** What an `IngressNginx` may be told beside its cluster. */
export interface IngressNginxOptions extends NginxServiceOptions {
  /** Says that you know of the end of ingress-nginx; else there is a warning. @default false */
  readonly retirementAccepted?: boolean;
  /** How many pods. @default 2 */
  readonly replicas?: number;
  /** Further settings of nginx, as its ConfigMap has them. @default - none */
  readonly config?: Readonly<Record<string, string>>;
  /** @default - the last published chart */
  readonly chart?: ChartChoice;
  /** @default - the last published image */
  readonly image?: ImageChoice;
}

/** What an `IngressNginx` is told. */
export interface IngressNginxProps extends IngressNginxOptions {
  readonly cluster: IEksCluster;
  /** What makes the Network Load Balancer. Terraform destroys ingress-nginx before it. */
  readonly controller: IAlbController;
  /** Kubernetes version of the cluster, such as `1.35`. @default - whether it was tested is not checked */
  readonly kubernetesVersion?: string;
}

/** The last release, of 2026-03-19. Source: kubernetes/ingress-nginx, charts/ingress-nginx at 4.15.1. */
const IMAGE = { registry: "registry.k8s.io", repository: "ingress-nginx/controller", tag: "v1.15.1" } as const;

/** With the 256 MiB that Fargate adds, a pod fills 0.25 vCPU and 1 GB. */
const RESOURCES = { cpu: "250m", memory: "768Mi" } as const;

/**
 * Ports of the pods. Without privileges, which there are none of on Fargate, nginx cannot listen on 80 and 443.
 *
 * Source: kubernetes/ingress-nginx issue 7006.
 */
const PORTS = { http: 8080, https: 8444 } as const;

const NAME = "ingress-nginx";

/**
 * ingress-nginx behind a Network Load Balancer that sends to the addresses of its pods, for Ingresses of class "nginx".
 * The project has ended; this is for those who have such Ingresses and need time.
 *
 * @see https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/
 * @example
 * new IngressNginx(this, "ingress-nginx", { cluster, controller, retirementAccepted: true });
 */
export class IngressNginx extends Construct {
  readonly ingressClassName = "nginx";
  /** What Ingresses of the class wait for. */
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: IngressNginxProps) {
    super(scope, id);
    const { cluster, controller, replicas = 2, chart } = props;
    const service = nginxService(props);
    refuse(this, [...replicasProblems(replicas), ...nlbServiceProblems(service, isKnown)]);
    this.warn(props);
    const pods = ADD_ON_PODS.ingressNginx;
    const namespace = new NamespaceV1(this, "namespace", { metadata: { name: pods.namespace } });
    this.ready = new HelmChart(this, "chart", {
      chart: CHARTS.ingressNginx,
      ...(chart === undefined ? {} : { choice: chart }),
      release: NAME,
      namespace: namespace.metadata.name,
      values: this.values(props, service, replicas),
      dependsOn: [...placeFor(this, cluster, pods), ...(controller.ready === undefined ? [] : [controller.ready])],
    }).release;
  }

  private warn({ retirementAccepted = false, kubernetesVersion }: IngressNginxProps): void {
    const untested = kubernetesVersion === undefined ? undefined : nginxVersionWarning(kubernetesVersion);
    for (const warning of [retirementAccepted ? undefined : NGINX_RETIRED_WARNING, untested]) {
      if (warning !== undefined) {
        Annotations.of(this).addWarning(warning);
      }
    }
  }

  private values(props: IngressNginxProps, service: NlbServiceSpec, replicas: number): ChartValues {
    return {
      controller: {
        kind: "Deployment",
        replicaCount: replicas,
        minAvailable: 1,
        resources: { requests: RESOURCES, limits: RESOURCES },
        image: {
          ...imageValues(Mirrors.of(this).image(this, IMAGE, props.image)),
          chroot: false,
          allowPrivilegeEscalation: false,
        },
        hostNetwork: false,
        hostPort: { enabled: false },
        containerPort: PORTS,
        extraArgs: { "http-port": String(PORTS.http), "https-port": String(PORTS.https) },
        // Where the load balancer ends TLS, nginx takes every request for one over HTTP, and would redirect it for ever.
        config: { ...(service.ports.https?.tls === true ? { "ssl-redirect": "false" } : {}), ...props.config },
        ingressClassResource: { name: this.ingressClassName, enabled: true, default: false },
        service: serviceValues(service),
        // Every Ingress of the cluster would have to pass it, those of other classes too, and its certificate takes two
        // more pods.
        admissionWebhooks: { enabled: false },
      },
    };
  }
}

function serviceValues(service: NlbServiceSpec): ChartValues {
  const { http, https } = service.ports;
  return {
    type: "LoadBalancer",
    loadBalancerClass: NLB_CLASS,
    allocateLoadBalancerNodePorts: false,
    annotations: nlbServiceAnnotations(service),
    targetPorts: { http: http?.targetPort, https: https?.targetPort },
    ...(service.inboundCidrs === undefined
      ? {}
      : { loadBalancerSourceRanges: [...service.inboundCidrs].sort(compareText) }),
  };
}

/** The digest of the chart is that of the published image; a mirror's copy may have another. */
function imageValues({ registry, repository, tag }: Image): ChartValues {
  const published = registry === IMAGE.registry && repository === IMAGE.repository && tag === IMAGE.tag;
  return { registry, image: repository, tag, ...(published ? {} : { digest: "" }) };
}
