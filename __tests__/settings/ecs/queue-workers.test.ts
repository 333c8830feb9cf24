import { parseEcsSettings } from "../../../src/settings/load";
import { problemsOf } from "../refusal";

const HEAD = "name: shop\nregion: eu-west-1\nnetwork: { zones: [eu-west-1a, eu-west-1b], nat: single }\necs:\n";
const TASK = `      task:
        containers:
          - { name: worker, image: "registry.example.com/orders:1.4.0", cpu: 250m, memory: 512Mi }
`;
const SCALING = "      scaling: { maximum: 5, backlogPerTask: 10 }\n";

const settings = (ecs: string, head = HEAD) => parseEcsSettings(head + ecs, "ecs.yaml");
const worker = (rest: string, key = "orders") => `  queueWorkers:\n    ${key}:\n${rest}`;

const problems = (ecs: string, head?: string) => problemsOf(() => settings(ecs, head));

describe("queue workers in the settings", () => {
  test("need containers and how far they scale", () => {
    expect(settings(worker(TASK + SCALING))).toBeDefined();
    expect(problems(worker("      queue: {}\n"))).toEqual([
      expect.stringMatching(/ecs\.queueWorkers\.orders\.task: /),
      expect.stringMatching(/ecs\.queueWorkers\.orders\.scaling: /),
    ]);
  });

  test("are judged as task definitions and services are, at their own place", () => {
    const task = TASK.replace("512Mi", "1Gi }\n          - { name: worker, image: a:1, cpu: 250m, memory: 1Gi");
    expect(problems(worker(task + SCALING))[0]).toMatch(/ecs\.queueWorkers\.orders\.task\.containers/);
    expect(
      problems(worker(`${TASK + SCALING}      service: { capacity: { FARGATE_SPOT: { weight: 2000 } } }\n`)),
    ).toEqual([expect.stringMatching(/ecs\.queueWorkers\.orders\.service\.capacity.*2000/)]);
    expect(problems(worker(TASK.replace("worker,", "worker, environment: { QUEUE_URL: x },") + SCALING))).toEqual([
      expect.stringMatching(
        /ecs\.queueWorkers\.orders\.task\.containers\.0\.environment\.QUEUE_URL: variable "QUEUE_URL" of container "worker" is set by the queue worker/,
      ),
    ]);
  });

  test("reach their queue through an endpoint where there is no NAT gateway", () => {
    const without = (endpoints: string) =>
      HEAD.replace("nat: single", `publicSubnets: false, interfaceEndpoints: ${endpoints}`);
    expect(settings(worker(TASK + SCALING), without("true"))).toBeDefined();
    expect(settings(worker(TASK + SCALING), without("[ecr.api, ecr.dkr, logs, sqs]"))).toBeDefined();
    expect(problems(worker(TASK + SCALING), without("[ecr.api, ecr.dkr, logs]"))).toEqual([
      expect.stringMatching(/ecs\.queueWorkers\.orders: tasks in private subnets .* has none for "sqs"; add it there/),
    ]);
  });

  test("do not have what is for instances", () => {
    expect(problems(worker(`${TASK}        launch: EC2\n${SCALING}`))).toEqual([
      expect.stringMatching(/ecs\.queueWorkers\.orders\.task\.launch/),
    ]);
  });

  test("tell what is wrong with the queue, its alarms and its names", () => {
    expect(
      problems(
        worker(
          `${TASK + SCALING}      queue: { delayInSeconds: 1000, visibilityTimeoutInSeconds: 20 }\n      alarms: { topicArns: [x], age: { minutes: 0 } }\n`,
        ),
      ),
    ).toEqual([
      expect.stringMatching(/ecs\.queueWorkers\.orders\.queue\.delayInSeconds: .*got 1000/),
      expect.stringMatching(
        /ecs\.queueWorkers\.orders\.queue\.visibilityTimeoutInSeconds: .*'stopTimeoutInSeconds' \(30\)/,
      ),
      expect.stringMatching(/ecs\.queueWorkers\.orders\.alarms\.topicArns\.0: /),
      expect.stringMatching(/ecs\.queueWorkers\.orders\.alarms\.age\.minutes: /),
    ]);
    expect(problems(worker(TASK + SCALING, "o".repeat(70)))).toContainEqual(
      expect.stringMatching(/the name of an Amazon SQS queue must be 1 to 67 characters.*give 'queueName'/),
    );
    expect(problems(worker(`${TASK + SCALING}      queue: { queueName: orders.fifo }\n`))).toEqual([
      expect.stringMatching(/ecs\.queueWorkers\.orders\.queue\.queueName: .*choose another/),
    ]);
  });

  test("tell what is wrong with the scaling, in its own words", () => {
    expect(problems(worker(`${TASK}      scaling: { maximum: 5 }\n`))).toEqual([
      expect.stringMatching(
        /ecs\.queueWorkers\.orders\.scaling: the scaling of a queue worker must have 'backlogPerTask'/,
      ),
    ]);
    expect(problems(worker(`${TASK}      scaling: { minimum: 6, maximum: 5, backlogPerTask: 1 }\n`))).toEqual([
      expect.stringMatching(
        /ecs\.queueWorkers\.orders\.scaling\.minimum: 'minimum' must not be above 'maximum' \(5\), got 6/,
      ),
    ]);
  });

  test("count tasks by what the cluster has", () => {
    const without = "  cluster: { containerInsights: false }\n";
    expect(settings(without + worker(TASK + SCALING))).toBeDefined();
    expect(
      problems(
        without + worker(`${TASK}      scaling: { maximum: 5, backlogPerTask: 1, countTasksBy: containerInsights }\n`),
      ),
    ).toEqual([
      expect.stringMatching(
        /ecs\.queueWorkers\.orders\.scaling\.countTasksBy: 'countTasksBy' "containerInsights" needs the metrics that 'cluster\.containerInsights' false switches off/,
      ),
    ]);
  });

  test("may work off a queue that is there, by its ARN", () => {
    const existing = (arn: string, more = "") =>
      worker(`${TASK + SCALING}      queue: { queueArn: "${arn}"${more} }\n`);
    const arn = "arn:aws:sqs:eu-west-1:111122223333:events.fifo";
    expect(settings(existing(arn, ", visibilityTimeoutInSeconds: 60"))).toBeDefined();
    expect(problems(existing("events"))).toEqual([
      expect.stringMatching(/ecs\.queueWorkers\.orders\.queue\.queueArn: .*got "events"/),
    ]);
    expect(problems(existing(arn.replace("eu-west-1", "us-east-1")))).toEqual([
      expect.stringMatching(
        /ecs\.queueWorkers\.orders\.queue\.queueArn: 'queueArn' must be a queue in the account and the Region of the tasks \("eu-west-1"\)/,
      ),
    ]);
    expect(problems(existing(arn, ", visibilityTimeoutInSeconds: 10"))).toEqual([
      expect.stringMatching(/ecs\.queueWorkers\.orders\.queue\.visibilityTimeoutInSeconds: /),
    ]);
  });

  test("reach a queue that is there by its own URL", () => {
    const at = (url: string) =>
      worker(
        `${TASK + SCALING}      queue: { queueArn: "arn:aws:sqs:eu-west-1:111122223333:events.fifo", queueUrl: "https://sqs.eu-west-1.amazonaws.com/${url}" }\n`,
      );
    expect(settings(at("111122223333/events.fifo"))).toBeDefined();
    expect(problems(at("111122223333/events"))).toEqual([
      expect.stringMatching(/queue\.queueUrl: 'queueUrl' must be the URL of the queue of 'queueArn'/),
    ]);
  });

  test("let task definitions send that are there, each once", () => {
    expect(problems(worker(`${TASK + SCALING}      sendFrom: [desk]\n`))).toEqual([
      expect.stringMatching(
        /sendFrom\.0: 'sendFrom' must name one of 'ecs.taskDefinitions' \(there are none\), got "desk"/,
      ),
    ]);
    const desk = `  taskDefinitions:\n    desk:\n${TASK.replace("      task:\n", "").replace(/^ {2}/gm, "")}`;
    expect(settings(desk + worker(`${TASK + SCALING}      sendFrom: [desk]\n`))).toBeDefined();
    expect(problems(desk + worker(`${TASK + SCALING}      sendFrom: [desk, desk]\n`))).toEqual([
      expect.stringMatching(/sendFrom\.1: 'sendFrom' must hold "desk" once/),
    ]);
  });

  test("have names that nothing else has", () => {
    const taken = `  taskDefinitions:\n    orders:\n${TASK.replace("      task:\n", "").replace(/^ {2}/gm, "")}  services: { orders: {} }\n`;
    expect(problems(taken + worker(TASK + SCALING))).toEqual([
      expect.stringMatching(
        /ecs\.queueWorkers\.orders: 'services\.orders' and 'queueWorkers\.orders' would both be the ECS service "shop-orders"; give one of them another 'service\.serviceName'/,
      ),
      expect.stringMatching(
        /ecs\.queueWorkers\.orders\.task: 'taskDefinitions\.orders' and 'queueWorkers\.orders' would both be the ECS task definition "shop-orders"; give one of them another 'task\.family'/,
      ),
    ]);
    const other = `${worker(TASK + SCALING)}    jobs:\n${TASK}        family: shop-orders\n${SCALING}      service: { serviceName: shop-orders }\n`;
    expect(problems(other)).toHaveLength(2);
    expect(settings(other.replaceAll("shop-orders", "shop-jobs"))).toBeDefined();
  });
});
