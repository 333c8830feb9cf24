import { ClusterRoleBindingV1 } from "@cdktf/provider-kubernetes/lib/cluster-role-binding-v1";
import { ClusterRoleV1 } from "@cdktf/provider-kubernetes/lib/cluster-role-v1";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ADD_ON_PODS } from "../../model/add-on-pods";
import type { ContainerSpec } from "../../model/container-spec";
import { type ImageChoice, imageName } from "../../model/images";
import { type ResourceReportOptions, resourceReportProblems } from "../../model/kube-resource-report";
import type { ProjectedVolume } from "../../model/pod-volume";
import type { IEksCluster } from "../cluster/ieks-cluster";
import { refuse } from "../errors";
import { Deployment } from "../kubernetes/deployment";
import { Mirrors } from "../kubernetes/mirrors";

/** What a `KubeResourceReport` may be told beside its cluster. */
export interface KubeResourceReportOptions extends ResourceReportOptions {
  /** @default - the published image */
  readonly image?: ImageChoice;
}

/** What a `KubeResourceReport` is told. */
export interface KubeResourceReportProps extends KubeResourceReportOptions {
  readonly cluster: IEksCluster;
  /** What answers for the use of pods, such as `MetricsServer.ready`. @default - a Metrics Server that is there already */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * The newest tag that was found in use; its registry could not be asked. The releases of 2020, the last ones that were
 * announced, ask for an API of Ingresses that Kubernetes 1.22 removed.
 *
 * As of 2026-11-21. Sources: hjacobs/kube-resource-report at 2f50d844 (2020-10-02, "moved to codeberg.org"), pykube-ng
 * 20.7.2 and 23.6.0, and manifests of others with this tag.
 */
const IMAGE = { registry: "docker.io", repository: "hjacobs/kube-resource-report", tag: "22.11.0" } as const;

/** Two of them, with the 256 MiB that Fargate adds, fill its smallest size (0.25 vCPU, 0.5 GB). */
const WRITER = { cpu: "150m", memory: "192Mi" } as const;
const READER = { cpu: "100m", memory: "64Mi" } as const;

const NAME = ADD_ON_PODS.kubeResourceReport.namespace;
const PORT = 8080;
const REPORT = "/output";
const USER = 1000;

/** Where programs look for the account that they have in the Kubernetes API. */
const ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

/**
 * What the writer needs to find the Kubernetes API, mounted in it alone: who serves the report has no part in it.
 *
 * @see https://kubernetes.io/docs/concepts/storage/projected-volumes/
 */
const ACCOUNT_FILES: ProjectedVolume = {
  sources: [
    { serviceAccountToken: { path: "token", expirationSeconds: 3600 } },
    { configMap: { name: "kube-root-ca.crt", items: { "ca.crt": "ca.crt" } } },
    { downwardAPI: { items: { namespace: "metadata.namespace" } } },
  ],
};

/** What it reads, and nothing that it could change. */
const RULES = [
  { apiGroups: [""], resources: ["namespaces", "nodes", "pods", "services"], verbs: ["get", "list"] },
  { apiGroups: ["networking.k8s.io"], resources: ["ingresses"], verbs: ["list"] },
  { apiGroups: ["metrics.k8s.io"], resources: ["nodes", "pods"], verbs: ["get", "list"] },
  { apiGroups: ["autoscaling.k8s.io"], resources: ["verticalpodautoscalers"], verbs: ["list"] },
  {
    apiGroups: ["apps"],
    resources: ["daemonsets", "deployments", "replicasets", "statefulsets"],
    verbs: ["list"],
  },
];

/**
 * A report of what pods request and what they use, as web pages inside of the cluster (kube-resource-report). Nobody
 * works on the program any more: it runs as an image that is pinned, with read-only rights, behind objects of our own.
 *
 * Its prices are those of EC2 in 2022 at the latest, and it knows none of Fargate's: ask `npx cdktf-eks-fargate report`
 * for costs.
 *
 * @see https://codeberg.org/hjacobs/kube-resource-report
 * @example
 * new KubeResourceReport(this, "resource-report", { cluster, dependsOn: [metricsServer.ready] });
 */
export class KubeResourceReport extends Construct {
  /** Shows the report on http://localhost:8080. */
  readonly portForwardCommand = `kubectl port-forward -n ${NAME} service/${NAME} ${PORT}:80`;
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: KubeResourceReportProps) {
    super(scope, id);
    refuse(this, resourceReportProblems(props));
    const namespace = new NamespaceV1(this, "namespace", {
      metadata: { name: NAME, labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
    });
    const rights = this.createAccount(namespace.metadata.name);
    const deployment = this.createDeployment(props, [namespace, rights]);
    new ServiceV1(this, "service", {
      metadata: { name: NAME, namespace: namespace.metadata.name },
      spec: {
        type: "ClusterIP",
        selector: deployment.selector,
        port: [{ name: "http", port: 80, targetPort: "http" }],
      },
    });
    this.ready = deployment;
  }

  private createAccount(namespace: string): ITerraformDependable {
    new ServiceAccountV1(this, "service-account", {
      metadata: { name: NAME, namespace },
      automountServiceAccountToken: false,
    });
    const role = new ClusterRoleV1(this, "cluster-role", { metadata: { name: NAME }, rule: RULES });
    return new ClusterRoleBindingV1(this, "cluster-role-binding", {
      metadata: { name: NAME },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role.metadata.name },
      subject: [{ kind: "ServiceAccount", name: NAME, namespace }],
    });
  }

  private createDeployment(props: KubeResourceReportProps, parts: readonly ITerraformDependable[]): Deployment {
    const image = imageName(Mirrors.of(this).image(this, IMAGE, props.image));
    return new Deployment(this, "deployment", {
      cluster: props.cluster,
      namespace: NAME,
      name: NAME,
      replicas: 1,
      // Two writers at once would show two reports in turn.
      strategy: "Recreate",
      template: {
        serviceAccountName: NAME,
        containers: [writer(image, props), reader(image)],
        volumes: {
          account: { projected: ACCOUNT_FILES },
          report: { emptyDir: { sizeLimit: "500Mi" } },
          tmp: { emptyDir: { sizeLimit: "100Mi" } },
        },
        fsGroup: USER,
      },
      dependsOn: [...parts, ...(props.dependsOn ?? [])],
    });
  }
}

/** Asks the Kubernetes API every few minutes, and writes the pages. */
function writer(image: string, props: KubeResourceReportProps): ContainerSpec {
  const { updateIntervalInMinutes = 5, additionalCostPerCluster = 0 } = props;
  return {
    name: "writer",
    image,
    args: [
      `--update-interval-minutes=${updateIntervalInMinutes}`,
      `--additional-cost-per-cluster=${additionalCostPerCluster}`,
      // It would else ask every host of an Ingress for its front page.
      "--no-ingress-status",
      REPORT,
    ],
    environment: {
      DEFAULT_CLUSTER_NAME: props.cluster.clusterName,
      // Its own defaults are labels that Kubernetes has given up.
      NODE_LABEL_REGION: "topology.kubernetes.io/region",
      NODE_LABEL_INSTANCE_TYPE: "node.kubernetes.io/instance-type",
      NODE_LABEL_SPOT: "eks.amazonaws.com/capacityType",
      NODE_LABEL_SPOT_VALUE: "SPOT",
    },
    ...WRITER,
    user: USER,
    mounts: {
      [ACCOUNT]: { volume: "account", readOnly: true },
      [REPORT]: { volume: "report" },
      "/tmp": { volume: "tmp" },
    },
  };
}

/** Serves the pages with what the image has of its own accord, so that there is no second image to look after. */
function reader(image: string): ContainerSpec {
  return {
    name: "reader",
    image,
    command: ["python3", "-m", "http.server", String(PORT), `--directory=${REPORT}`],
    ports: { http: PORT },
    readiness: { http: { port: "http", path: "/" } },
    ...READER,
    user: USER,
    mounts: { [REPORT]: { volume: "report", readOnly: true } },
  };
}
