import { TerraformResource, TerraformStack } from "cdktf";
import { globMatches } from "../../model/glob";
import { quote } from "../../model/problem";
import { isKnown } from "../errors";
import type { IEksCluster } from "./ieks-cluster";

/** What an `aws_eks_pod_identity_association` says of itself. */
interface Association extends TerraformResource {
  readonly namespaceInput?: string;
  readonly serviceAccountInput?: string;
}

/**
 * Refuses, when the app is synthesized, EKS Pod Identity for pods that run on Fargate: the agent that hands out the
 * credentials runs on EC2 nodes only, and such pods would get none.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
 */
export function refusePodIdentityOnFargate(cluster: IEksCluster): void {
  cluster.node.addValidation({
    validate: () => associationsIn(cluster).flatMap((association) => podIdentityProblem(association, cluster) ?? []),
  });
}

function associationsIn(cluster: IEksCluster): Association[] {
  return TerraformStack.of(cluster)
    .node.findAll()
    .filter((node): node is Association => TerraformResource.isTerraformResource(node))
    .filter(({ terraformResourceType }) => terraformResourceType === "aws_eks_pod_identity_association");
}

/** Only profiles that take the namespace whole are certain; labels of pods are not known here. */
function podIdentityProblem(association: Association, { fargateProfiles }: IEksCluster): string | undefined {
  const { namespaceInput: namespace, serviceAccountInput: serviceAccount = "" } = association;
  if (!isKnown(namespace)) {
    return undefined;
  }
  const profile = fargateProfiles.specs.find(({ selectors }) =>
    selectors.some(
      (selector) => Object.keys(selector.labels ?? {}).length === 0 && globMatches(selector.namespace, namespace),
    ),
  );
  return profile === undefined
    ? undefined
    : `EKS Pod Identity gives no credentials to service account ${quote(serviceAccount)} in namespace ${quote(namespace)}: Fargate profile ${quote(profile.key)} takes its pods, and the agent runs on EC2 nodes only; make an IrsaRole instead of "${association.node.path}"`;
}
