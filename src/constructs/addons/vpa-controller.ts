import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ADD_ON_PODS } from "../../model/add-on-pods";
import { CHARTS, type ChartChoice } from "../../model/charts";
import type { Image, ImageChoice } from "../../model/images";
import { replicasProblems } from "../../model/replicas";
import type { IEksCluster } from "../cluster/ieks-cluster";
import { placeFor } from "../cluster/pod-place";
import { refuse } from "../errors";
import { HelmChart } from "../kubernetes/helm-chart";
import { Mirrors } from "../kubernetes/mirrors";

/** What a `VpaController` may be told beside its cluster. */
export interface VpaControllerOptions {
  /**
   * How many pods of the program that writes recommendations into pods. The two others have one each: two would be in
   * each other's way.
   * @default 1: pods that start while it is replaced keep the size they ask for
   */
  readonly replicas?: number;
  /** @default - the published chart in the version of `CHARTS` */
  readonly chart?: ChartChoice;
  /** Registry and tag of the three programs. @default - the published images */
  readonly image?: Pick<ImageChoice, "registry" | "tag">;
}

/** What a `VpaController` is told. */
export interface VpaControllerProps extends VpaControllerOptions {
  readonly cluster: IEksCluster;
}

/** As of 2026-11-21. Source: FairwindsOps/charts, stable/vpa at 21a94b67, of appVersion 1.7.1. */
const PROGRAM = { registry: "registry.k8s.io", tag: "1.7.1" } as const;
const CERTIFICATE_JOB: Image = {
  registry: "registry.k8s.io",
  repository: "ingress-nginx/kube-webhook-certgen",
  tag: "v20230312-helm-chart-4.5.2-28-g66a760794",
};
/** Of the pods that `helm test` starts, and nobody else. */
const TEST: Image = { registry: "docker.io", repository: "alpine/kubectl", tag: "1.36.2" };

/** With the 256 MiB that Fargate adds, the first fills 0.25 vCPU and 1 GB, the second 0.25 vCPU and 0.5 GB. */
const LARGE = sized("250m", "768Mi");
const SMALL = sized("250m", "256Mi");

/** A recommendation below Fargate's smallest size would evict pods for nothing. Unit: millis of CPU, MB. */
const LEAST = { "pod-recommendation-min-cpu-millicores": 250, "pod-recommendation-min-memory-mb": 256 } as const;

function sized(cpu: string, memory: string) {
  return { requests: { cpu, memory }, limits: { cpu, memory } };
}

/**
 * The programs of the Vertical Pod Autoscaler: one recommends what pods should request, one evicts pods that are far
 * from it, and one writes the recommendation into pods that start. On Fargate a pod has its size for life, so a
 * recommendation takes effect with the next pod.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/vertical-pod-autoscaler.html
 * @example
 * const vpa = new VpaController(this, "vpa", { cluster });
 */
export class VpaController extends Construct {
  /** What objects of the kind VerticalPodAutoscaler wait for. */
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, { cluster, replicas = 1, chart, image }: VpaControllerProps) {
    super(scope, id);
    refuse(this, replicasProblems(replicas));
    const program = (name: string) => this.image({ ...PROGRAM, repository: `autoscaling/vpa-${name}` }, image);
    this.ready = new HelmChart(this, "chart", {
      chart: CHARTS.verticalPodAutoscaler,
      ...(chart === undefined ? {} : { choice: chart }),
      release: "vpa",
      namespace: ADD_ON_PODS.verticalPodAutoscaler.namespace,
      values: {
        // The chart has no right to the lease by which two of them could agree on who works.
        recommender: { replicaCount: 1, image: program("recommender"), resources: LARGE, extraArgs: LEAST },
        updater: { replicaCount: 1, image: program("updater"), resources: LARGE },
        admissionController: {
          replicaCount: replicas,
          podDisruptionBudget: replicas > 1 ? { minAvailable: 1 } : {},
          image: program("admission-controller"),
          resources: SMALL,
          certGen: { image: this.image(CERTIFICATE_JOB, registryOf(image)), resources: SMALL },
        },
        tests: { image: this.image(TEST, registryOf(image)) },
      },
      dependsOn: placeFor(this, cluster, ADD_ON_PODS.verticalPodAutoscaler),
    }).release;
  }

  private image(published: Image, choice: ImageChoice | undefined) {
    const { registry, repository, tag } = Mirrors.of(this).image(this, published, choice);
    return { repository: `${registry}/${repository}`, tag };
  }
}

/** The job and the tests are other programs, with tags of their own. */
function registryOf(choice: Pick<ImageChoice, "registry"> | undefined): ImageChoice {
  return choice?.registry === undefined ? {} : { registry: choice.registry };
}
