import { Release } from "@cdktf/provider-helm/lib/release";
import { AlbController } from "../../../src/constructs/addons/alb-controller";
import { IngressNginx, type IngressNginxProps } from "../../../src/constructs/addons/ingress-nginx";
import { Mirrors } from "../../../src/constructs/kubernetes/mirrors";
import { importedClusterIn } from "../../support/constructs";
import { ACCOUNT, addresses, refusal, resource, stackFor, synth, warnings } from "../../support/stack";

const CERTIFICATE = `arn:aws:acm:eu-west-1:${ACCOUNT}:certificate/0123-abcd`;

interface Values {
  readonly controller: Readonly<Record<string, unknown>> & { readonly image: Readonly<Record<string, unknown>> };
}

function build(
  options: Partial<IngressNginxProps> = {},
  attributes: Parameters<typeof importedClusterIn>[1] = {},
  mirror?: string,
) {
  const stack = stackFor();
  if (mirror !== undefined) {
    Mirrors.set(stack, { images: mirror });
  }
  new IngressNginx(stack, "nginx", {
    cluster: importedClusterIn(stack, attributes),
    controller: AlbController.fromAttributes(),
    retirementAccepted: true,
    ...options,
  });
  return { stack, text: synth(stack) };
}

function controller(options: Partial<IngressNginxProps> = {}, mirror?: string): Values["controller"] {
  const [text = ""] = resource(build(options, {}, mirror).text, Release).values as string[];
  return (JSON.parse(text) as Values).controller;
}

describe("IngressNginx", () => {
  test("is the last chart that there is, in a namespace of its own", () => {
    const { text } = build();
    expect(resource(text, Release)).toMatchObject({ chart: "ingress-nginx", version: "4.15.1", name: "ingress-nginx" });
    expect(addresses(text)).toEqual(["helm_release.nginx_chart_release", "kubernetes_namespace_v1.nginx_namespace"]);
  });

  test("listens on ports that need no privileges, of which there are none on Fargate", () => {
    expect(controller()).toMatchObject({
      containerPort: { http: 8080, https: 8444 },
      extraArgs: { "http-port": "8080", "https-port": "8444" },
      image: { allowPrivilegeEscalation: false, chroot: false },
      hostNetwork: false,
      hostPort: { enabled: false },
      kind: "Deployment",
    });
  });

  test("fills 0.25 vCPU and 1 GB with limits equal to requests, in two pods of which one stays", () => {
    const size = { cpu: "250m", memory: "768Mi" };
    expect(controller()).toMatchObject({
      replicaCount: 2,
      minAvailable: 1,
      resources: { requests: size, limits: size },
    });
  });

  test("stands behind an internal Network Load Balancer that sends to the addresses of its pods", () => {
    expect(controller().service).toEqual({
      type: "LoadBalancer",
      loadBalancerClass: "service.k8s.aws/nlb",
      allocateLoadBalancerNodePorts: false,
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip",
        "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
      },
      targetPorts: { http: "http", https: "https" },
    });
  });

  test("with a certificate redirects nobody to HTTPS, which would go on for ever, unless it is asked to", () => {
    expect(controller().config).toEqual({});
    expect(controller({ certificateArns: [CERTIFICATE] }).config).toEqual({ "ssl-redirect": "false" });
    expect(controller({ certificateArns: [CERTIFICATE], config: { "ssl-redirect": "true" } }).config).toEqual({
      "ssl-redirect": "true",
    });
  });

  test("with a certificate has TLS end at the load balancer", () => {
    const service = controller({
      certificateArns: [CERTIFICATE],
      scheme: "internet-facing",
      inboundCidrs: ["10.0.0.0/8"],
    });
    expect(service.service).toMatchObject({
      targetPorts: { http: "http", https: "http" },
      loadBalancerSourceRanges: ["10.0.0.0/8"],
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-cert": CERTIFICATE,
        "service.beta.kubernetes.io/aws-load-balancer-ssl-ports": "https",
      },
    });
  });

  test("lets no Ingress of the cluster wait for a webhook, and takes those of its class only", () => {
    expect(controller()).toMatchObject({
      admissionWebhooks: { enabled: false },
      ingressClassResource: { name: "nginx", enabled: true, default: false },
    });
  });

  test("hands settings of nginx on", () => {
    expect(controller({ config: { "proxy-body-size": "8m" } }).config).toEqual({ "proxy-body-size": "8m" });
  });

  test("keeps the digest of the published image, and leaves it out for a copy, which may have another", () => {
    expect(controller().image).toEqual({
      registry: "registry.k8s.io",
      image: "ingress-nginx/controller",
      tag: "v1.15.1",
      chroot: false,
      allowPrivilegeEscalation: false,
    });
    expect(controller({}, "mirror.example.com").image).toMatchObject({ registry: "mirror.example.com", digest: "" });
  });

  test("waits for the controller of load balancers, and is destroyed before it", () => {
    const stack = stackFor();
    const cluster = importedClusterIn(stack);
    const alb = new AlbController(stack, "alb", { cluster, roleArn: `arn:aws:iam::${ACCOUNT}:role/controller` });
    new IngressNginx(stack, "nginx", { cluster, controller: alb, retirementAccepted: true });
    expect(resource(synth(stack), Release, "nginx_chart_release").depends_on).toEqual([
      "terraform_data.alb_guard_guard",
    ]);
  });

  test("is warned of as what nobody maintains, unless that is known", () => {
    expect(warnings(build({ retirementAccepted: false }).stack)).toEqual([
      "[test/nginx] ingress-nginx has ended: nobody mends it since its last release of 2026-03-19, not even where it is not safe; use Ingresses of the AWS Load Balancer Controller, or say that you know with 'retirementAccepted'",
    ]);
    expect(warnings(build().stack)).toEqual([]);
  });

  test("is warned of on a Kubernetes version with which it was not tested", () => {
    expect(warnings(build({ kubernetesVersion: "1.36" }).stack)).toEqual([
      `[test/nginx] the last release of ingress-nginx was tested with Kubernetes "1.31", "1.32", "1.33", "1.34", "1.35" and not with "1.36"`,
    ]);
    expect(warnings(build({ kubernetesVersion: "1.35" }).stack)).toEqual([]);
  });

  test("is refused where no profile takes its pods", () => {
    expect(refusal(() => build({}, { fargateProfiles: [] }))).toContain(
      `[test/nginx] no Fargate profile takes the pods of ingress-nginx in namespace "ingress-nginx"`,
    );
  });

  test.each<[Partial<IngressNginxProps>, string]>([
    [{ replicas: 0 }, "'replicas' must be a whole number of at least 1, got 0"],
    [{ scheme: "public" as never }, "'scheme' must be one of"],
    [{ certificateArns: ["x"] }, "'certificateArns' must hold ARNs of certificates"],
    [{ sslPolicy: "x" }, "'sslPolicy' is for ports with 'tls', and there is none; remove it"],
  ])("is refused with %j", (options, message) => {
    expect(refusal(() => build(options))).toContain(`[test/nginx] ${message}`);
  });
});
