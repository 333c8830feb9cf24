import { RULES } from "../../src/settings/rules";
import { type Settings, settingsSchema } from "../../src/settings/schema";

const ADMIN = {
  principal: "arn:aws:iam::111122223333:role/platform-admin",
  policies: [{ policy: "AmazonEKSClusterAdminPolicy" }],
};
const BASE: Settings = {
  name: "platform",
  region: "eu-west-1",
  network: { zones: ["eu-west-1a", "eu-west-1b"] },
  access: { admins: ADMIN },
  fargate: { profiles: { default: { selectors: [{ namespace: "kube-system" }] } } },
};

/** Every problem of the settings that differ so from the base: its place and its message. */
function problems(changes: Partial<Settings>): string[] {
  const settings = { ...BASE, ...changes };
  return RULES.flatMap(({ check }) => check(settings)).map(({ at, message }) => `${at.join(".")}: ${message}`);
}
const network = (changes: Settings["network"]) =>
  problems({ network: { zones: ["eu-west-1a", "eu-west-1b"], ...changes } });
const fargate = (changes: Partial<Settings["fargate"]>) => problems({ fargate: { ...BASE.fargate, ...changes } });
const profiles = (namespaces: Record<string, string>, profileName?: string) =>
  Object.fromEntries(
    Object.entries(namespaces).map(([key, namespace]) => [
      key,
      { selectors: [{ namespace }], ...(profileName === undefined ? {} : { profileName }) },
    ]),
  );
const one = (text: string) => [expect.stringContaining(text)];

test("the base keeps every rule", () => {
  expect(problems({})).toEqual([]);
});

test("every section that a rule names is a setting", () => {
  const known = Object.keys(settingsSchema.entries);
  expect(RULES.flatMap(({ sections }) => sections).filter((section) => !known.includes(section))).toEqual([]);
});

describe("name", () => {
  test("a name that no cluster may have is refused", () => {
    expect(problems({ name: "my cluster" })[0]).toBe(
      'name: the name of an EKS cluster must be 1 to 100 characters (letters, digits, "-" and "_", beginning with a letter or digit), got "my cluster" (10); choose another',
    );
  });

  test("a name from which the role of the cluster would be too long is refused, unless the role has its own", () => {
    const changes = { name: "n".repeat(57), network: { ...BASE.network, flowLogs: false } } as const;
    const own = { podExecutionRole: "own", profiles: profiles({ p: "kube-system" }, "web") } as const;
    expect(problems({ ...changes, fargate: own })[0]).toMatch(
      /^name: .*-cluster" \(65\); choose a shorter name, or set 'cluster\.roleName'$/,
    );
    const named = problems({ ...changes, fargate: own, cluster: { roleName: "own" } });
    expect(named.filter((problem) => problem.includes("-cluster"))).toEqual([]);
  });

  test("a name from which the role of the pods would be too long is refused, unless each profile has its own", () => {
    const changes = { name: "n".repeat(51), fargate: { profiles: profiles({ p: "kube-system" }) } };
    expect(problems(changes)).toEqual(one("-pod-execution\" (65); choose a shorter 'name'"));
    expect(problems({ ...changes, name: "n".repeat(50) })).toEqual([]);
    expect(problems({ ...changes, fargate: { ...changes.fargate, podExecutionRole: "own" } })).toEqual([]);
  });

  test("a name from which a profile's own role would be too long is refused", () => {
    const fargate = { podExecutionRole: "own", profiles: profiles({ pods: "kube-system" }, "web") } as const;
    expect(problems({ name: "n".repeat(51), fargate })).toEqual([]);
    expect(problems({ name: "n".repeat(52), fargate })).toEqual(one("-fargate-pods\" (65); choose a shorter 'name'"));
  });

  test("a name from which the role of the flow logs would be too long is refused, unless there are none", () => {
    const changes = {
      name: "n".repeat(55),
      fargate: { podExecutionRole: "own", profiles: profiles({ p: "kube-system" }, "web") },
    } as const;
    const network = { ...BASE.network, flowLogs: false } as const;
    expect(problems(changes)).toEqual(expect.arrayContaining(one("-flow-logs\" (65); choose a shorter 'name'")));
    expect(problems({ ...changes, network }).filter((problem) => problem.includes("-flow-logs"))).toEqual([]);
  });
});

describe("name of the load balancer controller's role", () => {
  const changes = {
    name: "n".repeat(60),
    fargate: { podExecutionRole: "own", profiles: profiles({ p: "kube-system" }, "web") },
  } as const;
  const found = (albController: NonNullable<Settings["albController"]>) =>
    problems({ ...changes, albController }).filter((problem) => problem.includes("-irsa"));

  test("a name from which it would be too long is refused, unless the role has its own", () => {
    expect(found({})).toEqual(one("-irsa\" (65); choose a shorter 'name'"));
    expect(found({ roleName: "alb" })).toEqual([]);
  });
});

describe("region and account", () => {
  test("what is not a region is refused", () => {
    expect(problems({ region: "Ireland" })).toContain(
      'region: "Ireland" is not an AWS Region; write it like "eu-west-1"',
    );
  });

  test("twelve digits are an account", () => {
    expect(problems({ account: "111122223333" })).toEqual([]);
  });

  test.each(["11112222333", "1111222233334", "1111-2222-3333"])("account %j is refused", (account) => {
    expect(problems({ account })).toEqual([
      `account: 'account' must be the 12 digits of an AWS account in quotes, got "${account}"`,
    ]);
  });
});

describe("a new network", () => {
  test("zones are needed, and the message names two of the region", () => {
    expect(problems({ network: {} })).toEqual([
      `network: 'network' must have 'zones', like ["eu-west-1a", "eu-west-1b"], or 'existing' for a VPC that is there already`,
    ]);
  });

  test.each([
    [{ cidr: "10.0.0.0/15" }, "network.cidr: 'cidr' must be a network from /16 to /28"],
    [{ cidr: "10.0.0.0/23" }, "network.cidr: 'cidr' \"10.0.0.0/23\" is too small to be split"],
    [{ zones: ["eu-west-1a"] }, "network.zones: 'zones' must hold at least 2 zones"],
    [{ zones: ["eu-west-1a", "eu-west-2a"] }, 'network.zones.1: "eu-west-2a" is not an Availability Zone of eu-west-1'],
    [{ zones: { count: 9 } }, "network.zones.count: 'count' of 'zones' must be 2 to 8, got 9"],
    [{ zones: { count: 5e9 } }, "network.zones.count: 'count' of 'zones' must be 2 to 8, got 5000000000"],
    [{ natZone: "eu-west-1c" }, "network.natZone: 'natZone' must be one of the VPC's zones"],
    [{ flowLogs: { retentionInDays: 31 } }, "network.flowLogs.retentionInDays: 'retentionInDays' must be one of"],
    [
      { subnetCidrs: { "eu-west-1a": { private: "10.9.0.0/20" } } },
      'network.subnetCidrs.eu-west-1a.private: private subnet "10.9.0.0/20" of zone "eu-west-1a" lies outside',
    ],
  ])("%j is refused", (changes, problem) => {
    expect(network(changes)).toEqual(one(problem));
  });

  test("a VPC too small to be split is refused also when only some zones have networks of their own", () => {
    const subnetCidrs = { "eu-west-1a": { private: "10.0.0.0/28", public: "10.0.0.16/28" } };
    expect(network({ cidr: "10.0.0.0/26", subnetCidrs })).toEqual([
      expect.stringContaining('too small to derive the private subnet of zone "eu-west-1b"'),
      expect.stringContaining('too small to derive the public subnet of zone "eu-west-1b"'),
    ]);
  });

  test("a VPC without public subnets may be one size smaller", () => {
    expect(network({ cidr: "10.0.0.0/23", publicSubnets: false, interfaceEndpoints: true })).toEqual([]);
  });

  test.each([
    { flowLogs: false },
    { flowLogs: {} },
    { flowLogs: { retentionInDays: 30 } },
    { zones: { count: 3 } },
  ] as const)("%j is accepted", (changes) => {
    expect(network(changes)).toEqual([]);
  });
});

describe("the way out", () => {
  test.each<Settings["network"]>([{ nat: "none" }, { publicSubnets: false }, { nat: "none", interfaceEndpoints: [] }])(
    "%j, with which no pod could pull its image, is refused",
    (changes) => {
      expect(network(changes)).toEqual([
        `network: the VPC has neither a NAT gateway nor interface endpoints, so no pod on Fargate could pull its image; set 'nat' of the VPC to "single" or "per-zone", or 'interfaceEndpoints' to true`,
      ]);
    },
  );

  test.each<Settings["network"]>([
    { nat: "none", interfaceEndpoints: true },
    { publicSubnets: false, interfaceEndpoints: ["ecr.api"] },
  ])("%j is accepted", (changes) => {
    expect(network(changes)).toEqual([]);
  });
});

describe("an existing network", () => {
  const existing = { vpcId: "vpc-1", privateSubnetIds: { "eu-west-1a": "subnet-1", "eu-west-1b": "subnet-2" } };

  test("private subnets in two zones are enough", () => {
    expect(problems({ network: { existing } })).toEqual([]);
  });

  test("private subnets in one zone are refused", () => {
    const network = { existing: { ...existing, privateSubnetIds: { "eu-west-1a": "subnet-1" } } };
    expect(problems({ network })).toEqual([
      "network.existing.privateSubnetIds: 'privateSubnetIds' must hold subnets in at least 2 zones, as EKS wants it, got 1; add another zone's",
    ]);
  });

  test("a zone of another region is refused", () => {
    const privateSubnetIds = { ...existing.privateSubnetIds, "us-east-1a": "subnet-3" };
    expect(problems({ network: { existing: { ...existing, privateSubnetIds } } })).toEqual(
      one('network.existing.privateSubnetIds.us-east-1a: "us-east-1a" is not an Availability Zone of eu-west-1'),
    );
  });

  test("what describes a new network is refused beside it", () => {
    expect(problems({ network: { existing, nat: "single", cidr: "10.0.0.0/16" } })).toEqual([
      `network: 'existing' excludes "cidr", "nat", which describe a VPC to be created; keep one or the other`,
    ]);
  });

  test("the network of Services is not compared, as that of the VPC is not known", () => {
    expect(problems({ network: { existing }, cluster: { serviceCidr: "10.0.0.0/16" } })).toEqual([]);
  });
});

describe("cluster", () => {
  test.each<[NonNullable<Settings["cluster"]>, string]>([
    [{ version: "1.33" }, "cluster.version: 'version' \"1.33\" has had no standard support"],
    [
      { publicAccessCidrs: ["10.0.0.0/8"] },
      "cluster.publicAccessCidrs.0: 'publicAccessCidrs' must hold public networks",
    ],
    [{ serviceCidr: "10.0.0.0/16" }, "cluster.serviceCidr: 'serviceCidr' \"10.0.0.0/16\" overlaps the VPC's"],
    [{ logRetentionInDays: 2 }, "cluster.logRetentionInDays: 'logRetentionInDays' must be one of"],
    [{ roleName: "a b" }, "name: the name of an IAM role must be"],
  ])("%j is refused", (cluster, problem) => {
    expect(problems({ cluster })).toEqual(one(problem));
  });

  test.each<NonNullable<Settings["cluster"]>>([
    {},
    { version: "1.33", support: "extended" },
    { serviceCidr: "172.20.0.0/16", publicAccessCidrs: ["203.0.113.0/24"], logRetentionInDays: 1 },
  ])("%j is accepted", (cluster) => {
    expect(problems({ cluster })).toEqual([]);
  });
});

describe("zones of the cluster", () => {
  test("two of the VPC's zones are enough", () => {
    expect(problems({ cluster: { zones: ["eu-west-1a", "eu-west-1b"] } })).toEqual([]);
  });

  test("one zone is refused", () => {
    expect(problems({ cluster: { zones: ["eu-west-1a"] } })).toEqual(
      one("cluster.zones: 'zones' must name at least 2 of the VPC's zones"),
    );
  });

  test("a zone that the VPC does not have is refused", () => {
    expect(problems({ cluster: { zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"] } })).toEqual(
      one("cluster.zones: 'zones' names \"eu-west-1c\", where the VPC has no private subnet"),
    );
  });
});

describe("access", () => {
  test("nobody who may administer the cluster is refused", () => {
    expect(problems({ access: {} })).toEqual(one("access: nobody could administer the cluster: no access is granted"));
  });

  test("one principal under two names is refused", () => {
    expect(problems({ access: { admins: ADMIN, again: ADMIN } })).toEqual(one("access.again.principal: accesses"));
  });

  test("what is wrong with a grant is refused at its place", () => {
    const access = { admins: ADMIN, viewers: { ...ADMIN, principal: "jane", groups: ["system:masters"] } };
    expect(problems({ access })).toEqual([
      expect.stringMatching(/^access\.viewers\.principal: 'principal' of access "viewers" must be the ARN/),
      expect.stringMatching(/^access\.viewers\.groups: group "system:masters"/),
    ]);
  });
});

describe("fargate", () => {
  test("profiles that leave CoreDNS out are refused", () => {
    expect(fargate({ profiles: profiles({ web: "web" }) })).toEqual(
      one('fargate.profiles: no Fargate profile of cluster "platform" takes the pods of CoreDNS'),
    );
  });

  test("profiles that take the same pod are refused, unless that is allowed", () => {
    const both = profiles({ system: "kube-system", all: "*" });
    expect(fargate({ profiles: both })).toEqual(
      one(
        'fargate.profiles.all.selectors: Fargate profiles "system" and "all" both take a pod in namespace "kube-system"',
      ),
    );
    expect(fargate({ profiles: both, allowOverlap: true })).toEqual([]);
  });

  test("a profile whose name in AWS would be too long is refused", () => {
    const key = "k".repeat(47);
    expect(fargate({ profiles: profiles({ [key]: "kube-system" }) })).toEqual(
      one(`fargate.profiles.${key}: the name of a Fargate profile must be 1 to 63 letters`),
    );
    expect(fargate({ profiles: profiles({ ["k".repeat(46)]: "kube-system" }) })).toEqual([]);
  });

  test("a name of the profile's own replaces the derived one and is checked", () => {
    expect(fargate({ profiles: profiles({ ["k".repeat(47)]: "kube-system" }, "short") })).toEqual([]);
    expect(fargate({ profiles: profiles({ system: "kube-system" }, "eks-system") })).toEqual(
      one('must not begin with "eks-", which EKS keeps for itself, got "eks-system"; set another \'profileName\''),
    );
  });

  test("the eleventh profile is refused, unless the quota was raised", () => {
    const names = ["kube-system", ..."abcdefghij"];
    const eleven = profiles(Object.fromEntries(names.map((name) => [name, name])));
    expect(fargate({ profiles: eleven })).toEqual(one("fargate.profiles.j: a cluster must have at most 10"));
    expect(fargate({ profiles: eleven, limits: { profilesPerCluster: 11 } })).toEqual([]);
  });

  test("what is wrong with a selector is refused at its place", () => {
    const selectors = [{ namespace: "kube-system" }, { namespace: "Web" }];
    expect(fargate({ profiles: { web: { selectors } } })).toEqual(
      one("fargate.profiles.web.selectors.1.namespace: 'namespace' must be a Kubernetes namespace"),
    );
  });

  test("a profile may use some of the zones of the VPC, and no other", () => {
    const of = (zones: string[]) => ({ profiles: { web: { selectors: [{ namespace: "kube-system" }], zones } } });
    expect(fargate(of(["eu-west-1b"]))).toEqual([]);
    expect(fargate(of(["eu-west-1b", "eu-west-1c"]))).toEqual([
      `fargate.profiles.web.zones: 'zones' names "eu-west-1c", where the VPC has no private subnet; it has them in "eu-west-1a", "eu-west-1b"`,
    ]);
  });

  test("a profile uses zones that are looked up by their number", () => {
    const profile = { selectors: [{ namespace: "kube-system" }], zones: ["2"] };
    expect(problems({ network: { zones: { count: 2 } }, fargate: { profiles: { web: profile } } })).toEqual([]);
  });

  test("a profile uses the zones of an existing VPC", () => {
    const privateSubnetIds = { "eu-west-1a": "subnet-1", "eu-west-1b": "subnet-2" };
    const profile = { selectors: [{ namespace: "kube-system" }], zones: ["eu-west-1c"] };
    const changes = {
      network: { existing: { vpcId: "vpc-1", privateSubnetIds } },
      fargate: { profiles: { web: profile } },
    };
    expect(problems(changes)).toEqual(one("fargate.profiles.web.zones: 'zones' names \"eu-west-1c\""));
  });
});

describe("roles of service accounts", () => {
  const uploads = { namespace: "web", serviceAccount: "uploads" };
  const roles = (changes: object) => problems({ serviceAccountRoles: { uploads: { ...uploads, ...changes } } });

  test("a namespace and a service account are enough", () => {
    expect(roles({})).toEqual([]);
  });

  test("a wildcard is refused, unless it is allowed", () => {
    expect(roles({ namespace: "*" })).toEqual(
      one("serviceAccountRoles.uploads.namespace: 'namespace' \"*\" holds a wildcard"),
    );
    expect(roles({ namespace: "*", allowWildcards: true })).toEqual([]);
  });

  test("a role whose name would be too long is refused, unless it has its own", () => {
    const key = "k".repeat(51);
    expect(problems({ serviceAccountRoles: { [key]: uploads } })).toEqual(one("(65); set a shorter 'roleName'"));
    expect(problems({ serviceAccountRoles: { [key]: { ...uploads, roleName: "uploads" } } })).toEqual([]);
  });
});

describe("the load balancer controller", () => {
  test.each<NonNullable<Settings["albController"]>>([
    {},
    { roleName: "alb", policyName: "p".repeat(128), namespace: "alb", serviceAccount: "alb" },
  ])("%j is accepted", (albController) => {
    expect(problems({ albController })).toEqual([]);
  });

  test.each<[NonNullable<Settings["albController"]>, string]>([
    [{ roleName: "a b" }, "albController.roleName: the name of an IAM role"],
    [{ policyName: "a b" }, "albController.policyName: the name of an IAM policy"],
    [{ namespace: "Alb" }, "albController.namespace: 'namespace' must be a Kubernetes name"],
    [{ serviceAccount: "*" }, "albController.serviceAccount: 'serviceAccount' \"*\" holds a wildcard"],
  ])("%j is refused", (albController, problem) => {
    expect(problems({ albController })).toEqual(one(problem));
  });
});
