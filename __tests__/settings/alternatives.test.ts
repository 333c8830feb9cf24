import { SettingsError } from "../../src/settings/errors";
import { parseEcsSettings } from "../../src/settings/load";

/** What is said of settings, each problem without its line and what every path begins with. */
function problems(ecs: string): string[] {
  const text = `name: shop\nregion: eu-west-1\nnetwork: { zones: [eu-west-1a, eu-west-1b] }\necs:\n${ecs}`;
  try {
    parseEcsSettings(text, "ecs.yaml");
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as SettingsError).message
      .split("\n")
      .slice(1)
      .map((line) => line.replace(/^ *line \d+, ecs\.\w+\.app\./, ""));
  }
}

const APP = 'name: app, image: "registry.example.com/app:1", cpu: 250m, memory: 512Mi';

const queue = (given: string) =>
  problems(
    `  queueWorkers:\n    app: { queue: ${given}, task: { containers: [{ ${APP} }] }, scaling: { maximum: 2, backlogPerTask: 5 } }\n`,
  );
const service = (more: string) =>
  problems(`  taskDefinitions: { app: { launch: EC2, containers: [{ ${APP} }] } }\n  services: { app: { ${more} } }\n`);
const strategies = (given: string) => service(`placementStrategies: [${given}]`);
const metric = (given: string) =>
  service(`scaling: { minimum: 1, maximum: 2, targetTracking: { a: { metric: { ${given} }, target: 1 } } }`);
const image = (given: string) =>
  problems(`  taskDefinitions: { app: { containers: [{ name: app, cpu: 250m, memory: 512Mi, image: ${given} }] } }\n`);

const QUEUE =
  '"deadLetter", "delayInSeconds", "deletionProtection", "fifo", "kmsKeyArn", "maxMessageSizeInBytes", "queueName", "receiveWaitInSeconds", "retentionInSeconds", "visibilityTimeoutInSeconds"';
const METRIC = "scaling.targetTracking.a.metric";

describe("of alternatives, the one with most of the keys is meant", () => {
  test("so that a key that none has is told alone, with the keys of that one", () => {
    expect(queue("{ queueName: a, visibilityTimeout: 30 }")).toEqual([
      `queue.visibilityTimeout: 'visibilityTimeout' is not a setting; did you mean "visibilityTimeoutInSeconds"?`,
    ]);
    expect(queue("{ highThroughput: true, deadLetter: false }")).toEqual([
      `queue.highThroughput: 'highThroughput' is not a setting; the settings here are ${QUEUE}`,
    ]);
  });

  test("so that a key of another does not go with its keys", () => {
    const arn = "arn:aws:sqs:eu-west-1:111122223333:a";
    expect(queue(`{ queueName: a, queueArn: "${arn}" }`)).toEqual([
      "queue.queueName: 'queueName' does not go with 'queueArn'; remove one or the other",
    ]);
    expect(queue(`{ queueName: a, fifo: {}, queueArn: "${arn}" }`)).toEqual([
      "queue.queueArn: 'queueArn' does not go with 'queueName', 'fifo'; remove one or the other",
    ]);
    expect(strategies("{ spread: instanceId, binpack: memory }")).toEqual([
      "placementStrategies.0.binpack: 'binpack' does not go with 'spread'; remove one or the other",
    ]);
  });

  test("so that its values alone are looked at", () => {
    expect(strategies("{ binpack: disk }")).toEqual([
      `placementStrategies.0.binpack: 'binpack' must be "cpu" or "memory", got "disk"`,
    ]);
    expect(queue("{ deadLetter: { maxReceiveCount: many } }")).toEqual([
      `queue.deadLetter.maxReceiveCount: 'maxReceiveCount' must be a number, got "many"`,
    ]);
    expect(image("{ repository: app, tag: 1 }")).toEqual([
      "containers.0.image.tag: 'tag' must be text, got 1; put it in quotes",
    ]);
  });

  test("so that its keys alone are missing", () => {
    expect(metric("namespace: A, metricName: B, statistic: Sum")).toEqual([
      `${METRIC}.metricName: 'metricName' is not a setting; the settings here are "dimensions", "name", "namespace", "statistic", "unit"`,
      `${METRIC}.name: 'name' is missing; add it`,
    ]);
    expect(image("{ repository: app }")).toEqual(["containers.0.image.tag: 'tag' is missing; add it"]);
  });
});

describe("a key in another spelling", () => {
  test("is not missing too", () => {
    expect(image('{ repositry: app, tag: "1" }')).toEqual([
      `containers.0.image.repositry: 'repositry' is not a setting; did you mean "repository"?`,
    ]);
    expect(metric("namespce: A, name: B, statistic: Sum")).toEqual([
      `${METRIC}.namespce: 'namespce' is not a setting; did you mean "namespace"?`,
    ]);
    expect(problems(`  taskDefinitions: { app: { containers: [{ ${APP.replace("cpu", "cpus")} }] } }\n`)).toEqual([
      `containers.0.cpus: 'cpus' is not a setting; did you mean "cpu"?`,
    ]);
  });

  test("tells the alternative that is meant", () => {
    expect(strategies("{ binpak: memory }")).toEqual([
      `placementStrategies.0.binpak: 'binpak' is not a setting; did you mean "binpack"?`,
    ]);
  });
});

describe("where no alternative is meant", () => {
  test("only the keys are told that none has", () => {
    expect(strategies("{ color: red }")).toEqual([
      `placementStrategies.0.color: 'color' is not a setting; the settings here are "binpack", "spread"`,
    ]);
  });

  test("what there may be is told of a value without keys", () => {
    expect(strategies("{}")).toEqual([
      `placementStrategies.0: 'placementStrategies.0' must be "random" or a mapping, got {}`,
    ]);
    expect(strategies("first")).toEqual([
      `placementStrategies.0: 'placementStrategies.0' must be "random" or a mapping, got "first"`,
    ]);
    expect(image("5")).toEqual(["containers.0.image: 'image' must be text or a mapping, got 5"]);
  });
});
