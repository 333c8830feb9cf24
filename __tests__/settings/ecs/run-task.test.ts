import { parseEcsSettings } from "../../../src/settings/load";
import { problemsOf } from "../refusal";

const settings = (ecs: string) =>
  parseEcsSettings(
    `name: shop
region: eu-west-1
network: { zones: [eu-west-1a, eu-west-1b] }
ecs:
  taskDefinitions:
    report:
      containers: [{ name: report, image: "registry.example.com/report:1", cpu: 250m, memory: 512Mi }]
    legacy:
      operatingSystem: WINDOWS_SERVER_2022_CORE
      containers: [{ name: legacy, image: "registry.example.com/legacy:1", cpu: "1", memory: 2Gi }]
    train:
      launch: EC2
      networkMode: bridge
      containers: [{ name: train, image: "registry.example.com/train:1", cpu: "1", memory: 2Gi }]
${ecs}`,
    "ecs.yaml",
  );

const problems = (ecs: string) => problemsOf(() => settings(ecs));

const scheduled = (rest: string, key = "nightly") =>
  `  scheduledTasks:\n    ${key}: { taskDefinition: report, schedule: rate(1 day)${rest} }\n`;

const event = (rest: string, tasks = "{ import: { taskDefinition: report } }", pattern = "{ source: [aws.s3] }") =>
  `  eventTasks:\n    uploaded: { pattern: ${pattern}, tasks: ${tasks}${rest} }\n`;

const workflow = (rest: string, steps = "[{ name: Load, task: report }]") =>
  `  workflows:\n    month-end: { steps: ${steps}${rest} }\n`;

test("tasks on instances run on groups of their architecture, whatever starts them", () => {
  const cluster = "  cluster: { autoScalingGroups: { web: { instanceTypes: [m7g.large], maxSize: 2 } } }\n";
  const arm = `tasks would wait for ever for an instance of "shop-web", which is "ARM64"`;
  const capacity = "capacity: { shop-web: {} }";
  for (const [place, ecs] of [
    ["scheduledTasks.nightly", scheduled("").replace("report", "train")],
    ["scheduledTasks.nightly.capacity", scheduled(`, ${capacity}`).replace("report", "train")],
    ["eventTasks.uploaded.tasks.import.capacity", event("", `{ import: { taskDefinition: train, ${capacity} } }`)],
    ["workflows.month-end.steps.0.capacity", workflow("", `[{ name: Load, task: train, ${capacity} }]`)],
  ] as const) {
    expect(problems(cluster + ecs)).toEqual([expect.stringMatching(new RegExp(`line \\d+, ecs\\.${place}.*${arm}`))]);
    expect(settings(cluster.replace("m7g", "m7i") + ecs)).toBeDefined();
  }
});

test("the least of each is enough", () => {
  expect(settings(scheduled("") + event("") + workflow(""))).toBeDefined();
});

test.each([
  [
    "a schedule",
    scheduled("").replace("rate(1 day)", "0 3 * * *"),
    `ecs.scheduledTasks.nightly.schedule: 'schedule' must be a cron, rate or at expression of EventBridge Scheduler, got "0 3 * * *"; did you mean "cron(0 3 * * ? *)"?`,
  ],
  [
    "a task definition",
    scheduled("").replace("report", "rapport"),
    `ecs.scheduledTasks.nightly.taskDefinition: 'taskDefinition' must name one of 'ecs.taskDefinitions' ("legacy", "report", "train"), got "rapport"`,
  ],
  ["a long key", scheduled("", "x".repeat(60)), "give 'scheduleName'"],
  [
    "a name",
    scheduled(", scheduleName: a b"),
    "ecs.scheduledTasks.nightly.scheduleName: the name of an EventBridge schedule",
  ],
  [
    "a container",
    scheduled(", containers: { web: {} }"),
    "ecs.scheduledTasks.nightly.containers.web: 'containers' must name containers of the task definition",
  ],
  [
    "more than the whole task has",
    scheduled(", containers: { report: { memory: 1Gi } }"),
    `ecs.scheduledTasks.nightly.containers.report.memory: 'memory' of container "report" must be at most that of the whole task, "512Mi", got "1Gi"; lower it`,
  ],
  [
    "a capacity provider",
    scheduled(", capacity: { SPOT: {} }"),
    `ecs.scheduledTasks.nightly.capacity.SPOT: 'capacity' must name capacity providers of the cluster`,
  ],
  [
    "Windows on Spot",
    scheduled(", capacity: { FARGATE_SPOT: {} }").replace("report", "legacy"),
    `must not name "FARGATE_SPOT"`,
  ],
  [
    "a network of instances",
    scheduled(", subnets: private").replace("report", "train"),
    `"subnets" are for tasks with a network interface of their own`,
  ],
  [
    "a queue",
    scheduled(", deadLetters: { retentionInDays: 20 }"),
    "ecs.scheduledTasks.nightly.deadLetters.retentionInDays: 'retentionInDays' must be",
  ],
])("of a scheduled task, %s is refused at its place", (_, ecs, words) => {
  expect(problems(ecs).join("\n")).toContain(words);
});

test.each([
  [
    "a pattern",
    event("", undefined, "{ detailType: [x] }"),
    `ecs.eventTasks.uploaded.pattern.detailType: 'pattern' must have fields that events have`,
  ],
  [
    "a value of a pattern",
    event("", undefined, "{ detail: { size: [{ numeric: [7] }] } }"),
    `ecs.eventTasks.uploaded.pattern.detail.size.0: "numeric" of 'detail.size'`,
  ],
  [
    "a task definition",
    event("", "{ import: { taskDefinition: x } }"),
    `ecs.eventTasks.uploaded.tasks.import.taskDefinition: 'taskDefinition' must name one of`,
  ],
  ["no task", event("", "{}"), "ecs.eventTasks.uploaded.tasks: 'tasks' must hold 1 to 5 tasks, got 0"],
  [
    "a field",
    event(
      "",
      "{ import: { taskDefinition: report, containers: { report: { environment: { KEY: { from: $.detail } } } } } }",
    ),
    `ecs.eventTasks.uploaded.tasks.import.containers.report.environment.KEY: 'from' of variable "KEY"`,
  ],
  ["a name", event(", ruleName: a b"), "ecs.eventTasks.uploaded.ruleName: the name of an EventBridge rule"],
  ["a bus", event(', eventBus: "a b"'), "ecs.eventTasks.uploaded.eventBus: 'eventBus' must be the name or the ARN"],
  [
    "a bus of another Region for a workflow",
    workflow(
      ', events: { closed: { pattern: { source: [x] }, eventBus: "arn:aws:events:us-east-1:111122223333:event-bus/b" } }',
    ),
    "events.closed.eventBus: 'eventBus' must be in the account and the Region of what it starts",
  ],
  [
    "a bus of another Region",
    event(', eventBus: "arn:aws:events:us-east-1:111122223333:event-bus/shop"'),
    "ecs.eventTasks.uploaded.eventBus: 'eventBus' must be in the account and the Region of what it starts (\"eu-west-1\")",
  ],
  ["a subnet", event(", subnets: [x]"), "ecs.eventTasks.uploaded.subnets.0: 'subnets' must be"],
])("of an event task, %s is refused at its place", (_, ecs, words) => {
  expect(problems(ecs).join("\n")).toContain(words);
});

test.each([
  [
    "a task",
    workflow("", "[{ name: Load, task: lode }]"),
    `ecs.workflows.month-end.steps.0.task: 'task' of step "Load" must be one of the workflow's tasks`,
  ],
  ["a kind", workflow("", "[{ name: Load }]"), `ecs.workflows.month-end.steps.0: step "Load" must have exactly one of`],
  [
    "a step in a branch",
    workflow("", "[{ name: P, parallel: { a: [{ name: Q, task: x }] } }]"),
    "ecs.workflows.month-end.steps.0.parallel.a.0.task",
  ],
  ["a cycle", workflow("", "[{ name: Load, task: report, next: Load }]"), "steps must not lead back to one another"],
  [
    "a handler",
    workflow(", onFailure: []"),
    "ecs.workflows.month-end.onFailure: 'onFailure' must hold at least one step",
  ],
  [
    "a name",
    workflow(", stateMachineName: a b"),
    "ecs.workflows.month-end.stateMachineName: the name of an AWS Step Functions state machine",
  ],
  ["a key", workflow(", kmsKeyArn: alias/x"), "ecs.workflows.month-end.kmsKeyArn: 'kmsKeyArn' must be the ARN"],
  [
    "a retention",
    workflow(", logs: { retentionInDays: 2 }"),
    "ecs.workflows.month-end.logs.retentionInDays: 'retentionInDays' must be one of",
  ],
  ["a key of records", workflow(", logs: { kmsKeyArn: x }"), "ecs.workflows.month-end.logs.kmsKeyArn: 'kmsKeyArn'"],
  [
    "a group of schedules",
    workflow(", schedules: { daily: { schedule: rate(1 day), group: a b } }"),
    "ecs.workflows.month-end.schedules.daily.group: the name of an EventBridge schedule group must be",
  ],
  [
    "a schedule",
    workflow(", schedules: { daily: { schedule: '@daily' } }"),
    "ecs.workflows.month-end.schedules.daily.schedule: 'schedule' must be",
  ],
  [
    "a queue of a schedule",
    workflow(", schedules: { daily: { schedule: rate(1 day), deadLetters: { queueArn: x } } }"),
    "ecs.workflows.month-end.schedules.daily.deadLetters.queueArn",
  ],
  [
    "a long key of a schedule",
    workflow(`, schedules: { ${"x".repeat(60)}: { schedule: rate(1 day) } }`),
    "choose a shorter name, or give 'stateMachineName'",
  ],
  [
    "an event",
    workflow(", events: { closed: { pattern: {} } }"),
    "ecs.workflows.month-end.events.closed.pattern: 'pattern' must name at least one field",
  ],
  ["a subnet", workflow(", subnets: [x]"), "ecs.workflows.month-end.subnets.0"],
])("of a workflow, %s is refused at its place", (_, ecs, words) => {
  expect(problems(ecs).join("\n")).toContain(words);
});
