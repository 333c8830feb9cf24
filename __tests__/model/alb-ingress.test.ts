import fc from "fast-check";
import {
  type AlbIngressSpec,
  ANY_HOST,
  albIngressAnnotations,
  albIngressProblems,
  albIngressWarning,
  groupNameProblem,
  orderedHosts,
} from "../../src/model/alb-ingress";

const CERTIFICATE = "arn:aws:acm:eu-west-1:111122223333:certificate/0123-abcd";
const WEB_ACL = "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/0123-abcd";
const PREFIX = "alb.ingress.kubernetes.io";

function spec(options: Partial<AlbIngressSpec> = {}): AlbIngressSpec {
  return {
    namespace: "shop",
    name: "shop",
    hosts: { "shop.example.com": { "/": { service: "front", port: 80 } } },
    ...options,
  };
}

const problems = (options: Partial<AlbIngressSpec>) =>
  albIngressProblems(spec(options)).map(({ at, message }) => `${at.join(".")}: ${message}`);

describe("an Ingress", () => {
  test("is internal, over HTTP, to the addresses of pods, and drops headers that are none", () => {
    expect(albIngressAnnotations(spec())).toEqual({
      [`${PREFIX}/listen-ports`]: '[{"HTTP":80}]',
      [`${PREFIX}/load-balancer-attributes`]: "routing.http.drop_invalid_header_fields.enabled=true",
      [`${PREFIX}/scheme`]: "internal",
      [`${PREFIX}/target-type`]: "ip",
    });
  });

  test("with a certificate listens on both ports, sends HTTP to HTTPS, and takes no old TLS", () => {
    expect(albIngressAnnotations(spec({ certificateArns: [CERTIFICATE, `${CERTIFICATE}2`] }))).toMatchObject({
      [`${PREFIX}/certificate-arn`]: `${CERTIFICATE},${CERTIFICATE}2`,
      [`${PREFIX}/listen-ports`]: '[{"HTTP":80},{"HTTPS":443}]',
      [`${PREFIX}/ssl-redirect`]: "443",
      [`${PREFIX}/ssl-policy`]: "ELBSecurityPolicy-TLS13-1-2-2021-06",
    });
  });

  test("takes every option at once", () => {
    const all = spec({
      scheme: "internet-facing",
      certificateArns: [CERTIFICATE],
      sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06",
      webAclArn: WEB_ACL,
      healthCheckPath: "/health",
      inboundCidrs: ["192.0.2.0/24", "10.0.0.0/8"],
      group: "team.shop",
      groupOrder: -5,
      subnetIds: ["subnet-b", "subnet-a"],
      annotations: { "external-dns.alpha.kubernetes.io/ttl": "60" },
    });
    expect(albIngressProblems(all)).toEqual([]);
    expect(albIngressAnnotations(all)).toMatchObject({
      [`${PREFIX}/scheme`]: "internet-facing",
      [`${PREFIX}/ssl-policy`]: "ELBSecurityPolicy-TLS13-1-3-2021-06",
      [`${PREFIX}/wafv2-acl-arn`]: WEB_ACL,
      [`${PREFIX}/healthcheck-path`]: "/health",
      [`${PREFIX}/inbound-cidrs`]: "10.0.0.0/8,192.0.2.0/24",
      [`${PREFIX}/group.name`]: "team.shop",
      [`${PREFIX}/group.order`]: "-5",
      [`${PREFIX}/subnets`]: "subnet-a,subnet-b",
      "external-dns.alpha.kubernetes.io/ttl": "60",
    });
  });

  test("has its annotations in alphabetical order", () => {
    const keys = Object.keys(albIngressAnnotations(spec({ annotations: { "a/b": "1" }, group: "g" })));
    expect(keys).toEqual([...keys].sort());
  });

  test("of the internet without a certificate is warned of", () => {
    expect(albIngressWarning(spec({ scheme: "internet-facing" }))).toBe(
      `Ingress "shop" is reached from the internet over HTTP, which everybody on the way can read; give it 'certificateArns'`,
    );
    expect(albIngressWarning(spec({ scheme: "internet-facing", certificateArns: [CERTIFICATE] }))).toBeUndefined();
    expect(albIngressWarning(spec())).toBeUndefined();
  });

  test("asks hosts that mean fewer requests first, or they would never be asked", () => {
    const paths = { "/b": { service: "b", port: 1 }, "/a": { service: "a", port: 1 } };
    const hosts = { [ANY_HOST]: paths, "*.example.com": paths, "b.example.com": paths, "*.a.example.com": paths };
    expect(orderedHosts({ hosts }).map(([host]) => host)).toEqual([
      "b.example.com",
      "*.a.example.com",
      "*.example.com",
      ANY_HOST,
    ]);
    expect(orderedHosts({ hosts })[0]?.[1].map(([path]) => path)).toEqual(["/a", "/b"]);
  });

  test("gives each request to the host that names it most closely, in whatever order hosts are written", () => {
    const label = fc.constantFrom("a", "b", "c");
    const name = fc.tuple(label, label).map(([x, y]) => `${x}.${y}.com`);
    const host = fc.oneof(
      name,
      label.map((x) => `*.${x}.com`),
      fc.constant(ANY_HOST),
    );
    const takes = (pattern: string, request: string) =>
      pattern === ANY_HOST || pattern === request || (pattern.startsWith("*.") && request.endsWith(pattern.slice(1)));
    fc.assert(
      fc.property(fc.uniqueArray(host, { minLength: 1 }), name, (patterns, request) => {
        const hosts = Object.fromEntries(patterns.map((pattern) => [pattern, {}]));
        const order = orderedHosts({ hosts }).map(([pattern]) => pattern);
        const first = order.find((pattern) => takes(pattern, request));
        const wildcard = `*${request.slice(1)}`;
        const best = [request, wildcard, ANY_HOST].find((pattern) => patterns.includes(pattern));
        expect(first).toBe(best);
        expect(orderedHosts({ hosts: Object.fromEntries(Object.entries(hosts).reverse()) })).toEqual(
          orderedHosts({ hosts }),
        );
      }),
    );
  });
});

describe("an Ingress is refused", () => {
  test("without a host, and without a path", () => {
    expect(problems({ hosts: {} })).toEqual([
      `hosts: 'hosts' must hold at least one host, like "shop.example.com" or "*" for any, got none`,
    ]);
    expect(problems({ hosts: { "shop.example.com": {} } })).toEqual([
      `hosts.shop.example.com: host "shop.example.com" must have at least one path, like "/", got none`,
    ]);
  });

  test.each([
    ["Shop.example.com", "a domain name in lower case"],
    ["shop", "a domain name in lower case"],
    ["*.*.example.com", "a domain name in lower case"],
  ])("for host %s", (host, rule) => {
    expect(problems({ hosts: { [host]: { "/": { service: "a", port: 80 } } } })).toEqual([
      expect.stringContaining(`'hosts' must be ${rule}`),
    ]);
  });

  test.each([
    ["api", { service: "a", port: 80 }, `a path of an Ingress must begin with "/"`],
    ["/api/*", { service: "a", port: 80 }, `a path of an Ingress must begin with "/" and have no spaces and wildcards`],
    ["/", { service: "1a", port: 80 }, "'service' must be the name of a Service"],
    ["/", { service: "a", port: 0 }, "'port' must be a port from 1 to 65535, got 0"],
    ["/", { service: "a", port: 65_536 }, "'port' must be a port from 1 to 65535, got 65536"],
    ["/", { service: "a", port: "80" }, "'port' must be the name of a port"],
    [
      "/",
      { service: "a", port: 80, pathType: "Regex" as never },
      `'pathType' must be "Prefix" or "Exact", got "Regex"`,
    ],
  ])("with path %s to %j", (path, backend, rule) => {
    expect(problems({ hosts: { "*": { [path]: backend } } })).toEqual([expect.stringContaining(rule)]);
  });

  test.each<[Partial<AlbIngressSpec>, string]>([
    [{ namespace: "Shop" }, `namespace: 'namespace' must be a Kubernetes name`],
    [{ name: "Shop" }, `name: 'name' of an Ingress must be a Kubernetes name`],
    [{ scheme: "public" as never }, `scheme: 'scheme' must be one of "internal", "internet-facing", got "public"`],
    [{ certificateArns: ["cert"] }, `certificateArns.0: 'certificateArns' must hold ARNs of certificates`],
    [{ sslPolicy: "x" }, "sslPolicy: 'sslPolicy' is for HTTPS, which needs 'certificateArns'; add them, or remove it"],
    [
      { webAclArn: WEB_ACL.replace("regional", "global") },
      "webAclArn: 'webAclArn' must be the ARN of a regional web ACL",
    ],
    [{ healthCheckPath: "health" }, `healthCheckPath: 'healthCheckPath' must begin with "/"`],
    [
      { inboundCidrs: [] },
      "inboundCidrs: 'inboundCidrs' must hold at least one network, got none; leave it out for all",
    ],
    [{ inboundCidrs: ["10.0.0.1"] }, "inboundCidrs.0: 'inboundCidrs': "],
    [{ group: "Team" }, `group: 'group' must be 1 to 63 lower-case letters, digits, "-" and "."`],
    [{ groupOrder: 1 }, "groupOrder: 'groupOrder' is for Ingresses of a 'group'; add it, or remove this"],
    [{ group: "g", groupOrder: 1001 }, "groupOrder: 'groupOrder' must be a whole number from -1000 to 1000, got 1001"],
    [{ subnetIds: ["subnet-a"] }, "subnetIds: 'subnetIds' must hold subnets in at least two zones"],
    [
      { annotations: { [`${PREFIX}/target-type`]: "instance" } },
      `annotations.${PREFIX}/target-type: annotation "${PREFIX}/target-type" must not be given, got "instance": load balancers reach pods on Fargate by IP targets only, which are set already; leave it out`,
    ],
    [
      { annotations: { [`${PREFIX}/scheme`]: "internal" } },
      `annotations.${PREFIX}/scheme: annotation "${PREFIX}/scheme" is set already; set 'scheme' instead`,
    ],
  ])("with %j", (options, rule) => {
    expect(problems(options)).toEqual([expect.stringContaining(rule)]);
  });

  test("in a group whose name is too long", () => {
    expect(groupNameProblem("g".repeat(63))).toBeUndefined();
    expect(groupNameProblem("g".repeat(64))).toContain("'group' must be 1 to 63");
  });

  test("by values that are known only, as tokens are Terraform's", () => {
    const unknown = "${token}";
    const later = spec({ namespace: unknown, certificateArns: [unknown], webAclArn: unknown });
    expect(albIngressProblems(later, (value) => value !== unknown)).toEqual([]);
  });
});
