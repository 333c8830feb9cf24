import { parseEcsSettings } from "../../../src/settings/load";
import { problemsOf } from "../refusal";

const CONTAINER = '{ name: web, image: "registry.example.com/web:1.2.3", cpu: 250m, memory: 512Mi }';

const settings = (ecs: string, name = "shop") =>
  parseEcsSettings(
    `name: ${name}\nregion: eu-west-1\nnetwork: { zones: [eu-west-1a, eu-west-1b] }\necs:\n${ecs}`,
    "ecs.yaml",
  );

const problems = (ecs: string, name?: string) => problemsOf(() => settings(ecs, name));

const task = (more: string, container = CONTAINER) =>
  `  taskDefinitions:\n    web:\n      containers: [${container}]\n${more === "" ? "" : `      ${more}\n`}`;

const PLACE = /^line \d+, ecs\.taskDefinitions\.web(\.\S+)?: /;
const messages = (ecs: string, name?: string) => problems(ecs, name).map((line) => line.replace(PLACE, ""));

describe("task definitions in the settings", () => {
  test("need a container, and a cluster for which nothing is said", () => {
    expect(settings(task(""))).toBeDefined();
  });

  test("are refused with the line and the model's words", () => {
    expect(problems(task("size: { cpu: 250m, memory: 4Gi }"))).toEqual([
      "line 8, ecs.taskDefinitions.web.size: 'size' must be a pair of CPU and memory that Fargate has, got 0.25vCPU 4GB; the nearest are 0.25vCPU 2GB and 0.5vCPU 4GB",
    ]);
    expect(
      problems(
        task(
          "",
          '{ name: web, image: "registry.example.com/web:1", cpu: 250m, memory: 512Mi, environment: { PASSWORD: hunter2 } }',
        ),
      ),
    ).toEqual([
      expect.stringMatching(
        /^line 7, ecs\.taskDefinitions\.web\.containers\.0\.environment\.PASSWORD: variable "PASSWORD"/,
      ),
    ]);
  });

  test("take the same containers as pods, and tell what ECS cannot do", () => {
    const container = `{ name: web, image: "registry.example.com/web:1", cpu: 250m, memory: 512Mi, podFields: { IP: status.podIP }, secrets: { A: { secretName: a, key: b } } }`;
    expect(messages(task("", container)).map((message) => message.split(",")[0])).toEqual([
      "'podFields' of container \"web\" are fields of a Kubernetes pod",
      'secret "A" of container "web" is a Kubernetes Secret',
    ]);
  });

  test("have families of their own, which name roles and log groups", () => {
    expect(messages(task(""), "a".repeat(60))).toEqual([
      expect.stringContaining("give 'taskRoleName', or a shorter 'family'"),
      expect.stringContaining("give 'executionRoleName', or a shorter 'family'"),
    ]);
    expect(messages(task("family: a b"))).toEqual([expect.stringContaining("the name of an ECS task definition")]);
    expect(
      problems(
        `  taskDefinitions:\n    web: { containers: [${CONTAINER}] }\n    api: { containers: [${CONTAINER}], family: shop-web }\n`,
      ),
    ).toEqual([
      `line 7, ecs.taskDefinitions.api.family: 'taskDefinitions.web' and 'taskDefinitions.api' would both be the ECS task definition "shop-web"; give one of them another 'family'`,
    ]);
  });

  test.each([
    [
      "EC2",
      "ephemeralStorage: 30Gi",
      `'ephemeralStorage' is for 'launch' "FARGATE"; on instances, make the disk of the capacity large enough; leave it out`,
    ],
    [
      "FARGATE",
      "networkMode: host",
      `'networkMode' is for 'launch' "EC2" and "EXTERNAL", as tasks on Fargate are always "awsvpc"; leave it out`,
    ],
    [
      "FARGATE",
      "placementConstraints: [a]",
      `'placementConstraints' is for 'launch' "EC2" and "EXTERNAL", as Fargate has no instances to choose from; leave it out`,
    ],
  ])("on %s have no %s", (launch, setting, message) => {
    expect(messages(task(`launch: ${launch}\n      ${setting}`))).toEqual([message]);
  });

  test("have the rules of their launch", () => {
    expect(messages(task("launch: EXTERNAL\n      networkMode: awsvpc"))).toEqual([
      expect.stringContaining(`'networkMode' must be "bridge" or "host" on external instances`),
    ]);
    expect(settings(task("launch: EC2\n      networkMode: host"))).toBeDefined();
  });

  test("name repositories that are there", () => {
    const container = "{ name: web, image: { repository: web, tag: '1' }, cpu: 250m, memory: 512Mi }";
    expect(settings(`  repositories: { web: {} }\n${task("", container)}`)).toBeDefined();
    expect(messages(task("", container))).toEqual([
      `'image' of container "web" must name one of 'ecs.repositories' (there are none), got "web"`,
    ]);
  });
});

describe("volumes in the settings", () => {
  const EFS = "  efs: { shared: { accessPoints: { uploads: {} } } }\n";
  const mounted = (volume: string) =>
    task(`volumes: { a: ${volume} }`, CONTAINER.replace(" }", ", mounts: { /a: { volume: a } } }"));

  test("name file systems and access points that are there", () => {
    expect(settings(EFS + mounted("{ efs: { fileSystem: shared, accessPoint: uploads } }"))).toBeDefined();
    expect(messages(mounted("{ efs: { fileSystem: shared, accessPoint: uploads } }"))).toEqual([
      `volume "a" must name one of 'ecs.efs' (there are none), got "shared"`,
    ]);
    expect(messages(EFS + mounted("{ efs: { fileSystem: shared, accessPoint: logs } }"))).toEqual([
      `volume "a" must name an access point of "shared" ("uploads"), got "logs"`,
    ]);
  });

  test("are of one type", () => {
    expect(messages(mounted("{ bind: {}, hostPath: /a }"))).toEqual([
      expect.stringContaining(`got "bind", "hostPath"`),
    ]);
  });
});

describe("policies in the settings", () => {
  const MALFORMED = "[{ actions: [], resources: [shop/*] }]";
  const refused = (path: string) => [
    expect.stringContaining(`${path}.0.actions: 'actions' of statement 1 must hold at least one, got none`),
    expect.stringContaining(`${path}.0.resources.0: 'resources' of statement 1 must hold ARNs`),
  ];
  const listening = `{ ${CONTAINER.slice(2, -2)}, ports: { http: 8080 } }`;

  test("of task definitions are those that IAM takes", () => {
    expect(problems(task(`taskPolicy: ${MALFORMED}`))).toEqual(refused("taskDefinitions.web.taskPolicy"));
  });

  test("of App Runner and Elastic Beanstalk are those that IAM takes", () => {
    const image = listening.replace("registry.example.com", "public.ecr.aws");
    expect(problems(`  appRunner: { web: { container: ${image}, policy: ${MALFORMED} } }\n`)).toEqual(
      expect.arrayContaining(refused("appRunner.web.policy")),
    );
    expect(
      problems(`  beanstalk: { web: { containers: [${listening}], plainHttp: true, policy: ${MALFORMED} } }\n`),
    ).toEqual(expect.arrayContaining(refused("beanstalk.web.policy")));
  });
});

describe("EFS in the settings of ECS", () => {
  test("is refused with the model's words", () => {
    expect(problems("  efs: { Shared: { accessPoints: {} } }\n")).toEqual([
      expect.stringMatching(/ecs\.efs\.Shared: the name of a file system must be/),
      expect.stringMatching(/ecs\.efs\.Shared\.accessPoints: 'accessPoints' must hold 1 to 10000 entries/),
    ]);
    expect(problems("  efs: { shared: { accessPoints: { a: {} }, kmsKeyArn: alias/a } }\n")).toEqual([
      expect.stringMatching(/ecs\.efs\.shared\.kmsKeyArn: 'kmsKeyArn' must be the ARN of a KMS key/),
    ]);
  });
});
