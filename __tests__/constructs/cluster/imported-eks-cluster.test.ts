import { FargateProfile } from "../../../src/constructs/fargate/fargate-profile";
import { importedClusterIn } from "../../support/constructs";
import { addresses, refusal, stackFor, synth, warnings } from "../../support/stack";

describe("EksCluster.fromAttributes", () => {
  test("creates nothing, and takes profiles as a cluster of ours does", () => {
    const stack = stackFor();
    const cluster = importedClusterIn(stack, { fargate: { limits: { profilesPerCluster: 1 } } });
    expect(addresses(synth(stack))).toEqual([]);
    expect(cluster).toMatchObject({
      clusterName: "platform",
      clusterId: "platform",
      endpoint: "https://ABC.gr7.eu-west-1.eks.amazonaws.com",
      oidcIssuer: "https://oidc.eks.eu-west-1.amazonaws.com/id/ABC",
      clusterSecurityGroupId: "sg-1",
    });
    new FargateProfile(stack, "a", { cluster, key: "a", selectors: [{ namespace: "a" }] });
    expect(
      refusal(() => new FargateProfile(stack, "b", { cluster, key: "b", selectors: [{ namespace: "b" }] })),
    ).toContain(`[test/b] a cluster must have at most 1 Fargate profiles, "b" would be number 2`);
  });

  test("warns where AWS does not say whether pods run on Fargate", () => {
    const warned = (region: string) => {
      const stack = stackFor(region);
      importedClusterIn(stack);
      return warnings(stack);
    };
    expect(warned("us-gov-west-1")).toEqual([
      expect.stringContaining(`[test/cluster] whether EKS runs pods on Fargate in "us-gov-west-1" is not documented`),
    ]);
    expect(warned("eu-west-1")).toEqual([]);
  });

  test.each([
    [{ clusterName: "my cluster" }, "[test/cluster] the name of an EKS cluster must be 1 to 100 characters"],
    [
      { oidcIssuer: "oidc.eks.eu-west-1.amazonaws.com/id/ABC" },
      `[test/cluster] 'oidcIssuer' must be a URL that begins with "https://", as EKS gives it, got "oidc.eks`,
    ],
    [
      { clusterSecurityGroupId: "platform" },
      `[test/cluster] 'clusterSecurityGroupId' must be the id of a security group, like "sg-0123456789abcdef0", got "platform"`,
    ],
  ])("refuses %j", (attributes, message) => {
    expect(refusal(() => importedClusterIn(stackFor(), attributes))).toContain(message);
  });
});
