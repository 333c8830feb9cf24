import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AccessEntry } from "../../../src/constructs/cluster/access-entry";
import type { AccessGrant } from "../../../src/model/access";
import {
  ACCOUNT,
  PARTITIONS,
  refusal,
  resource,
  resources,
  stackFor,
  synth,
  synthIn,
  warnings,
} from "../../support/stack";

const principal = `arn:aws:iam::${ACCOUNT}:role/team`;

function synthEntry(grant: Omit<AccessGrant, "principal">, region = "eu-west-1"): string {
  return synthIn(
    region,
    (stack) => new AccessEntry(stack, "team", { key: "team", clusterName: "platform", principal, ...grant }),
  );
}

function refused(grant: Partial<AccessGrant>): string {
  const props = { key: "team", clusterName: "platform", principal, groups: ["readers"], ...grant };
  return refusal(() => new AccessEntry(stackFor(), "team", props));
}

describe("AccessEntry", () => {
  test.each(PARTITIONS)(
    "in $region grants a policy of partition $partition in the whole cluster",
    ({ region, partition }) => {
      const text = synthEntry({ policies: [{ policy: "AmazonEKSViewPolicy" }] }, region);
      expect(resource(text, EksAccessEntry)).toEqual({
        cluster_name: "platform",
        principal_arn: principal,
        type: "STANDARD",
      });
      expect(resources(text, EksAccessPolicyAssociation)).toEqual({
        team_AmazonEKSViewPolicy: {
          cluster_name: "platform",
          principal_arn: "${aws_eks_access_entry.team_entry.principal_arn}",
          policy_arn: `arn:${partition}:eks::aws:cluster-access-policy/AmazonEKSViewPolicy`,
          access_scope: { type: "cluster" },
          depends_on: ["aws_eks_access_entry.team_entry"],
        },
      });
    },
  );

  test("grants a policy in the namespaces named, in alphabetical order", () => {
    const text = synthEntry({ policies: [{ policy: "AmazonEKSEditPolicy", namespaces: ["web", "api-*"] }] });
    expect(text).toHaveResourceWithProperties(EksAccessPolicyAssociation, {
      access_scope: { type: "namespace", namespaces: ["api-*", "web"] },
    });
  });

  test("names Kubernetes groups, in alphabetical order, without a policy", () => {
    const text = synthEntry({ groups: ["writers", "readers"] });
    expect(text).toHaveResourceWithProperties(EksAccessEntry, { kubernetes_groups: ["readers", "writers"] });
    expect(text).not.toHaveResource(EksAccessPolicyAssociation);
  });

  test("takes several policies and groups at once", () => {
    const policies = [{ policy: "AmazonEKSViewPolicy" }, { policy: "AmazonEKSEditPolicy", namespaces: ["web"] }];
    const text = synthEntry({ policies, groups: ["readers"] });
    expect(Object.keys(resources(text, EksAccessPolicyAssociation))).toEqual([
      "team_AmazonEKSEditPolicy",
      "team_AmazonEKSViewPolicy",
    ]);
    expect(resource(text, EksAccessEntry).kubernetes_groups).toEqual(["readers"]);
  });

  test("takes a principal that only Terraform knows", () => {
    const stack = stackFor();
    const { arn } = new IamRole(stack, "role", { assumeRolePolicy: "{}" });
    new AccessEntry(stack, "team", { key: "team", clusterName: "platform", principal: arn, groups: ["readers"] });
    expect(synth(stack)).toHaveResourceWithProperties(EksAccessEntry, { principal_arn: "${aws_iam_role.role.arn}" });
  });

  test("warns of a policy that AWS had not when this version was made", () => {
    const stack = stackFor();
    const policies = [{ policy: "AmazonEKSClusterAdminPolicie" }, { policy: "AmazonEKSViewPolicy" }];
    new AccessEntry(stack, "team", { key: "team", clusterName: "platform", principal, policies });
    expect(warnings(stack)).toEqual([
      `[test/team] policy "AmazonEKSClusterAdminPolicie" of access "team" is not among the EKS access policies known to this version; check its name`,
    ]);
  });

  test.each<[string, Partial<AccessGrant>, string]>([
    [
      "a session",
      { principal: `arn:aws:sts::${ACCOUNT}:assumed-role/admin/me` },
      `[test/team] 'principal' of access "team" must be the ARN of an IAM user or role, got "arn:aws:sts::${ACCOUNT}:assumed-role/admin/me"; a session is not a principal; name the role "admin" itself`,
    ],
    [
      "a name instead of an ARN",
      { principal: "admin" },
      `[test/team] 'principal' of access "team" must be the ARN of an IAM user or role, got "admin"; write it like "arn:aws:iam::111122223333:role/platform-admin"`,
    ],
    [
      "neither policies nor groups",
      { groups: [] },
      `[test/team] access "team" grants nothing; give it 'policies', like [{ policy: "AmazonEKSClusterAdminPolicy" }], or 'groups'`,
    ],
    [
      "a policy's ARN",
      { policies: [{ policy: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy" }] },
      `[test/team] 'policy' of access "team" must be the name of an EKS access policy, without its ARN, like "AmazonEKSClusterAdminPolicy", got "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"`,
    ],
    [
      "a policy twice",
      { policies: [{ policy: "AmazonEKSViewPolicy" }, { policy: "AmazonEKSViewPolicy", namespaces: ["web"] }] },
      `[test/team] policy "AmazonEKSViewPolicy" of access "team" is there twice; EKS associates a policy once, so list all of its 'namespaces' in one entry`,
    ],
    [
      "no namespace for a policy",
      { policies: [{ policy: "AmazonEKSViewPolicy", namespaces: [] }] },
      `[test/team] 'namespaces' of policy "AmazonEKSViewPolicy" of access "team" must not be empty; leave it out to grant the policy in the whole cluster`,
    ],
    [
      "a group that EKS keeps for itself",
      { groups: ["system:masters"] },
      `[test/team] group "system:masters" of access "team" must not be empty or begin with "system:", "eks:", "aws:", "amazon:" or "iam:", which EKS refuses; use policy "AmazonEKSClusterAdminPolicy"`,
    ],
  ])("refuses %s", (_, grant, message) => {
    expect(refused(grant)).toBe(message);
  });
});
