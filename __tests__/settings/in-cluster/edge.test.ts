import { parseSettings } from "../../../src/settings/load";
import { MINIMAL, problems } from "../refusal";

const settings = (yaml: string) => `${MINIMAL}inCluster:\n${yaml.replaceAll(/^/gm, "  ")}\n`;
const refused = (yaml: string) => problems(settings(yaml)).map((line) => line.replace(/^line \d+, inCluster\./, ""));
const accepted = (yaml: string) => parseSettings(settings(yaml), "team.yaml").inCluster;

const ZONES = `hostedZones:
  main: { zoneName: example.com, zoneId: Z0123456789 }
  inner: { zoneName: internal.example.com, private: true, forceDestroy: true }
`;

describe("hosted zones", () => {
  test("are accepted, given and to be created", () => {
    expect(Object.keys(accepted(ZONES)?.hostedZones ?? {})).toEqual(["main", "inner"]);
  });

  test("are refused with a name or an id that is none, and a deletion that is not theirs", () => {
    expect(refused("hostedZones: { main: { zoneName: Example.com, zoneId: main, forceDestroy: true } }")).toEqual([
      `hostedZones.main.zoneName: 'zoneName' must be a domain name in lower case without a dot at its end, like "example.com", got "Example.com"`,
      `hostedZones.main.zoneId: 'zoneId' must be the id of a hosted zone, like "Z0123456789ABCDEFGHIJ", got "main"`,
      "hostedZones.main.forceDestroy: 'forceDestroy' is for a zone that is created here, and 'zoneId' names one that is there already; leave it out",
    ]);
  });
});

describe("certificates", () => {
  test("are accepted in a public zone of the settings", () => {
    expect(
      accepted(`${ZONES}certificates:
  shop: { zone: main, domainName: shop.example.com, subjectAlternativeNames: ["*.shop.example.com"] }`)?.certificates,
    ).toBeDefined();
  });

  test("are refused without their zone, and in one that ACM does not see", () => {
    expect(refused(`certificates: { shop: { zone: main, domainName: shop.example.com } }`)).toEqual([
      `certificates.shop.zone: 'zone' must be a key of 'inCluster.hostedZones' (there are none), got "main"`,
    ]);
    expect(refused(`${ZONES}certificates: { a: { zone: constructor, domainName: example.com } }`)).toEqual([
      `certificates.a.zone: 'zone' must be a key of 'inCluster.hostedZones' ("inner", "main"), got "constructor"`,
    ]);
    expect(refused(`${ZONES}certificates: { a: { zone: inner, domainName: internal.example.com } }`)).toEqual([
      `certificates.a.zone: 'zone' must be a public hosted zone, because ACM does not see the private zone "internal.example.com"; validate the certificate in the public zone above it`,
    ]);
  });

  test("are refused with a name outside of the zone, or a wait that is none", () => {
    expect(
      refused(`${ZONES}certificates:
  shop: { zone: main, domainName: example.com, subjectAlternativeNames: [example.org], validationTimeoutInMinutes: 0 }`),
    ).toEqual([
      `certificates.shop.subjectAlternativeNames.0: 'subjectAlternativeNames' must lie in the hosted zone "example.com", where it is validated, got "example.org"; give it a certificate of its own with its own zone`,
      "certificates.shop.validationTimeoutInMinutes: 'validationTimeoutInMinutes' must be a whole number of at least 1, got 0",
    ]);
  });
});

describe("the web ACL", () => {
  test("is accepted with its defaults, and with everything", () => {
    expect(accepted("webAcl: {}")).toEqual({ webAcl: {} });
    expect(
      accepted(`webAcl:
  name: front
  managedRules: { AWSManagedRulesCommonRuleSet: { mode: count, ruleActions: { SizeRestrictions_BODY: allow } } }
  rateLimit: { requests: 100, windowInSeconds: 60, mode: count }
  allowAddresses: [192.0.2.0/24]
  blockAddresses: ["2001:db8::/32"]
  defaultAction: block
  logs: { retentionInDays: 30, requests: matched }`)?.webAcl,
    ).toBeDefined();
    expect(accepted("webAcl: { rateLimit: false, logs: false }")).toBeDefined();
  });

  test("is refused with what the model refuses, at its place", () => {
    expect(
      refused(`webAcl:
  name: my acl
  rateLimit: { requests: 1 }
  allowAddresses: [192.0.2.1]
  logs: { retentionInDays: 31 }`),
    ).toEqual([
      `webAcl.name: the name of an AWS WAF web ACL must be 1 to 128 characters (letters, digits, "-" and "_"), got "my acl" (6); choose another 'name'`,
      "webAcl.rateLimit.requests: 'requests' of 'rateLimit' must be 10 to 2000000000, got 1",
      expect.stringMatching(/^webAcl.allowAddresses.0: 'allowAddresses' "192.0.2.1" is not an IPv4 network/),
      expect.stringMatching(/^webAcl.logs.retentionInDays: 'retentionInDays' must be one of/),
    ]);
  });
});

describe("pod security groups", () => {
  test("are accepted with traffic of every kind", () => {
    expect(
      accepted(`podSecurityGroups:
  orders:
    namespace: shop
    podLabels: { app: orders }
    ports: [8080]
    ingress: { peers: { self: true, port: { from: 1, to: 2 }, protocol: udp } }
    egress: { database: { securityGroupId: sg-1, port: 5432 }, all: { cidr: 10.0.0.0/8, protocol: all } }
    additionalSecurityGroupIds: [sg-2]`)?.podSecurityGroups,
    ).toBeDefined();
  });

  test("are refused with what the model refuses, at its place", () => {
    expect(
      refused(`podSecurityGroups: { Orders: { namespace: shop, ports: [0], egress: { db: { port: 1 } } } }`),
    ).toEqual([
      expect.stringMatching(/^podSecurityGroups.Orders: the name of a pod security group must be/),
      expect.stringMatching(/^podSecurityGroups.Orders: a security group policy must choose pods/),
      "podSecurityGroups.Orders.ports.0: 'ports' must be 1 to 65535, got 0",
      expect.stringMatching(/^podSecurityGroups.Orders.egress.db: rule "db" of 'egress' must have exactly one/),
    ]);
  });
});

describe("file systems", () => {
  test("are accepted with everything", () => {
    expect(
      accepted(`podSecurityGroups: { orders: { namespace: shop, podLabels: {} } }
efs:
  default:
    accessPoints: { uploads: { path: /a, uid: 1, gid: 2, secondaryGids: [3], permissions: "0700", namespaces: [shop, web] } }
    throughput: { provisionedInMibps: 100 }
    lifecycle: { infrequentAccessAfterDays: false, backOnAccess: false }
    kmsKeyArn: arn:aws:kms:eu-west-1:111122223333:key/1234abcd
    backup: false
    deletionProtection: false
    podSecurityGroups: [orders]`)?.efs,
    ).toBeDefined();
  });

  test("are refused with what the model refuses, at its place", () => {
    expect(
      refused(`efs:
  Files:
    accessPoints: { data: { path: data, namespaces: [Shop] } }
    kmsKeyArn: alias/files
    throughput: bursting
    lifecycle: { archiveAfterDays: 90 }
    podSecurityGroups: [orders]`),
    ).toEqual([
      expect.stringMatching(/^efs.Files: the name of a file system must be 1 to 40/),
      expect.stringMatching(/^efs.Files.accessPoints.data.path: 'path' of access point "data" must be a directory/),
      expect.stringMatching(/^efs.Files.accessPoints.data.namespaces.0: 'namespace' must be a Kubernetes name/),
      expect.stringMatching(/^efs.Files.kmsKeyArn: 'kmsKeyArn' must be the ARN of a KMS key/),
      expect.stringMatching(/^efs.Files.lifecycle.archiveAfterDays: 'archiveAfterDays' of 'lifecycle' needs/),
      `efs.Files.podSecurityGroups.0: 'podSecurityGroups' must hold keys of 'inCluster.podSecurityGroups' (there are none), got "orders"`,
    ]);
  });

  test("cannot both have a claim of one name in a namespace", () => {
    expect(
      refused(`efs:
  one: { accessPoints: { data: { namespaces: [shop, web] } } }
  two: { accessPoints: { data: { namespaces: [web] } } }`),
    ).toEqual([
      `efs.two.accessPoints.data.namespaces.0: namespace "web" has a claim "data" already; give the access point another name, or leave the namespace out`,
    ]);
  });
});

describe("alarms and the dashboard", () => {
  test("are accepted with their defaults, and with everything", () => {
    expect(accepted("alarms: {}\ndashboard: {}")).toEqual({ alarms: {}, dashboard: {} });
    expect(
      accepted(`alarms:
  topicArns: ["arn:aws:sns:eu-west-1:111122223333:alarms"]
  containerInsights: true
  podCpu: { threshold: 80, minutes: 30 }
  fargateQuota: false
dashboard: { dashboardName: front, loadBalancers: [app/k8s-a/0123], start: P1D }`),
    ).toBeDefined();
  });

  test("of pods are refused where their metrics are not published", () => {
    expect(refused("alarms: { podCpu: { threshold: 80 } }")).toEqual([
      `alarms.podCpu: alarm "podCpu" watches metrics of pods, which 'containerInsights' false says are not published; leave one of the two out`,
    ]);
  });

  test("are refused with a topic of another Region", () => {
    expect(refused('alarms: { topicArns: ["arn:aws:sns:us-east-1:111122223333:alarms"] }')).toEqual([
      expect.stringMatching(/^alarms.topicArns.0: 'topicArns' must be of the stack's Region, "eu-west-1", got/),
    ]);
  });

  test("are refused with what the model refuses, at its place", () => {
    expect(
      refused(
        "alarms: { topicArns: [alarms], stateSize: { minutes: 7 } }\ndashboard: { dashboardName: my board, start: 6h }",
      ),
    ).toEqual([
      expect.stringMatching(/^alarms.stateSize.minutes: 'minutes' of alarm "stateSize" must be a multiple of 5/),
      expect.stringMatching(/^alarms.topicArns.0: 'topicArns' must hold ARNs/),
      expect.stringMatching(/^dashboard.dashboardName: the name of an Amazon CloudWatch dashboard/),
      expect.stringMatching(/^dashboard.start: 'start' must be an ISO 8601 duration/),
    ]);
  });
});
