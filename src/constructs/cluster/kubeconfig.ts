import { Fn } from "cdktf";
import type { IEksCluster } from "./ieks-cluster";

/**
 * A whole kubeconfig as an expression that Terraform renders to YAML. It holds no secret: kubectl gets a token from
 * `aws eks get-token` each time.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/create-kubeconfig.html
 */
export function kubeconfig(
  {
    clusterName,
    endpoint,
    certificateAuthority,
  }: Pick<IEksCluster, "clusterName" | "endpoint" | "certificateAuthority">,
  region: string,
): string {
  return Fn.yamlencode({
    apiVersion: "v1",
    kind: "Config",
    "current-context": clusterName,
    preferences: {},
    clusters: [
      { name: clusterName, cluster: { server: endpoint, "certificate-authority-data": certificateAuthority } },
    ],
    contexts: [{ name: clusterName, context: { cluster: clusterName, user: clusterName } }],
    users: [
      {
        name: clusterName,
        user: {
          exec: { ...getTokenCommand(clusterName, region), interactiveMode: "Never" },
        },
      },
    ],
  });
}

/**
 * The command that prints a token for the cluster, as kubeconfigs and Terraform's providers want it.
 *
 * @see https://docs.aws.amazon.com/cli/latest/reference/eks/get-token.html
 */
export function getTokenCommand(clusterName: string, region: string) {
  return {
    apiVersion: "client.authentication.k8s.io/v1beta1",
    command: "aws",
    args: ["eks", "get-token", "--region", region, "--cluster-name", clusterName, "--output", "json"],
  } as const;
}

/** The command that adds the cluster to the kubeconfig of whoever runs it. */
export function updateKubeconfigCommand(clusterName: string, region: string): string {
  return `aws eks update-kubeconfig --region ${region} --name ${clusterName}`;
}
