import { quote } from "./problem";

/**
 * Why a pod on Fargate may not start with a claim that this app does not make: Fargate mounts static volumes of EFS and
 * nothing else, and whether the claim is bound to one is not known.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/efs-csi.html
 */
export function unknownClaimWarning(claimName: string, namespace: string): string {
  return `claim ${quote(claimName)} in namespace ${quote(namespace)} is not one of 'inCluster.efs'; Fargate mounts a claim that is bound to a static volume of EFS, and a pod with one of EBS never starts there`;
}
