import { type HealthProbe, type ProbePurpose, probeProblems } from "../../src/model/health-probe";

const PORTS = { http: 8080, admin: 9090 };

function problems(probe: HealthProbe, purpose: ProbePurpose = "readiness", ports: Record<string, number> = PORTS) {
  return probeProblems(purpose, probe, 'container "app"', ports).map(({ at, message }) => [at.join("."), message]);
}

describe("a probe", () => {
  test.each<HealthProbe>([
    { http: { port: "http" } },
    { http: { port: 9090, path: "/health", scheme: "HTTPS" } },
    { tcp: { port: "admin" } },
    { exec: ["cat", "/tmp/ready"] },
    { exec: ["true"], initialDelaySeconds: 0, periodSeconds: 1, timeoutSeconds: 1, failureThreshold: 1 },
    { exec: ["true"], successThreshold: 3 },
  ])("may be %j", (probe) => {
    expect(problems(probe)).toEqual([]);
  });

  test("asks in one way", () => {
    expect(problems({} as HealthProbe)).toEqual([
      ["", `'readiness' of container "app" must have one of 'http', 'tcp' and 'exec', got none`],
    ]);
    expect(problems({ http: { port: "http" }, exec: ["true"] } as HealthProbe)).toEqual([
      ["", `'readiness' of container "app" must have one of 'http', 'tcp' and 'exec', got "exec", "http"`],
    ]);
  });

  test("asks a port that the container has", () => {
    expect(problems({ http: { port: "web" } }, "liveness")).toEqual([
      [
        "http.port",
        `'port' of 'liveness' of container "app" must be one of the container's TCP ports ("admin", "http"), got "web"; add it to 'ports', or probe another`,
      ],
    ]);
    expect(problems({ tcp: { port: 80 } }, "liveness", {})).toEqual([
      [
        "tcp.port",
        `'port' of 'liveness' of container "app" must be one of the container's TCP ports, of which it has none, got 80; add it to 'ports', or probe another`,
      ],
    ]);
    expect(problems({ tcp: { port: "constructor" } }).map(([at]) => at)).toEqual(["tcp.port"]);
  });

  test("asks for an absolute path", () => {
    expect(problems({ http: { port: "http", path: "health" } })).toEqual([
      ["http.path", `'path' of 'readiness' of container "app" must begin with "/", got "health"`],
    ]);
  });

  test("runs a command that is there", () => {
    expect(problems({ exec: [] })).toEqual([
      [
        "exec",
        `'exec' of 'readiness' of container "app" must hold a command, like ["cat", "/tmp/ready"], got an empty list`,
      ],
    ]);
  });

  test.each([
    ["initialDelaySeconds", -1, 0],
    ["periodSeconds", 0, 1],
    ["timeoutSeconds", 0.5, 1],
    ["failureThreshold", 0, 1],
    ["successThreshold", 0, 1],
  ])("may not have %s %p", (property, value, least) => {
    expect(problems({ exec: ["true"], [property]: value })).toEqual([
      [
        property,
        `'${property}' of 'readiness' of container "app" must be a whole number of at least ${least}, got ${value}`,
      ],
    ]);
  });

  test.each<ProbePurpose>(["liveness", "startup"])("succeeds at once where it decides on %s", (purpose) => {
    expect(problems({ exec: ["true"], successThreshold: 2 }, purpose)).toEqual([
      [
        "successThreshold",
        `'successThreshold' of '${purpose}' of container "app" must be 1, got 2; only 'readiness' may wait for more`,
      ],
    ]);
  });
});
