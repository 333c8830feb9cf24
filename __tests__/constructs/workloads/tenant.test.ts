import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import { EksFargateProfile } from "@cdktf/provider-aws/lib/eks-fargate-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { LimitRangeV1 } from "@cdktf/provider-kubernetes/lib/limit-range-v1";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { ResourceQuotaV1 } from "@cdktf/provider-kubernetes/lib/resource-quota-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import type { TerraformStack } from "cdktf";
import { OidcProvider } from "../../../src/constructs/identity/oidc-provider";
import { Deployment } from "../../../src/constructs/kubernetes/deployment";
import { Tenant, type TenantProps } from "../../../src/constructs/workloads/tenant";
import { importedClusterIn } from "../../support/constructs";
import { podTemplate } from "../../support/pod-templates";
import { ACCOUNT, addresses, refusal, resource, resources, stackFor, synth } from "../../support/stack";

type ClusterOptions = Parameters<typeof importedClusterIn>[1];

const ISSUER = "oidc.eks.eu-west-1.amazonaws.com/id/ABC";
const oidcProvider = OidcProvider.fromAttributes({
  providerArn: `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`,
  issuer: `https://${ISSUER}`,
});
const DEVELOPERS = `arn:aws:iam::${ACCOUNT}:role/shop-developers`;

const FULL = {
  quota: {
    cpu: "8000m",
    memory: "32768Mi",
    pods: 20,
    ephemeralStorage: "100Gi",
    persistentVolumeClaims: 2,
    loadBalancers: 1,
  },
  containerDefaults: { cpu: "0.5", memory: "1024Mi" },
  guaranteedOnly: true,
  podSecurity: { enforce: "restricted" },
  labels: { team: "shop" },
  annotations: { "example.com/owner": "shop" },
  zones: ["eu-west-1a"],
  replacement: "create-before-destroy",
  serviceAccounts: {
    plain: {},
    api: {
      policyArns: { tables: "arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess" },
      statements: [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::shop/*"] }],
      roleName: "shop-api",
    },
  },
  access: { developers: { principal: DEVELOPERS, level: "edit" } },
} as const satisfies Partial<TenantProps>;

function tenantIn(stack: TerraformStack, props: Partial<TenantProps> = {}, options?: ClusterOptions): Tenant {
  return new Tenant(stack, "shop", {
    cluster: props.cluster ?? importedClusterIn(stack, options),
    oidcProvider,
    name: "shop",
    quota: { cpu: "8", memory: "32Gi", pods: 20 },
    ...props,
  });
}

function build(props: Partial<TenantProps> = {}) {
  const stack = stackFor();
  const tenant = tenantIn(stack, props);
  return { tenant, text: synth(stack) };
}

describe("Tenant", () => {
  test("is a namespace with a place on Fargate and bounds", () => {
    expect(addresses(build().text)).toEqual([
      "aws_eks_fargate_profile.shop_fargate_profile",
      "aws_iam_role.shop_fargate_pod-execution-role_role",
      "aws_iam_role_policy_attachment.shop_fargate_pod-execution-role_policy",
      "kubernetes_limit_range_v1.shop_limit-range",
      "kubernetes_namespace_v1.shop_namespace",
      "kubernetes_resource_quota_v1.shop_quota",
    ]);
  });

  test("has a Fargate profile and a pod execution role of its own", () => {
    const { tenant, text } = build();
    expect(text).toHaveResourceWithProperties(EksFargateProfile, {
      fargate_profile_name: "platform-fargate-shop",
      selector: [{ namespace: "shop" }],
      pod_execution_role_arn: "${aws_iam_role.shop_fargate_pod-execution-role_role.arn}",
    });
    expect(tenant.profile.podExecutionRole.roleName).toBe("platform-fargate-shop");
  });

  test("refuses pods beyond the baseline of Pod Security, and warns of those beyond the restricted one", () => {
    expect(resource(build().text, NamespaceV1).metadata).toEqual({
      name: "shop",
      labels: {
        "pod-security.kubernetes.io/enforce": "baseline",
        "pod-security.kubernetes.io/warn": "restricted",
        "pod-security.kubernetes.io/audit": "restricted",
      },
    });
  });

  test("bounds requests and limits alike", () => {
    expect(resource(build().text, ResourceQuotaV1)).toEqual({
      metadata: { name: "tenant", namespace: "${kubernetes_namespace_v1.shop_namespace.metadata[0].name}" },
      spec: {
        hard: {
          "requests.cpu": "8",
          "limits.cpu": "8",
          "requests.memory": "32Gi",
          "limits.memory": "32Gi",
          pods: "20",
        },
      },
    });
  });

  test("gives containers that say nothing requests that are limits, and refuses pods that Fargate has no size for", () => {
    expect(resource(build().text, LimitRangeV1).spec).toEqual({
      limit: [
        {
          type: "Container",
          default: { cpu: "250m", memory: "256Mi" },
          default_request: { cpu: "250m", memory: "256Mi" },
        },
        { type: "Pod", max: { cpu: "16", memory: "122624Mi" } },
      ],
    });
  });

  test("takes every option at once", () => {
    const { tenant, text } = build(FULL);
    expect(resource(text, NamespaceV1).metadata).toMatchObject({
      labels: { team: "shop", "pod-security.kubernetes.io/enforce": "restricted" },
      annotations: { "example.com/owner": "shop" },
    });
    expect(resource(text, ResourceQuotaV1).spec).toMatchObject({
      hard: {
        "requests.cpu": "8",
        "requests.memory": "32Gi",
        "requests.ephemeral-storage": "100Gi",
        persistentvolumeclaims: "2",
        "services.loadbalancers": "1",
      },
    });
    expect(resource(text, LimitRangeV1).spec).toMatchObject({
      limit: [
        { default: { cpu: "500m", memory: "1Gi" }, max_limit_request_ratio: { cpu: "1", memory: "1" } },
        { type: "Pod" },
      ],
    });
    expect(resource(text, EksFargateProfile)).toMatchObject({
      subnet_ids: ["subnet-private-a"],
      lifecycle: { create_before_destroy: true },
    });
    expect(Object.keys(tenant.roleArns)).toEqual(["api"]);
  });
});

describe("service accounts of a tenant", () => {
  const serviceAccounts = { api: { policyArns: { a: "arn:aws:iam::aws:policy/ReadOnlyAccess" } }, plain: {} };

  test("have a role where they have policies, which only they can assume", () => {
    const { text } = build({ serviceAccounts });
    expect(Object.keys(resources(text, IamRole))).toEqual([
      "shop_fargate_pod-execution-role_role",
      "shop_irsa-api_role",
    ]);
    const role = resource(text, IamRole, "shop_irsa-api_role");
    expect(role.name).toBe("platform-shop.api");
    expect(role.assume_role_policy).toContain('"system:serviceaccount:shop:api"');
  });

  test("name their role to EKS, and bring no token for the Kubernetes API", () => {
    const { text } = build({ serviceAccounts });
    expect(resource(text, ServiceAccountV1, "shop_service-account-api")).toEqual({
      metadata: {
        name: "api",
        namespace: "${kubernetes_namespace_v1.shop_namespace.metadata[0].name}",
        annotations: { "eks.amazonaws.com/role-arn": "${aws_iam_role.shop_irsa-api_role.arn}" },
      },
      automount_service_account_token: false,
    });
    expect(resource(text, ServiceAccountV1, "shop_service-account-plain").metadata).not.toHaveProperty("annotations");
  });
});

test("access to a tenant covers its namespace alone", () => {
  const { text } = build({ access: FULL.access });
  expect(text).toHaveResourceWithProperties(EksAccessEntry, { principal_arn: DEVELOPERS });
  expect(text).toHaveResourceWithProperties(EksAccessPolicyAssociation, {
    policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy",
    access_scope: { type: "namespace", namespaces: ["shop"] },
  });
});

test("pods find their place in a tenant, and wait for it", () => {
  const stack = stackFor();
  const cluster = importedClusterIn(stack, { fargateProfiles: [] });
  const { namespace, ready } = tenantIn(stack, { cluster, serviceAccounts: { api: {} } });
  new Deployment(stack, "web", { cluster, namespace, name: "web", template: podTemplate(), dependsOn: ready });
  expect(resource(synth(stack), Deployment).depends_on).toEqual([
    "aws_eks_fargate_profile.shop_fargate_profile",
    "kubernetes_namespace_v1.shop_namespace",
    "kubernetes_resource_quota_v1.shop_quota",
    "kubernetes_limit_range_v1.shop_limit-range",
    "kubernetes_service_account_v1.shop_service-account-api",
  ]);
});

describe("a tenant is refused", () => {
  test("with every problem at once", () => {
    const props = { name: "default", quota: { cpu: "8", memory: "32Gi", pods: 0 }, serviceAccounts: { default: {} } };
    expect(refusal(() => tenantIn(stackFor(), props)).split("\n")).toEqual([
      expect.stringMatching(/^\[test\/shop\] 'name' of a tenant must be that of a new namespace/),
      "[test/shop] 'pods' of 'quota' must be a whole number of at least 1, got 0",
      expect.stringMatching(/^\[test\/shop\] service account "default" of tenant "default" is there already/),
    ]);
  });

  test("when a profile of the cluster takes its pods already", () => {
    const fargateProfiles = [{ key: "all", name: "all", hashed: false, selectors: [{ namespace: "*" }] }];
    expect(refusal(() => tenantIn(stackFor(), {}, { fargateProfiles }))).toMatch(
      /^\[test\/shop\/fargate\] Fargate profiles "all" and "shop" both take a pod in namespace "shop"/,
    );
  });

  test("when nobody can be granted access so", () => {
    const access = { team: { principal: "shop-developers", level: "edit" } } as const;
    expect(refusal(() => tenantIn(stackFor(), { access }))).toMatch(
      /^\[test\/shop\/access-team\] 'principal' of access "team" must be the ARN of an IAM user or role/,
    );
  });
});
