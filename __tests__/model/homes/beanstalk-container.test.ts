import type { ContainerSpec } from "../../../src/model/container-spec";
import { beanstalkContainerProblems } from "../../../src/model/homes/beanstalk-container";

const WEB: ContainerSpec = {
  name: "web",
  image: "docker.io/library/nginx:1.29",
  cpu: "250m",
  memory: "512Mi",
  ports: { http: 8080 },
};

const problems = (options: Partial<ContainerSpec>) => beanstalkContainerProblems({ ...WEB, ...options });

describe("a container on Elastic Beanstalk", () => {
  test("may say most of what a container can", () => {
    expect(
      problems({
        command: ["/bin/web"],
        workingDir: "/srv",
        user: 1000,
        readOnlyRootFilesystem: true,
        addCapabilities: ["CHOWN"],
        secrets: {
          A: { secretArn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:web/password-AbCdEf", jsonKey: "a" },
          B: { parameterArn: "arn:aws:ssm:eu-west-1:111122223333:parameter/web/b" },
        },
        liveness: { exec: ["true"], timeoutSeconds: 5, initialDelaySeconds: 10 },
        startup: { exec: ["true"] },
        readiness: { http: { port: "http" } },
        mounts: { "/tmp": { volume: "tmp" } },
      }),
    ).toEqual([]);
  });

  test.each<[string, Partial<ContainerSpec>, (string | number)[], string]>([
    [
      "a Kubernetes Secret",
      { secrets: { A: { secretName: "a", key: "b" } } },
      ["secrets", "A"],
      "Elastic Beanstalk has no Kubernetes",
    ],
    ["fields of a pod", { podFields: { A: "metadata.name" } }, ["podFields", "A"], "Elastic Beanstalk has no pods"],
    [
      "variables in variables",
      { environment: { A: "a", B: "$(A)" } },
      ["environment", "B"],
      "hands values on as they stand",
    ],
    [
      "a secret in plain text",
      { environment: { PASSWORD: "hunter" } },
      ["environment", "PASSWORD"],
      "everybody who may read the source bundle reads it",
    ],
    ["liveness by HTTP", { liveness: { http: { port: "http" } } }, ["liveness"], "asks by a command alone"],
    ["readiness by TCP", { readiness: { tcp: { port: "http" } } }, ["readiness"], "asks by HTTP alone"],
    ["readiness by a command", { readiness: { exec: ["true"] } }, ["readiness"], "asks by HTTP alone"],
    [
      "readiness by HTTPS",
      { readiness: { http: { port: "http", scheme: "HTTPS" } } },
      ["readiness", "http", "scheme"],
      "ends TLS before the container",
    ],
    [
      "readiness after a delay",
      { readiness: { http: { port: "http" }, initialDelaySeconds: 5 } },
      ["readiness", "initialDelaySeconds"],
      "asks from the start",
    ],
    ["startup without liveness", { startup: { exec: ["true"] } }, ["startup"], "needs 'liveness'"],
    [
      "liveness in haste",
      { liveness: { exec: ["true"], periodSeconds: 1 } },
      ["liveness", "periodSeconds"],
      "must be from 5 to 300",
    ],
    ["a command before the end", { preStop: ["sleep", "5"] }, ["preStop"], "ECS runs no command before the end"],
    [
      "part of a volume",
      { mounts: { "/a": { volume: "a", subPath: "b" } } },
      ["mounts", "/a", "subPath"],
      "ECS mounts whole volumes",
    ],
    [
      "disk of its own",
      { ephemeralStorage: "30Gi" },
      ["ephemeralStorage"],
      "containers share the disk of the instance",
    ],
    [
      "a secret that is none",
      { secrets: { A: { parameterArn: "a" } } },
      ["secrets", "A", "parameterArn"],
      "must be the ARN of a parameter",
    ],
  ])("cannot have %s", (_, options, at, message) => {
    const found = problems(options);
    expect(found).toHaveLength(1);
    expect(found[0]?.message).toContain(message);
    expect(found[0]?.at.slice(0, at.length)).toEqual(at);
  });
});
