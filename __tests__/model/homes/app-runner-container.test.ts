import type { ContainerSpec } from "../../../src/model/container-spec";
import {
  appRunnerContainerProblems,
  appRunnerHealthCheck,
  appRunnerPort,
} from "../../../src/model/homes/app-runner-container";
import type { HomeContainer } from "../../../src/model/homes/home-data";

const WEB: ContainerSpec = {
  name: "web",
  image: "public.ecr.aws/nginx/nginx:1.29",
  cpu: "250m",
  memory: "512Mi",
  ports: { http: 8080 },
};

function problems(spec: Partial<HomeContainer>) {
  return appRunnerContainerProblems({ ...WEB, ...spec }).map(({ at, message }) => [at.join("."), message]);
}

const messages = (spec: Partial<HomeContainer>) => problems(spec).map(([, message]) => message);

describe("a container on App Runner", () => {
  test("may have arguments, variables, secrets of AWS and a probe of its port", () => {
    const image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1.4.2";
    const secrets = {
      PASSWORD: {
        secretArn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:web/password-AbCdEf",
        jsonKey: "password",
      },
      GREETING: { parameterArn: "arn:aws:ssm:eu-west-1:111122223333:parameter/web/greeting" },
    };
    const probe = { http: { port: "http", path: "/health" }, periodSeconds: 20, timeoutSeconds: 20 };
    expect(
      problems({ image, args: ["serve"], environment: { A: "1" }, secrets, readiness: probe, liveness: probe }),
    ).toEqual([]);
  });

  test("is held to what is true in every home", () => {
    expect(problems({ name: "Web" }).map(([at]) => at)).toEqual(["name"]);
  });

  test.each([
    [
      { image: "docker.io/library/nginx:1.29" },
      `container "web" asks for an image outside of Amazon ECR, and App Runner pulls from Amazon ECR and ECR Public alone; copy the image into a repository of Amazon ECR, or have ECR cache the registry, or run it on EKS on Fargate, ECS on Fargate, Lightsail or Elastic Beanstalk`,
    ],
    [
      { command: ["/bin/web"] },
      `container "web" asks for 'command', and the start command of App Runner takes the place of the image's CMD; leave it out, and give what the image's entry point shall be told as 'args', or run it on EKS on Fargate, ECS on Fargate or Elastic Beanstalk`,
    ],
    [
      { secrets: { TOKEN: { secretName: "web", key: "token" } } },
      `container "web" asks for a key of a Kubernetes Secret for "TOKEN", and App Runner has no Kubernetes; keep it in AWS Secrets Manager or Parameter Store, where the home reads those, or run it on EKS on Fargate`,
    ],
    [
      { mounts: { "/data": { volume: "data" } } },
      `container "web" asks for a volume on "/data", and App Runner has no volumes; leave it out, and keep data in S3 or a database, or run it on EKS on Fargate, ECS on Fargate or Elastic Beanstalk`,
    ],
    [
      { cpu: "8", memory: "16Gi" },
      `container "web" must fit into the largest instance of App Runner, { cpu: "4", memory: 12Gi }, got "8" of CPU and "16Gi" of memory; ask for less, or run it on ECS on Fargate`,
    ],
    [
      { environment: { AWSAPPRUNNER_X: "1" } },
      `'environment' of container "web" must not have names that begin with "AWSAPPRUNNER", which App Runner keeps for itself, got "AWSAPPRUNNER_X"; choose another`,
    ],
    [
      { environment: { PASSWORD: "hunter2" } },
      `variable "PASSWORD" of container "web" is called like a secret, and everybody who may describe the service reads it; keep it in AWS Secrets Manager or Parameter Store and name it in 'secrets', or put "PASSWORD" into 'plainText' if it is none`,
    ],
    [
      { args: ["--name", "two words"] },
      `'args' of container "web" become one line for App Runner, which takes it apart at its spaces, so each must be a word without spaces, quotes, "\\" and "$", got "two words"; put the line into a script of the image`,
    ],
    [
      { readiness: { http: { port: "http", scheme: "HTTPS" } } },
      `container "web" asks for a probe by HTTPS, and App Runner ends TLS before the container; ask by HTTP`,
    ],
    [
      { liveness: { tcp: { port: 8080 }, periodSeconds: 21 } },
      `'periodSeconds' of 'liveness' of container "web" must be a whole number from 1 to 20 on App Runner, got 21`,
    ],
    [
      { secrets: { A: { secretArn: "web/password" } } },
      `'secretArn' of secret "A" of container "web" must be the whole ARN of a secret, with the six characters that AWS puts behind its name, like "arn:aws:secretsmanager:eu-west-1:111122223333:secret:web/password-AbCdEf", got "web/password"`,
    ],
  ] as [Partial<HomeContainer>, string][])(
    "is refused what App Runner cannot do, with the reason: %j",
    (spec, message) => {
      expect(messages(spec)).toContain(message);
    },
  );

  test("says what looks like a secret and is none", () => {
    expect(problems({ environment: { PASSWORD: "none" }, plainText: ["PASSWORD"] })).toEqual([]);
  });

  test("is not asked for images that Terraform alone knows", () => {
    expect(appRunnerContainerProblems({ ...WEB, image: "${x}:1" }, (value) => !value.includes("${"))).toEqual([]);
  });

  test("answers on its one port", () => {
    expect(appRunnerPort(WEB)).toBe(8080);
    expect(problems({ ports: {} }).map(([at]) => at)).toEqual(["ports"]);
    expect(problems({ ports: { http: 8080, metrics: 9090 } }).map(([at]) => at)).toEqual(["ports"]);
  });
});

describe("the health check of App Runner", () => {
  test("is App Runner's own where the container has no probe", () => {
    expect(appRunnerHealthCheck(WEB)).toEqual({
      protocol: "TCP",
      interval: 5,
      timeout: 2,
      healthyThreshold: 1,
      unhealthyThreshold: 5,
    });
  });

  test("is the container's probe, with what Kubernetes takes where it says nothing", () => {
    expect(appRunnerHealthCheck({ ...WEB, readiness: { http: { port: "http" } } })).toEqual({
      protocol: "HTTP",
      path: "/",
      interval: 10,
      timeout: 1,
      healthyThreshold: 1,
      unhealthyThreshold: 3,
    });
    expect(
      appRunnerHealthCheck({
        ...WEB,
        liveness: { tcp: { port: 8080 }, periodSeconds: 7, timeoutSeconds: 3, failureThreshold: 4 },
      }),
    ).toEqual({ protocol: "TCP", interval: 7, timeout: 3, healthyThreshold: 1, unhealthyThreshold: 4 });
  });

  test("asks one thing: two probes that ask the same are one, however often they ask", () => {
    const http = { port: "http", path: "/health" };
    expect(problems({ liveness: { http }, readiness: { http, periodSeconds: 5 } })).toEqual([]);
    expect(problems({ liveness: { http }, readiness: { http: { ...http, port: 8080 } } })).toEqual([]);
    expect(problems({ liveness: { tcp: { port: 8080 } }, readiness: { tcp: { port: "http" } } })).toEqual([]);
    expect(problems({ liveness: { http }, readiness: { tcp: { port: "http" } } }).map(([at]) => at)).toEqual([
      "readiness",
    ]);
    expect(problems({ liveness: { http }, readiness: { http: { port: "http" } } }).map(([at]) => at)).toEqual([
      "readiness",
    ]);
  });
});
