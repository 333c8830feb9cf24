import { placeFor } from "../../../src/constructs/cluster/pod-place";
import { FargateProfile } from "../../../src/constructs/fargate/fargate-profile";
import { importedClusterIn } from "../../support/constructs";
import { refusal, stackFor } from "../../support/stack";

const PODS = { what: "the shop", namespace: "shop", labels: { app: "shop" } };

function clusterWith(namespace: string) {
  const stack = stackFor();
  const cluster = importedClusterIn(stack, { fargateProfiles: [] });
  new FargateProfile(stack, "web", { cluster, key: "web", selectors: [{ namespace }] });
  return { stack, cluster };
}

describe("a place for pods", () => {
  test("is the profile that takes them, for which they wait in the same stack", () => {
    const { stack, cluster } = clusterWith("shop");
    expect(placeFor(stack, cluster, PODS)).toHaveLength(1);
  });

  test("is nothing to wait for in another stack, whose Terraform knows no resource of this one", () => {
    expect(placeFor(stackFor(), clusterWith("shop").cluster, PODS)).toEqual([]);
  });

  test("is refused where there is none", () => {
    const { stack, cluster } = clusterWith("web");
    expect(refusal(() => placeFor(stack, cluster, PODS))).toBe(
      `[test] no Fargate profile takes the pods of the shop in namespace "shop", and there are no nodes, so they would stay Pending; add a selector { namespace: "shop" } to a profile`,
    );
  });
});
