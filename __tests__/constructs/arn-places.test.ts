import { AwsEnvironment } from "../../src/constructs/aws-environment";
import { ApplicationLoadBalancer } from "../../src/constructs/ecs/application-load-balancer";
import { ContainerRepository } from "../../src/constructs/ecs/container-repository";
import { FargateService } from "../../src/constructs/ecs/fargate-service";
import { FargateTaskDefinition } from "../../src/constructs/ecs/fargate-task-definition";
import { PullThroughCache } from "../../src/constructs/ecs/pull-through-cache";
import { clusterOf, taskOf } from "../support/ecs";
import { refusal, stackFor, synth, warnings } from "../support/stack";

const KEY = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const CONTAINER = { name: "web", image: "registry.example.com/web:1", cpu: "250m", memory: "512Mi" };

test("keys are of the Region", () => {
  const stack = stackFor();
  expect(refusal(() => new ContainerRepository(stack, "web", { repositoryName: "web", kmsKeyArn: KEY }))).toBe(
    `[test/web] 'kmsKeyArn' must be of the stack's Region, "eu-west-1", got "${KEY}"; make one there`,
  );
});

test("roles are of the account, as far as it is known", () => {
  const taskRoleArn = "arn:aws:iam::444455556666:role/web";
  const build = (stack = stackFor()) =>
    new FargateTaskDefinition(stack, "web", { cluster: clusterOf(), containers: [CONTAINER], taskRoleArn });
  expect(refusal(build)).toContain(`'taskRoleArn' must be of the stack's account, "111122223333"`);
  expect(build(stackFor("eu-west-1", { allowedAccountIds: [] }))).toBeDefined();
});

test("credentials of a cache are of the Region", () => {
  const credentialsArn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:ecr-pullthroughcache/docker-hub-AbCdEf";
  expect(refusal(() => new PullThroughCache(stackFor(), "hub", { upstream: "docker-hub", credentialsArn }))).toContain(
    "'credentialsArn' must be of the stack's Region",
  );
});

test("the function of a hook may be elsewhere, which is warned of", () => {
  const stack = stackFor();
  const lambdaArn = "arn:aws:lambda:us-east-1:111122223333:function:smoke";
  new FargateService(stack, "web", {
    cluster: clusterOf(),
    taskDefinition: taskOf(),
    deployment: { hooks: { smoke: { lambdaArn, stages: ["POST_SCALE_UP"] } } },
  });
  expect(warnings(stack)).toEqual([
    expect.stringContaining(`hook "smoke" may not be called: 'lambdaArn' must be of the service's Region`),
  ]);
});

test("the certificate of another account is warned of", () => {
  const stack = stackFor();
  const certificateArn = "arn:aws:acm:eu-west-1:444455556666:certificate/01234567-89ab-cdef-0123-456789abcdef";
  new ApplicationLoadBalancer(stack, "web", { name: "web", vpc: clusterOf().vpc, certificateArn, accessLogs: false });
  expect(warnings(stack)).toEqual([
    expect.stringContaining(`'certificateArn' must be of the load balancer's account, "111122223333"`),
  ]);
});

test("the place of a stack is told without looking the account up", () => {
  const stack = stackFor("eu-west-1", { allowedAccountIds: [] });
  expect(AwsEnvironment.of(stack).place).toEqual({ region: "eu-west-1", account: undefined });
  expect(JSON.parse(synth(stack))).not.toHaveProperty("data");
});
