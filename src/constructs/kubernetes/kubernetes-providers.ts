import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { Fn, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { quote } from "../../model/problem";
import { AwsEnvironment } from "../aws-environment";
import type { IEksCluster } from "../cluster/ieks-cluster";
import { getTokenCommand } from "../cluster/kubeconfig";
import { refuse } from "../errors";

/** A kubeconfig on the machine that runs Terraform. */
export interface KubeconfigAccess {
  /** File, relative to the folder in which Terraform runs; `~` is the home folder. @default "~/.kube/config" */
  readonly file?: string;
  /** Context in the file. Required, so that a change of the current context cannot send objects to another cluster. */
  readonly context: string;
}

/** The bindings are generated from 2.38 and 3.1; later releases of the same major version add to them. */
const REQUIRED_PROVIDERS = {
  kubernetes: { source: "hashicorp/kubernetes", version: "~> 2.38" },
  helm: { source: "hashicorp/helm", version: "~> 3.1" },
} as const;

/** What a `KubernetesProviders` is told. */
export interface KubernetesProvidersProps {
  readonly cluster: IEksCluster;
  /** How to reach the Kubernetes API. @default - its endpoint, with a token of `aws eks get-token` */
  readonly access?: KubeconfigAccess;
}

/**
 * Terraform's Kubernetes and Helm providers for one cluster. A token is fetched for each run and stands in no state;
 * whoever runs Terraform needs the `aws` program and an access entry of the cluster.
 *
 * @see https://docs.aws.amazon.com/cli/latest/reference/eks/get-token.html
 */
export class KubernetesProviders extends Construct {
  constructor(scope: Construct, id: string, { cluster, access }: KubernetesProvidersProps) {
    super(scope, id);
    const other = TerraformStack.of(this)
      .node.findAll()
      .find((construct) => construct instanceof KubernetesProviders && construct !== this);
    refuse(this, [
      other === undefined
        ? undefined
        : `the stack has the providers already, by ${quote(other.node.path)}, and each can be there once; remove one of the two`,
      access !== undefined && access.context.trim() === ""
        ? `'context' must name a context of the kubeconfig, got ${quote(access.context)}; kubectl config get-contexts lists them`
        : undefined,
    ]);
    for (const [name, requirement] of Object.entries(REQUIRED_PROVIDERS)) {
      TerraformStack.of(this).addOverride(`terraform.required_providers.${name}`, requirement);
    }
    const connection = access === undefined ? endpointOf(cluster) : contextOf(access);
    const exec = access === undefined ? tokenOf(this, cluster) : undefined;
    new KubernetesProvider(this, "kubernetes", { ...connection, ...(exec === undefined ? {} : { exec: [exec] }) });
    new HelmProvider(this, "helm", { kubernetes: { ...connection, ...(exec === undefined ? {} : { exec }) } });
  }
}

function endpointOf({ endpoint, certificateAuthority }: IEksCluster) {
  return { host: endpoint, clusterCaCertificate: Fn.base64decode(certificateAuthority) };
}

function tokenOf(scope: Construct, { clusterName }: IEksCluster) {
  const { apiVersion, command, args } = getTokenCommand(clusterName, AwsEnvironment.of(scope).region);
  return { apiVersion, command, args: [...args] };
}

function contextOf({ file = "~/.kube/config", context }: KubeconfigAccess) {
  return { configPath: file, configContext: context };
}
