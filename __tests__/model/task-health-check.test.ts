import type { ContainerSpec } from "../../src/model/container-spec";
import { taskHealthCheckOf, taskHealthCheckProblems, taskHealthCheckWarnings } from "../../src/model/task-health-check";
import { containerSpec } from "../support/pod-templates";
import { told } from "../support/tasks";

const problems = (spec: Partial<ContainerSpec>) => told(taskHealthCheckProblems(containerSpec(spec)));
const check = (spec: Partial<ContainerSpec>) => taskHealthCheckOf(containerSpec(spec));

describe("the health check of a container", () => {
  test("is its liveness, with all that ECS would add", () => {
    expect(check({})).toBeUndefined();
    expect(check({ liveness: { exec: ["curl", "localhost"] } })).toEqual({
      command: ["CMD", "curl", "localhost"],
      interval: 10,
      timeout: 5,
      retries: 3,
      startPeriod: 0,
    });
    expect(
      check({ liveness: { exec: ["true"], periodSeconds: 300, timeoutSeconds: 60, failureThreshold: 10 } }),
    ).toEqual({ command: ["CMD", "true"], interval: 300, timeout: 60, retries: 10, startPeriod: 0 });
  });

  test("does not count while the container starts", () => {
    const startPeriod = (spec: Partial<ContainerSpec>) => check(spec)?.startPeriod;
    expect(startPeriod({ liveness: { exec: ["true"], initialDelaySeconds: 7 } })).toBe(7);
    expect(startPeriod({ liveness: { exec: ["true"] }, startup: { exec: ["true"] } })).toBe(30);
    expect(
      startPeriod({
        liveness: { exec: ["true"], initialDelaySeconds: 1 },
        startup: { tcp: { port: 1 }, initialDelaySeconds: 2, periodSeconds: 3, failureThreshold: 4 },
      }),
    ).toBe(15);
  });

  test.each([
    ["http", { http: { port: 8080 } }],
    ["tcp", { tcp: { port: 8080 } }],
  ])("does not ask by %s", (way, liveness) => {
    expect(check({ liveness })).toBeUndefined();
    expect(problems({ liveness })).toEqual([
      [
        `liveness.${way}`,
        `'liveness' of container "app" asks by '${way}', and ECS asks by a command that runs in the container; give 'exec', like ["curl", "--fail", "http://localhost:8080/"], or leave it out and let the load balancer ask by 'readiness'`,
      ],
    ]);
  });

  test("asks in no way where none is given, which is a rule of every probe", () => {
    const liveness = { periodSeconds: 5 } as never;
    expect(check({ liveness })).toBeUndefined();
    expect(problems({ liveness })).toEqual([]);
  });

  test.each(["CMD", "CMD-SHELL", "NONE"])("begins with a program, and not with %s, which is Docker's", (word) => {
    expect(problems({ liveness: { exec: [word, "curl localhost"] } })).toEqual([
      [
        "liveness.exec.0",
        `'exec' of 'liveness' of container "app" must begin with the name of a program, got "${word}", which is a word of Docker's own; leave it out, and for a shell write ["sh", "-c", "…"]`,
      ],
    ]);
  });

  test.each(["", " "])("begins with a program, and not with %j", (word) => {
    expect(problems({ liveness: { exec: [word] } })).toEqual([
      [
        "liveness.exec.0",
        `'exec' of 'liveness' of container "app" must begin with the name of a program, got "${word}"`,
      ],
    ]);
  });

  test("is warned of when a whole command is one word", () => {
    const warnings = (exec: string[]) => taskHealthCheckWarnings(containerSpec({ liveness: { exec } }));
    expect(warnings(["curl -f localhost"])).toEqual([
      `'exec' of 'liveness' of container "app" is one word, "curl -f localhost", which ECS takes for the name of a program; give each word by itself, or for a shell write ["sh", "-c", "curl -f localhost"]`,
    ]);
    expect(warnings(["/bin/well"])).toEqual([]);
    expect(warnings(["sh", "-c", "curl -f localhost"])).toEqual([]);
    expect(taskHealthCheckWarnings(containerSpec({ liveness: { tcp: { port: 1 } } }))).toEqual([]);
  });

  test.each([
    ["periodSeconds", 5, 300],
    ["timeoutSeconds", 2, 60],
    ["failureThreshold", 1, 10],
  ])("has a '%s' from %d to %d", (property, least, most) => {
    for (const value of [least, most]) {
      expect(problems({ liveness: { exec: ["true"], [property]: value } })).toEqual([]);
    }
    for (const value of [least - 1, most + 1]) {
      expect(problems({ liveness: { exec: ["true"], [property]: value } })).toEqual([
        [
          `liveness.${property}`,
          `'${property}' of 'liveness' of container "app" must be from ${least} to ${most}, which is what ECS takes, got ${value}`,
        ],
      ]);
    }
  });
});

describe("readiness", () => {
  test("is the load balancer's, which asks by network", () => {
    expect(problems({ readiness: { http: { port: 8080 } } })).toEqual([]);
    expect(problems({ readiness: { tcp: { port: 8080 } } })).toEqual([]);
    expect(problems({ readiness: { exec: ["true"] } })).toEqual([
      [
        "readiness.exec",
        `'readiness' of container "app" asks by a command, and in ECS it is the load balancer that keeps traffic away, which asks by network; give 'http' or 'tcp', or give the command as 'liveness'`,
      ],
    ]);
  });
});

describe("startup", () => {
  test("is the time in which liveness may fail", () => {
    expect(problems({ startup: { exec: ["true"] } })).toEqual([
      [
        "startup",
        `'startup' of container "app" needs 'liveness', as ECS knows it only as the time in which 'liveness' may fail; give 'liveness', or leave 'startup' out`,
      ],
    ]);
  });

  test("is at most 300 seconds", () => {
    const liveness = { exec: ["true"] };
    expect(problems({ liveness, startup: { exec: ["true"], failureThreshold: 30 } })).toEqual([]);
    expect(problems({ liveness, startup: { exec: ["true"], failureThreshold: 31 } })).toEqual([
      [
        "startup",
        `container "app" must be given at most 300 seconds to start in ECS, got 310 ('initialDelaySeconds' of 'liveness', and of 'startup' 'initialDelaySeconds' and 'periodSeconds' times 'failureThreshold'); allow less`,
      ],
    ]);
    expect(problems({ liveness: { exec: ["true"], initialDelaySeconds: 301 } }).map(([at]) => at)).toEqual([
      "liveness",
    ]);
  });
});
