import fc from "fast-check";
import { type CapacityProvider, FARGATE, FARGATE_SPOT } from "../../src/model/ecs-capacity";
import { eventInputOf, eventTaskRunProblems } from "../../src/model/event-task";
import {
  fieldPathProblem,
  jsonataOf,
  jsonPathOf,
  type RunnableTask,
  type RunTaskOptions,
  renderOverrides,
  runTaskProblems,
  runTaskTargetProblems,
} from "../../src/model/run-task";
import { runTaskNetworkProblems } from "../../src/model/run-task-network";
import { Cpu } from "../../src/units/cpu";
import { Memory } from "../../src/units/memory";

const task: RunnableTask = {
  launch: "FARGATE",
  operatingSystem: "linux",
  containers: [{ name: "web", secrets: { DATABASE_URL: {} } }, { name: "proxy" }],
};
const available: CapacityProvider[] = [
  FARGATE,
  FARGATE_SPOT,
  { name: "shop-general", kind: "ec2" },
  { name: "shop-arm", kind: "ec2", machine: { architecture: "ARM64", operatingSystem: "linux" } },
];

const messages = (options: RunTaskOptions, of: Partial<RunnableTask> = {}) =>
  runTaskProblems(options, { ...task, ...of }, available).map(({ message }) => message);

test("a task may run on a mix, with another size, arguments and environment", () => {
  expect(
    messages({
      capacity: { FARGATE: { base: 1 }, FARGATE_SPOT: { weight: 3 } },
      platformVersion: "1.4.0",
      containers: { web: { args: ["--full"], environment: { MODE: "full" }, cpu: "500m", memory: "1Gi" } },
    }),
  ).toEqual([]);
  expect(messages({ capacity: { "shop-general": {} } }, { launch: "EC2" })).toEqual([]);
});

test.each<[RunTaskOptions, Partial<RunnableTask>, string]>([
  [{ capacity: {} }, {}, "'capacity' must name at least one capacity provider"],
  [{ capacity: { SPOT: {} } }, {}, `must name capacity providers of the cluster, got "SPOT"`],
  [
    { capacity: { "shop-general": {} } },
    {},
    `must name providers of Fargate, for which the task definition is, got "shop-general"`,
  ],
  [{ capacity: { FARGATE: {} } }, { launch: "EC2" }, `must name providers with Auto Scaling groups`],
  [
    { capacity: { FARGATE: {} } },
    { launch: "EXTERNAL" },
    "the task definition is for external instances; leave it out",
  ],
  [
    { capacity: { FARGATE_SPOT: {} } },
    { operatingSystem: "windows" },
    `must not name "FARGATE_SPOT", which runs Linux alone`,
  ],
  [{ platformVersion: "1.4" }, {}, `'platformVersion' must be "LATEST" or a version like "1.4.0", got "1.4"`],
  [{ platformVersion: "1.4.0" }, { launch: "EC2" }, "'platformVersion' is for tasks on Fargate"],
  [{ capacity: { "shop-arm": {} } }, { launch: "EC2", architecture: "X86_64" }, `"shop-arm", which is "ARM64"`],
  [{ platformVersion: "1.3.0" }, { oldestPlatformVersion: "1.4.0" }, `must be at least "1.4.0"`],
  [
    { containers: { api: {} } },
    {},
    `'containers' must name containers of the task definition ("proxy", "web"), got "api"`,
  ],
  [{ containers: { web: { environment: { "1A": "x" } } } }, {}, `not beginning with a digit, got "1A"`],
  [{ containers: { web: { environment: { DATABASE_URL: "x" } } } }, {}, "is one of its 'secrets'"],
  [{ containers: { web: { environment: { API_TOKEN: "abcdef" } } } }, {}, `is called like a secret`],
  [
    { containers: { web: { cpu: "lots" } } },
    {},
    `'cpu' of container "web" must be a Kubernetes quantity above 0, like "250m", got "lots"`,
  ],
  [{ containers: { web: { memory: "0" } } }, {}, `'memory' of container "web" must be a Kubernetes quantity above 0`],
  [{ containers: { web: { args: ["x".repeat(8192)] } } }, {}, "'containers' must be at most 8192 characters as JSON"],
])("%j of %j is refused", (options, of, words) => {
  expect(messages(options, of).join("\n")).toContain(words);
});

describe("what a container is given", () => {
  const size = { cpu: Cpu.ofMillis(500), memory: Memory.ofGib(1) };
  const of = (web: { cpu?: string; memory?: string }, whole: RunnableTask["size"] = size) =>
    runTaskProblems({ containers: { web } }, { ...task, size: whole }, available);

  test("may be as much as the whole task has, and anything where that is not known", () => {
    expect(of({})).toEqual([]);
    expect(of({ cpu: "500m", memory: "1Gi" })).toEqual([]);
    expect(of({ cpu: "0.5", memory: "1024Mi" })).toEqual([]);
    expect(messages({ containers: { web: { cpu: "64", memory: "1Ti" } } })).toEqual([]);
  });

  test("is refused when it is more than the whole task has", () => {
    expect(of({ cpu: "501m", memory: "1Gi" })).toEqual([
      {
        at: ["containers", "web", "cpu"],
        message: `'cpu' of container "web" must be at most that of the whole task, "500m", got "501m"; lower it, or give the task definition a larger 'size'`,
      },
    ]);
    expect(of({ cpu: "1", memory: "1025Mi" })).toEqual([
      {
        at: ["containers", "web", "cpu"],
        message: `'cpu' of container "web" must be at most that of the whole task, "500m", got "1"; lower it, or give the task definition a larger 'size'`,
      },
      {
        at: ["containers", "web", "memory"],
        message: `'memory' of container "web" must be at most that of the whole task, "1Gi", got "1025Mi"; lower it, or give the task definition a larger 'size'`,
      },
    ]);
  });

  test("is accepted exactly up to what the whole task has", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4096 }), fc.integer({ min: 1, max: 4096 }), (whole, given) => {
        const sized = { cpu: Cpu.ofMillis(whole), memory: Memory.ofMib(whole) };
        expect(of({ cpu: `${given}m`, memory: `${given}Mi` }, sized)).toHaveLength(given > whole ? 2 : 0);
      }),
    );
  });
});

test("a newer platform, the latest, and none are new enough", () => {
  for (const platformVersion of ["1.4.0", "1.5.0", "2.0.0", "LATEST"]) {
    expect(messages({ platformVersion }, { oldestPlatformVersion: "1.4.0" })).toEqual([]);
  }
});

test("EventBridge runs 1 to 10 tasks, on at most 6 capacity providers", () => {
  const of = (options: Parameters<typeof runTaskTargetProblems>[0]) =>
    runTaskTargetProblems(options).map(({ message }) => message);
  expect([...of({ taskCount: 1 }), ...of({ taskCount: 10 }), ...of({})]).toEqual([]);
  expect(of({ taskCount: 0 })).toEqual(["'taskCount' must be a whole number from 1 to 10, got 0"]);
  expect(of({ taskCount: 11 })).toEqual(["'taskCount' must be a whole number from 1 to 10, got 11"]);
  const capacity = Object.fromEntries(["a", "b", "c", "d", "e", "f", "g"].map((name) => [name, {}]));
  expect(of({ capacity })).toEqual([
    "'capacity' must name at most 6 capacity providers where EventBridge runs the task, got 7; name fewer, here or in the cluster's 'defaultCapacity'",
  ]);
});

test("overrides are rendered in the order of names, in ECS's units", () => {
  const containers = {
    web: { environment: { B: "2", A: "1" }, cpu: "1", memory: "2Gi" },
    proxy: { args: ["-v"], cpu: "250m" },
  };
  expect(renderOverrides(containers, (value) => value)).toEqual([
    { name: "proxy", command: ["-v"], cpu: 256 },
    {
      name: "web",
      environment: [
        { name: "A", value: "1" },
        { name: "B", value: "2" },
      ],
      cpu: 1024,
      memory: 2048,
    },
  ]);
});

test.each([
  ["detail.object.key", "$.detail.object.key", "$states.input.detail.object.key"],
  ["detail-type", "$.detail-type", "$states.input.`detail-type`"],
  ["resources[0]", "$.resources[0]", "$states.input.resources[0]"],
  ["a-b[1].2c.d", "$.a-b[1].2c.d", "$states.input.`a-b`[1].`2c`.d"],
])("the path %s is read in both languages", (from, jsonPath, jsonata) => {
  expect(fieldPathProblem("'from'", from)).toBeUndefined();
  expect(jsonPathOf({ from })).toBe(jsonPath);
  expect(jsonataOf({ from })).toBe(jsonata);
});

test.each(["", "$.detail", "a..b", "a.", "a[x]", "a b", "a[0", "[0]"])("the path %j is refused", (from) => {
  expect(fieldPathProblem("'from'", from)).toContain("'from' must be the path of a field");
});

const step = fc.tuple(
  fc.stringMatching(/^[A-Za-z0-9_-]{1,4}$/),
  fc.array(
    fc.nat({ max: 12 }).map((index) => `[${index}]`),
    { maxLength: 2 },
  ),
);
const paths = fc
  .array(step, { minLength: 1, maxLength: 3 })
  .map((steps) => steps.map(([name, indexes]) => name + indexes.join("")).join("."));

test("each field of an event has a variable of its own in the template, of characters that EventBridge takes", () => {
  fc.assert(
    fc.property(fc.uniqueArray(paths, { minLength: 2, maxLength: 6 }), (fields) => {
      const environment = Object.fromEntries(fields.map((from, index) => [`V${index}`, { from }]));
      const input = eventInputOf({ containers: { web: { environment } } });
      const variables = input.kind === "transformed" ? Object.keys(input.inputPaths) : [];
      expect(variables).toHaveLength(fields.length);
      expect(variables.filter((variable) => !/^[\w-]{1,256}$/.test(variable))).toEqual([]);
    }),
  );
});

test("what is no field of the event must not look like one", () => {
  const problems = (value: string) =>
    eventTaskRunProblems(
      { containers: { web: { args: [value], environment: { KEY: { from: "detail.key" }, HTML: value } } } },
      task,
      available,
    ).map(({ message }) => message);
  expect(problems("<aws.events.rule-name>")).toEqual([]);
  expect(problems("a < b")).toEqual([]);
  expect(problems("<b>")).toHaveLength(2);
  expect(problems("<b>")[0]).toContain(`must not have "<b>" in it, as EventBridge would take that for a field`);
});

test("the network is for tasks with an interface of their own", () => {
  const bridged = { launch: "EC2" as const, ownNetworkInterface: false };
  const own = { launch: "EC2" as const, ownNetworkInterface: true };
  const of = (options: object, tasks = [own]) =>
    runTaskNetworkProblems(options, tasks, undefined).map(({ message }) => message);
  expect(of({}, [bridged])).toEqual([]);
  expect(of({ subnets: "private" }, [bridged]).join()).toContain(
    `"subnets" are for tasks with a network interface of their own`,
  );
  expect(of({ assignPublicIp: true, subnets: "public" }).join()).toContain(
    "'assignPublicIp' is for tasks on Fargate alone",
  );
  expect(of({ subnets: "public" }, [{ launch: "EC2", ownNetworkInterface: true }])).toEqual([]);
});
