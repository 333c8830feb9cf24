import { LimitRangeV1 } from "@cdktf/provider-kubernetes/lib/limit-range-v1";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { ResourceQuotaV1 } from "@cdktf/provider-kubernetes/lib/resource-quota-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { names } from "../../model/names";
import { under } from "../../model/problem";
import {
  canonicalQuantity,
  DEFAULT_CONTAINER,
  DEFAULT_POD_SECURITY,
  LARGEST_POD,
  type TenantQuota,
  type TenantSpec,
  tenantGrant,
  tenantProblems,
  tenantServiceAccountProblems,
} from "../../model/tenant";
import { AccessEntry } from "../cluster/access-entry";
import type { IEksCluster } from "../cluster/ieks-cluster";
import { refuse } from "../errors";
import { FargateProfile, type ProfileReplacement } from "../fargate/fargate-profile";
import type { PolicyStatement } from "../iam/policy-document";
import { IrsaRole } from "../identity/irsa-role";
import type { IOidcProvider } from "../identity/oidc-provider";
import { sorted } from "../kubernetes/container-manifest";

/** What a tenant has on a cluster. */
export interface TenantOptions extends TenantSpec {
  /** Zones whose private subnets the pods run in. @default - all private subnets of the cluster's VPC */
  readonly zones?: readonly string[];
  /** How the Fargate profile changes. @default "recreate" */
  readonly replacement?: ProfileReplacement;
  /** Name of the Fargate profile in AWS. @default - `<cluster>-fargate-<name>` */
  readonly profileName?: string;
  /** Service accounts by name, each with what its pods may do in AWS. @default - none beside Kubernetes' "default" */
  readonly serviceAccounts?: Readonly<Record<string, TenantServiceAccount>>;
}

/** What pods of a service account may do in AWS. Without policies it has no role. */
export interface TenantServiceAccount {
  /** ARNs of managed policies, by a name of your choice. @default - none */
  readonly policyArns?: Readonly<Record<string, string>>;
  /** Statements of a policy of the role's own. @default - none */
  readonly statements?: readonly PolicyStatement[];
  /** Name of the role. @default - `<cluster>-<tenant>.<service account>` */
  readonly roleName?: string;
}

/** What a `Tenant` is told. */
export interface TenantProps extends TenantOptions {
  readonly cluster: IEksCluster;
  readonly oidcProvider: IOidcProvider;
}

/**
 * A team's part of a cluster: a namespace whose pods run on a Fargate profile and with a pod execution role of its own,
 * within a quota; service accounts with roles in AWS; and access to the namespace alone.
 *
 * It does not keep traffic apart: network policies do nothing on Fargate. Security groups for pods do that.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/tenant-isolation.html
 * @example
 * new Tenant(this, "team-shop", {
 *   cluster,
 *   oidcProvider,
 *   name: "shop",
 *   quota: { cpu: "8", memory: "32Gi", pods: 20 },
 *   serviceAccounts: { api: { policyArns: { tables: "arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess" } } },
 *   access: { developers: { principal: "arn:aws:iam::111122223333:role/shop-developers", level: "edit" } },
 * });
 */
export class Tenant extends Construct {
  readonly namespace: string;
  readonly profile: FargateProfile;
  /** Roles of the service accounts that have one, by the service account. */
  readonly roleArns: Readonly<Record<string, string>>;
  /** What objects in the namespace wait for: the namespace, its bounds and its service accounts. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: TenantProps) {
    super(scope, id);
    const { name, cluster, serviceAccounts = {} } = props;
    refuse(this, [
      ...tenantProblems(props),
      ...Object.keys(serviceAccounts).flatMap((key) =>
        under(["serviceAccounts", key], tenantServiceAccountProblems(name, key)),
      ),
    ]);
    this.profile = new FargateProfile(this, "fargate", {
      cluster,
      key: name,
      selectors: [{ namespace: name }],
      ...(props.zones === undefined ? {} : { zones: props.zones }),
      ...(props.replacement === undefined ? {} : { replacement: props.replacement }),
      ...(props.profileName === undefined ? {} : { profileName: props.profileName }),
    });
    const namespace = this.createNamespace(props);
    this.namespace = name;
    const roles = sorted(serviceAccounts).map(([key, options]) => ({
      key,
      role: this.createRole(props, key, options),
    }));
    this.roleArns = Object.fromEntries(
      roles.flatMap(({ key, role }) => (role === undefined ? [] : [[key, role.roleArn]])),
    );
    this.ready = [
      namespace,
      ...this.createBounds(namespace, props),
      ...roles.map(({ key, role }) => this.createServiceAccount(namespace, key, role)),
    ];
    for (const [key, access] of sorted(props.access ?? {})) {
      new AccessEntry(this, `access-${key}`, { key, clusterName: cluster.clusterId, ...tenantGrant(name, access) });
    }
  }

  private createNamespace({ name, labels, annotations, podSecurity }: TenantProps): NamespaceV1 {
    const { enforce, warn } = { ...DEFAULT_POD_SECURITY, ...podSecurity };
    return new NamespaceV1(this, "namespace", {
      metadata: {
        name,
        labels: {
          ...labels,
          "pod-security.kubernetes.io/enforce": enforce,
          "pod-security.kubernetes.io/warn": warn,
          "pod-security.kubernetes.io/audit": warn,
        },
        ...(annotations === undefined ? {} : { annotations: { ...annotations } }),
      },
    });
  }

  private createBounds(namespace: NamespaceV1, props: TenantProps): ITerraformDependable[] {
    const { quota, containerDefaults, guaranteedOnly = false } = props;
    const metadata = { name: "tenant", namespace: namespace.metadata.name };
    const { cpu, memory } = { ...DEFAULT_CONTAINER, ...containerDefaults };
    const amounts = { cpu: canonicalQuantity("cpu", cpu), memory: canonicalQuantity("bytes", memory) };
    return [
      new ResourceQuotaV1(this, "quota", { metadata, spec: { hard: hardLimits(quota) } }),
      new LimitRangeV1(this, "limit-range", {
        metadata,
        spec: {
          limit: [
            {
              type: "Container",
              default: amounts,
              defaultRequest: amounts,
              ...(guaranteedOnly ? { maxLimitRequestRatio: { cpu: "1", memory: "1" } } : {}),
            },
            { type: "Pod", max: LARGEST_POD },
          ],
        },
      }),
    ];
  }

  private createServiceAccount(
    namespace: NamespaceV1,
    serviceAccount: string,
    role: IrsaRole | undefined,
  ): ITerraformDependable {
    return new ServiceAccountV1(this, `service-account-${serviceAccount}`, {
      metadata: {
        name: serviceAccount,
        namespace: namespace.metadata.name,
        ...(role === undefined ? {} : { annotations: { "eks.amazonaws.com/role-arn": role.roleArn } }),
      },
      automountServiceAccountToken: false,
    });
  }

  private createRole(
    { cluster, oidcProvider, name }: TenantProps,
    serviceAccount: string,
    { policyArns = {}, statements = [], roleName }: TenantServiceAccount,
  ): IrsaRole | undefined {
    return Object.keys(policyArns).length === 0 && statements.length === 0
      ? undefined
      : new IrsaRole(this, `irsa-${serviceAccount}`, {
          roleName: roleName ?? names.tenantRole(cluster.clusterName, name, serviceAccount),
          oidcProvider,
          namespace: name,
          serviceAccount,
          policyArns,
          statements,
        });
  }
}

/** Requests and limits have one bound, as Fargate gives a pod what it requests. */
function hardLimits(quota: TenantQuota): Record<string, string> {
  const cpu = canonicalQuantity("cpu", quota.cpu);
  const memory = canonicalQuantity("bytes", quota.memory);
  const { ephemeralStorage, persistentVolumeClaims, loadBalancers } = quota;
  return {
    "requests.cpu": cpu,
    "limits.cpu": cpu,
    "requests.memory": memory,
    "limits.memory": memory,
    pods: String(quota.pods),
    ...(ephemeralStorage === undefined
      ? {}
      : { "requests.ephemeral-storage": canonicalQuantity("bytes", ephemeralStorage) }),
    ...(persistentVolumeClaims === undefined ? {} : { persistentvolumeclaims: String(persistentVolumeClaims) }),
    ...(loadBalancers === undefined ? {} : { "services.loadbalancers": String(loadBalancers) }),
  };
}
