import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { IrsaRole, type IrsaRoleProps } from "../../../src/constructs/identity/irsa-role";
import { OidcProvider } from "../../../src/constructs/identity/oidc-provider";
import { clusterIn } from "../../support/constructs";
import {
  ACCOUNT,
  addresses,
  PARTITIONS,
  refusal,
  resolved,
  resource,
  resources,
  stackFor,
  statements,
  synth,
} from "../../support/stack";

const issuer = "oidc.eks.eu-west-1.amazonaws.com/id/ABC";
const minimal: IrsaRoleProps = {
  oidcProvider: { providerArn: `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer}`, issuerHostPath: issuer },
  roleName: "platform-irsa-uploads",
  namespace: "web",
  serviceAccount: "uploads",
};

function build(props: Partial<IrsaRoleProps> = {}) {
  const stack = stackFor();
  const role = new IrsaRole(stack, "uploads", { ...minimal, ...props });
  return { stack, role, text: synth(stack) };
}

function refused(props: Partial<IrsaRoleProps>): string {
  return refusal(() => build(props));
}

describe("trust", () => {
  test("is in tokens for STS of the one service account, compared by equality", () => {
    expect(statements(resource(build().text, IamRole).assume_role_policy)).toEqual([
      {
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            [`${issuer}:aud`]: "sts.amazonaws.com",
            [`${issuer}:sub`]: "system:serviceaccount:web:uploads",
          },
        },
      },
    ]);
  });

  test.each(PARTITIONS)(
    "is in the provider of the same partition and in STS's one audience in $region",
    ({ partition }) => {
      const providerArn = `arn:${partition}:iam::${ACCOUNT}:oidc-provider/${issuer}`;
      const { text } = build({ oidcProvider: { providerArn, issuerHostPath: issuer } });
      const [statement] = statements(resource(text, IamRole).assume_role_policy);
      expect(statement?.Principal).toEqual({ Federated: providerArn });
      expect(statement?.Condition?.StringEquals?.[`${issuer}:aud`]).toBe("sts.amazonaws.com");
    },
  );

  test("compares the service account by pattern only where wildcards are asked for, and never the audience", () => {
    const { text } = build({ serviceAccount: "uploads-*", allowWildcards: true });
    expect(statements(resource(text, IamRole).assume_role_policy)[0]?.Condition).toEqual({
      StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com" },
      StringLike: { [`${issuer}:sub`]: "system:serviceaccount:web:uploads-*" },
    });
  });

  test("compares by equality where wildcards are allowed and none is there", () => {
    const { text } = build({ allowWildcards: true });
    expect(text).not.toContain("StringLike");
  });

  test("names an issuer that only Terraform knows by its expression", () => {
    const stack = stackFor();
    const oidcProvider = new OidcProvider(stack, "oidc", { cluster: clusterIn(stack) });
    new IrsaRole(stack, "uploads", { ...minimal, oidcProvider });
    const [statement] = statements(resource(synth(stack), IamRole, "uploads_role").assume_role_policy);
    const key = '${trimprefix(aws_eks_cluster.cluster_cluster.identity[0].oidc[0].issuer, "https://")}';
    expect(statement?.Principal).toEqual({ Federated: "${aws_iam_openid_connect_provider.oidc_provider.arn}" });
    expect(statement?.Condition?.StringEquals).toEqual({
      [`${key}:aud`]: "sts.amazonaws.com",
      [`${key}:sub`]: "system:serviceaccount:web:uploads",
    });
  });
});

describe("permissions", () => {
  test("are none when none are given", () => {
    expect(addresses(build().text)).toEqual(["aws_iam_role.uploads_role"]);
  });

  test("are managed policies under the names chosen, and statements of its own", () => {
    const { text } = build({
      description: "Uploads",
      policyArns: { read: "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess", own: `arn:aws:iam::${ACCOUNT}:policy/own` },
      statements: [{ actions: ["s3:PutObject"], resources: ["arn:aws:s3:::uploads/*"] }],
    });
    expect(resources(text, IamRolePolicyAttachment)).toEqual({
      "uploads_policy-own": {
        role: "${aws_iam_role.uploads_role.name}",
        policy_arn: `arn:aws:iam::${ACCOUNT}:policy/own`,
      },
      "uploads_policy-read": {
        role: "${aws_iam_role.uploads_role.name}",
        policy_arn: "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",
      },
    });
    expect(text).toHaveResourceWithProperties(IamRolePolicy, {
      name: "platform-irsa-uploads",
      role: "${aws_iam_role.uploads_role.name}",
    });
    expect(statements(resource(text, IamRolePolicy).policy)).toEqual([
      { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::uploads/*" },
    ]);
    expect(text).toHaveResourceWithProperties(IamRole, { description: "Uploads" });
  });

  test("may come from a policy of the same stack", () => {
    const stack = stackFor();
    const policy = new IamPolicy(stack, "policy", { policy: "{}" });
    new IrsaRole(stack, "uploads", { ...minimal, policyArns: { own: policy.arn } });
    expect(synth(stack)).toHaveResourceWithProperties(IamRolePolicyAttachment, {
      policy_arn: "${aws_iam_policy.policy.arn}",
    });
  });
});

test("the role has the name given and describes its service account", () => {
  const { stack, role, text } = build();
  expect(text).toHaveResourceWithProperties(IamRole, {
    name: "platform-irsa-uploads",
    description: "Service account web/uploads",
  });
  expect(role.roleName).toBe("platform-irsa-uploads");
  expect(resolved(stack, role.roleArn)).toBe("${aws_iam_role.uploads_role.arn}");
});

describe("refused is a role", () => {
  test.each<[string, Partial<IrsaRoleProps>, string]>([
    [
      "for any service account of a namespace, unless that is asked for",
      { serviceAccount: "*" },
      `[test/uploads] 'serviceAccount' "*" holds a wildcard, which would let other service accounts assume the role; name it exactly, or set 'allowWildcards'`,
    ],
    [
      "for any namespace, unless that is asked for",
      { namespace: "web?" },
      `[test/uploads] 'namespace' "web?" holds a wildcard, which would let other service accounts assume the role; name it exactly, or set 'allowWildcards'`,
    ],
    [
      "for a namespace that cannot be",
      { namespace: "Web" },
      `[test/uploads] 'namespace' must be a Kubernetes name (1 to 63 lower-case letters, digits and "-", beginning and ending with a letter or digit), got "Web"`,
    ],
    [
      "for a service account that cannot be, even with wildcards",
      { serviceAccount: "Uploads*", allowWildcards: true },
      `[test/uploads] 'serviceAccount' must be a Kubernetes name`,
    ],
    [
      "with a policy's name instead of its ARN",
      { policyArns: { read: "AmazonS3ReadOnlyAccess" } },
      `[test/uploads] 'policyArns' must hold ARNs of IAM policies, like "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess", got "AmazonS3ReadOnlyAccess"`,
    ],
    [
      "with a statement that IAM calls malformed",
      { statements: [{ actions: ["GetObject"], resources: ["*"] }] },
      `[test/uploads] 'actions' of statement 1 must hold actions with their service, like "s3:GetObject" or "s3:*", got "GetObject"`,
    ],
    [
      "with a name that IAM does not take",
      { roleName: "up/loads" },
      `[test/uploads] the name of an IAM role must be 1 to 64 characters (letters, digits and "+=,.@-_"), got "up/loads" (8); give a shorter 'roleName'`,
    ],
  ])("%s", (_, props, message) => {
    expect(refused(props)).toContain(message);
  });
});
