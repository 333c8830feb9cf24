import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { AlbControllerRole, type AlbControllerRoleOptions } from "../../../src/constructs/identity/alb-controller-role";
import { importedClusterIn } from "../../support/constructs";
import {
  ACCOUNT,
  PARTITIONS,
  refusal,
  resolved,
  resource,
  type Statement,
  stackFor,
  statements,
  synth,
} from "../../support/stack";

const issuer = "oidc.eks.eu-west-1.amazonaws.com/id/ABC";

/** What IAM allows a managed policy, white space not counted. */
const MAX_POLICY_LENGTH = 6144;

function build(options: AlbControllerRoleOptions = {}, region = "eu-west-1") {
  const stack = stackFor(region);
  const role = new AlbControllerRole(stack, "alb", {
    cluster: importedClusterIn(stack),
    oidcProvider: { providerArn: `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer}`, issuerHostPath: issuer },
    ...options,
  });
  return { stack, role, text: synth(stack) };
}

const list = (value: Statement["Resource"]): string[] => [value ?? []].flat();

describe("AlbControllerRole", () => {
  test("is called after the cluster, with the policy's well-known name", () => {
    const { stack, role, text } = build();
    expect(text).toHaveResourceWithProperties(IamRole, { name: "platform-irsa" });
    expect(text).toHaveResourceWithProperties(IamPolicy, { name: "ALBIngressControllerIAMPolicy" });
    expect(text).toHaveResourceWithProperties(IamRolePolicyAttachment, {
      role: "${aws_iam_role.alb_irsa_role.name}",
      policy_arn: "${aws_iam_policy.alb_policy.arn}",
    });
    expect(role.roleName).toBe("platform-irsa");
    expect(resolved(stack, role.roleArn)).toBe("${aws_iam_role.alb_irsa_role.arn}");
  });

  test("is for the service account of the controller's own chart", () => {
    const [statement] = statements(resource(build().text, IamRole).assume_role_policy);
    expect(statement?.Condition?.StringEquals?.[`${issuer}:sub`]).toBe(
      "system:serviceaccount:kube-system:aws-load-balancer-controller",
    );
  });

  test("takes other names and another service account", () => {
    const { text } = build({ roleName: "alb", policyName: "alb-policy", namespace: "ingress", serviceAccount: "alb" });
    expect(text).toHaveResourceWithProperties(IamRole, { name: "alb" });
    expect(text).toHaveResourceWithProperties(IamPolicy, { name: "alb-policy" });
    expect(resource(text, IamRole).assume_role_policy).toContain("system:serviceaccount:ingress:alb");
  });

  test("says by a tag for which release of the controller the policy is", () => {
    expect(build().text).toHaveResourceWithProperties(IamPolicy, {
      tags: { "aws-load-balancer-controller/version": expect.stringMatching(/^v\d+\.\d+\.\d+$/) },
    });
  });

  test.each(PARTITIONS)("has in $region a policy of 16 statements that IAM has room for", ({ region, partition }) => {
    const policy = String(resource(build({}, region).text, IamPolicy).policy);
    expect(statements(policy)).toHaveLength(16);
    expect(policy.replaceAll(/\s/g, "").length).toBeLessThanOrEqual(MAX_POLICY_LENGTH);
    const arns = statements(policy)
      .flatMap((statement) => list(statement.Resource))
      .filter((resource) => resource !== "*");
    expect(arns.length).toBeGreaterThan(10);
    expect(arns.filter((arn) => !arn.startsWith(`arn:${partition}:`))).toEqual([]);
  });

  test("may create the service-linked role of load balancers only", () => {
    const [linked] = statements(resource(build().text, IamPolicy).policy);
    expect(linked).toMatchObject({
      Action: "iam:CreateServiceLinkedRole",
      Condition: { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
    });
  });

  test("may delete only what carries a cluster's tag", () => {
    const deletes = statements(resource(build().text, IamPolicy).policy).filter(({ Action }) =>
      list(Action).some((action) => /:Delete(LoadBalancer|TargetGroup|SecurityGroup)$/.test(action)),
    );
    expect(deletes).toHaveLength(2);
    for (const { Condition } of deletes) {
      expect(Condition).toEqual({ Null: { "aws:ResourceTag/elbv2.k8s.aws/cluster": "false" } });
    }
  });

  test("is refused with names that IAM does not take", () => {
    expect(refusal(() => build({ policyName: "my policy" }))).toBe(
      `[test/alb] the name of an IAM policy must be 1 to 128 characters (letters, digits and "+=,.@-_"), got "my policy" (9); give another 'policyName'`,
    );
    expect(refusal(() => build({ roleName: "my role" }))).toContain(
      "[test/alb/irsa] the name of an IAM role must be 1 to 64 characters",
    );
  });
});
