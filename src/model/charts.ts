import { type Problem, quote } from "./problem";

/** A Helm chart as its maintainers publish it. */
export interface PublishedChart {
  readonly chart: string;
  /** URL of the repository, `https://…` or `oci://…`. */
  readonly repository: string;
  readonly version: string;
}

/** What may be chosen about a chart. */
export interface ChartChoice {
  /** URL of the repository, `https://…` or `oci://…`. @default - the publisher's, or the mirror of all charts */
  readonly repository?: string;
  /** @default - the version that this project was tested with */
  readonly version?: string;
}

/**
 * The charts that the project installs, in the newest versions known.
 *
 * As of 2026-11-21. Sources: the repositories of the projects themselves, read between April and August 2026.
 */
export const CHARTS = {
  metricsServer: {
    chart: "metrics-server",
    repository: "https://kubernetes-sigs.github.io/metrics-server/",
    version: "3.13.1",
  },
  albController: {
    chart: "aws-load-balancer-controller",
    repository: "https://aws.github.io/eks-charts",
    version: "3.5.0",
  },
  externalDns: {
    chart: "external-dns",
    repository: "https://kubernetes-sigs.github.io/external-dns/",
    version: "1.21.1",
  },
  clusterAutoscaler: {
    chart: "cluster-autoscaler",
    repository: "https://kubernetes.github.io/autoscaler",
    version: "9.59.0",
  },
  // The last one: the project has ended.
  ingressNginx: {
    chart: "ingress-nginx",
    repository: "https://kubernetes.github.io/ingress-nginx",
    version: "4.15.1",
  },
  verticalPodAutoscaler: {
    chart: "vpa",
    repository: "https://charts.fairwinds.com/stable",
    version: "5.0.0",
  },
  kubeDownscaler: {
    chart: "py-kube-downscaler",
    repository: "oci://ghcr.io/caas-team/charts",
    version: "0.3.12",
  },
} as const satisfies Record<string, PublishedChart>;

const REPOSITORY = /^(https?|oci):\/\/[^\s/]+(\/\S*)?$/;
const VERSION = /^v?\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?$/;

/** What is wrong with the choice of a chart. */
export function chartChoiceProblems({ repository, version }: ChartChoice): Problem[] {
  return [
    ...(repository === undefined ? [] : chartRepositoryProblems("repository", repository)),
    ...(version === undefined || VERSION.test(version)
      ? []
      : [
          {
            at: ["version"],
            message: `'version' of a chart must be one exact version, like "3.13.1", got ${quote(version)}; a range would install another one tomorrow`,
          },
        ]),
  ];
}

/** What is wrong with the URL of a chart repository. */
export function chartRepositoryProblems(property: string, url: string): Problem[] {
  return REPOSITORY.test(url)
    ? []
    : [
        {
          at: [property],
          message: `'${property}' must be the URL of a chart repository, like "https://charts.example.com" or "oci://registry.example.com/charts", got ${quote(url)}`,
        },
      ];
}
