import type { PodsToPlace } from "./pod-place";

/** Pods of an add-on that its Helm chart labels in the way that is usual for charts. */
function ofChart(what: string, namespace: string, name: string): PodsToPlace {
  return {
    what,
    namespace,
    labels: { "app.kubernetes.io/name": name, "app.kubernetes.io/instance": name },
  };
}

/** The pods of each add-on, by its setting: where they run, and with which labels Fargate profiles can take them. */
export const ADD_ON_PODS = {
  albController: ofChart("the AWS Load Balancer Controller", "kube-system", "aws-load-balancer-controller"),
  clusterAutoscaler: {
    what: "the Cluster Autoscaler",
    namespace: "kube-system",
    labels: {
      "app.kubernetes.io/name": "aws-cluster-autoscaler",
      "app.kubernetes.io/instance": "cluster-autoscaler",
    },
  },
  containerInsights: {
    what: "the collector of Container Insights",
    namespace: "fargate-container-insights",
    labels: { "app.kubernetes.io/name": "adot-collector" },
  },
  externalDns: ofChart("ExternalDNS", "kube-system", "external-dns"),
  ingressNginx: ofChart("ingress-nginx", "ingress-nginx", "ingress-nginx"),
  kubeDownscaler: {
    what: "py-kube-downscaler",
    namespace: "py-kube-downscaler",
    labels: { application: "py-kube-downscaler" },
  },
  kubeResourceReport: {
    what: "kube-resource-report",
    namespace: "kube-resource-report",
    labels: { "app.kubernetes.io/name": "kube-resource-report" },
  },
  metricsServer: ofChart("the Metrics Server", "kube-system", "metrics-server"),
  verticalPodAutoscaler: ofChart("the Vertical Pod Autoscaler", "kube-system", "vpa"),
} as const satisfies Record<string, PodsToPlace>;
