import { logOptionProblems } from "./container-logging";
import { amountsOf, type ContainerSpec, type Known, portsOf, type SecretSource } from "./container-spec";
import { imageProblem } from "./image-reference";
import { type Problem, problemAt, quote, quoteAll, under } from "./problem";
import type { TaskContainer } from "./task-container";
import { isWindows, type TaskLaunch, type TaskPlatform } from "./task-platform";

/**
 * Logs that go through a container of Fluent Bit, which ECS adds to the task, to any place that it knows.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html
 */
export interface FireLens {
  /** Where the logs go, by container; those of others go to the task's log group. */
  readonly outputs: Readonly<Record<string, FireLensOutput>>;
  /** @default - AWS for Fluent Bit, in a version that this project names */
  readonly image?: string;
  /** More configuration: a file in the image, or an object in S3, on EC2 alone. @default - none */
  readonly configuration?: { readonly file: string } | { readonly s3Arn: string };
  /** Whether each record says which task and container it is from. @default true */
  readonly metadata?: boolean;
  /** CPU as a Kubernetes quantity. @default "50m" */
  readonly cpu?: string;
  /** Memory as a Kubernetes quantity. @default "128Mi" */
  readonly memory?: string;
}

/** An output of Fluent Bit, with its own option names. */
export interface FireLensOutput {
  /** Such as `{ Name: "kinesis_firehose", region: "eu-west-1", delivery_stream: "logs" }`. @default - none */
  readonly options?: Readonly<Record<string, string>>;
  /** Options whose values are kept elsewhere. @default - none */
  readonly secrets?: Readonly<Record<string, SecretSource>>;
}

export const LOG_ROUTER = "log-router";

/** Source: github.com/aws/aws-for-fluent-bit, release 3.4.12 of 2026-08-04. */
export const FIRE_LENS_IMAGE = "public.ecr.aws/aws-observability/aws-for-fluent-bit:3.4.12";

/** On which the log router listens. Source: ECS Developer Guide, firelens-taskdef, 2026-11-21. */
const FIRE_LENS_PORT = 24_224;

/**
 * The container that routes logs. It is essential, as AWS recommends, so that no task runs whose logs are lost. Its
 * image writes to its root file system when it starts. Source: github.com/aws/aws-for-fluent-bit, issue 928.
 */
export function logRouterOf({ image = FIRE_LENS_IMAGE, cpu = "50m", memory = "128Mi" }: FireLens): TaskContainer {
  return { name: LOG_ROUTER, image, cpu, memory, user: 0, readOnlyRootFilesystem: false };
}

/** What is wrong with the routing of logs, seen from 'fireLens'. */
export function fireLensProblems(
  fireLens: FireLens,
  containers: readonly TaskContainer[],
  launch: TaskLaunch,
  platform: TaskPlatform,
  known: Known = () => true,
): Problem[] {
  const names = containers.map(({ name }) => name);
  const { image = FIRE_LENS_IMAGE, configuration } = fireLens;
  const router = amountsOf(logRouterOf(fireLens));
  return [
    ...problemAt(
      [],
      isWindows(platform)
        ? "'fireLens' is not there for tasks with Windows; leave it out, and the logs go to the task's log group"
        : undefined,
    ),
    ...problemAt(
      ["outputs"],
      Object.keys(fireLens.outputs).length > 0
        ? undefined
        : `'outputs' of 'fireLens' must hold an output of at least one container (${quoteAll(names)}), got none; add one, or leave 'fireLens' out`,
    ),
    ...Object.entries(fireLens.outputs).flatMap(([name, output]) =>
      under(["outputs", name], outputProblems(name, output, containers, configuration !== undefined, known)),
    ),
    ...problemAt(["image"], known(image) ? imageProblem("'image' of 'fireLens'", image) : undefined),
    ...problemAt(
      ["cpu"],
      router.cpu.millis > 0
        ? undefined
        : `'cpu' of 'fireLens' must be a Kubernetes quantity above 0, like "50m", got ${quote(fireLens.cpu)}`,
    ),
    ...problemAt(
      ["memory"],
      router.memory.mib >= 6
        ? undefined
        : `'memory' of 'fireLens' must be a Kubernetes quantity of at least 6Mi, like "128Mi", got ${quote(fireLens.memory)}`,
    ),
    ...configurationProblems(configuration, launch, known),
    ...containers.flatMap(portProblems),
  ];
}

function outputProblems(
  name: string,
  { options = {}, secrets = {} }: FireLensOutput,
  containers: readonly TaskContainer[],
  configured: boolean,
  known: Known,
): Problem[] {
  const called = `the output of container ${quote(name)}`;
  const names = containers.map((each) => each.name);
  const keys = [...Object.keys(options), ...Object.keys(secrets)];
  return [
    ...problemAt(
      [],
      containers.some((each) => each.name === name && each.logging !== undefined)
        ? `container ${quote(name)} has 'logging' and an output of 'fireLens'; keep one`
        : undefined,
    ),
    ...problemAt(
      [],
      names.includes(name)
        ? undefined
        : `'outputs' of 'fireLens' must hold names of containers of the task (${quoteAll(names)}), got ${quote(name)}`,
    ),
    ...problemAt(
      ["options"],
      configured || keys.some((key) => key.toLowerCase() === "name")
        ? undefined
        : `${called} must have an option "Name" with the plugin of Fluent Bit, like "cloudwatch_logs" or "kinesis_firehose"; add it, or route the logs in 'configuration'`,
    ),
    ...logOptionProblems(options, secrets, called, known),
  ];
}

function configurationProblems(configuration: FireLens["configuration"], launch: TaskLaunch, known: Known): Problem[] {
  if (configuration === undefined) {
    return [];
  }
  if (Object.keys(configuration).length !== 1) {
    return [{ at: ["configuration"], message: "'configuration' of 'fireLens' must have one of 'file' and 's3Arn'" }];
  }
  if ("s3Arn" in configuration) {
    const { s3Arn } = configuration;
    return problemAt(
      ["configuration", "s3Arn"],
      launch === "FARGATE"
        ? "'s3Arn' of 'configuration' of 'fireLens' is for tasks on instances, as Fargate takes a file of the image alone; build the file into an image, and give 'image' and 'file'"
        : !known(s3Arn) || /^arn:[\w-]+:s3:::[^/]+\/.+$/.test(s3Arn)
          ? undefined
          : `'s3Arn' of 'configuration' of 'fireLens' must be the ARN of an object, like "arn:aws:s3:::configuration/fluent-bit.conf", got ${quote(s3Arn)}`,
    );
  }
  return problemAt(
    ["configuration", "file"],
    configuration.file.startsWith("/")
      ? undefined
      : `'file' of 'configuration' of 'fireLens' must be an absolute path in the image, like "/fluent-bit/more.conf", got ${quote(configuration.file)}`,
  );
}

/** The containers of a task share one address; and nobody outside shall reach the router. */
function portProblems(container: ContainerSpec): Problem[] {
  return portsOf(container).flatMap(([name, { port }]) =>
    problemAt(
      [],
      port === FIRE_LENS_PORT
        ? `port ${quote(name)} of container ${quote(container.name)} must not be ${FIRE_LENS_PORT}, on which the log router of 'fireLens' listens; use another, such as ${FIRE_LENS_PORT + 1}`
        : undefined,
    ),
  );
}
