import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Release } from "@cdktf/provider-helm/lib/release";
import { HorizontalPodAutoscalerV2 } from "@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2";
import { IngressV1 } from "@cdktf/provider-kubernetes/lib/ingress-v1";
import { Testing } from "cdktf";
import { IrsaRole } from "../../../src/constructs/identity/irsa-role";
import { CronJob } from "../../../src/constructs/kubernetes/cron-job";
import { Deployment } from "../../../src/constructs/kubernetes/deployment";
import { AlbIngress } from "../../../src/constructs/traffic/alb-ingress";
import { parseSettings } from "../../../src/settings/load";
import { ClusterStack } from "../../../src/stacks/cluster-stack";
import { literal } from "../../../src/stacks/in-cluster/literal";
import { InClusterStack } from "../../../src/stacks/in-cluster-stack";
import { withoutStackTraces } from "../../../src/stacks/stack-traces";
import { addresses, appInMemory, resource, warnings } from "../../support/stack";

const SETTINGS = `
name: platform
region: eu-west-1
network: { zones: [eu-west-1b, eu-west-1a] }
access:
  admins:
    principal: arn:aws:iam::111122223333:role/admin
    policies: [{ policy: AmazonEKSClusterAdminPolicy }]
fargate: { profiles: { default: { selectors: [{ namespace: kube-system }] } } }
inCluster:
  metricsServer: {}
  verticalPodAutoscaler: {}
  tenants:
    shop:
      quota: { cpu: "8", memory: 32Gi, pods: 20 }
      serviceAccounts: { api: { policyArns: { tables: arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess } } }
      access: { developers: { principal: arn:aws:iam::111122223333:role/shop, level: edit } }
  batchJobs:
    migrate:
      namespace: shop
      template:
        containers: [{ name: a, image: "a:1", command: [sh, -c, "echo \${HOME} %{x} $(Y)"], cpu: 250m, memory: 256Mi }]
  batchCronJobs:
    report:
      namespace: shop
      schedule: "@daily"
      template: { containers: [{ name: a, image: "a:1", cpu: 250m, memory: 256Mi }] }
  autoscaling:
    horizontal:
      web: { namespace: shop, target: { kind: Deployment, name: web }, maxReplicas: 3, cpuUtilization: 60 }
    vertical:
      db: { namespace: shop, target: { kind: StatefulSet, name: db }, updateMode: Initial }
`;

function synth(yaml = SETTINGS): string {
  return withoutStackTraces(() =>
    Testing.synth(new InClusterStack(appInMemory(), "platform-in-cluster", parseSettings(yaml, "test.yaml"))),
  );
}

const NAMESPACE = [
  "kubernetes_namespace_v1.tenant-shop_namespace",
  "kubernetes_resource_quota_v1.tenant-shop_quota",
  "kubernetes_limit_range_v1.tenant-shop_limit-range",
  "kubernetes_service_account_v1.tenant-shop_service-account-api",
];

describe("workloads of the settings", () => {
  const text = synth();

  test("have addresses by their names", () => {
    expect(addresses(text).filter((address) => /tenant|job|horizontal|vertical/.test(address))).toEqual([
      "aws_eks_access_entry.tenant-shop_access-developers_entry",
      "aws_eks_access_policy_association.tenant-shop_access-developers_AmazonEKSEditPolicy",
      "aws_eks_fargate_profile.tenant-shop_fargate_profile",
      "aws_iam_role.tenant-shop_fargate_pod-execution-role_role",
      "aws_iam_role.tenant-shop_irsa-api_role",
      "aws_iam_role_policy_attachment.tenant-shop_fargate_pod-execution-role_policy",
      "aws_iam_role_policy_attachment.tenant-shop_irsa-api_policy-tables",
      "helm_release.job-migrate_objects_release",
      "helm_release.vertical-db_objects_release",
      "kubernetes_cron_job_v1.cron-job-report_cron-job",
      "kubernetes_horizontal_pod_autoscaler_v2.horizontal-web_autoscaler",
      "kubernetes_limit_range_v1.tenant-shop_limit-range",
      "kubernetes_namespace_v1.tenant-shop_namespace",
      "kubernetes_resource_quota_v1.tenant-shop_quota",
      "kubernetes_service_account_v1.tenant-shop_service-account-api",
    ]);
  });

  test("wait for the tenant whose namespace they are in", () => {
    const profile = "aws_eks_fargate_profile.tenant-shop_fargate_profile";
    expect(resource(text, CronJob).depends_on).toEqual([profile, ...NAMESPACE]);
    expect(resource(text, Release, "job-migrate_objects_release").depends_on).toEqual([profile, ...NAMESPACE]);
  });

  test("wait for the programs that scale them", () => {
    expect(resource(text, HorizontalPodAutoscalerV2).depends_on).toEqual([
      "helm_release.metrics-server_chart_release",
      ...NAMESPACE,
    ]);
    expect(resource(text, Release, "vertical-db_objects_release").depends_on).toEqual([
      "helm_release.vpa_chart_release",
      ...NAMESPACE,
    ]);
  });

  test("let the downscaler wait for the tenants in whose namespaces its chart makes rights", () => {
    const downscaler = "kubeDownscaler: { namespaces: [shop, web] }";
    const more = synth(
      SETTINGS.replace(
        "{ namespace: kube-system }",
        "{ namespace: kube-system }, { namespace: py-kube-downscaler }",
      ).replace("metricsServer: {}", `metricsServer: {}\n  ${downscaler}`),
    );
    expect(resource(more, Release, "kube-downscaler_chart_release").depends_on).toEqual(NAMESPACE);
  });

  test("have texts in which Terraform finds no expressions", () => {
    const [values] = resource(text, Release, "job-migrate_objects_release").values as string[];
    expect(values).toContain("echo $${HOME} %%{x} $(Y)");
  });
});

test("pods that a program adds to the stack wait for the tenant, and Ingresses for the controller", () => {
  const synthesized = withoutStackTraces(() => {
    const settings = parseSettings(`${SETTINGS}  albController: {}\n`, "test.yaml");
    const stack = new InClusterStack(appInMemory(), "platform-in-cluster", settings);
    const { cluster, oidcProvider, albController: controller } = stack;
    expect(stack.readyIn("elsewhere")).toEqual([]);
    const container = { name: "web", image: "example.com/web:1.0.0", cpu: "250m", memory: "256Mi" };
    const template = { containers: [container] };
    new Deployment(stack, "web", {
      cluster,
      namespace: "shop",
      name: "web",
      template,
      dependsOn: stack.readyIn("shop"),
    });
    const hosts = { "*": { "/": { service: "web", port: 80 } } };
    new AlbIngress(stack, "ingress", { controller, namespace: "shop", name: "web", hosts });
    new IrsaRole(stack, "role", { oidcProvider, roleName: "web", namespace: "shop", serviceAccount: "web" });
    return Testing.synth(stack);
  });
  const profile = "aws_eks_fargate_profile.tenant-shop_fargate_profile";
  expect(resource(synthesized, Deployment).depends_on).toEqual([profile, ...NAMESPACE]);
  expect(resource(synthesized, IngressV1).depends_on).toEqual(["terraform_data.alb-controller_guard"]);
  expect(String(resource(synthesized, IamRole, "role").assume_role_policy)).toContain("outputs.oidc_provider_arn");
});

test("manifests find the tenants' profiles, although another stack makes them", () => {
  const settings = parseSettings(`${SETTINGS}workloads: [examples/shop/manifests/api.yaml]\n`, "test.yaml");
  const errors = (inCluster: object) => {
    const stack = new ClusterStack(appInMemory(), "platform-cluster", { ...settings, inCluster });
    return stack.node.findAll().flatMap(({ node }) => node.validate());
  };
  const quota = { cpu: "8", memory: "32Gi", pods: 20 };
  expect(errors({})).toEqual([expect.stringMatching(/namespace "web-shop"/)]);
  expect(errors({ tenants: { "web-shop": { quota } } })).toEqual([]);
});

test("a literal has its texts as they stand, wherever they are", () => {
  const value = { a: ["${x}", { b: "%{y} $z $(w)" }], c: 1, d: true, e: null };
  expect(literal(value)).toEqual({ a: ["$${x}", { b: "%%{y} $z $(w)" }], c: 1, d: true, e: null });
});

describe("a claim that a job mounts", () => {
  const withClaim = (claimName: string) =>
    `${SETTINGS.replace(
      'template: { containers: [{ name: a, image: "a:1", cpu: 250m, memory: 256Mi }] }',
      `template:
        containers: [{ name: a, image: "a:1", cpu: 250m, memory: 256Mi, mounts: { /data: { volume: data } } }]
        volumes: { data: { persistentVolumeClaim: { claimName: ${claimName} } } }`,
    )}  efs: { files: { accessPoints: { uploads: { namespaces: [shop] } } } }\n`;

  const warningsOf = (yaml: string) =>
    withoutStackTraces(() =>
      warnings(new InClusterStack(appInMemory(), "platform-in-cluster", parseSettings(yaml, "test.yaml"))),
    );

  test("is nothing to warn of when a file system of the settings has it", () => {
    expect(warningsOf(withClaim("uploads"))).toEqual([]);
  });

  test("is warned of when none has, as Fargate mounts volumes of EFS alone", () => {
    expect(warningsOf(withClaim("database"))).toEqual([
      `[platform-in-cluster/cron-job-report] claim "database" in namespace "shop" is not one of 'inCluster.efs'; Fargate mounts a claim that is bound to a static volume of EFS, and a pod with one of EBS never starts there`,
    ]);
  });
});
