import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { ClusterRoleBindingV1 } from "@cdktf/provider-kubernetes/lib/cluster-role-binding-v1";
import { ClusterRoleV1 } from "@cdktf/provider-kubernetes/lib/cluster-role-v1";
import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { Fn, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ADD_ON_PODS } from "../../model/add-on-pods";
import type { ContainerSpec } from "../../model/container-spec";
import { type ImageChoice, imageName } from "../../model/images";
import { DEFAULT_RETENTION_DAYS, retentionProblem } from "../../model/log-retention";
import { names } from "../../model/names";
import { AwsEnvironment } from "../aws-environment";
import type { IEksCluster } from "../cluster/ieks-cluster";
import { EncryptionKey } from "../encryption/encryption-key";
import { refuse } from "../errors";
import { IrsaRole } from "../identity/irsa-role";
import type { IOidcProvider } from "../identity/oidc-provider";
import { Mirrors } from "../kubernetes/mirrors";
import { StatefulSet } from "../kubernetes/stateful-set";
import { collectorConfig, HEALTH_PORT } from "./collector-config";

/** What a `ContainerInsights` may be told beside its cluster. */
export interface ContainerInsightsOptions {
  /** Days to keep the collector's events, from which CloudWatch makes the metrics. @default 365 */
  readonly retentionInDays?: number;
  /**
   * Whether CloudWatch keeps metrics of single pods, which it bills by the metric, beside those of namespaces and of the
   * cluster. @default true
   */
  readonly podMetrics?: boolean;
  /** Image of the ADOT collector. @default - the published one */
  readonly image?: ImageChoice;
  /** Name of the collector's IAM role. @default - `<cluster>-container-insights` */
  readonly roleName?: string;
}

/** What a `ContainerInsights` is told. */
export interface ContainerInsightsProps extends ContainerInsightsOptions {
  readonly cluster: IEksCluster;
  readonly oidcProvider: IOidcProvider;
}

/** As of 2026-11-21. Source: aws-observability/aws-otel-collector, VERSION at ed0b1d59 (2026-07-16). */
const IMAGE = {
  registry: "public.ecr.aws",
  repository: "aws-observability/aws-otel-collector",
  tag: "v0.49.0",
} as const;

/** User and group of the image. Source: cmd/awscollector/Dockerfile at the same commit. */
const USER = 4317;

/**
 * AWS's own figures are 1 CPU and 2 GiB. With the 256 MiB that Fargate adds they need 1 vCPU and 3 GB, which this fills.
 *
 * Source: https://aws-otel.github.io/docs/getting-started/container-insights/eks-fargate
 */
const SIZE = { cpu: "1", memory: "2816Mi" } as const;

const NAMESPACE = ADD_ON_PODS.containerInsights.namespace;
const NAME = "adot-collector";
const CONFIG_FILE = "collector.yaml";
const CONFIG_FOLDER = "/conf";

/**
 * CPU, memory and network of every pod on Fargate as metrics in CloudWatch (Container Insights), read by one ADOT
 * collector, because an agent on every node, as elsewhere, is not to be had on Fargate. Pods on EC2 nodes are left to
 * such an agent.
 *
 * The collector must be alone: two would count everything twice.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-EKS-otel.html
 * @example
 * new ContainerInsights(this, "container-insights", { cluster, oidcProvider });
 */
export class ContainerInsights extends Construct {
  readonly logGroupName: string;
  readonly roleArn: string;
  /** What waits until the collector runs. */
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: ContainerInsightsProps) {
    super(scope, id);
    const { cluster, retentionInDays = DEFAULT_RETENTION_DAYS } = props;
    refuse(this, [retentionProblem("retentionInDays", retentionInDays)]);
    this.logGroupName = names.containerInsightsLogGroup(cluster.clusterName);
    const logGroup = this.createLogGroup(cluster.clusterName, retentionInDays);
    const role = this.createRole(props, logGroup);
    this.roleArn = role.roleArn;

    const namespace = this.createNamespace();
    const account = this.createServiceAccount(namespace);
    const config = this.createConfig(props, namespace);
    const service = new ServiceV1(this, "service", {
      metadata: { name: NAME, namespace },
      spec: { clusterIp: "None", selector: { "app.kubernetes.io/name": NAME } },
    });
    this.ready = new StatefulSet(this, "stateful-set", {
      cluster,
      namespace: NAMESPACE,
      name: NAME,
      serviceName: service.metadata.name,
      replicas: 1,
      template: {
        serviceAccountName: NAME,
        automountServiceAccountToken: true,
        // The collector reads its configuration as it starts.
        annotations: { "checksum/config": Fn.sha256(Fn.jsonencode(config.data)) },
        containers: [this.collector(props)],
        volumes: { config: { configMap: { name: config.metadata.name } } },
      },
      dependsOn: [account, ...role.policies],
    });
  }

  private createLogGroup(clusterName: string, retentionInDays: number): CloudwatchLogGroup {
    const key = new EncryptionKey(this, "key", {
      alias: names.containerInsights(clusterName),
      description: `Container Insights of EKS cluster ${clusterName}`,
      logGroupNames: [this.logGroupName],
    });
    return new CloudwatchLogGroup(this, "log-group", { name: this.logGroupName, retentionInDays, kmsKeyId: key.arn });
  }

  private createRole(
    { cluster, oidcProvider, roleName }: ContainerInsightsProps,
    logGroup: CloudwatchLogGroup,
  ): IrsaRole {
    return new IrsaRole(this, "irsa", {
      oidcProvider,
      roleName: roleName ?? names.containerInsights(cluster.clusterName),
      description: `Container Insights of EKS cluster ${cluster.clusterName}`,
      namespace: NAMESPACE,
      serviceAccount: NAME,
      statements: [{ actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${logGroup.arn}:*`] }],
    });
  }

  private createNamespace(): string {
    return new NamespaceV1(this, "namespace", { metadata: { name: NAMESPACE } }).metadata.name;
  }

  /** The collector's account with what it may ask the API server: which nodes there are, and their kubelets. */
  private createServiceAccount(namespace: string): ITerraformDependable {
    new ServiceAccountV1(this, "service-account", {
      metadata: { name: NAME, namespace, annotations: { "eks.amazonaws.com/role-arn": this.roleArn } },
      automountServiceAccountToken: false,
    });
    const role = new ClusterRoleV1(this, "cluster-role", {
      metadata: { name: NAMESPACE },
      rule: [
        { apiGroups: [""], resources: ["nodes"], verbs: ["get", "list", "watch"] },
        { apiGroups: [""], resources: ["nodes/proxy"], verbs: ["get"] },
      ],
    });
    return new ClusterRoleBindingV1(this, "cluster-role-binding", {
      metadata: { name: NAMESPACE },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role.metadata.name },
      subject: [{ kind: "ServiceAccount", name: NAME, namespace }],
    });
  }

  private createConfig({ cluster, podMetrics = true }: ContainerInsightsProps, namespace: string): ConfigMapV1 {
    const { region } = AwsEnvironment.of(this);
    const { clusterName } = cluster;
    const config = collectorConfig({ clusterName, region, logGroupName: this.logGroupName, podMetrics });
    return new ConfigMapV1(this, "config", {
      metadata: { name: `${NAME}-config`, namespace },
      data: { [CONFIG_FILE]: config },
    });
  }

  private collector({ image }: ContainerInsightsProps): ContainerSpec {
    const wellness = { http: { port: HEALTH_PORT, path: "/" } };
    return {
      name: NAME,
      image: imageName(Mirrors.of(this).image(this, IMAGE, image)),
      args: [`--config=${CONFIG_FOLDER}/${CONFIG_FILE}`],
      // There is no instance metadata on Fargate that would tell the Region.
      environment: { AWS_REGION: AwsEnvironment.of(this).region },
      ports: { health: HEALTH_PORT },
      ...SIZE,
      liveness: wellness,
      readiness: wellness,
      mounts: { [CONFIG_FOLDER]: { volume: "config", readOnly: true } },
      user: USER,
      group: USER,
    };
  }
}
