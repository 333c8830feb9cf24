import { parseEcsSettings } from "../../../src/settings/load";
import { problemsOf } from "../refusal";

const WEB = "{ name: web, image: 'nginx:1.29', cpu: 250m, memory: 512Mi, ports: { http: 8080 } }";

function settings(apps: string, network = "zones: [eu-west-1a, eu-west-1b]", rest = "") {
  return parseEcsSettings(
    `name: shop\nregion: eu-west-1\nnetwork: { ${network} }\necs:\n  beanstalk:\n${apps}${rest}`,
    "ecs.yaml",
  );
}

const problems = (...given: Parameters<typeof settings>) => problemsOf(() => settings(...given));

describe("applications of Elastic Beanstalk in the settings", () => {
  test("need containers and a certificate, or plain HTTP", () => {
    expect(settings(`    web: { plainHttp: true, containers: [${WEB}] }\n`)).toBeDefined();
    expect(problems(`    web: { containers: [${WEB}] }\n`)).toEqual([
      expect.stringMatching(/line 6, ecs\.beanstalk\.web.*'certificateArn' is needed for HTTPS, got none/),
    ]);
  });

  test("take a certificate of the settings, which must be there", () => {
    expect(problems(`    web: { certificate: shop, containers: [${WEB}] }\n`)).toEqual([
      expect.stringContaining("'certificate' must name one of 'ecs.certificates' (there are none), got \"shop\""),
    ]);
  });

  test("take images of repositories of the settings, which must be there", () => {
    const image = WEB.replace("'nginx:1.29'", "{ repository: web, tag: v1 }");
    expect(
      settings(`    web: { plainHttp: true, containers: [${image}] }\n`, undefined, "  repositories: { web: {} }\n"),
    ).toBeDefined();
    expect(problems(`    web: { plainHttp: true, containers: [${image}] }\n`)).toEqual([
      expect.stringContaining("must name one of 'ecs.repositories' (there are none), got \"web\""),
    ]);
  });

  test("have names that AWS takes, each environment one of its own", () => {
    const app = `plainHttp: true, containers: [${WEB}]`;
    expect(problems(`    ${"x".repeat(36)}: { ${app} }\n`)).toEqual([
      expect.stringContaining("the name of an Elastic Beanstalk environment must be 4 to 40"),
    ]);
    expect(problems(`    a: { ${app}, environmentName: shop-b }\n    b: { ${app} }\n`)).toEqual([
      expect.stringContaining(
        `'beanstalk.a' and 'beanstalk.b' would both be the Elastic Beanstalk environment "shop-b"; give one of them another 'environmentName'`,
      ),
    ]);
  });

  test("know which variables are plain text in which container", () => {
    const container = WEB.replace("ports:", "environment: { API_TOKEN: abc }, plainText: [API_TOKEN], ports:");
    expect(settings(`    web: { plainHttp: true, containers: [${container}] }\n`)).toBeDefined();
    expect(
      problems(`    web: { plainHttp: true, containers: [${container.replace("plainText: [API_TOKEN], ", "")}] }\n`),
    ).toEqual([expect.stringContaining(`variable "API_TOKEN" of container "web"`)]);
  });

  test("need a VPC from which instances reach Beanstalk, with subnets for the load balancer", () => {
    const app = `    web: { plainHttp: true, scheme: internet-facing, containers: [${WEB}] }\n`;
    const network = "zones: [eu-west-1a, eu-west-1b], publicSubnets: false, interfaceEndpoints:";
    expect(problems(app, `${network} true`)).toEqual([
      expect.stringMatching(
        /ecs\.beanstalk\.web: instances reach Elastic Beanstalk and ECS .*none for "ecs", "ecs-agent", "ecs-telemetry", "elasticbeanstalk", "elasticbeanstalk-health"/,
      ),
      expect.stringContaining(`'scheme' "internet-facing" needs public subnets in two zones`),
    ]);
    const enough = "[ecs, ecs-agent, ecs-telemetry, elasticbeanstalk, elasticbeanstalk-health, ecr.api, ecr.dkr, logs]";
    expect(problems(app, `${network} ${enough}`)).toEqual([
      expect.stringContaining(`'scheme' "internet-facing" needs public subnets in two zones`),
    ]);
    expect(settings(app, "zones: { count: 2 }")).toBeDefined();
  });
});
