import fc from "fast-check";
import {
  APP_RUNNER_CLOSED,
  type AppRunnerOptions,
  type AppRunnerScaling,
  appRunnerAccountProblems,
  appRunnerInstanceSize,
  appRunnerNameProblems,
  appRunnerProblems,
  appRunnerVpcProblems,
  appRunnerWarnings,
} from "../../src/model/app-runner";
import { describeAppRunnerSize } from "../../src/model/app-runner-sizes";

const CONTAINER = {
  name: "web",
  image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1.4.2",
  cpu: "250m",
  memory: "512Mi",
  ports: { http: 8080 },
};
/** Not the account of the examples. */
const OTHER = "1".repeat(12);
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

function problems(options: Partial<AppRunnerOptions>) {
  return appRunnerProblems({ container: CONTAINER, ...options }).map(({ at, message }) => [at.join("."), message]);
}

describe("a service of App Runner", () => {
  test("needs nothing but a container", () => {
    expect(problems({})).toEqual([]);
  });

  test("may say everything", () => {
    expect(
      problems({
        size: { cpu: "1", memory: "3Gi" },
        scaling: { maxConcurrency: 200, minSize: 25, maxSize: 25 },
        autoDeployments: true,
        egress: "vpc",
        ingress: "private",
        ipAddressType: "IPV4",
        tracing: true,
        kmsKeyArn: KEY,
        secretKeyArns: [KEY],
        domains: { "www.example.com": { enableWwwSubdomain: true } },
        configurationName: "shop",
      }),
    ).toEqual([]);
  });

  test.each([
    [
      { scaling: { maxConcurrency: 201 } },
      "scaling.maxConcurrency",
      "'maxConcurrency' of 'scaling' must be a whole number of requests from 1 to 200, got 201",
    ],
    [
      { scaling: { minSize: 0 } },
      "scaling.minSize",
      "'minSize' of 'scaling' must be a whole number of instances from 1 to 25, got 0",
    ],
    [
      { scaling: { minSize: 3, maxSize: 2 } },
      "scaling.maxSize",
      "'maxSize' of 'scaling' must be a whole number of instances, and at least 'minSize' (3), got 2",
    ],
    [
      { container: { ...CONTAINER, image: "public.ecr.aws/nginx/nginx:1.29" }, autoDeployments: true },
      "autoDeployments",
      `'autoDeployments' are for images of a private repository of ECR, got "public.ecr.aws/nginx/nginx:1.29"; leave it out, or copy the image into one`,
    ],
    [
      { container: { ...CONTAINER, image: `${CONTAINER.image}@sha256:${"0".repeat(64)}` }, autoDeployments: true },
      "autoDeployments",
      `'autoDeployments' wait for another image under the same tag, got an image by its digest, "${CONTAINER.image}@sha256:${"0".repeat(64)}"; name a tag, or leave it out`,
    ],
    [
      { ingress: "private", ipAddressType: "DUAL_STACK" },
      "ipAddressType",
      `'ipAddressType' must be "IPV4" where 'ingress' is "private", got "DUAL_STACK"; leave it out`,
    ],
    [
      { kmsKeyArn: "alias/x" },
      "kmsKeyArn",
      expect.stringMatching(/^'kmsKeyArn' must be the ARN of a KMS key, not of an alias/),
    ],
    [{ secretKeyArns: [KEY, "x"] }, "secretKeyArns.1", expect.stringMatching(/^'secretKeyArns' must be the ARN/)],
    [
      { domains: { "Shop.example.com": {} } },
      "domains.Shop.example.com",
      expect.stringMatching(/^'domains' must be a domain name in lower case/),
    ],
    [
      { size: { cpu: "1", memory: "1Gi" } },
      "size",
      `'size' must be a pair of CPU and memory that App Runner has, got "1" and "1Gi"; the nearest are { cpu: "500m", memory: 1Gi } and { cpu: "1", memory: 2Gi }`,
    ],
    [
      { container: { ...CONTAINER, cpu: "2" }, size: { cpu: "1", memory: "2Gi" } },
      "size",
      `'size' must have what container "web" asks for, 2 of CPU and 512Mi of memory, got { cpu: "1", memory: 2Gi }; choose a larger one, or leave it out`,
    ],
    [
      { container: { ...CONTAINER, workingDir: "/" } },
      "container.workingDir",
      expect.stringMatching(/^container "web" asks for 'workingDir', and App Runner starts it where the image says/),
    ],
  ] as [Partial<AppRunnerOptions>, string, string][])("is refused: %j", (options, at, message) => {
    expect(problems(options)).toEqual([[at, message]]);
  });

  test("has a name of 4 to 40 characters, and configurations have one of 4 to 32", () => {
    const named = (name: string, configurationName?: string) =>
      appRunnerNameProblems(name, {
        container: CONTAINER,
        ...(configurationName === undefined ? {} : { configurationName }),
      }).map(({ at, message }) => [at[0], message.split("; ")[1]]);
    expect(named("a-32".padEnd(32, "x"))).toEqual([]);
    expect(named("web")).toEqual([["serviceName", "choose another 'serviceName'"]]);
    expect(named("x".repeat(41))).toEqual([["serviceName", "choose another 'serviceName'"]]);
    expect(named("x".repeat(33))).toEqual([["configurationName", "give 'configurationName'"]]);
    expect(named("x".repeat(33), "shop")).toEqual([]);
    expect(named("shop", "web")).toEqual([["configurationName", "choose another 'configurationName'"]]);
  });

  test("bounds of its scaling are what the API takes, whatever they are", () => {
    const size = fc.integer({ min: -2, max: 40 });
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 210 }), size, size, (maxConcurrency, minSize, maxSize) => {
        const scaling: AppRunnerScaling = { maxConcurrency, minSize, maxSize };
        const fine =
          maxConcurrency >= 1 && maxConcurrency <= 200 && minSize >= 1 && minSize <= 25 && maxSize >= minSize;
        expect(problems({ scaling }).length === 0).toBe(fine);
      }),
    );
  });

  test("has automatic deployments and parameters of its own account alone", () => {
    const parameter = (account: string) => ({
      parameterArn: `arn:aws:ssm:eu-west-1:${account}:parameter/web/greeting`,
    });
    const options: AppRunnerOptions = {
      container: { ...CONTAINER, secrets: { GREETING: parameter("111122223333") } },
      autoDeployments: true,
    };
    expect(appRunnerAccountProblems(options, "111122223333")).toEqual([]);
    expect(appRunnerAccountProblems(options, OTHER)).toEqual([
      {
        at: ["autoDeployments"],
        message: `'autoDeployments' are for repositories of the service's account, ${OTHER}, got an image of account 111122223333; leave it out`,
      },
      {
        at: ["container", "secrets", "GREETING", "parameterArn"],
        message: `parameter of secret "GREETING" of container "web" must be in the service's account, ${OTHER}, got "arn:aws:ssm:eu-west-1:111122223333:parameter/web/greeting"; copy it there`,
      },
    ]);
    expect(appRunnerAccountProblems({ container: CONTAINER }, OTHER)).toEqual([]);
  });

  test("sends and is called through a VPC only where there is one", () => {
    const options: AppRunnerOptions = { container: CONTAINER, egress: "vpc", ingress: "private" };
    expect(appRunnerVpcProblems(options, "nat")).toEqual([]);
    expect(appRunnerVpcProblems({ container: CONTAINER })).toEqual([]);
    expect(appRunnerVpcProblems(options)).toEqual([
      {
        at: ["egress"],
        message: `'egress' "vpc" needs a VPC to send through, and there is none; give one, or leave it out`,
      },
      {
        at: ["ingress"],
        message: `'ingress' "private" needs a VPC to be called from, and there is none; give one, or leave it out`,
      },
    ]);
  });

  test("becomes the smallest instance that has what the container asks for, and says so", () => {
    const options = { container: { ...CONTAINER, cpu: "600m", memory: "700Mi" } };
    const size = appRunnerInstanceSize(options);
    expect(size && describeAppRunnerSize(size)).toBe('{ cpu: "1", memory: 2Gi }');
    expect(appRunnerWarnings(options)).toEqual([
      APP_RUNNER_CLOSED,
      `container "web" asks for 600m of CPU and 700Mi of memory, and becomes an instance of { cpu: "1", memory: 2Gi }, the smallest that has both; ask for that, or name it in 'size'`,
    ]);
    const sized = { ...options, size: { cpu: "1", memory: "4Gi" } };
    expect(appRunnerInstanceSize(sized)?.memory.gib).toBe(4);
    expect(appRunnerWarnings(sized)).toEqual([APP_RUNNER_CLOSED]);
  });

  test("warns that App Runner is closed, of a VPC without a way out and of more instances than the quota", () => {
    const options: AppRunnerOptions = { container: CONTAINER, egress: "vpc", scaling: { maxSize: 30 } };
    expect(appRunnerWarnings(options, "none")).toEqual([
      "App Runner takes no new customers since 2026-04-30 and gets no new features: the apply fails in an account that had no service of it before; use 'services.*.loadBalancer' in the settings, or LoadBalancedService in code, for what is new",
      "'maxSize' of 'scaling' is 30, and a service has 25 instances at most unless AWS has raised the quota",
      "all that the container sends goes through the VPC, which has no way to the internet; give the VPC 'nat', or the container needs none",
    ]);
    expect(appRunnerWarnings({ container: CONTAINER, egress: "vpc" }, "nat")).toEqual([APP_RUNNER_CLOSED]);
  });
});
