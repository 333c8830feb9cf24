import { accessLogsProblems, logDeliveryAccount } from "../../src/model/access-logs";
import {
  type ApplicationLoadBalancerSpec,
  applicationLoadBalancerProblems,
  type NetworkLoadBalancerSpec,
  networkLoadBalancerProblems,
  otherKindProblems,
} from "../../src/model/load-balancer";
import { placeProblems } from "../../src/model/load-balancer-place";
import { nameProblem } from "../../src/model/names";
import { DEFAULT_TLS_POLICY, tlsPolicyProblem, tlsPolicyWarning } from "../../src/model/tls-policies";

const CERTIFICATE = "arn:aws:acm:eu-west-1:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef";

const application = (spec: ApplicationLoadBalancerSpec) =>
  applicationLoadBalancerProblems({ certificateArn: CERTIFICATE, ...spec }).map(({ message }) => message);
const network = (spec: NetworkLoadBalancerSpec) => networkLoadBalancerProblems(spec).map(({ message }) => message);

describe("an Application Load Balancer", () => {
  test("needs a certificate and no more", () => {
    expect(application({})).toEqual([]);
  });

  test("is accepted with everything", () => {
    expect(
      application({
        name: "shop",
        scheme: "internet-facing",
        dualStack: true,
        furtherCertificateArns: { api: CERTIFICATE },
        sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06",
        redirectHttp: false,
        testPort: 8443,
        inboundCidrs: ["10.0.0.0/8", "2001:db8::/32"],
        domainNames: { "shop.example.com": { zoneName: "example.com" } },
        webAclArn: "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/0123-abcd",
        accessLogs: { prefix: "shop/web", expireAfterDays: 30, forceDestroy: true },
        deletionProtection: false,
        dropInvalidHeaders: false,
        desyncMode: "strictest",
        idleTimeoutInSeconds: 4000,
        clientKeepAliveInSeconds: 60,
        preserveHostHeader: true,
      }),
    ).toEqual([]);
    expect(applicationLoadBalancerProblems({ plainHttp: true })).toEqual([]);
  });

  test("is refused without a certificate, unless plain HTTP is asked for", () => {
    expect(applicationLoadBalancerProblems({})).toEqual([
      {
        at: ["certificateArn"],
        message:
          "HTTPS needs a certificate, and 'certificateArn' is not given; add it, or say 'plainHttp' true where everybody on the way may read the requests",
      },
    ]);
  });

  test("is refused with plain HTTP and what is for HTTPS", () => {
    expect(
      application({
        plainHttp: true,
        sslPolicy: DEFAULT_TLS_POLICY,
        redirectHttp: true,
        furtherCertificateArns: { a: CERTIFICATE },
      }),
    ).toEqual([
      "'certificateArn' is for HTTPS, which 'plainHttp' true leaves out; remove one of the two",
      "'sslPolicy' is for HTTPS, which 'plainHttp' true leaves out; remove one of the two",
      "'furtherCertificateArns' is for HTTPS, which 'plainHttp' true leaves out; remove one of the two",
      "'redirectHttp' leads to HTTPS, which 'plainHttp' true leaves out; remove one of the two",
    ]);
  });

  test("is refused with more than 25 further certificates, unless the quota was raised", () => {
    const furtherCertificateArns = Object.fromEntries(
      Array.from({ length: 26 }, (_, index) => [`c${index}`, CERTIFICATE]),
    );
    expect(application({ furtherCertificateArns })).toEqual([
      "'furtherCertificateArns' must hold at most 25 certificates, got 26; put several names into one certificate, or have the quota raised and say so in 'limits.certificates'",
    ]);
    expect(application({ furtherCertificateArns, limits: { certificates: 100 } })).toEqual([]);
  });

  test.each<[ApplicationLoadBalancerSpec, string]>([
    [{ idleTimeoutInSeconds: 0 }, "'idleTimeoutInSeconds' must be a whole number from 1 to 4000, got 0"],
    [{ clientKeepAliveInSeconds: 59 }, "'clientKeepAliveInSeconds' must be a whole number from 60 to 604800, got 59"],
    [
      { testPort: 443 },
      "'testPort' must not be 443, on which the load balancer takes requests; use another, such as 8443",
    ],
    [{ testPort: 70_000 }, "'testPort' must be a port from 1 to 65535, got 70000"],
    [{ inboundCidrs: [] }, "'inboundCidrs' must hold at least one network, got none; leave it out for all"],
    [
      { inboundCidrs: ["192.0.2.0/24", "192.0.2.0/24"] },
      `'inboundCidrs' must hold "192.0.2.0/24" once, got it twice; remove one`,
    ],
    [
      { inboundCidrs: ["::/0"] },
      `'inboundCidrs' holds the IPv6 network "::/0", and the load balancer has IPv4 addresses only; set 'dualStack' to true, or remove it`,
    ],
    [
      { domainNames: { "shop.example.org": { zoneName: "example.com" } } },
      `'domainNames' must lie in their hosted zones, and "shop.example.org" does not lie in "example.com"; give it the zone above it`,
    ],
    [
      { certificateArn: "shop" },
      `'certificateArn' must hold ARNs of certificates, like "arn:aws:acm:eu-west-1:111122223333:certificate/0123-abcd", got "shop"`,
    ],
    [
      { sslPolicy: "modern" },
      `'sslPolicy' must be the name of a security policy of Elastic Load Balancing, like "${DEFAULT_TLS_POLICY}", got "modern"`,
    ],
    [
      { furtherCertificateArns: { "a b": CERTIFICATE } },
      `'furtherCertificateArns' must have names of 1 to 40 letters, digits, "-" and "_", got "a b"`,
    ],
    [{ desyncMode: "off" as "monitor" }, `'desyncMode' must be one of "defensive", "monitor", "strictest", got "off"`],
  ])("is refused: %j", (spec, message) => {
    expect(application(spec)).toEqual([message]);
  });

  test("has no name that AWS keeps for itself", () => {
    expect(nameProblem("loadBalancer", "internal-shop", "x")).toContain('not beginning with "internal-"');
    expect(nameProblem("loadBalancer", "a".repeat(33), "x")).toContain("1 to 32 characters");
    expect(nameProblem("loadBalancer", "shop-", "x")).toBeDefined();
    expect(nameProblem("loadBalancer", "shop", "x")).toBeUndefined();
  });
});

describe("a Network Load Balancer", () => {
  test("needs nothing, and is accepted with everything", () => {
    expect(network({})).toEqual([]);
    expect(
      network({
        scheme: "internet-facing",
        certificateArn: CERTIFICATE,
        elasticIps: { "eu-west-1a": "eipalloc-0123456789abcdef0" },
        crossZone: false,
        accessLogs: {},
      }),
    ).toEqual([]);
  });

  test.each<[NetworkLoadBalancerSpec, string]>([
    [
      { accessLogs: {} },
      "'accessLogs' of a Network Load Balancer record TLS connections alone, which need 'certificateArn'; leave them out, or look at the VPC's flow logs",
    ],
    [
      { elasticIps: { "eu-west-1a": "eipalloc-1" } },
      `'elasticIps' are addresses of the internet, and 'scheme' is "internal"; make it "internet-facing", or remove them`,
    ],
    [
      { scheme: "internet-facing", elasticIps: { "eu-west-1a": "192.0.2.1" } },
      `'elasticIps' must hold allocation ids, like "eipalloc-0123456789abcdef0", got "192.0.2.1"`,
    ],
    [
      { scheme: "internet-facing", dualStack: true, elasticIps: { "eu-west-1a": "eipalloc-1" } },
      "'dualStack' with 'elasticIps' would leave its IPv6 addresses to AWS, so that only half of them are fixed; remove one of the two",
    ],
    [
      { furtherCertificateArns: { a: CERTIFICATE } },
      "'furtherCertificateArns' stand beside 'certificateArn', which is not given; add it",
    ],
  ])("is refused: %j", (spec, message) => {
    expect(network(spec)).toEqual([message]);
  });

  test("is refused with what only an Application Load Balancer has, with the reason", () => {
    expect(
      otherKindProblems("network", { webAclArn: "arn", desyncMode: undefined }).map(({ message }) => message),
    ).toEqual([
      "'webAclArn' is for an Application Load Balancer: AWS WAF looks at requests of HTTP, and a Network Load Balancer passes connections on; leave it out, or choose the other 'type'",
    ]);
    expect(otherKindProblems("application", { elasticIps: {} })[0]?.message).toBe(
      "'elasticIps' is for a Network Load Balancer: an Application Load Balancer changes its addresses as it grows; leave it out, or choose the other 'type'",
    );
  });
});

describe("the place of a load balancer", () => {
  const zones = { mayHaveIpv6: false, privateZones: ["eu-west-1a", "eu-west-1b"], publicZones: [] as string[] };

  test("is refused without public subnets, and an Application Load Balancer in fewer than two zones", () => {
    expect(placeProblems("application", { scheme: "internet-facing" }, zones)).toEqual([
      {
        at: ["scheme"],
        message: `'scheme' "internet-facing" needs public subnets, of which the VPC has none; use "internal", or have public subnets`,
      },
    ]);
    const theirs = { mayHaveIpv6: true, privateZones: [], publicZones: [] };
    expect(placeProblems("application", { scheme: "internet-facing" }, theirs)[0]?.message).toBe(
      `'scheme' "internet-facing" needs public subnets, of which the VPC has none; use "internal", or name some in 'publicSubnetIds' of the VPC, which are 'network.existing.publicSubnetIds' in the settings`,
    );
    expect(placeProblems("application", {}, theirs)[0]?.message).toBe(
      `'scheme' "internal" needs private subnets, of which the VPC has none; name some in 'privateSubnetIds' of the VPC, which are 'network.existing.privateSubnetIds' in the settings`,
    );
    const one = { ...zones, publicZones: ["eu-west-1a"] };
    expect(placeProblems("application", { scheme: "internet-facing" }, one)[0]?.message).toBe(
      `an Application Load Balancer needs public subnets in at least two zones, the VPC has them in "eu-west-1a"; add another zone`,
    );
    expect(placeProblems("network", { scheme: "internet-facing" }, one)).toEqual([]);
    expect(placeProblems("application", {}, zones)).toEqual([]);
  });

  test("is refused with IPv6 addresses in a VPC that has none for sure", () => {
    expect(placeProblems("application", { dualStack: true }, zones)[0]?.message).toBe(
      "'dualStack' needs subnets with IPv6 networks, which a VPC that is made here does not have; leave it out, or use a VPC of your own that has them",
    );
    expect(placeProblems("application", { dualStack: true }, { ...zones, mayHaveIpv6: true })).toEqual([]);
  });

  test("has a fixed address in each zone or none", () => {
    const two = { ...zones, publicZones: zones.privateZones };
    const spec = { scheme: "internet-facing", elasticIps: { "eu-west-1a": "eipalloc-1" } } as const;
    expect(placeProblems("network", spec, two)[0]?.message).toBe(
      `'elasticIps' must hold one address for each zone of the load balancer ("eu-west-1a", "eu-west-1b"), got "eu-west-1a"`,
    );
  });
});

describe("access logs", () => {
  test("are refused with a folder or a bucket that is none", () => {
    const messages = accessLogsProblems({ bucketName: "Shop", prefix: "/AWSLogs/", expireAfterDays: 0 });
    expect(messages.map(({ at }) => at.join("."))).toEqual([
      "accessLogs.bucketName",
      "accessLogs.prefix",
      "accessLogs.expireAfterDays",
      "accessLogs.expireAfterDays",
    ]);
    expect(messages.at(-1)?.message).toBe(
      "'expireAfterDays' is for a bucket that is made here, and 'bucketName' names one that is there already; leave it out",
    );
    expect(accessLogsProblems(false)).toEqual([]);
  });

  test("are written by an account of AWS's only where the service does not", () => {
    expect(logDeliveryAccount("us-gov-west-1")).toBe("048591011584");
    expect(logDeliveryAccount("eu-west-1")).toBeUndefined();
    expect(logDeliveryAccount("constructor")).toBeUndefined();
  });
});

describe("security policies of TLS", () => {
  test("are told of when they are old or not known, and taken", () => {
    expect(tlsPolicyWarning("ELBSecurityPolicy-2016-08")).toContain("TLS 1.0 or 1.1");
    expect(tlsPolicyWarning("ELBSecurityPolicy-TLS14-2030-01")).toContain("not among the policies known as of");
    expect(tlsPolicyWarning(DEFAULT_TLS_POLICY)).toBeUndefined();
    expect(tlsPolicyProblem("ELBSecurityPolicy-TLS14-2030-01")).toBeUndefined();
  });
});

test("an address of a Network Load Balancer is for one zone", () => {
  const id = "eipalloc-0123456789abcdef0";
  const elasticIps = { "eu-west-1a": id, "eu-west-1b": id };
  expect(network({ scheme: "internet-facing", elasticIps })).toEqual([
    `'elasticIps' must hold an address of its own for each zone, got "${id}" twice; allocate another`,
  ]);
});
