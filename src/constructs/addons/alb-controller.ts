import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ADD_ON_PODS } from "../../model/add-on-pods";
import {
  type AlbControllerIdentity,
  albIdentityProblems,
  type IngressClassOptions,
  ingressClassProblems,
} from "../../model/alb-controller";
import { CHARTS, type ChartChoice } from "../../model/charts";
import type { ImageChoice } from "../../model/images";
import { DEFAULT_SSL_POLICY } from "../../model/load-balancing";
import { under } from "../../model/problem";
import { replicasProblems } from "../../model/replicas";
import { AwsEnvironment } from "../aws-environment";
import type { IEksCluster } from "../cluster/ieks-cluster";
import { placeFor } from "../cluster/pod-place";
import { isKnown, refuse } from "../errors";
import { ALB_CONTROLLER_VERSION } from "../identity/alb-controller-policy";
import { AlbControllerRole } from "../identity/alb-controller-role";
import type { IOidcProvider } from "../identity/oidc-provider";
import { type ChartValues, HelmChart } from "../kubernetes/helm-chart";
import { Mirrors } from "../kubernetes/mirrors";
import type { IAlbController } from "../traffic/ialb-controller";
import { LoadBalancerGuard } from "../traffic/load-balancer-guard";

/** What an `AlbController` may be told beside its cluster. */
export interface AlbControllerOptions extends AlbControllerIdentity {
  /** How many pods, of which one works and the others stand by. @default 2 */
  readonly replicas?: number;
  /** Class of the Ingresses that it takes, which is called "alb". @default - a class without rules of its own */
  readonly ingressClass?: IngressClassOptions;
  /**
   * Whether Ingresses may have a web ACL. Without it their annotation has no effect.
   * @default - true, unless the VPC reaches AWS by its endpoints alone: the controller fails where it cannot ask AWS WAF
   */
  readonly waf?: boolean;
  /** Whether Ingresses may be protected by AWS Shield Advanced, to which the account has to be subscribed. @default false */
  readonly shield?: boolean;
  /** Whether Terraform refuses to destroy the controller while load balancers of its are left. @default true */
  readonly guard?: boolean;
  /** @default - the published chart in the version of `CHARTS` */
  readonly chart?: ChartChoice;
  /** @default - the published image */
  readonly image?: ImageChoice;
}

/** What an `AlbController` is told. */
export interface AlbControllerProps extends AlbControllerOptions {
  readonly cluster: IEksCluster;
  /** What the controller's own role trusts. @default - none: give `roleArn` */
  readonly oidcProvider?: IOidcProvider;
}

/** As of 2026-11-21. Source: aws/eks-charts, stable/aws-load-balancer-controller at 3.5.0. */
const IMAGE = {
  registry: "public.ecr.aws",
  repository: "eks/aws-load-balancer-controller",
  tag: ALB_CONTROLLER_VERSION,
} as const;

/** With the 256 MiB that Fargate adds, a pod fills the smallest size (0.25 vCPU, 0.5 GB). */
const RESOURCES = { cpu: "250m", memory: "256Mi" } as const;

const NAME = "aws-load-balancer-controller";
const INGRESS_CLASS = "alb";

/**
 * The AWS Load Balancer Controller, which makes Application Load Balancers for Ingresses and Network Load Balancers for
 * Services. All of them send to the addresses of pods, the only way to pods on Fargate.
 *
 * Ingresses and Services have to go before it does: nobody else deletes their load balancers. `AlbIngress` and
 * `NlbService` see to that, and a guard sees to those that were made without this app.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/aws-load-balancer-controller.html
 * @example
 * const controller = new AlbController(this, "alb-controller", { cluster, oidcProvider });
 */
export class AlbController extends Construct implements IAlbController {
  /** A controller that is there already, and is destroyed by whoever made it. */
  static fromAttributes({ ingressClassName = INGRESS_CLASS }: Partial<IAlbController> = {}): IAlbController {
    return { ingressClassName };
  }

  readonly ingressClassName = INGRESS_CLASS;
  readonly roleArn: string;
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: AlbControllerProps) {
    super(scope, id);
    const { cluster, replicas = 2, chart, guard = true } = props;
    refuse(this, [
      ...replicasProblems(replicas),
      ...albIdentityProblems(props, isKnown),
      ...under("ingressClass", ingressClassProblems(props.ingressClass ?? {})),
      props.roleArn === undefined && props.oidcProvider === undefined
        ? "the controller needs 'oidcProvider' for a role of its own, or 'roleArn'"
        : undefined,
    ]);
    const { roleArn, policies } = this.findRole(props);
    this.roleArn = roleArn;
    const { release } = new HelmChart(this, "chart", {
      chart: CHARTS.albController,
      ...(chart === undefined ? {} : { choice: chart }),
      release: NAME,
      namespace: ADD_ON_PODS.albController.namespace,
      values: this.values(props, replicas),
      dependsOn: [...placeFor(this, cluster, ADD_ON_PODS.albController), ...policies],
    });
    this.ready = guard ? new LoadBalancerGuard(this, "guard", { cluster, dependsOn: [release] }).ready : release;
  }

  /** The role that is given, or one of the controller's own. */
  private findRole(props: AlbControllerProps): Pick<AlbControllerRole, "roleArn" | "policies"> {
    const { cluster, oidcProvider, roleArn, roleName, policyName, serviceAccount } = props;
    if (roleArn !== undefined) {
      return { roleArn, policies: [] };
    }
    return new AlbControllerRole(this, "role", {
      cluster,
      oidcProvider: oidcProvider as IOidcProvider,
      ...(roleName === undefined ? {} : { roleName }),
      ...(policyName === undefined ? {} : { policyName }),
      ...(serviceAccount === undefined ? {} : { serviceAccount }),
    });
  }

  private values(props: AlbControllerProps, replicas: number): ChartValues {
    const { cluster, ingressClass = {}, serviceAccount = NAME, shield = false } = props;
    const { registry, repository, tag } = Mirrors.of(this).image(this, IMAGE, props.image);
    return {
      image: { repository: `${registry}/${repository}`, tag },
      replicaCount: replicas,
      resources: { requests: RESOURCES, limits: RESOURCES },
      podDisruptionBudget: { maxUnavailable: 1 },
      serviceAccount: {
        create: true,
        name: serviceAccount,
        annotations: { "eks.amazonaws.com/role-arn": this.roleArn },
      },
      clusterName: cluster.clusterId,
      // There is no instance metadata on Fargate that would tell them.
      region: AwsEnvironment.of(this).region,
      vpcId: cluster.vpc.vpcId,
      defaultTargetType: "ip",
      defaultSSLPolicy: DEFAULT_SSL_POLICY,
      ingressClass: INGRESS_CLASS,
      createIngressClassResource: true,
      ingressClassConfig: { default: ingressClass.default ?? false },
      ingressClassParams: { create: true, name: INGRESS_CLASS, spec: classSpec(ingressClass) },
      enableShield: shield,
      // AWS WAF Classic, which AWS has ended.
      enableWaf: false,
      enableWafv2: props.waf ?? cluster.vpc.egress !== "endpoints",
      enableCertManager: false,
      // Else each upgrade makes new certificates, and with them other webhooks.
      keepTLSSecret: true,
      // It stands in the way of every new Service in the cluster while no pod of the controller is ready.
      enableServiceMutatorWebhook: false,
    };
  }
}

function classSpec({ scheme, group }: IngressClassOptions): ChartValues {
  return {
    ...(scheme === undefined ? {} : { scheme }),
    ...(group === undefined ? {} : { group: { name: group } }),
  };
}
