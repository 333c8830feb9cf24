import type { Container } from "../../../src/model/pod";
import { findingsOf, foundBy } from "../../support/rules";
import { container, object, service, source, workload, workloadWith } from "../../support/workloads";

describe("instance-target-load-balancer", () => {
  const NLB_TARGET_TYPE = "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type";
  const NLB_TYPE = "service.beta.kubernetes.io/aws-load-balancer-type";
  const ALB_TARGET_TYPE = "alb.ingress.kubernetes.io/target-type";
  const found = (...services: Parameters<typeof service>[0][]) =>
    foundBy("instance-target-load-balancer", workload(), { services: services.map((each) => service(each)) });
  const ingress = (annotations: Record<string, string>, ingressClassName?: string) => ({
    ...object("shop"),
    annotations,
    services: ["api"],
    ...(ingressClassName === undefined ? {} : { ingressClassName }),
  });
  const foundBehind = (behind: ReturnType<typeof ingress>, overrides: Parameters<typeof service>[0] = {}) =>
    foundBy("instance-target-load-balancer", workload(), { services: [service(overrides)], ingresses: [behind] });

  test("a Service inside the cluster is fine", () => {
    expect(found({ type: "ClusterIP" })).toEqual([]);
  });

  test("a LoadBalancer without annotations is refused, with the place of the Service", () => {
    expect(found({ type: "LoadBalancer", source: source({ file: "svc.yaml", line: 12 }) })).toEqual([
      'error: Service "api" (svc.yaml, line 12) is of type LoadBalancer and has no IP targets',
    ]);
  });

  test.each<[string, Parameters<typeof service>[0], number]>([
    ["with IP targets is fine", { annotations: { [NLB_TARGET_TYPE]: "ip", [NLB_TYPE]: "external" } }, 0],
    ["of the old type nlb-ip is fine", { annotations: { [NLB_TYPE]: "nlb-ip" } }, 0],
    ["with instance targets is refused", { annotations: { [NLB_TARGET_TYPE]: "instance" } }, 1],
    ["of the type nlb alone is refused", { annotations: { [NLB_TYPE]: "nlb" } }, 1],
    ["of AWS's class is refused, as its default is instances", { loadBalancerClass: "service.k8s.aws/nlb" }, 1],
    ["of another controller's class is fine", { loadBalancerClass: "tailscale" }, 0],
  ])("a LoadBalancer %s", (_, overrides, count) => {
    expect(found({ type: "LoadBalancer", ...overrides })).toHaveLength(count);
  });

  test("a NodePort with nothing in front is refused", () => {
    expect(found({ type: "NodePort" })).toEqual(['error: Service "api" (manifests.yaml, line 1) is of type NodePort']);
  });

  test("a NodePort behind an Ingress that sends to the pods is fine", () => {
    expect(foundBehind(ingress({ [ALB_TARGET_TYPE]: "ip" }, "alb"), { type: "NodePort" })).toEqual([]);
  });

  test("an ALB without target type is refused, as its default is instances", () => {
    expect(foundBehind(ingress({}, "alb"))).toEqual([
      'error: Ingress "shop" (manifests.yaml, line 1) sends to Service "api" (manifests.yaml, line 1) by instance targets, the default',
    ]);
  });

  test.each<[string, ReturnType<typeof ingress>, number]>([
    ["with IP targets is fine", ingress({ [ALB_TARGET_TYPE]: "ip" }, "alb"), 0],
    ["with instance targets is refused", ingress({ [ALB_TARGET_TYPE]: "instance" }, "alb"), 1],
    ["by the old annotation is refused", ingress({ "kubernetes.io/ingress.class": "alb" }), 1],
    ["by its annotations alone is refused", ingress({ "alb.ingress.kubernetes.io/scheme": "internal" }), 1],
    [
      "by a class of one's own is refused",
      ingress({ "alb.ingress.kubernetes.io/scheme": "internal" }, "alb-public"),
      1,
    ],
  ])("an ALB %s", (_, behind, count) => {
    expect(foundBehind(behind)).toHaveLength(count);
  });

  test("the Service's own annotation wins over that of the Ingress", () => {
    const instance = ingress({ [ALB_TARGET_TYPE]: "instance" }, "alb");
    expect(foundBehind(instance, { annotations: { [ALB_TARGET_TYPE]: "ip" } })).toEqual([]);
  });

  test("an Ingress of another controller is fine, and its leftover annotations too", () => {
    expect(foundBehind(ingress({ "alb.ingress.kubernetes.io/scheme": "internal" }, "nginx"))).toEqual([]);
    expect(foundBehind(ingress({}))).toEqual([]);
  });

  test("Services of other pods do not matter", () => {
    expect(found({ type: "LoadBalancer", selector: { app: "web" } })).toEqual([]);
  });
});

describe("pod-identity", () => {
  const podIdentities = [{ ...object("role"), serviceAccount: "api" }];
  const account = (annotations: Record<string, string>) => ({ ...object("api"), annotations });
  const pods = workload({ pod: { serviceAccountName: "api" } });

  test("an association of the pods' service account is refused", () => {
    expect(foundBy("pod-identity", pods, { podIdentities, serviceAccounts: [account({})] })).toEqual([
      'error: the service account "api" gets its role by PodIdentityAssociation "role" (manifests.yaml, line 1)',
    ]);
  });

  test("with a role by annotation as well it is a warning", () => {
    const serviceAccounts = [account({ "eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/api" })];
    expect(
      findingsOf("pod-identity", pods, { podIdentities, serviceAccounts }).map(({ severity }) => severity),
    ).toEqual(["warning"]);
  });

  test("that of another service account is fine", () => {
    expect(foundBy("pod-identity", workload(), { podIdentities })).toEqual([]);
  });
});

describe("instance-metadata", () => {
  test.each<[string, Partial<Container>]>([
    ["in an argument", { args: ["--url=http://169.254.169.254/latest/meta-data/"] }],
    ["in a script", { command: ["sh", "-c", "curl -s http://169.254.169.254/latest/api/token"] }],
    ["by its IPv6 address", { args: ["http://[fd00:ec2::254]/latest"] }],
    ["in a variable", { env: [{ name: "IMDS", value: "http://169.254.169.254" }] }],
    ["by a variable of AWS's SDKs", { env: [{ name: "AWS_EC2_METADATA_SERVICE_ENDPOINT", value: "http://imds" }] }],
  ])("its address %s is a warning", (_, overrides) => {
    expect(findingsOf("instance-metadata", workloadWith(overrides)).map(({ severity }) => severity)).toEqual([
      "warning",
    ]);
  });

  test.each<[string, Partial<Container>]>([
    ["the variable that turns it off", { env: [{ name: "AWS_EC2_METADATA_DISABLED", value: "true" }] }],
    ["the address of the credentials endpoint", { args: ["http://169.254.170.2/v2/credentials"] }],
    ["a variable without a value", { env: [{ name: "IMDS" }] }],
  ])("%s is fine", (_, overrides) => {
    expect(foundBy("instance-metadata", workloadWith(overrides))).toEqual([]);
  });

  test("it is told where it stands", () => {
    const [finding] = findingsOf(
      "instance-metadata",
      workloadWith({ command: ["sh"], args: ["-v", "169.254.169.254"] }),
    );
    expect(finding?.at.slice(-4)).toEqual(["containers", 0, "args", 1]);
    expect(finding?.message).toContain('container "app" names 169.254.169.254 in its command; ');
  });

  describe("of the AWS Load Balancer Controller", () => {
    const image = "public.ecr.aws/eks/aws-load-balancer-controller:v3.5.0";

    test("it is a warning when it is not told region and VPC", () => {
      expect(
        foundBy("instance-metadata", workloadWith({ image, args: ["--cluster-name=shop", "--aws-region=eu-west-1"] })),
      ).toEqual([
        'warning: container "app" is the AWS Load Balancer Controller without --aws-vpc-id, which it then asks the service for',
      ]);
    });

    test("it is fine when it is", () => {
      const args = ["--aws-region=eu-west-1", "--aws-vpc-id=vpc-0123456789abcdef0"];
      expect(foundBy("instance-metadata", workloadWith({ image, args }))).toEqual([]);
    });
  });
});

describe("port-10250", () => {
  test("a container's port is a warning", () => {
    expect(foundBy("port-10250", workloadWith({ ports: [{ containerPort: 443 }, { containerPort: 10250 }] }))).toEqual([
      `warning: container "app" listens on port 10250 ('containerPort')`,
    ]);
  });

  test.each([[["--secure-port=10250"]], [["--secure-port", "10250"]], [["--bind-address=0.0.0.0:10250"]]])(
    "the arguments %j are a warning",
    (args) => {
      expect(findingsOf("port-10250", workloadWith({ args })).map(({ severity }) => severity)).toEqual(["warning"]);
    },
  );

  test.each([
    [["--secure-port=10251"]],
    [["--secure-port", "443"]],
    [["--kubelet-port=10250"]],
    [["--kubelet-use-node-status-port"]],
    [["--retries=10250"]],
    [["--secure-port=110250"]],
  ])("the arguments %j are fine", (args) => {
    expect(foundBy("port-10250", workloadWith({ args }))).toEqual([]);
  });

  test("an init container is fine, as nothing reaches it", () => {
    const init = container({ ports: [{ containerPort: 10250 }] });
    expect(foundBy("port-10250", workload({ pod: { initContainers: [init] } }))).toEqual([]);
    expect(foundBy("port-10250", workload({ pod: { initContainers: [{ ...init, restartable: true }] } }))).toHaveLength(
      1,
    );
  });
});
