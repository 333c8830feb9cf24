import { parseSettings } from "../../../src/settings/load";
import { MINIMAL, problems } from "../refusal";

const SELECTOR = "        - namespace: kube-system\n";
/** The minimal settings with a place for ingress-nginx, whose line 16 is `inCluster`. */
const BASE = MINIMAL.replace(SELECTOR, `${SELECTOR}        - namespace: ingress-nginx\n`);
const CERTIFICATE = "arn:aws:acm:eu-west-1:111122223333:certificate/0123-abcd";
const WEB_ACL = "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/0123-abcd";
const ROLE = "arn:aws:iam::111122223333:role/controller";

const settings = (inCluster: string, more = "") => `${BASE}inCluster:\n${inCluster}\n${more}`;
const accepted = (inCluster: string, more = "") => parseSettings(settings(inCluster, more), "team.yaml").inCluster;

const ALB = "  albController: {}\n";
const SHOP =
  "  ingresses:\n    shop:\n      namespace: shop\n      hosts: { shop.example.com: { /: { service: front, port: 80 } } }\n";
const MQTT =
  "  networkLoadBalancers:\n    mqtt:\n      namespace: iot\n      selector: { app: mqtt }\n      ports: { mqtt: { port: 1883 } }\n";

describe("the AWS Load Balancer Controller", () => {
  test("takes its defaults, and every option at once", () => {
    expect(accepted(ALB)).toEqual({ albController: {} });
    const all = `replicas: 3, ingressClass: { default: true, scheme: internal, group: shared }, waf: false, shield: true, guard: false, roleArn: "${ROLE}", serviceAccount: alb, chart: { version: 3.5.0 }, image: { tag: v3.5.0 }`;
    expect(accepted(`  albController: { ${all} }`)).toMatchObject({ albController: { replicas: 3, guard: false } });
  });

  test.each([
    ["replicas: 0", "inCluster.albController.replicas: 'replicas' must be"],
    ["roleArn: x", "inCluster.albController.roleArn: 'roleArn' must be the ARN of an IAM role"],
    [`roleArn: "${ROLE}", roleName: x`, `inCluster.albController.roleArn: 'roleArn' excludes "roleName"`],
    ["roleName: my role", "inCluster.albController.roleName: the name of an IAM role must be"],
    ["policyName: my policy", "inCluster.albController.policyName: the name of an IAM policy must be"],
    ["serviceAccount: ALB", "inCluster.albController.serviceAccount: 'serviceAccount' must be a Kubernetes name"],
    ["ingressClass: { group: A }", "inCluster.albController.ingressClass.group: 'group' must be"],
  ])("is refused with %s", (options, problem) => {
    expect(problems(settings(`  albController: { ${options} }`))).toEqual([
      expect.stringContaining(`line 17, ${problem}`),
    ]);
  });

  test("takes the role of the cluster's stack, and is refused with another beside it", () => {
    expect(accepted(ALB, "albController: { serviceAccount: alb }")).toEqual({ albController: {} });
    expect(problems(settings("  albController: { serviceAccount: alb }", "albController: {}"))).toEqual([
      "line 17, inCluster.albController.serviceAccount: 'serviceAccount' is that of the top-level 'albController' already, whose role the controller takes; set it there, or remove 'albController' there",
    ]);
    expect(problems(settings(ALB, "albController: { namespace: ingress }"))).toEqual([
      `line 17, inCluster.albController: the controller runs in namespace "kube-system", and the role of the top-level 'albController' is for "ingress"; remove 'namespace' there`,
    ]);
  });
});

describe("Ingresses", () => {
  test("take every option at once", () => {
    const more = `      scheme: internet-facing\n      certificateArns: ["${CERTIFICATE}"]\n      webAclArn: "${WEB_ACL}"\n      healthCheckPath: /health\n      group: shop\n      groupOrder: 1\n      inboundCidrs: [10.0.0.0/8]\n`;
    expect(accepted(`${ALB}${SHOP}${more}`)?.ingresses).toMatchObject({ shop: { group: "shop", groupOrder: 1 } });
  });

  test("are refused without a controller", () => {
    expect(problems(settings(SHOP))).toEqual([
      "line 19, inCluster.ingresses.shop: nobody would make the load balancer, as there is no 'albController' in 'inCluster'; add albController: {}",
    ]);
  });

  test.each([
    [
      "scheme: public",
      `inCluster.ingresses.shop.scheme: 'scheme' must be "internal" or "internet-facing", got "public"`,
    ],
    ["group: Shop", "inCluster.ingresses.shop.group: 'group' must be"],
    ["webAclArn: x", "inCluster.ingresses.shop.webAclArn: 'webAclArn' must be the ARN of a regional web ACL"],
    ["certificateArns: [x]", "inCluster.ingresses.shop.certificateArns.0: 'certificateArns' must hold ARNs"],
    [
      "webAcl: true",
      "inCluster.ingresses.shop.webAcl: 'webAcl' puts the web ACL of 'inCluster.webAcl' in front, and there is none; add it",
    ],
    [
      "certificates: [main]",
      `inCluster.ingresses.shop.certificates.0: 'certificates' must hold keys of 'inCluster.certificates' (there are none), got "main"`,
    ],
    [
      "annotations: { alb.ingress.kubernetes.io/target-type: instance }",
      `load balancers reach pods on Fargate by IP targets only`,
    ],
  ])("are refused with %s", (option, problem) => {
    expect(problems(settings(`${ALB}${SHOP}      ${option}\n`))).toEqual([expect.stringContaining(problem)]);
  });

  test("of the internet are refused in a VPC without public subnets", () => {
    const text = settings(`${ALB}${SHOP}      scheme: internet-facing\n`).replace(
      "  zones:",
      "  publicSubnets: false\n  interfaceEndpoints: true\n  zones:",
    );
    expect(problems(text)).toEqual([
      `line 24, inCluster.ingresses.shop.scheme: 'scheme' "internet-facing" needs public subnets, of which 'network.publicSubnets' false leaves none; use "internal", or have public subnets`,
    ]);
  });

  test("are refused when two have one name in one namespace", () => {
    const twin = SHOP.split("\n").slice(1).join("\n").replace("shop:", "twin:\n      name: shop");
    const [first = "", second = ""] = [`${SHOP}${twin}`, `${SHOP}${twin.replace("namespace: shop", "namespace: web")}`];
    expect(problems(settings(`${ALB}${first}`))).toEqual([
      `line 23, inCluster.ingresses.twin: Ingress "shop/shop" is that of "shop" already, and Kubernetes has one of a name in a namespace; set another 'name'`,
    ]);
    expect(() => accepted(`${ALB}${second}`)).not.toThrow();
  });

  test("are refused with a certificate and a web ACL of another Region", () => {
    const elsewhere = [CERTIFICATE, WEB_ACL].map((arn) => arn.replace("eu-west-1", "us-east-1"));
    const own = `      certificateArns: ["${elsewhere[0]}"]\n      webAclArn: ${elsewhere[1]}\n`;
    expect(problems(settings(`${ALB}${SHOP}${own}`))).toEqual([
      `line 22, inCluster.ingresses.shop.certificateArns.0: 'certificateArns' must be of the load balancer's Region, "eu-west-1", got "${elsewhere[0]}"; make one there`,
      `line 23, inCluster.ingresses.shop.webAclArn: 'webAclArn' must be of the load balancer's Region, "eu-west-1", got "${elsewhere[1]}"; make one there`,
    ]);
  });

  test("are refused with a web ACL that the controller cannot ask for", () => {
    const text = settings(`${ALB}${SHOP}      webAclArn: "${WEB_ACL}"\n`).replace(
      "  zones:",
      "  nat: none\n  interfaceEndpoints: true\n  zones:",
    );
    expect(problems(text)).toEqual([
      "line 24, inCluster.ingresses.shop.webAclArn: 'webAclArn' has no effect, because the controller has AWS WAF off, as without NAT it cannot ask it; set 'waf' of 'albController' to true where it can",
    ]);
    expect(() => parseSettings(text.replace("albController: {}", "albController: { waf: true }"), "a")).not.toThrow();
  });
});

describe("Network Load Balancers", () => {
  test("take TLS, UDP and ports by name", () => {
    const more = `      certificateArns: ["${CERTIFICATE}"]\n`;
    const ports = "ports: { a: { port: 443, tls: true, targetPort: http }, b: { port: 53, protocol: UDP } }";
    expect(accepted(`${ALB}${MQTT.replace("ports: { mqtt: { port: 1883 } }", ports)}${more}`)).toBeDefined();
  });

  test("are refused when two have one name in one namespace", () => {
    const twin = MQTT.split("\n").slice(1).join("\n").replace("mqtt:", "twin:\n      name: mqtt");
    expect(problems(settings(`${ALB}${MQTT}${twin}`))).toEqual([
      expect.stringContaining(`networkLoadBalancers.twin: Service "iot/mqtt" is that of "mqtt" already`),
    ]);
  });

  test("are refused without a controller, and with what it would not do", () => {
    expect(problems(settings(MQTT))).toEqual([
      expect.stringContaining("line 19, inCluster.networkLoadBalancers.mqtt: nobody would make the load balancer"),
    ]);
    expect(problems(settings(`${ALB}${MQTT}      sslPolicy: x\n`))).toEqual([
      "line 23, inCluster.networkLoadBalancers.mqtt.sslPolicy: 'sslPolicy' is for ports with 'tls', and there is none; remove it",
    ]);
  });
});

describe("ingress-nginx", () => {
  test("takes its defaults behind a controller of load balancers", () => {
    expect(accepted(`${ALB}  ingressNginx: {}`)).toEqual({ albController: {}, ingressNginx: {} });
  });

  test("is refused without a controller, and with what its load balancer would not do", () => {
    expect(problems(settings("  ingressNginx: {}"))).toEqual([
      "line 17, inCluster.ingressNginx: nobody would make the load balancer, as there is no 'albController' in 'inCluster'; add albController: {}",
    ]);
    expect(problems(settings(`${ALB}  ingressNginx: { inboundCidrs: [], sslPolicy: x }`))).toEqual([
      expect.stringContaining("line 18, inCluster.ingressNginx.sslPolicy: 'sslPolicy' is for ports with 'tls'"),
      expect.stringContaining("line 18, inCluster.ingressNginx.inboundCidrs: 'inboundCidrs' must hold"),
    ]);
  });
});

describe("ExternalDNS", () => {
  test("must be told what it does to records, and by which mark it knows its own", () => {
    expect(problems(settings("  externalDns: {}"))).toEqual([
      "line 17, inCluster.externalDns.policy: 'policy' is missing; add it",
      "line 17, inCluster.externalDns.ownerId: 'ownerId' is missing; add it",
    ]);
  });

  test("is refused without a zone, and with what it does not know", () => {
    expect(problems(settings('  externalDns: { policy: sync, ownerId: "a,b", intervalInSeconds: 1 }'))).toEqual([
      expect.stringContaining("inCluster.externalDns.ownerId: 'ownerId' must be 1 to 100 letters"),
      expect.stringContaining("inCluster.externalDns.intervalInSeconds: 'intervalInSeconds' must be"),
      "line 17, inCluster.externalDns: ExternalDNS needs a hosted zone to write into, and there is none; add one to 'inCluster.hostedZones'",
    ]);
  });
});

describe("the Cluster Autoscaler", () => {
  const NODES = "nodeGroups: { groups: { main: { instanceTypes: [m6i.large], minSize: 1, maxSize: 3 } } }\n";

  test("takes every option at once on a cluster with node groups", () => {
    const options = "expander: random, balanceSimilarNodeGroups: false, scaleDown: { unneededMinutes: 5 }";
    expect(accepted(`  clusterAutoscaler: { ${options} }`, NODES)).toMatchObject({
      clusterAutoscaler: { expander: "random" },
    });
  });

  test("is refused without node groups", () => {
    expect(problems(settings("  clusterAutoscaler: {}"))).toEqual([
      "line 17, inCluster.clusterAutoscaler: the Cluster Autoscaler has nothing to scale on a cluster without node groups, as Fargate gives each pod its own capacity; add a node group, or leave the autoscaler out",
    ]);
  });

  test("is refused with what it does not know", () => {
    const options = "scaleDown: { enabled: false, utilizationThreshold: 2 }, roleName: my role";
    expect(problems(settings(`  clusterAutoscaler: { ${options} }`, NODES))).toEqual([
      expect.stringContaining("inCluster.clusterAutoscaler.roleName: the name of an IAM role must be"),
      expect.stringContaining("scaleDown.utilizationThreshold: 'utilizationThreshold' must be a number"),
      expect.stringContaining("scaleDown.enabled: 'enabled' false leaves all nodes"),
    ]);
  });
});
