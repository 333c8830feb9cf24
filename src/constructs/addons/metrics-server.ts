import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ADD_ON_PODS } from "../../model/add-on-pods";
import { CHARTS, type ChartChoice } from "../../model/charts";
import type { ImageChoice } from "../../model/images";
import { replicasProblems } from "../../model/replicas";
import type { IEksCluster } from "../cluster/ieks-cluster";
import { placeFor } from "../cluster/pod-place";
import { refuse } from "../errors";
import { HelmChart } from "../kubernetes/helm-chart";
import { Mirrors } from "../kubernetes/mirrors";

/** What a `MetricsServer` may be told beside its cluster. */
export interface MetricsServerOptions {
  /** How many pods. @default 2 */
  readonly replicas?: number;
  /** @default - the published chart in the version of `CHARTS` */
  readonly chart?: ChartChoice;
  /** @default - the published image */
  readonly image?: ImageChoice;
}

/** What a `MetricsServer` is told. */
export interface MetricsServerProps extends MetricsServerOptions {
  readonly cluster: IEksCluster;
}

/** As of 2026-11-21. Source: kubernetes-sigs/metrics-server, charts/metrics-server at 3.13.1. */
const IMAGE = { registry: "registry.k8s.io", repository: "metrics-server/metrics-server", tag: "v0.8.1" } as const;

/** With the 256 MiB that Fargate adds, a pod fills the smallest size (0.25 vCPU, 0.5 GB). */
const RESOURCES = { cpu: "250m", memory: "256Mi" } as const;

/**
 * Port of the pods. The chart's own, 10250, is the kubelet's on Fargate.
 *
 * Source: Amazon EKS User Guide, "View resource usage with the Kubernetes Metrics Server".
 */
const PORT = 10251;

/**
 * The Kubernetes Metrics Server, which `kubectl top` and the Horizontal Pod Autoscaler ask how much CPU and memory pods
 * use; made to start on Fargate.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/metrics-server.html
 * @example
 * new MetricsServer(this, "metrics-server", { cluster });
 */
export class MetricsServer extends Construct {
  /** What autoscaling on CPU and memory waits for. */
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, { cluster, replicas = 2, chart, image }: MetricsServerProps) {
    super(scope, id);
    refuse(this, replicasProblems(replicas));
    const { registry, repository, tag } = Mirrors.of(this).image(this, IMAGE, image);
    this.ready = new HelmChart(this, "chart", {
      chart: CHARTS.metricsServer,
      ...(chart === undefined ? {} : { choice: chart }),
      release: "metrics-server",
      namespace: ADD_ON_PODS.metricsServer.namespace,
      values: {
        image: { repository: `${registry}/${repository}`, tag },
        replicas,
        containerPort: PORT,
        resources: { requests: RESOURCES, limits: RESOURCES },
        podDisruptionBudget: { enabled: replicas > 1, minAvailable: 1 },
      },
      dependsOn: placeFor(this, cluster, ADD_ON_PODS.metricsServer),
    }).release;
  }
}
