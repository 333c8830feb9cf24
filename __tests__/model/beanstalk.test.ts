import { beanstalkSecrets, beanstalkTarget } from "../../src/model/beanstalk";
import { MINIMAL, messages, problems, secretArn, settings, WEB, WORKER } from "../support/beanstalk";

describe("the target of requests", () => {
  const both = [WEB, { ...WORKER, ports: { http: 9000, metrics: 9090 } }];

  test("is the one port there is, or the one that is named", () => {
    expect(beanstalkTarget(MINIMAL)).toEqual({ container: WEB, port: 8080 });
    expect(beanstalkTarget({ containers: both, target: "worker", targetPort: "metrics" })?.port).toBe(9090);
    expect(problems({ containers: both, target: "web" })).toEqual([]);
  });

  test("must be clear", () => {
    expect(problems({ containers: both })).toEqual([
      {
        at: ["target"],
        message: `'target' must name the container that gets the requests, as several have ports ("web", "worker")`,
      },
    ]);
    expect(messages({ containers: both, target: "api" })).toEqual([
      `'target' must name a container with a TCP port ("web", "worker"), got "api"`,
    ]);
    expect(problems({ containers: both, target: "worker" })).toEqual([
      {
        at: ["targetPort"],
        message: `'targetPort' must name the port of container "worker" that gets the requests ("http", "metrics"), got none`,
      },
    ]);
    expect(messages({ targetPort: "https" })).toEqual([
      `'targetPort' must name the port of container "web" that gets the requests ("http"), got "https"`,
    ]);
    expect(messages({ containers: [WORKER] })).toEqual([
      "no container has a TCP port, to which requests could go; give one its 'ports'",
    ]);
  });
});

describe("variables with secrets", () => {
  test("are the same for all containers", () => {
    const secrets = { B: { secretArn, jsonKey: "b" }, A: { secretArn } };
    expect(
      problems({
        containers: [
          { ...WEB, secrets },
          { ...WORKER, secrets },
        ],
      }),
    ).toEqual([]);
    expect(
      beanstalkSecrets({
        containers: [
          { ...WEB, secrets },
          { ...WORKER, secrets },
        ],
      }),
    ).toEqual([
      ["A", secretArn],
      ["B", `${secretArn}:b::`],
    ]);
    expect(
      settings({ containers: [{ ...WEB, secrets }] })["aws:elasticbeanstalk:application:environmentsecrets"],
    ).toEqual({
      A: secretArn,
      B: `${secretArn}:b::`,
    });
  });

  test("must not differ from container to container, because each gets all", () => {
    const containers = [
      { ...WEB, secrets: { PASSWORD: { secretArn } } },
      { ...WORKER, secrets: { PASSWORD: { secretArn, jsonKey: "other" } } },
    ];
    expect(problems({ containers })).toEqual([
      {
        at: ["containers", 1, "secrets", "PASSWORD"],
        message: `secret "PASSWORD" of container "worker" is another one than in container "web", and Elastic Beanstalk gives every container all secrets; rename one`,
      },
    ]);
    const plain = [
      { ...WEB, secrets: { MODE: { secretArn } } },
      { ...WORKER, environment: { MODE: "fast" } },
    ];
    expect(messages({ containers: plain })).toEqual([
      `secret "MODE" of container "web" is a plain variable of container "worker", and Elastic Beanstalk gives every container all secrets; rename one`,
    ]);
  });

  test("have keys where there are secrets alone", () => {
    const key = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    expect(messages({ secretKeyArns: [key] })).toEqual([
      "'secretKeyArns' are keys of 'secrets', of which no container has any; remove them",
    ]);
    expect(problems({ containers: [{ ...WEB, secrets: { A: { secretArn } } }], secretKeyArns: ["key"] })).toMatchObject(
      [{ at: ["secretKeyArns", 0] }],
    );
  });
});
