import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { Testing } from "cdktf";
import { FargateProfile } from "../../../src/constructs/fargate/fargate-profile";
import type { FargateSelector } from "../../../src/model/fargate-selector";
import { importedClusterIn } from "../../support/constructs";
import { refusal, stackFor } from "../../support/stack";

function build(selector: FargateSelector, namespace: string) {
  const stack = stackFor();
  const cluster = importedClusterIn(stack);
  new EksPodIdentityAssociation(stack, "uploads", {
    clusterName: cluster.clusterName,
    namespace,
    serviceAccount: "uploads",
    roleArn: "arn:aws:iam::111122223333:role/uploads",
  });
  new FargateProfile(stack, "web", { cluster, key: "web", selectors: [selector] });
  return Testing.synth(stack, true);
}

describe("EKS Pod Identity", () => {
  test("is refused in a namespace whose pods all run on Fargate, whatever was defined first", () => {
    expect(refusal(() => build({ namespace: "web-*" }, "web-shop"))).toContain(
      `EKS Pod Identity gives no credentials to service account "uploads" in namespace "web-shop": Fargate profile "web" takes its pods, and the agent runs on EC2 nodes only; make an IrsaRole instead of "test/uploads"`,
    );
  });

  test.each<[string, FargateSelector, string]>([
    ["in another namespace", { namespace: "web" }, "jobs"],
    ["where the labels of the pods decide", { namespace: "web", labels: { on: "fargate" } }, "web"],
  ])("is left alone %s", (_, selector, namespace) => {
    expect(build(selector, namespace)).toContain("aws_eks_pod_identity_association");
  });
});
