import {
  type PodTraffic,
  plannedRules,
  podSecurityGroupKeyProblem,
  podTrafficProblems,
  type TrafficRule,
} from "../../src/model/security-group-rules";

const plan = (traffic: PodTraffic) =>
  plannedRules(traffic).map(({ key, on, direction, protocol, port, peer }) => [
    key,
    on,
    direction,
    protocol,
    port === undefined ? "" : `${port.from}-${port.to}`,
    peer,
  ]);

const CLUSTER_SIDE = [
  ["from-pods-dns-udp", "cluster", "ingress", "udp", "53-53", "pods"],
  ["from-pods-dns-tcp", "cluster", "ingress", "tcp", "53-53", "pods"],
  ["from-pods-api", "cluster", "ingress", "tcp", "443-443", "pods"],
];
const KUBELET = ["kubelet", "pods", "ingress", "tcp", "10250-10250", "cluster"];

describe("the rules of a pod security group", () => {
  test("are those without which a pod on Fargate has no names, no API and no kubelet", () => {
    expect(plan({})).toEqual([
      KUBELET,
      ...CLUSTER_SIDE,
      ["everywhere", "pods", "egress", "all", "", { cidr: "0.0.0.0/0" }],
    ]);
  });

  test("let the cluster probe its ports, each once", () => {
    expect(plan({ ports: [9090, 8080, 9090] })).toEqual(
      expect.arrayContaining([
        ["port-8080", "pods", "ingress", "tcp", "8080-8080", "cluster"],
        ["port-9090", "pods", "ingress", "tcp", "9090-9090", "cluster"],
      ]),
    );
    expect(plan({ ports: [9090, 8080, 9090] })).toHaveLength(7);
  });

  test("let the pods reach the cluster when they reach only what is named", () => {
    expect(plan({ egress: {} })).toEqual([
      KUBELET,
      ["cluster-dns-udp", "pods", "egress", "udp", "53-53", "cluster"],
      CLUSTER_SIDE[0],
      ["cluster-dns-tcp", "pods", "egress", "tcp", "53-53", "cluster"],
      CLUSTER_SIDE[1],
      ["cluster-api", "pods", "egress", "tcp", "443-443", "cluster"],
      CLUSTER_SIDE[2],
    ]);
  });

  test("are what is named, with all ports where none is", () => {
    const rules = plan({
      ingress: {
        peers: { self: true, port: { from: 7946, to: 7947 }, protocol: "udp" },
        monitor: { securityGroupId: "sg-2", protocol: "all" },
      },
      egress: { database: { cidr: "10.0.0.0/16" } },
    });
    expect(rules).toEqual(
      expect.arrayContaining([
        ["ingress-monitor", "pods", "ingress", "all", "", { securityGroupId: "sg-2" }],
        ["ingress-peers", "pods", "ingress", "udp", "7946-7947", "pods"],
        ["egress-database", "pods", "egress", "tcp", "0-65535", { cidr: "10.0.0.0/16" }],
      ]),
    );
    expect(rules.map(([key]) => key)).not.toContain("everywhere");
  });

  test("have keys of their own, whatever theirs are called", () => {
    const named = Object.fromEntries(
      ["dns-udp", "api", "kubelet", "everywhere", "port-80"].map((key): [string, TrafficRule] => [key, { self: true }]),
    );
    const keys = plan({ ports: [80], ingress: named, egress: named }).map(([key]) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("refused is", () => {
  const known = (value: string) => !value.startsWith("${");
  const refused = (traffic: PodTraffic) => podTrafficProblems(traffic, known);
  const rule = (given: TrafficRule) => refused({ egress: { db: given } });

  test.each([0, 65_536, 80.5])("port %p", (port) => {
    expect(refused({ ports: [80, port] })).toEqual([
      { at: ["ports", 1], message: `'ports' must be 1 to 65535, got ${port}` },
    ]);
    expect(rule({ self: true, port })).toEqual([
      { at: ["egress", "db", "port"], message: `'port' of rule "db" of 'egress' must be 1 to 65535, got ${port}` },
    ]);
  });

  test("a range that ends before it begins", () => {
    expect(rule({ self: true, port: { from: 90, to: 80 } })[0]?.message).toBe(
      `'port' of rule "db" of 'egress' must not end before it begins, got 90 to 80`,
    );
    expect(rule({ self: true, port: { from: 80, to: 80 } })).toEqual([]);
  });

  test("a rule with no other side, or with several", () => {
    const message = (count: number) =>
      `rule "db" of 'egress' must have exactly one of 'securityGroupId', 'cidr' and 'self', got ${count}`;
    expect(rule({ port: 80 })).toEqual([{ at: ["egress", "db"], message: message(0) }]);
    expect(rule({ self: true, cidr: "10.0.0.0/8" })[0]?.message).toBe(message(2));
    expect(rule({ self: false })[0]?.message).toBe(message(0));
  });

  test("another side that is none, unless only Terraform knows it", () => {
    expect(rule({ cidr: "10.0.0.1/8" })).toEqual([
      {
        at: ["egress", "db", "cidr"],
        message: `'cidr' of rule "db" of 'egress': "10.0.0.1/8" is not how this network is written, with its first address; write it "10.0.0.0/8"`,
      },
    ]);
    expect(rule({ securityGroupId: "database" })[0]?.message).toBe(
      `'securityGroupId' of rule "db" of 'egress' must be the id of a security group, like "sg-0a1b2c3d4e5f60718", got "database"`,
    );
    expect(rule({ securityGroupId: "sg-xyz" })[0]?.message).toContain('like "sg-0a1b2c3d4e5f60718", got "sg-xyz"');
    expect(rule({ securityGroupId: "${aws_security_group.db.id}" })).toEqual([]);
    expect(rule({ cidr: "${aws_vpc.vpc.cidr_block}" })).toEqual([]);
  });

  test("a port of all protocols, and a protocol that is none", () => {
    expect(rule({ self: true, protocol: "all", port: 80 })[0]?.message).toBe(
      `rule "db" of 'egress' has a 'port' and 'protocol' "all", which has no ports; leave one of them out`,
    );
    expect(rule({ self: true, protocol: "icmp" as never })[0]?.message).toBe(
      `'protocol' of rule "db" of 'egress' must be "tcp", "udp" or "all", got "icmp"`,
    );
  });

  test("the same traffic under two names", () => {
    const two = (a: TrafficRule, b: TrafficRule) => refused({ egress: { a, b } });
    const problem = {
      at: ["egress", "b"],
      message: `rules "a" and "b" of 'egress' let the same traffic through, and AWS refuses the second; remove one`,
    };
    const everywhere = { cidr: "0.0.0.0/0" };
    expect(two({ ...everywhere, port: 443 }, { ...everywhere, port: { from: 443, to: 443 }, protocol: "tcp" })).toEqual(
      [problem],
    );
    expect(two({ self: true, protocol: "all" }, { self: true, protocol: "all" })).toEqual([problem]);
    expect(two({ securityGroupId: "sg-1" }, { securityGroupId: "sg-1", port: { from: 0, to: 65_535 } })).toContainEqual(
      problem,
    );
    expect(two({ port: 443 }, { port: 443 })).not.toContainEqual(problem);
    expect(two({ self: true, port: 443 }, { ...everywhere, port: 443 })).toEqual([]);
    expect(two({ ...everywhere, port: 443 }, { ...everywhere, port: 443, protocol: "udp" })).toEqual([]);
    expect(two({ ...everywhere, port: 443 }, { ...everywhere, port: 80 })).toEqual([]);
    expect(two({ ...everywhere, port: 443 }, { cidr: "10.0.0.0/8", port: 443 })).toEqual([]);
    expect(refused({ ingress: { a: everywhere }, egress: { b: everywhere } })).toEqual([]);
  });

  test("more groups than a pod has, or one that is none", () => {
    const ids = ["sg-1", "sg-2", "sg-3", "sg-4"];
    expect(refused({ additionalSecurityGroupIds: ids })).toEqual([]);
    expect(refused({ additionalSecurityGroupIds: [...ids, "sg-5"] })).toEqual([
      {
        at: ["additionalSecurityGroupIds"],
        message:
          "pods must have at most 5 security groups, their own among them, got 6; put the rules of some into one",
      },
    ]);
    expect(refused({ additionalSecurityGroupIds: ["web"] })[0]?.at).toEqual(["additionalSecurityGroupIds", 0]);
  });

  test("a name that no address can be made of", () => {
    expect(podSecurityGroupKeyProblem("orders")).toBeUndefined();
    expect(podSecurityGroupKeyProblem("Orders")).toBe(
      `the name of a pod security group must be 1 to 40 lower-case letters, digits and "-", beginning with a letter and ending with a letter or digit, got "Orders"`,
    );
    expect(refused({ ingress: { "My rule": { self: true } } })[0]?.message).toMatch(/^the name of a rule must be/);
  });
});
