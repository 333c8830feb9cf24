import {
  bothWaysProblem,
  namedPorts,
  type ServiceConnectEndpoint,
  type ServiceDiscoveryOptions,
  serviceConnectProblems,
  serviceDiscoveryProblems,
} from "../../src/model/service-connect";
import type { TaskContainer } from "../../src/model/task-container";

const container = (name: string, ports: TaskContainer["ports"] = {}): TaskContainer => ({
  name,
  image: "registry.example.com/web:1",
  cpu: "250m",
  memory: "512Mi",
  ports,
});

const CONTAINERS = [
  container("web", { http: { port: 8080, appProtocol: "http" }, admin: 9000, names: { port: 53, protocol: "UDP" } }),
  container("proxy", { http: 80, tls: 443 }),
];

const connect = (endpoints: Record<string, ServiceConnectEndpoint>) =>
  serviceConnectProblems({ endpoints }, CONTAINERS).map(({ message }) => message);
const discover = (options: Partial<ServiceDiscoveryOptions>, ownNetworkInterface = true) =>
  serviceDiscoveryProblems({ name: "web", ...options }, CONTAINERS, ownNetworkInterface).map(({ message }) => message);

describe("ports of a task by name", () => {
  test("are those of all containers, the first of two that share a name", () => {
    expect(namedPorts(CONTAINERS).get("http")).toEqual({
      containerName: "web",
      port: 8080,
      protocol: "TCP",
      appProtocol: "http",
    });
    expect(namedPorts(CONTAINERS).get("tls")).toMatchObject({ containerName: "proxy", port: 443 });
  });
});

describe("Service Connect", () => {
  test("takes a service that only calls others, and one with a name for each port", () => {
    expect(serviceConnectProblems({}, CONTAINERS)).toEqual([]);
    expect(
      connect({
        web: { portName: "http", port: 80, dnsName: "web.shop", requestTimeoutInSeconds: 0 },
        _x: { portName: "admin" },
      }),
    ).toEqual([]);
  });

  test("leads to ports that the containers have, of TCP", () => {
    expect(connect({ web: { portName: "https" }, dns: { portName: "names" } })).toEqual([
      `'portName' of endpoint "web" must be the name of a port of the task's containers ("admin", "http", "names", "tls"), got "https"`,
      `endpoint "dns" must lead to a port of TCP, got "names", which is one of UDP; use 'discovery' for it`,
    ]);
    expect(
      serviceConnectProblems({ endpoints: { web: { portName: "http" } } }, [container("web")])[0]?.message,
    ).toContain("(they have none)");
  });

  test("gives a port one endpoint", () => {
    expect(connect({ web: { portName: "http" }, shop: { portName: "http" } })).toEqual([
      `endpoints "web" and "shop" both lead to port "http", and a port has one endpoint; keep one`,
    ]);
  });

  test("times requests only where it sees them", () => {
    expect(connect({ admin: { portName: "admin", requestTimeoutInSeconds: 5, idleTimeoutInSeconds: 60 } })).toEqual([
      `'requestTimeoutInSeconds' of endpoint "admin" needs requests, and port "admin" is plain TCP; give it an 'appProtocol' of "http", "http2" or "grpc", or leave the timeout out`,
    ]);
  });

  test("refuses names, ports and seconds that AWS refuses", () => {
    expect(
      connect({
        "-Web": { portName: "http", port: 0, dnsName: "Web", idleTimeoutInSeconds: -1, requestTimeoutInSeconds: 1.5 },
      }),
    ).toEqual([
      `the name of an endpoint must be 1 to 64 lower-case letters, digits, "_" and "-", not beginning with "-", got "-Web"`,
      `'port' of endpoint "-Web" must be a whole number from 1 to 65535, got 0`,
      `'dnsName' of endpoint "-Web" must be 1 to 127 lower-case letters, digits, "_", "-" and ".", not beginning with "-", got "Web"`,
      `'idleTimeoutInSeconds' of endpoint "-Web" must be a whole number of 0 to 2147483647 seconds, got -1`,
      `'requestTimeoutInSeconds' of endpoint "-Web" must be a whole number of 0 to 2147483647 seconds, got 1.5`,
    ]);
    expect(connect({ ["a".repeat(64)]: { portName: "http" } })).toEqual([]);
    expect(connect({ ["a".repeat(65)]: { portName: "http" } })).toHaveLength(1);
  });
});

describe("names in DNS", () => {
  test("are the addresses of tasks, or their addresses and a port", () => {
    expect(discover({})).toEqual([]);
    expect(discover({ record: "SRV", portName: "http", ttlInSeconds: 0 })).toEqual([]);
    expect(discover({ record: "SRV", portName: "http" }, false)).toEqual([]);
  });

  test("tell a port by SRV records alone, and those always", () => {
    expect(discover({ record: "SRV" })).toEqual([
      `'record' "SRV" of 'discovery' tells a port; say which in 'portName'`,
    ]);
    expect(discover({ portName: "http" })).toEqual([
      `'portName' of 'discovery' is for 'record' "SRV", as an A record tells no port, got "A"; leave it out, or choose "SRV"`,
    ]);
    expect(discover({ record: "SRV", portName: "https" })).toEqual([
      expect.stringContaining(`'portName' of 'discovery' must be the name of a port`),
    ]);
  });

  test("need a port where tasks have no address of their own", () => {
    expect(discover({}, false)).toEqual([
      expect.stringContaining(
        `'record' of 'discovery' must be "SRV" for tasks without a network interface of their own`,
      ),
    ]);
  });

  test("are names of DNS, kept for a whole number of seconds", () => {
    expect(discover({ name: "Web_1", ttlInSeconds: -1 })).toEqual([
      expect.stringContaining(`'name' of 'discovery' must be 1 to 63 lower-case letters`),
      `'ttlInSeconds' of 'discovery' must be a whole number of 0 to 2147483647 seconds, got -1`,
    ]);
    expect(serviceDiscoveryProblems({ name: "${TOKEN}" }, CONTAINERS, true, () => false)).toEqual([]);
  });

  test("are not those of Service Connect in the same namespace", () => {
    const connected = { endpoints: { web: { portName: "http" } } };
    expect(bothWaysProblem(connected, { name: "web" })).toContain(
      `'serviceConnect' has an endpoint "web", and 'discovery' the same name in the same namespace`,
    );
    expect(bothWaysProblem(connected, { name: "web-tasks" })).toBeUndefined();
  });
});
