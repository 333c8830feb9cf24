import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ADD_ON_PODS } from "../../model/add-on-pods";
import { CHARTS, type ChartChoice } from "../../model/charts";
import type { ImageChoice } from "../../model/images";
import { type DownscaleOptions, downscaleProblems, excludedNamespaces } from "../../model/kube-downscaler";
import type { IEksCluster } from "../cluster/ieks-cluster";
import { placeFor } from "../cluster/pod-place";
import { refuse } from "../errors";
import { type ChartValues, HelmChart } from "../kubernetes/helm-chart";
import { Mirrors } from "../kubernetes/mirrors";

/** What a `KubeDownscaler` may be told beside its cluster. */
export interface KubeDownscalerOptions extends DownscaleOptions {
  /** Whether it only says what it would do. @default false */
  readonly dryRun?: boolean;
  /** @default - the published chart in the version of `CHARTS` */
  readonly chart?: ChartChoice;
  /** @default - the published image */
  readonly image?: ImageChoice;
}

/** What a `KubeDownscaler` is told. */
export interface KubeDownscalerProps extends KubeDownscalerOptions {
  readonly cluster: IEksCluster;
  /** What must be there before, such as the namespaces that it is for. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** As of 2026-11-21. Source: caas-team/py-kube-downscaler, chart 0.3.12. */
const IMAGE = { registry: "ghcr.io", repository: "caas-team/py-kube-downscaler", tag: "26.4.0" } as const;

/**
 * The chart requests 300 MiB, with which Fargate goes to 0.25 vCPU and 1 GB in any case; so the pod gets what is left of
 * it. Limits equal requests, as Fargate does not burst.
 */
const RESOURCES = { cpu: "250m", memory: "768Mi" } as const;

/** Name of the release, the namespace, and by that of everything in it. */
const NAME = "py-kube-downscaler";

/**
 * Scales workloads to nothing outside of working hours and back (py-kube-downscaler). On Fargate every pod that is not
 * there saves its whole price, because there is no node that stays behind.
 *
 * It may change every workload of the cluster, unless 'namespaces' names those that it is for.
 *
 * @see https://github.com/caas-team/py-kube-downscaler
 * @example
 * new KubeDownscaler(this, "downscaler", { cluster, defaultUptime: "Mon-Fri 07:00-20:00 Europe/Berlin" });
 */
export class KubeDownscaler extends Construct {
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: KubeDownscalerProps) {
    super(scope, id);
    const { cluster, chart, dependsOn = [], ...options } = props;
    refuse(this, downscaleProblems(options));
    const place = placeFor(this, cluster, ADD_ON_PODS.kubeDownscaler);
    const namespace = new NamespaceV1(this, "namespace", {
      metadata: { name: ADD_ON_PODS.kubeDownscaler.namespace },
    });
    this.ready = new HelmChart(this, "chart", {
      chart: CHARTS.kubeDownscaler,
      ...(chart === undefined ? {} : { choice: chart }),
      release: NAME,
      namespace: namespace.metadata.name,
      values: this.values(options),
      dependsOn: [...place, ...dependsOn],
    }).release;
  }

  private values(options: Omit<KubeDownscalerOptions, "chart">): ChartValues {
    const { namespaces } = options;
    const { registry, repository, tag } = Mirrors.of(this).image(this, IMAGE, options.image);
    return {
      image: { repository: `${registry}/${repository}`, tag },
      arguments: argumentsOf(options),
      excludedNamespaces: excludedNamespaces(options),
      resources: { requests: RESOURCES, limits: RESOURCES },
      ...(namespaces === undefined
        ? {}
        : { constrainedDownscaler: true, constrainedNamespaces: [...new Set(namespaces)].sort() }),
    };
  }
}

/** Arguments of the program, which replace those of the chart. */
function argumentsOf(options: KubeDownscalerOptions): string[] {
  const { defaultUptime, defaultDowntime, excludeDeployments = [], dryRun = false } = options;
  const { includeResources = ["deployments", "statefulsets"] } = options;
  return [
    `--interval=${options.intervalInSeconds ?? 60}`,
    `--grace-period=${options.gracePeriodInSeconds ?? 900}`,
    `--include-resources=${[...new Set(includeResources)].sort().join(",")}`,
    `--exclude-deployments=${[...new Set([NAME, ...excludeDeployments])].sort().join(",")}`,
    ...(defaultUptime === undefined ? [] : [`--default-uptime=${defaultUptime}`]),
    ...(defaultDowntime === undefined ? [] : [`--default-downtime=${defaultDowntime}`]),
    ...(dryRun ? ["--dry-run"] : []),
  ];
}
