import { type NlbServiceSpec, nlbServiceAnnotations, nlbServiceProblems } from "../../src/model/nlb-service";

const CERTIFICATE = "arn:aws:acm:eu-west-1:111122223333:certificate/0123-abcd";
const PREFIX = "service.beta.kubernetes.io/aws-load-balancer";

function spec(options: Partial<NlbServiceSpec> = {}): NlbServiceSpec {
  return { namespace: "iot", name: "mqtt", selector: { app: "mqtt" }, ports: { mqtt: { port: 1883 } }, ...options };
}

const problems = (options: Partial<NlbServiceSpec>) =>
  nlbServiceProblems(spec(options)).map(({ at, message }) => `${at.join(".")}: ${message}`);

describe("a Service with a Network Load Balancer", () => {
  test("is internal and sends to the addresses of pods", () => {
    expect(nlbServiceProblems(spec())).toEqual([]);
    expect(nlbServiceAnnotations(spec())).toEqual({
      [`${PREFIX}-nlb-target-type`]: "ip",
      [`${PREFIX}-scheme`]: "internal",
    });
  });

  test("takes every option at once", () => {
    const all = spec({
      scheme: "internet-facing",
      ports: {
        plain: { port: 1883 },
        tls: { port: 8883, targetPort: "mqtt", tls: true },
        udp: { port: 53, protocol: "UDP" },
      },
      certificateArns: [CERTIFICATE],
      preserveClientIp: true,
      healthCheckPath: "/health",
      inboundCidrs: ["10.0.0.0/8"],
      subnetIds: ["subnet-b", "subnet-a"],
      annotations: { "external-dns.alpha.kubernetes.io/hostname": "mqtt.example.com" },
    });
    expect(nlbServiceProblems(all)).toEqual([]);
    expect(nlbServiceAnnotations(all)).toEqual({
      "external-dns.alpha.kubernetes.io/hostname": "mqtt.example.com",
      [`${PREFIX}-healthcheck-path`]: "/health",
      [`${PREFIX}-healthcheck-protocol`]: "http",
      [`${PREFIX}-nlb-target-type`]: "ip",
      [`${PREFIX}-scheme`]: "internet-facing",
      [`${PREFIX}-ssl-cert`]: CERTIFICATE,
      [`${PREFIX}-ssl-negotiation-policy`]: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      [`${PREFIX}-ssl-ports`]: "tls",
      [`${PREFIX}-subnets`]: "subnet-a,subnet-b",
      [`${PREFIX}-target-group-attributes`]: "preserve_client_ip.enabled=true",
    });
  });

  test("may have one number over TCP and over UDP, which become one listener", () => {
    const ports = {
      tcp: { port: 53, targetPort: "dns-tcp" },
      udp: { port: 53, targetPort: "dns", protocol: "UDP" },
    } as const;
    expect(problems({ ports })).toEqual([]);
    expect(nlbServiceAnnotations(spec({ ports }))).toMatchObject({ [`${PREFIX}-enable-tcp-udp-listener`]: "true" });
    expect(nlbServiceAnnotations(spec())).not.toHaveProperty([`${PREFIX}-enable-tcp-udp-listener`]);
  });

  test("sends one number over TCP and over UDP to one port of the pods", () => {
    expect(problems({ ports: { tcp: { port: 53 }, udp: { port: 53, targetPort: 5353, protocol: "UDP" } } })).toEqual([
      `ports.udp.targetPort: ports "tcp", "udp" have one number, and so one listener and one target group, and 'targetPort' must be the same, got 53 and 5353`,
    ]);
  });

  test("ends no TLS where the number goes over UDP too", () => {
    const ports = { tcp: { port: 853, tls: true }, udp: { port: 853, protocol: "UDP" } } as const;
    expect(problems({ ports, certificateArns: [CERTIFICATE] })).toEqual([
      `ports.tcp.tls: ports "tcp", "udp" have one number, and so one listener and one target group, where no TLS ends; give each a number of its own, or remove 'tls'`,
    ]);
  });

  test("keeps the client's address over UDP, as AWS does", () => {
    const ports = { syslog: { port: 514, protocol: "UDP" } } as const;
    expect(problems({ ports, preserveClientIp: true })).toEqual([]);
    expect(problems({ ports, preserveClientIp: false })).toEqual([
      `preserveClientIp: 'preserveClientIp' must not be false for UDP, where AWS keeps the client's address, and "syslog" is UDP; leave it out`,
    ]);
  });

  test.each<[Partial<NlbServiceSpec>, string]>([
    [{ namespace: "IoT" }, "namespace: 'namespace' must be a Kubernetes name"],
    [{ name: "1mqtt" }, "name: 'name' must be the name of a Service"],
    [{ selector: {} }, "selector: 'selector' must hold at least one label of the pods, got none"],
    [{ ports: {} }, "ports: 'ports' must hold at least one port, got none"],
    [{ ports: { "1883": { port: 1883 } } }, "ports.1883: the name of a port must be the name of a port"],
    [{ ports: { mqtt: { port: 0 } } }, "ports.mqtt.port: 'port' must be a port from 1 to 65535, got 0"],
    [
      { ports: { mqtt: { port: 1, targetPort: "-" } } },
      "ports.mqtt.targetPort: 'targetPort' must be the name of a port",
    ],
    [
      { ports: { a: { port: 80 }, b: { port: 80 } } },
      `ports.b.port: ports "a", "b" are both 80 over TCP; give each a number of its own`,
    ],
    [{ ports: { mqtt: { port: 1, protocol: "SCTP" as never } } }, `'protocol' must be "TCP" or "UDP", got "SCTP"`],
    [{ scheme: "public" as never }, "scheme: 'scheme' must be one of"],
    [
      { certificateArns: [CERTIFICATE] },
      "certificateArns: 'certificateArns' are for ports with 'tls', and there is none",
    ],
    [
      { ports: { mqtt: { port: 8883, tls: true } } },
      `certificateArns: 'certificateArns' must hold a certificate for "mqtt", where the load balancer ends TLS, got none`,
    ],
    [{ sslPolicy: "x" }, "sslPolicy: 'sslPolicy' is for ports with 'tls', and there is none; remove it"],
    [{ healthCheckPath: "x" }, `healthCheckPath: 'healthCheckPath' must begin with "/"`],
    [{ subnetIds: [] }, "subnetIds: 'subnetIds' must hold at least one subnet, got none; leave it out"],
    [{ inboundCidrs: ["x"] }, "inboundCidrs.0: 'inboundCidrs': "],
    [
      { annotations: { [`${PREFIX}-nlb-target-type`]: "instance" } },
      `annotation "${PREFIX}-nlb-target-type" must not be given, got "instance": load balancers reach pods on Fargate by IP targets only`,
    ],
    [
      { annotations: { [`${PREFIX}-internal`]: "true" } },
      `annotation "${PREFIX}-internal" is set already; set 'scheme' instead`,
    ],
  ])("is refused with %j", (options, rule) => {
    expect(problems(options).join("\n")).toContain(rule);
    expect(problems(options)).toHaveLength(1);
  });

  test("ends no TLS over UDP", () => {
    const ports = { dns: { port: 53, protocol: "UDP", tls: true } } as const;
    expect(problems({ ports, certificateArns: [CERTIFICATE] })).toEqual([
      `ports.dns.tls: 'tls' is for TCP, port "dns" is UDP; remove one of the two`,
    ]);
  });
});
