import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { MetricsServer } from "../constructs/addons/metrics-server";
import { VpaController } from "../constructs/addons/vpa-controller";
import type { IEksCluster } from "../constructs/cluster/ieks-cluster";
import type { IOidcProvider } from "../constructs/identity/oidc-provider";
import { KubernetesProviders } from "../constructs/kubernetes/kubernetes-providers";
import { Mirrors } from "../constructs/kubernetes/mirrors";
import { EbsStorageClass } from "../constructs/storage/ebs-storage-class";
import type { IAlbController } from "../constructs/traffic/ialb-controller";
import type { Settings } from "../settings/schema";
import { addAutoscaling } from "./in-cluster/autoscaling";
import { addBatch } from "./in-cluster/batch";
import { addClusterAutoscaler } from "./in-cluster/cluster-autoscaler";
import { addContainerInsights } from "./in-cluster/container-insights";
import type { InClusterContext } from "./in-cluster/context";
import { addDashboard } from "./in-cluster/dashboard";
import { addEdge } from "./in-cluster/edge";
import { addFargateLogging } from "./in-cluster/fargate-logging";
import { findCluster } from "./in-cluster/find-cluster";
import { addKubeDownscaler } from "./in-cluster/kube-downscaler";
import { addKubeResourceReport } from "./in-cluster/kube-resource-report";
import { addStorage } from "./in-cluster/storage";
import { addTenants, type Namespaces } from "./in-cluster/tenants";
import { addTraffic } from "./in-cluster/traffic";
import { type BackendSettings, PlatformStack } from "./platform-stack";

/**
 * What runs on the cluster, in a state of its own: it can be planned, applied and destroyed without touching the
 * cluster. Apply it after the `ClusterStack`, whose outputs it reads, and destroy it before.
 */
export class InClusterStack extends PlatformStack {
  readonly cluster: IEksCluster;
  readonly oidcProvider: IOidcProvider;
  /** What makes load balancers: that of the settings, or one that the cluster has already. */
  readonly albController: IAlbController;
  private readonly namespaces: Namespaces;

  /** @param clusterStackId id of the `ClusterStack` of the same settings; `<name>-cluster` when it is left out */
  constructor(scope: Construct, id: string, settings: Settings, clusterStackId = `${settings.name}-cluster`) {
    const { inCluster = {} } = settings;
    super(scope, id, { ...settings, backend: inCluster.backend ?? ownBackend(settings) });
    Mirrors.set(this, inCluster.mirrors ?? {});
    const { cluster, oidcProvider, state } = findCluster(this, settings, clusterStackId);
    this.cluster = cluster;
    this.oidcProvider = oidcProvider;
    new KubernetesProviders(this, "providers", {
      cluster,
      ...(inCluster.kubeconfig === undefined ? {} : { access: inCluster.kubeconfig }),
    });
    const context = { stack: this, cluster, oidcProvider, state, settings, inCluster };
    this.namespaces = addStorage(context, addTenants(context));
    this.albController = this.addFeatures(context, this.namespaces);
  }

  /**
   * What pods in a namespace wait for that are added to the stack: the tenant's, its volumes and security groups.
   * Nothing in a namespace of somebody else's.
   */
  readyIn(namespace: string): readonly ITerraformDependable[] {
    return this.namespaces[namespace] ?? [];
  }

  private addFeatures(context: InClusterContext, namespaces: Namespaces): IAlbController {
    const { cluster, inCluster } = context;
    // First: the pods of all others wait for it.
    addFargateLogging(context);
    addContainerInsights(context);
    const edge = addEdge(context);
    const albController = addTraffic(context, namespaces, edge);
    addDashboard(context, edge);
    addClusterAutoscaler(context);
    const metricsServer =
      inCluster.metricsServer === undefined
        ? undefined
        : new MetricsServer(this, "metrics-server", { cluster, ...inCluster.metricsServer });
    addKubeResourceReport(context, metricsServer);
    addKubeDownscaler(context, namespaces);
    const controller =
      inCluster.verticalPodAutoscaler === undefined
        ? undefined
        : new VpaController(this, "vpa", { cluster, ...inCluster.verticalPodAutoscaler });
    addBatch(context, namespaces);
    addAutoscaling(context, namespaces, { metricsServer, controller });
    if (inCluster.ebsStorageClass !== undefined) {
      new EbsStorageClass(this, "ebs-storage-class", { cluster, ...inCluster.ebsStorageClass });
    }
    return albController;
  }
}

/** The backend of the cluster's stack, with a state of this stack's own in it. */
function ownBackend({ backend = { type: "local" } }: Settings): BackendSettings {
  if (backend.type === "local") {
    return { type: "local" };
  }
  const { key: _, ...rest } = backend;
  return rest;
}
