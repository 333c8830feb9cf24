import { Annotations, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ADD_ON_PODS } from "../../model/add-on-pods";
import { CHARTS, type ChartChoice } from "../../model/charts";
import {
  type AutoscalingRules,
  autoscalerRelease,
  autoscalingProblems,
  NO_NODES_PROBLEM,
  noReleaseProblem,
  type ScaleDownOptions,
} from "../../model/cluster-autoscaler";
import type { ImageChoice } from "../../model/images";
import { names } from "../../model/names";
import { noPlaceProblem } from "../../model/pod-place";
import { AwsEnvironment } from "../aws-environment";
import type { IEksCluster } from "../cluster/ieks-cluster";
import { placeFor } from "../cluster/pod-place";
import { refuse } from "../errors";
import type { PolicyStatement } from "../iam/policy-document";
import { IrsaRole } from "../identity/irsa-role";
import type { IOidcProvider } from "../identity/oidc-provider";
import { type ChartValues, HelmChart } from "../kubernetes/helm-chart";
import { Mirrors } from "../kubernetes/mirrors";

/** What a `ClusterAutoscaler` may be told beside its cluster. */
export interface ClusterAutoscalerOptions extends AutoscalingRules {
  /** Name of the IAM role. @default - `<cluster>-cluster-autoscaler` */
  readonly roleName?: string;
  /** @default - the published chart in the version of `CHARTS` */
  readonly chart?: ChartChoice;
  /** @default - the published image of the release for the cluster's Kubernetes version */
  readonly image?: ImageChoice;
}

/** What a `ClusterAutoscaler` is told. */
export interface ClusterAutoscalerProps extends ClusterAutoscalerOptions {
  readonly cluster: IEksCluster;
  readonly oidcProvider: IOidcProvider;
  /** Kubernetes version of the cluster, such as `1.36`, by which the release is chosen. */
  readonly kubernetesVersion: string;
}

const REGISTRY = "registry.k8s.io";
const REPOSITORY = "autoscaling/cluster-autoscaler";

/** With the 256 MiB that Fargate adds, a pod fills 0.25 vCPU and 1 GB; it keeps all pods and nodes in memory. */
const RESOURCES = { cpu: "250m", memory: "768Mi" } as const;

const NAME = "cluster-autoscaler";

/** Nobody in particular, as the image has no user of its own. */
const NOBODY = 65_534;

/**
 * The Cluster Autoscaler, which adds nodes to node groups while pods wait for them and takes away those that are hardly
 * used. It runs on Fargate itself, so that it never takes its own node away, and finds the groups by their tags.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/cas.html
 * @example
 * new ClusterAutoscaler(this, "cluster-autoscaler", { cluster, oidcProvider, kubernetesVersion: "1.36" });
 */
export class ClusterAutoscaler extends Construct {
  readonly roleArn: string;
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: ClusterAutoscalerProps) {
    super(scope, id);
    const { cluster, chart } = props;
    refuse(this, [cluster.nodeGroups.hasLinuxNodes ? undefined : NO_NODES_PROBLEM, ...autoscalingProblems(props)]);
    const pods = ADD_ON_PODS.clusterAutoscaler;
    const { complete, specs } = cluster.fargateProfiles;
    if (complete && noPlaceProblem(pods, specs) !== undefined) {
      Annotations.of(this).addWarning(
        `no Fargate profile takes the Cluster Autoscaler, so it runs on the nodes that it scales and may wait for one itself; add a selector { namespace: "${pods.namespace}" } to a profile`,
      );
    }
    const role = this.createRole(props);
    this.roleArn = role.roleArn;
    this.ready = new HelmChart(this, "chart", {
      chart: CHARTS.clusterAutoscaler,
      ...(chart === undefined ? {} : { choice: chart }),
      release: NAME,
      namespace: pods.namespace,
      values: this.values(props),
      dependsOn: [...placeFor(this, cluster, pods), ...role.policies],
    }).release;
  }

  private createRole({ cluster, oidcProvider, roleName }: ClusterAutoscalerProps): IrsaRole {
    return new IrsaRole(this, "irsa", {
      oidcProvider,
      roleName: roleName ?? names.clusterAutoscalerRole(cluster.clusterName),
      description: `Cluster Autoscaler of EKS cluster ${cluster.clusterName}`,
      namespace: ADD_ON_PODS.clusterAutoscaler.namespace,
      serviceAccount: NAME,
      statements: statements(AwsEnvironment.of(this), cluster.clusterName),
    });
  }

  private values(props: ClusterAutoscalerProps): ChartValues {
    const { registry, repository, tag } = this.findImage(props);
    return {
      image: { repository: `${registry}/${repository}`, tag },
      // Else it is called after the chart as well.
      fullnameOverride: NAME,
      replicaCount: 1,
      resources: { requests: RESOURCES, limits: RESOURCES },
      cloudProvider: "aws",
      // There is no instance metadata on Fargate that would tell it.
      awsRegion: AwsEnvironment.of(this).region,
      autoDiscovery: { clusterName: props.cluster.clusterId },
      rbac: {
        serviceAccount: { create: true, name: NAME, annotations: { "eks.amazonaws.com/role-arn": this.roleArn } },
      },
      securityContext: { runAsNonRoot: true, runAsUser: NOBODY, seccompProfile: { type: "RuntimeDefault" } },
      containerSecurityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
        readOnlyRootFilesystem: true,
      },
      extraArgs: {
        expander: props.expander ?? "least-waste",
        "balance-similar-node-groups": props.balanceSimilarNodeGroups ?? true,
        // Pods with scratch space, and those of add-ons that have a disruption budget, hold no node back.
        "skip-nodes-with-local-storage": false,
        "skip-nodes-with-system-pods": false,
        ...scaleDownArgs(props.scaleDown),
      },
    };
  }

  private findImage({ kubernetesVersion, image }: ClusterAutoscalerProps) {
    const tag = image?.tag ?? autoscalerRelease(kubernetesVersion);
    refuse(this, [tag === undefined ? noReleaseProblem(kubernetesVersion) : undefined]);
    return Mirrors.of(this).image(this, { registry: REGISTRY, repository: REPOSITORY, tag: tag as string }, image);
  }
}

/**
 * May look at all groups, and change those that carry the cluster's tag, as EKS gives it to its node groups.
 *
 * Source: kubernetes/autoscaler, cluster-autoscaler/cloudprovider/aws/README.md at 55c37cd5 (2026-08-22).
 */
function statements(environment: AwsEnvironment, clusterName: string): PolicyStatement[] {
  return [
    {
      actions: [
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeAutoScalingInstances",
        "autoscaling:DescribeLaunchConfigurations",
        "autoscaling:DescribeScalingActivities",
        "ec2:DescribeImages",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeLaunchTemplateVersions",
        "ec2:GetInstanceTypesFromInstanceRequirements",
      ],
      resources: ["*"],
    },
    {
      // Labels and taints of groups without nodes.
      actions: ["eks:DescribeNodegroup"],
      resources: [environment.arn("eks", `nodegroup/${clusterName}/*/*`)],
    },
    {
      actions: ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
      resources: ["*"],
      conditions: { StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${clusterName}`]: "owned" } },
    },
  ];
}

function scaleDownArgs({ enabled = true, ...options }: ScaleDownOptions = {}): ChartValues {
  const { unneededMinutes = 10, delayAfterAddMinutes = 10, utilizationThreshold = 0.5 } = options;
  return enabled
    ? {
        "scale-down-unneeded-time": `${unneededMinutes}m`,
        "scale-down-delay-after-add": `${delayAfterAddMinutes}m`,
        "scale-down-utilization-threshold": utilizationThreshold,
      }
    : { "scale-down-enabled": false };
}
