import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { Testing } from "cdktf";
import type { EksClusterProps } from "../../../src/constructs/cluster/eks-cluster";
import { FargateProfile } from "../../../src/constructs/fargate/fargate-profile";
import { admins, clusterIn } from "../../support/constructs";
import { ACCOUNT, refusal, stackFor } from "../../support/stack";

describe("refused when the app is synthesized is a cluster", () => {
  const kubeSystem = [{ namespace: "kube-system" }];
  function validated(access: EksClusterProps["access"], selectors: readonly { namespace: string }[]): () => string {
    const stack = stackFor();
    const cluster = clusterIn(stack, { access });
    new FargateProfile(stack, "profile", { cluster, selectors });
    return () => Testing.synth(stack, true);
  }

  test("that no Fargate profile takes CoreDNS of", () => {
    const message = refusal(validated(admins(), [{ namespace: "web" }]));
    expect(message).toContain(`[test/cluster] no Fargate profile of cluster "platform" takes the pods of CoreDNS`);
    expect(message).toContain(`add a selector { namespace: "kube-system" } (or with labels k8s-app=kube-dns)`);
  });

  test.each<[string, EksClusterProps["access"], string]>([
    ["grants nothing to anybody", {}, "no access is granted"],
    [
      "lets somebody administer a namespace only",
      {
        team: {
          principal: `arn:aws:iam::${ACCOUNT}:role/team`,
          policies: [{ policy: "AmazonEKSClusterAdminPolicy", namespaces: ["web"] }],
        },
      },
      `none of the accesses "team" may`,
    ],
    [
      "lets somebody look only",
      { team: { principal: `arn:aws:iam::${ACCOUNT}:role/team`, policies: [{ policy: "AmazonEKSViewPolicy" }] } },
      `none of the accesses "team" may`,
    ],
  ])("that %s", (_, access, reason) => {
    const message = refusal(validated(access, kubeSystem));
    expect(message).toContain(`[test/cluster] nobody could administer the cluster: ${reason}; grant policy`);
  });

  test("and not one that has both, even when its administrator is added later", () => {
    const stack = stackFor();
    const cluster = clusterIn(stack, { access: {} });
    new FargateProfile(stack, "profile", { cluster, selectors: kubeSystem });
    for (const [key, grant] of Object.entries(admins())) {
      cluster.addAccess(key, grant);
    }
    expect(Testing.synth(stack, true)).toHaveResource(EksAccessEntry);
  });
});
