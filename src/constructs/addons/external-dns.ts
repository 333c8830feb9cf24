import { Annotations, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ADD_ON_PODS } from "../../model/add-on-pods";
import { CHARTS, type ChartChoice } from "../../model/charts";
import { DNS_SOURCES, dnsPolicyWarning, type ExternalDnsRules, externalDnsProblems } from "../../model/external-dns";
import type { ImageChoice } from "../../model/images";
import { names } from "../../model/names";
import { compareText } from "../../model/order";
import { AwsEnvironment } from "../aws-environment";
import type { IEksCluster } from "../cluster/ieks-cluster";
import { placeFor } from "../cluster/pod-place";
import { refuse } from "../errors";
import { IrsaRole } from "../identity/irsa-role";
import type { IOidcProvider } from "../identity/oidc-provider";
import { type ChartValues, HelmChart } from "../kubernetes/helm-chart";
import { Mirrors } from "../kubernetes/mirrors";
import type { IHostedZone } from "../traffic/hosted-zone";

/** What an `ExternalDns` may be told beside its cluster. */
export interface ExternalDnsOptions extends ExternalDnsRules {
  /** Name of the IAM role. @default - `<cluster>-external-dns` */
  readonly roleName?: string;
  /** @default - the published chart in the version of `CHARTS` */
  readonly chart?: ChartChoice;
  /** @default - the published image */
  readonly image?: ImageChoice;
}

/** What an `ExternalDns` is told. */
export interface ExternalDnsProps extends ExternalDnsOptions {
  readonly cluster: IEksCluster;
  readonly oidcProvider: IOidcProvider;
  /** Zones that records are written into, and no others. */
  readonly zones: readonly IHostedZone[];
}

/** As of 2026-11-21. Source: kubernetes-sigs/external-dns, charts/external-dns at 1.21.1. */
const IMAGE = { registry: "registry.k8s.io", repository: "external-dns/external-dns", tag: "v0.21.0" } as const;

/** With the 256 MiB that Fargate adds, a pod fills the smallest size (0.25 vCPU, 0.5 GB). */
const RESOURCES = { cpu: "250m", memory: "256Mi" } as const;

const NAME = "external-dns";

/**
 * ExternalDNS, which writes the host names of Ingresses and Services into Route 53, in the given zones only. It needs a
 * way to the API of Route 53, which is not regional.
 *
 * @see https://kubernetes-sigs.github.io/external-dns/latest/docs/tutorials/aws/
 * @example
 * new ExternalDns(this, "external-dns", { cluster, oidcProvider, zones: [zone], policy: "upsert-only", ownerId: "platform" });
 */
export class ExternalDns extends Construct {
  readonly roleArn: string;
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: ExternalDnsProps) {
    super(scope, id);
    const { cluster, zones, chart } = props;
    refuse(this, [
      ...externalDnsProblems(props),
      zones.length === 0 ? "'zones' must hold at least one hosted zone, got none" : undefined,
    ]);
    const warning = dnsPolicyWarning(props.policy);
    if (warning !== undefined) {
      Annotations.of(this).addWarning(warning);
    }
    const sorted = { ...props, zones: [...zones].sort(byName) };
    const role = this.createRole(sorted);
    this.roleArn = role.roleArn;
    this.ready = new HelmChart(this, "chart", {
      chart: CHARTS.externalDns,
      ...(chart === undefined ? {} : { choice: chart }),
      release: NAME,
      namespace: ADD_ON_PODS.externalDns.namespace,
      values: this.values(sorted),
      dependsOn: [...placeFor(this, cluster, ADD_ON_PODS.externalDns), ...role.policies],
    }).release;
  }

  private createRole({ cluster, oidcProvider, zones, roleName }: ExternalDnsProps): IrsaRole {
    const { partition } = AwsEnvironment.of(this);
    return new IrsaRole(this, "irsa", {
      oidcProvider,
      roleName: roleName ?? names.externalDnsRole(cluster.clusterName),
      description: `ExternalDNS of EKS cluster ${cluster.clusterName}`,
      namespace: ADD_ON_PODS.externalDns.namespace,
      serviceAccount: NAME,
      statements: [
        {
          actions: [
            "route53:ChangeResourceRecordSets",
            "route53:ListResourceRecordSets",
            "route53:ListTagsForResources",
          ],
          resources: zones.map(({ zoneId }) => `arn:${partition.name}:route53:::hostedzone/${zoneId}`),
        },
        { actions: ["route53:ListHostedZones"], resources: ["*"] },
      ],
    });
  }

  private values(props: ExternalDnsProps): ChartValues {
    const { policy, ownerId, txtPrefix, sources = DNS_SOURCES, intervalInSeconds = 60, zones } = props;
    const { registry, repository, tag } = Mirrors.of(this).image(this, IMAGE, props.image);
    return {
      image: { repository: `${registry}/${repository}`, tag },
      resources: { requests: RESOURCES, limits: RESOURCES },
      serviceAccount: { create: true, name: NAME, annotations: { "eks.amazonaws.com/role-arn": this.roleArn } },
      provider: { name: "aws" },
      // There is no instance metadata on Fargate that would tell it.
      env: [{ name: "AWS_DEFAULT_REGION", value: AwsEnvironment.of(this).region }],
      policy,
      registry: "txt",
      txtOwnerId: ownerId,
      ...(txtPrefix === undefined ? {} : { txtPrefix }),
      sources: [...sources].sort(compareText),
      domainFilters: [...new Set(zones.map(({ zoneName }) => zoneName))].sort(compareText),
      interval: `${intervalInSeconds}s`,
      extraArgs: {
        "zone-id-filter": zones.map(({ zoneId }) => zoneId),
        ...zoneType(zones),
        // Route 53 answers five questions a second, to everybody in the account together.
        "aws-zones-cache-duration": "1h",
      },
    };
  }
}

/** A public zone before the private one of the same name. */
function byName(a: IHostedZone, b: IHostedZone): number {
  return compareText(a.zoneName, b.zoneName) || Number(a.isPrivate) - Number(b.isPrivate);
}

/** Whether all zones are public, or all private; a mix needs no filter. */
function zoneType(zones: readonly IHostedZone[]): ChartValues {
  const types = [...new Set(zones.map(({ isPrivate }) => (isPrivate ? "private" : "public")))];
  return types.length === 1 ? { "aws-zone-type": types[0] } : {};
}
