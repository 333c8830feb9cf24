import { type BalancerOfTargets, checkTargets } from "../../src/model/balanced-targets";
import type { ContainerSpec } from "../../src/model/container-spec";
import { healthCheckOf } from "../../src/model/health-check";
import type { HealthProbe } from "../../src/model/health-probe";
import { type LoadBalancerKind, type TargetOptions, targetGroupName } from "../../src/model/target-group";

const container = (name: string, ports: ContainerSpec["ports"], readiness?: HealthProbe): ContainerSpec => ({
  name,
  image: "nginx:1.29",
  cpu: "250m",
  memory: "512Mi",
  ...(ports === undefined ? {} : { ports }),
  ...(readiness === undefined ? {} : { readiness }),
});
const WEB = container("web", { http: 8080, dns: { port: 5353, protocol: "UDP" } });

const balancer = (kind: LoadBalancerKind, more: Partial<BalancerOfTargets> = {}): BalancerOfTargets => ({
  kind,
  tls: true,
  blueGreen: false,
  ...more,
});
const refused = (
  kind: LoadBalancerKind,
  options: TargetOptions,
  { containers = [WEB], ...more }: Partial<BalancerOfTargets> & { containers?: ContainerSpec[] } = {},
) => checkTargets(balancer(kind, more), { web: options }, containers).problems.map(({ message }) => message);

describe("a target", () => {
  test("finds the only container with ports, and its only port", () => {
    const [target] = checkTargets(balancer("application"), { web: {} }, [
      container("log", undefined),
      container("web", { http: 8080 }),
    ]).targets;
    expect(target).toMatchObject({ container: { name: "web" }, port: 8080, protocol: "HTTP" });
  });

  test("finds a port by its name and by its number, and speaks what the port speaks", () => {
    expect(checkTargets(balancer("network"), { a: { port: "dns" } }, [WEB]).targets[0]).toMatchObject({
      port: 5353,
      protocol: "UDP",
    });
    expect(checkTargets(balancer("network"), { a: { port: 8080 } }, [WEB]).targets[0]?.protocol).toBe("TCP");
  });

  test("is refused without a container or a port that is there", () => {
    expect(refused("application", { container: "api" })).toEqual([
      `'container' must be one of the task definition's ("web"), got "api"`,
    ]);
    expect(refused("application", {}, { containers: [container("web", undefined)] })).toEqual([
      "no container of the task definition has 'ports', to which the load balancer could send; add one, like ports: { http: 8080 }",
    ]);
    expect(refused("application", {}, { containers: [WEB, container("api", { http: 9090 })] })).toEqual([
      `'container' must say which one takes the requests, because several have ports: "api", "web"`,
    ]);
    expect(refused("application", {})).toEqual([
      `'port' must say which port of container "web" takes the requests, because it has "dns" (5353), "http" (8080)`,
    ]);
    expect(refused("application", { port: 80 })).toEqual([
      `'port' must be a port of container "web", got 80; it has "dns" (5353), "http" (8080)`,
    ]);
  });

  test("is refused with a name that is none, and when there is none at all", () => {
    expect(checkTargets(balancer("application"), { Web: { port: "http" } }, [WEB]).problems[0]?.message).toMatch(
      /^the name of a target must be 1 to 20 lower-case letters/,
    );
    expect(checkTargets(balancer("application"), {}, [WEB]).problems).toEqual([
      { at: [], message: "'targets' must hold at least one target, like web: {}, got none" },
    ]);
  });
});

describe("a target behind an Application Load Balancer", () => {
  test("is accepted with everything", () => {
    expect(
      refused("application", {
        port: "http",
        protocol: "HTTPS",
        protocolVersion: "HTTP2",
        conditions: { paths: ["/api/*"] },
        priority: 10,
        healthCheck: {
          path: "/health",
          port: "http",
          protocol: "HTTP",
          codes: "200,204,301-302",
          intervalInSeconds: 30,
          timeoutInSeconds: 29,
          healthyThreshold: 10,
          unhealthyThreshold: 2,
        },
        deregistrationDelayInSeconds: 0,
        slowStartInSeconds: 900,
        stickiness: { cookieName: "basket", durationInSeconds: 604_800 },
        algorithm: "round_robin",
      }),
    ).toEqual([]);
  });

  test.each<[TargetOptions, string]>([
    [
      { protocol: "TCP" },
      `'protocol' behind an Application Load Balancer must be one of "HTTP", "HTTPS", got "TCP"; change it, or the 'type' of the load balancer`,
    ],
    [
      { listenerPort: 443 },
      "'listenerPort' is not for an Application Load Balancer: an Application Load Balancer takes all requests on one port and tells them apart by 'conditions'; leave it out",
    ],
    [{ priority: 0 }, "'priority' must be a whole number from 1 to 50000, got 0"],
    [
      { stickiness: { cookieName: "AWSALB" } },
      `'cookieName' must be the name of a cookie that does not begin with "AWSALB", got "AWSALB"`,
    ],
    [{ stickiness: { durationInSeconds: 0 } }, "'durationInSeconds' must be a whole number from 1 to 604800, got 0"],
    [{ slowStartInSeconds: 29 }, "'slowStartInSeconds' must be a whole number from 30 to 900, got 29"],
    [
      { slowStartInSeconds: 30, algorithm: "weighted_random" },
      `'slowStartInSeconds' goes with 'algorithm' "round_robin" only, got "weighted_random"; remove one of the two`,
    ],
    [
      { deregistrationDelayInSeconds: 3601 },
      "'deregistrationDelayInSeconds' must be a whole number from 0 to 3600, got 3601",
    ],
    [
      { healthCheck: { path: "health" } },
      `'path' of a health check must begin with "/", have no spaces and at most 1024 characters, got "health"; write it like "/healthz"`,
    ],
    [
      { healthCheck: { port: "admin" } },
      `'port' must be a port of container "web", got "admin"; it has "dns" (5353), "http" (8080)`,
    ],
    [
      { healthCheck: { codes: "100-299" } },
      `'codes' of a health check must be statuses from 200 to 499, like "200", "200,204" or "200-299", got "100-299"`,
    ],
    [
      { healthCheck: { intervalInSeconds: 4 } },
      "'intervalInSeconds' of a health check must be a whole number from 5 to 300, got 4",
    ],
    [
      { healthCheck: { timeoutInSeconds: 15 } },
      "'timeoutInSeconds' of a health check must be less than its interval of 15, got 15; raise 'intervalInSeconds', or wait less",
    ],
    [
      { healthCheck: { healthyThreshold: 11 } },
      "'healthyThreshold' of a health check must be a whole number from 2 to 10, got 11",
    ],
    [
      { healthCheck: { protocol: "TCP" } },
      `'protocol' of a health check must be "HTTP" or "HTTPS" for an Application Load Balancer, got "TCP"; name a 'path' that answers`,
    ],
  ])("is refused: %j", (options, message) => {
    expect(refused("application", { port: "http", ...options })).toEqual([message]);
  });

  test("is refused with gRPC over plain HTTP, and with a port of UDP", () => {
    expect(refused("application", { port: "http", protocolVersion: "GRPC" }, { tls: false })).toEqual([
      `'protocolVersion' "GRPC" needs HTTPS, which 'plainHttp' true leaves out; give the load balancer a certificate`,
    ]);
    expect(refused("application", { port: "dns" })).toEqual([
      `'protocol' is "HTTP", and port 5353 of container "web" is UDP; make them agree`,
    ]);
  });
});

describe("a target behind a Network Load Balancer", () => {
  test("is accepted with everything", () => {
    const options: TargetOptions = {
      port: "http",
      protocol: "TLS",
      listenerPort: 443,
      testListenerPort: 8443,
      tlsToContainer: true,
      preserveClientIp: false,
      proxyProtocol: true,
      healthCheck: { path: "/health", codes: "200-599" },
    };
    expect(refused("network", options, { blueGreen: true })).toEqual([]);
    expect(refused("network", { port: "dns", stickiness: {}, healthCheck: { port: "http" } })).toEqual([]);
  });

  test.each<[TargetOptions, string]>([
    [
      { conditions: { paths: ["/"] } },
      "'conditions' is not for a Network Load Balancer: a Network Load Balancer has no rules, because it does not read what goes through it; use 'listenerPort'; leave it out",
    ],
    [
      { algorithm: "round_robin" },
      "'algorithm' is not for a Network Load Balancer: a Network Load Balancer chooses a task by the addresses and ports of the connection; leave it out",
    ],
    [{ protocol: "UDP" }, `'protocol' is "UDP", and port 8080 of container "web" is TCP; make them agree`],
    [{ listenerPort: 0 }, "'listenerPort' must be a port from 1 to 65535, got 0"],
    [
      { testListenerPort: 81 },
      `'testListenerPort' is for deployments that move requests between two sets of tasks, and the service's 'strategy' is "ROLLING"; leave it out, or choose "BLUE_GREEN"`,
    ],
    [{ tlsToContainer: true }, `'tlsToContainer' is for 'protocol' "TLS", got "TCP"; leave it out`],
    [
      { protocol: "TCP_UDP", preserveClientIp: false },
      `'preserveClientIp' must not be false for "TCP_UDP", where AWS keeps the client's address; leave it out`,
    ],
    [
      { stickiness: { cookieName: "a" } },
      "'cookieName' is for cookies, and a Network Load Balancer knows a client by its address; leave it out",
    ],
    [
      { protocol: "TLS", stickiness: {} },
      "'stickiness' does not go with 'protocol' \"TLS\", AWS refuses it; leave it out, or let TLS pass with \"TCP\"",
    ],
    [
      { healthCheck: { protocol: "TCP", path: "/a" } },
      `'path' is for health checks over HTTP, and 'protocol' is "TCP"; remove one of the two`,
    ],
  ])("is refused: %j", (options, message) => {
    expect(refused("network", { port: "http", ...options })).toEqual([message]);
  });

  test("is refused with TLS and no certificate", () => {
    expect(refused("network", { port: "http", protocol: "TLS" }, { tls: false })).toEqual([
      `'protocol' "TLS" needs a certificate, and the load balancer has none; give it 'certificateArn', or let TLS pass with "TCP"`,
    ]);
  });

  test.each<[TargetOptions, string]>([
    [{ port: "dns" }, "UDP"],
    [{ port: "http", protocol: "TCP_UDP" }, "TCP_UDP"],
  ])("is refused with UDP behind one that has IPv6 addresses: %j", (options, protocol) => {
    expect(refused("network", options)).toEqual([]);
    expect(refused("network", options, { dualStack: true })).toEqual([
      `'protocol' "${protocol}" behind a load balancer with 'dualStack' needs source addresses of IPv6 ('EnablePrefixForIpv6SourceNat'), which Terraform's provider 6.34 cannot set; leave 'dualStack' out, or give UDP a load balancer of its own`,
    ]);
    expect(refused("network", { port: "http" }, { dualStack: true })).toEqual([]);
  });

  test("is refused on a port where the load balancer listens for another", () => {
    const { problems } = checkTargets(
      balancer("network"),
      { a: { port: "http", listenerPort: 443 }, b: { port: "http", listenerPort: 443 } },
      [WEB],
    );
    expect(problems).toEqual([
      {
        at: ["b", "listenerPort"],
        message: `'listenerPort' of target "b" is 443, on which the load balancer already listens for "a"; give it another port`,
      },
    ]);
  });
});

describe("the health check of a target", () => {
  const check = (kind: LoadBalancerKind, options: TargetOptions, readiness?: HealthProbe) => {
    const web = container("web", { http: 8080, admin: 9090 }, readiness);
    const [target] = checkTargets(balancer(kind), { web: { port: "http", ...options } }, [web]).targets;
    if (target === undefined) {
      throw new Error("the target was refused");
    }
    return healthCheckOf(kind, target);
  };

  test("asks for the root every 15 seconds when nothing is said", () => {
    expect(check("application", {})).toEqual({
      protocol: "HTTP",
      path: "/",
      codes: "200",
      port: undefined,
      intervalInSeconds: 15,
      timeoutInSeconds: 5,
      healthyThreshold: 2,
      unhealthyThreshold: 3,
    });
    expect(check("application", { protocol: "HTTPS" }).protocol).toBe("HTTPS");
  });

  test("asks as the container's readiness says, within what a load balancer can do", () => {
    expect(
      check("application", {}, { http: { port: "admin", path: "/ready" }, periodSeconds: 3, failureThreshold: 20 }),
    ).toEqual({
      protocol: "HTTP",
      path: "/ready",
      codes: "200-399",
      port: 9090,
      intervalInSeconds: 5,
      timeoutInSeconds: 2,
      healthyThreshold: 2,
      unhealthyThreshold: 10,
    });
  });

  test("asks as is said, whatever the readiness says", () => {
    const readiness: HealthProbe = { http: { port: "admin", path: "/ready" } };
    expect(check("application", { healthCheck: { path: "/up", port: "http" } }, readiness)).toMatchObject({
      path: "/up",
      codes: "200",
      port: undefined,
      intervalInSeconds: 10,
    });
  });

  test("waits less than the interval by itself", () => {
    expect(check("application", { healthCheck: { intervalInSeconds: 5 } }).timeoutInSeconds).toBe(4);
  });

  test("connects only, behind a Network Load Balancer, unless there is a path", () => {
    expect(check("network", {})).toMatchObject({ protocol: "TCP", path: undefined, codes: undefined });
    expect(check("network", { healthCheck: { path: "/" } })).toMatchObject({
      protocol: "HTTP",
      path: "/",
      codes: "200",
    });
    expect(check("network", {}, { http: { port: "http" } }).protocol).toBe("HTTP");
    expect(check("network", {}, { tcp: { port: "http" } }).protocol).toBe("TCP");
  });

  test("takes the answer that every gRPC server gives", () => {
    expect(check("application", { protocolVersion: "GRPC" })).toMatchObject({
      path: "/AWS.ALB/healthcheck",
      codes: "12",
    });
  });
});

describe("the name of a target group", () => {
  test("fits, and says whose it is", () => {
    expect(targetGroupName("shop-web", "api", [8080])).toMatch(/^shop-web-api-[0-9a-f]{8}$/);
    expect(targetGroupName("a-very-long-name_of-a-service", "api", [8080])).toMatch(
      /^a-very-long-name-of-a-s-[0-9a-f]{8}$/,
    );
  });

  test("is another one when something changes that AWS cannot change, and for another owner", () => {
    const name = targetGroupName("shop-web", "api", [8080, "HTTP"]);
    expect(targetGroupName("shop-web", "api", [8080, "HTTP"])).toBe(name);
    expect(targetGroupName("shop-web", "api", [8081, "HTTP"])).not.toBe(name);
    expect(targetGroupName("shop", "web-api", [8080, "HTTP"])).not.toBe(name);
  });
});
