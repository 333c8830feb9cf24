import { parseEcsSettings } from "../../../src/settings/load";
import { problemsOf } from "../refusal";

const TASKS = `  taskDefinitions:
    web:
      containers:
        - name: web
          image: registry.example.com/web:1
          cpu: 250m
          memory: 512Mi
          ports: { http: 8080, admin: 9090 }
`;
const EDGE = `  hostedZones:
    main: { zoneName: example.com }
  certificates:
    main: { zone: main, domainName: "*.example.com" }
`;
const ARN = "arn:aws:acm:eu-west-1:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef";

const NETWORK = "{ zones: [eu-west-1a, eu-west-1b] }";

const settings = (ecs: string, network = NETWORK) =>
  parseEcsSettings(`name: shop\nregion: eu-west-1\nnetwork: ${network}\necs:\n${ecs}${TASKS}`, "ecs.yaml");

const refused = (ecs: string, network?: string) =>
  problemsOf(() => settings(ecs, network)).map((line) => line.replace(/^line \d+, ecs\./, ""));

/** A service with a load balancer, which is all that the test is about. */
const service = (loadBalancer: string, more = "") =>
  `${EDGE}  services: { web: { ${more}loadBalancer: ${loadBalancer} } }\n`;
const AT = "services.web.loadBalancer";

describe("names, certificates and the web ACL of ECS", () => {
  test("are those of clusters, with the same rules", () => {
    expect(settings(`${EDGE}  webAcl: {}\n  services: { web: {} }\n`).ecs.webAcl).toEqual({});
    expect(
      refused(`  hostedZones: { main: { zoneName: Example.com } }
  certificates: { shop: { zone: other, domainName: shop.example.com } }
  webAcl: { name: "a b" }
  services: { web: {} }
`),
    ).toEqual([
      `hostedZones.main.zoneName: 'zoneName' must be a domain name in lower case without a dot at its end, like "example.com", got "Example.com"`,
      `certificates.shop.zone: 'zone' must be a key of 'ecs.hostedZones' ("main"), got "other"`,
      `webAcl.name: the name of an AWS WAF web ACL must be 1 to 128 characters (letters, digits, "-" and "_"), got "a b" (3); choose another 'name'`,
    ]);
  });
});

describe("the load balancer of a service", () => {
  test("needs a certificate and a target", () => {
    expect(settings(service("{ certificate: main, targets: { web: { port: http } } }"))).toBeDefined();
    expect(settings(service("{ plainHttp: true, targets: { web: { port: http } } }"))).toBeDefined();
  });

  test("is accepted with keys of the settings", () => {
    expect(
      settings(`${EDGE}  webAcl: {}
  services:
    web:
      loadBalancer:
        scheme: internet-facing
        certificate: main
        furtherCertificateArns: { partner: "${ARN}" }
        domainNames: { shop.example.com: main }
        webAcl: true
        targets: { admin: { port: admin, conditions: { paths: [/admin/*] } }, web: { port: http } }
`),
    ).toBeDefined();
  });

  test.each<[string, string, string[]]>([
    [
      "without a certificate",
      "{ targets: { web: { port: http } } }",
      [
        "certificateArn: HTTPS needs a certificate, and 'certificateArn' is not given; add it, or say 'plainHttp' true where everybody on the way may read the requests",
      ],
    ],
    [
      "with keys that are not there",
      "{ certificate: other, furtherCertificates: [more, main, main], domainNames: { shop.example.com: zone }, webAcl: true, targets: { web: { port: http } } }",
      [
        `certificate: 'certificate' must name one of 'ecs.certificates' ("main"), got "other"`,
        `furtherCertificates.0: 'furtherCertificates' must name one of 'ecs.certificates' ("main"), got "more"`,
        `furtherCertificates.2: 'furtherCertificates' must hold "main" once, and it is there already; remove one`,
        `domainNames.shop.example.com: 'domainNames' must name one of 'ecs.hostedZones' ("main"), got "zone"`,
        "webAcl: 'webAcl' puts the web ACL of 'ecs.webAcl' in front, and there is none; add it",
      ],
    ],
    [
      "with a certificate twice",
      `{ certificate: main, certificateArn: "${ARN}", targets: { web: { port: http } } }`,
      ["certificateArn: 'certificateArn' stands in place of 'certificate'; keep one of the two"],
    ],
    [
      "with a record outside its zone",
      "{ certificate: main, domainNames: { shop.example.org: main }, targets: { web: { port: http } } }",
      [
        `domainNames.shop.example.org: 'domainNames' must lie in their hosted zones, and "shop.example.org" does not lie in "example.com"; give it the zone above it`,
      ],
    ],
    [
      "with a certificate of another Region",
      `{ certificateArn: "${ARN.replace("eu-west-1", "us-east-1")}", targets: { web: { port: http } } }`,
      [
        `certificateArn: 'certificateArn' must be of the load balancer's Region, "eu-west-1", got "${ARN.replace("eu-west-1", "us-east-1")}"; make one there`,
      ],
    ],
    [
      "with a port that is not there",
      "{ certificate: main, targets: { web: { port: 80 } } }",
      [`targets.web.port: 'port' must be a port of container "web", got 80; it has "admin" (9090), "http" (8080)`],
    ],
    [
      "with two targets for the same requests",
      "{ certificate: main, targets: { a: { port: http, priority: 1 }, b: { port: admin, priority: 2 } } }",
      [
        `targets.b: rules "shop-web/a" and "shop-web/b" have the same conditions, so that "shop-web/b" would get no request; change the 'conditions' of one`,
      ],
    ],
    [
      "with a web ACL on a network load balancer",
      "{ type: network, webAcl: true, targets: { web: { port: http } } }",
      [
        "webAclArn: 'webAclArn' is for an Application Load Balancer: AWS WAF looks at requests of HTTP, and a Network Load Balancer passes connections on; leave it out, or choose the other 'type'",
        "webAcl: 'webAcl' puts the web ACL of 'ecs.webAcl' in front, and there is none; add it",
      ],
    ],
    [
      "with a name that is too long",
      "{ plainHttp: true, name: internal-shop, targets: { web: { port: http } } }",
      [
        `name: the name of an Elastic Load Balancing load balancer must be 1 to 32 characters (letters, digits and "-" between them, not beginning with "internal-"), got "internal-shop" (13); give the load balancer another 'name'`,
      ],
    ],
  ])("is refused %s", (_, loadBalancer, problems) => {
    expect(refused(service(loadBalancer))).toEqual(problems.map((problem) => `${AT}.${problem}`));
  });

  test("is refused without the subnets that it needs", () => {
    const open = service("{ scheme: internet-facing, certificate: main, targets: { web: { port: http } } }");
    expect(
      refused(open, "{ zones: [eu-west-1a, eu-west-1b], publicSubnets: false, nat: none }").filter((line) =>
        line.startsWith(AT),
      ),
    ).toEqual([
      `${AT}.scheme: 'scheme' "internet-facing" needs public subnets, of which the VPC has none; use "internal", or have public subnets`,
    ]);
  });
});

test("UDP is refused behind one with IPv6 addresses, shared or not", () => {
  const network = `{ existing: { vpcId: vpc-0123456789abcdef0, privateSubnetIds: { eu-west-1a: subnet-0123456789abcdef0, eu-west-1b: subnet-0123456789abcdef1 } } }`;
  const targets = "targets: { web: { port: http, protocol: TCP_UDP } }";
  const message = `${AT}.targets.web.protocol: 'protocol' "TCP_UDP" behind a load balancer with 'dualStack' needs`;
  expect(refused(service(`{ type: network, dualStack: true, ${targets} }`), network)).toEqual([
    expect.stringContaining(message),
  ]);
  expect(
    refused(
      `  loadBalancers: { edge: { type: network, dualStack: true } }
  services: { web: { loadBalancer: { shared: edge, ${targets} } } }
`,
      network,
    ),
  ).toEqual([expect.stringContaining(message)]);
  expect(settings(service(`{ type: network, ${targets} }`), network)).toBeDefined();
});

describe("a domain name that leads to two places is refused", () => {
  const both = (zones: string, one: string, other: string) => `  hostedZones: ${zones}
  certificates: { main: { zone: main, domainName: "*.example.com" } }
  loadBalancers: { edge: { certificate: main, domainNames: ${one} } }
  services:
    web: { loadBalancer: { certificate: main, domainNames: ${other}, targets: { web: { port: http } } } }
`;
  const ZONE = "{ main: { zoneName: example.com }, inside: { zoneName: example.com, private: true } }";

  test("in one zone, by whatever key", () => {
    const message = `${AT}.domainNames.a.example.com: "a.example.com" would lead to 'loadBalancers.edge' and to 'services.web', and a zone has its records once; leave it out of one of the two, or let services share one of 'loadBalancers'`;
    expect(refused(both(ZONE, "{ a.example.com: main }", "{ a.example.com: main }"))).toEqual([message]);
    const id = "zoneId: Z0123456789ABCDEFGHIJ";
    const twice = `{ main: { zoneName: example.com, ${id} }, again: { zoneName: example.com, ${id} } }`;
    expect(refused(both(twice, "{ a.example.com: main }", "{ a.example.com: again }"))).toEqual([message]);
  });

  test("but not in two zones, nor under two names", () => {
    expect(settings(both(ZONE, "{ a.example.com: main }", "{ a.example.com: inside }"))).toBeDefined();
    expect(settings(both(ZONE, "{ a.example.com: main }", "{ b.example.com: main }"))).toBeDefined();
  });

  test("also of a service on App Runner, with its www", () => {
    const container = `{ name: front, image: "public.ecr.aws/nginx/nginx:1.29", cpu: "1", memory: 2Gi, ports: { http: 8080 } }`;
    expect(
      refused(`${both(ZONE, "{ a.example.com: main }", "{ www.b.example.com: main }")}  appRunner:
    front: { container: ${container}, domains: { b.example.com: { enableWwwSubdomain: true, zone: main } } }
`),
    ).toEqual([
      `appRunner.front.domains.b.example.com: "www.b.example.com" would lead to 'services.web' and to 'appRunner.front', and a zone has its records once; leave it out of one of the two, or let services share one of 'loadBalancers'`,
    ]);
  });
});

describe("load balancers that services share", () => {
  const shared = (services: string, balancer = "{ certificate: main }") =>
    `${EDGE}  loadBalancers: { edge: ${balancer} }\n  services:\n${services}`;

  test("take rules of several services", () => {
    expect(
      settings(
        shared(`    web: { loadBalancer: { shared: edge, targets: { web: { port: http } } } }
    admin: { taskDefinition: web, loadBalancer: { shared: edge, targets: { admin: { port: admin, conditions: { paths: [/admin/*] } } } } }
`),
      ),
    ).toBeDefined();
  });

  test("are refused when two services want the same requests, at the later of them", () => {
    expect(
      refused(
        shared(`    web: { loadBalancer: { shared: edge, targets: { web: { port: http, priority: 1 } } } }
    admin: { taskDefinition: web, loadBalancer: { shared: edge, targets: { admin: { port: admin, priority: 2 } } } }
`),
      ),
    ).toEqual([
      `services.admin.loadBalancer.targets.admin: rules "shop-web/web" and "shop-admin/admin" have the same conditions, so that "shop-admin/admin" would get no request; change the 'conditions' of one`,
    ]);
  });

  test("are refused when they are not there, or when a service says of them what all would have", () => {
    expect(
      refused(
        shared("    web: { loadBalancer: { shared: other, scheme: internal, targets: { web: { port: http } } } }\n"),
      ),
    ).toEqual([
      `${AT}.shared: 'shared' must name one of 'ecs.loadBalancers' ("edge"), got "other"`,
      `${AT}.scheme: 'scheme' is said of 'loadBalancers.other', which the service shares with others; say it there, or leave 'shared' out`,
    ]);
  });

  test("have the rules of every load balancer", () => {
    expect(refused(shared("    web: {}\n", "{ plainHttp: true, idleTimeoutInSeconds: 0 }"))).toEqual([
      "loadBalancers.edge.idleTimeoutInSeconds: 'idleTimeoutInSeconds' must be a whole number from 1 to 4000, got 0",
    ]);
  });
});
