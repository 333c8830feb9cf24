import type { ContainerSpec } from "../../../src/model/container-spec";
import type { HomeContainer } from "../../../src/model/homes/home-data";
import { lightsailContainerProblems, lightsailHealthCheck } from "../../../src/model/homes/lightsail-container";

const WEB: ContainerSpec = {
  name: "web",
  image: "docker.io/library/nginx:1.29",
  cpu: "250m",
  memory: "512Mi",
  ports: { http: 8080 },
};

function messages(spec: Partial<HomeContainer>): string[] {
  return lightsailContainerProblems({ ...WEB, ...spec }).map(({ message }) => message);
}

describe("a container on Lightsail", () => {
  test("may have arguments, variables, several ports and a probe by HTTP", () => {
    expect(
      messages({
        args: ["serve", "two words"],
        environment: { A: "$$(B)" },
        ports: { http: 8080, dns: { port: 53, protocol: "UDP" } },
        readiness: { http: { port: "http" }, periodSeconds: 300, timeoutSeconds: 60 },
      }),
    ).toEqual([]);
  });

  test.each([
    [
      { secrets: { TOKEN: { parameterArn: "arn:aws:ssm:eu-west-1:111122223333:parameter/token" } } },
      `container "web" asks for a parameter of Parameter Store for "TOKEN", and Lightsail has variables in plain text alone; leave it out, or run it on ECS on Fargate, App Runner or Elastic Beanstalk`,
    ],
    [
      { environment: { DB_PASSWORD: "hunter2" } },
      `variable "DB_PASSWORD" of container "web" looks like a secret, and Lightsail has variables in plain text alone, which everybody reads who may see the deployment; run it on ECS on Fargate or App Runner, which read secrets where AWS keeps them, or put "DB_PASSWORD" into 'plainText' if it is none`,
    ],
    [
      { environment: { A: "$(HOME)" } },
      `container "web" asks for a value with other variables in it, as $(NAME), for "A", and Lightsail hands values on as they stand; write the value out, or let the program put it together, or run it on EKS on Fargate`,
    ],
    [
      { readiness: { tcp: { port: 8080 } } },
      `container "web" asks for a 'readiness' by TCP, and Lightsail asks by HTTP alone; ask by HTTP, or leave it out, or run it on EKS on Fargate, ECS on Fargate or App Runner`,
    ],
    [
      { readiness: { http: { port: "http", scheme: "HTTPS" } } },
      `container "web" asks for a probe by HTTPS, and Lightsail ends TLS before the container; ask by HTTP`,
    ],
    [
      { readiness: { http: { port: "http" }, timeoutSeconds: 1 } },
      `'timeoutSeconds' of 'readiness' of container "web" must be a whole number from 2 to 60 on Lightsail, got 1`,
    ],
    [
      { readiness: { http: { port: "http" }, periodSeconds: 301 } },
      `'periodSeconds' of 'readiness' of container "web" must be a whole number from 5 to 300 on Lightsail, got 301`,
    ],
    [
      { name: "a".repeat(54) },
      `'name' of a container must be at most 53 characters on Lightsail, got "${"a".repeat(54)}" (54); choose a shorter one`,
    ],
    [
      { cpu: "8" },
      `container "web" must fit into the largest power of Lightsail, "xlarge" (4 of CPU and 8Gi of memory), got "8" of CPU and "512Mi" of memory; ask for less, or run it on ECS on Fargate`,
    ],
  ] as [Partial<HomeContainer>, string][])(
    "is refused what Lightsail cannot do, with the reason: %j",
    (spec, message) => {
      expect(messages(spec)).toEqual([message]);
    },
  );

  test("says what looks like a secret and is none, and names nothing else there", () => {
    expect(messages({ environment: { TOKEN: "none" }, plainText: ["TOKEN"] })).toEqual([]);
    expect(messages({ plainText: ["TOKEN"] })).toEqual([
      `'plainText' of container "web" must hold names of variables in 'environment', got "TOKEN"; remove it`,
    ]);
  });
});

describe("the health check of Lightsail", () => {
  test("is Lightsail's own where the container has no probe", () => {
    expect(lightsailHealthCheck(WEB)).toEqual({
      path: "/",
      intervalSeconds: 5,
      timeoutSeconds: 2,
      healthyThreshold: 2,
      unhealthyThreshold: 2,
      successCodes: "200-499",
    });
  });

  test("is the container's probe, with what Lightsail takes where it says nothing", () => {
    const readiness = { http: { port: "http", path: "/health" }, periodSeconds: 30, failureThreshold: 4 };
    expect(lightsailHealthCheck({ ...WEB, readiness })).toEqual({
      path: "/health",
      intervalSeconds: 30,
      timeoutSeconds: 2,
      healthyThreshold: 2,
      unhealthyThreshold: 4,
      successCodes: "200-399",
    });
  });
});
