import { type ITerraformDependable, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { noPlaceProblem, type PodsToPlace } from "../../model/pod-place";
import { refuse } from "../errors";
import type { IEksCluster } from "./ieks-cluster";

/**
 * What the pods wait for: the Fargate profile that takes them, where this stack defines it. Profiles that are defined
 * later are not seen, so define them before what runs on them.
 *
 * @param scope construct whose path the message names
 * @throws InvalidPropsError when the pods would stay Pending: no profile takes them, and the cluster has no nodes
 */
export function placeFor(scope: Construct, cluster: IEksCluster, pods: PodsToPlace): ITerraformDependable[] {
  const { fargateProfiles, nodeGroups } = cluster;
  const certain = fargateProfiles.complete && !nodeGroups.hasLinuxNodes;
  refuse(scope, [certain ? noPlaceProblem(pods, fargateProfiles.specs) : undefined]);
  return fargateProfiles.resourcesFor(pods).filter((resource) => sharesStack(resource, scope));
}

/** Terraform waits for nothing of another state: whoever applies has to begin with the other stack. */
function sharesStack(resource: ITerraformDependable, scope: Construct): boolean {
  return !Construct.isConstruct(resource) || TerraformStack.of(resource) === TerraformStack.of(scope);
}
