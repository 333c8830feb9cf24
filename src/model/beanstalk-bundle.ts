import { type BeanstalkOptions, beanstalkTarget } from "./beanstalk";
import { amountsOf, type ContainerSpec } from "./container-spec";
import { compareText } from "./order";
import { taskHealthCheckOf } from "./task-health-check";
import { cpuUnits, memoryMib } from "./task-size";

/** What the bundle names beside the containers. */
export interface BundleSurroundings {
  readonly logGroupName: string;
  readonly region: string;
  /** Role by which ECS reads secrets; none where there are none. */
  readonly executionRoleArn: string | undefined;
}

/** Port of the instance to which Beanstalk's load balancer sends, unless it is told another. */
const INSTANCE_PORT = 80;

/** Version of the format for the platform with ECS. */
const DOCKERRUN_VERSION = 2;

/**
 * The file Dockerrun.aws.json, which is all there is of a version: containers in ECS's own words. What is a set to ECS is
 * in order.
 *
 * Only the port that gets requests is the instance's too. Its container knows the others by their names, as hosts.
 *
 * @see https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/create_deploy_docker_v2config.html
 */
export function dockerrunJson(options: BeanstalkOptions, surroundings: BundleSurroundings): string {
  const { containers, volumes = {} } = options;
  const { executionRoleArn } = surroundings;
  return JSON.stringify({
    AWSEBDockerrunVersion: DOCKERRUN_VERSION,
    ...(executionRoleArn === undefined ? {} : { executionRoleArn }),
    ...(Object.keys(volumes).length === 0
      ? {}
      : {
          volumes: sorted(volumes).map(([name, { hostPath }]) => ({
            name,
            ...(hostPath === undefined ? {} : { host: { sourcePath: hostPath } }),
          })),
        }),
    containerDefinitions: containers.map((container) => definitionOf(container, options, surroundings)),
  });
}

function definitionOf(container: ContainerSpec, options: BeanstalkOptions, surroundings: BundleSurroundings): object {
  const { cpu, memory } = amountsOf(container);
  const { command, args, workingDir, user, group, addCapabilities = [], environment = {}, mounts = {} } = container;
  const healthCheck = taskHealthCheckOf(container);
  return {
    name: container.name,
    image: container.image,
    essential: true,
    ...(command === undefined ? {} : { entryPoint: command }),
    ...(args === undefined ? {} : { command: args }),
    ...(workingDir === undefined ? {} : { workingDirectory: workingDir }),
    cpu: cpuUnits(cpu),
    memory: memoryMib(memory),
    ...(user === undefined ? {} : { user: group === undefined ? String(user) : `${user}:${group}` }),
    environment: sorted(environment).map(([name, value]) => ({ name, value })),
    ...requestsOf(container, options),
    mountPoints: sorted(mounts).map(([containerPath, { volume, readOnly = false }]) => ({
      sourceVolume: volume,
      containerPath,
      readOnly,
    })),
    ...(healthCheck === undefined ? {} : { healthCheck }),
    readonlyRootFilesystem: container.readOnlyRootFilesystem ?? true,
    linuxParameters: {
      capabilities: { drop: ["ALL"], ...(addCapabilities.length === 0 ? {} : { add: [...addCapabilities].sort() }) },
      initProcessEnabled: true,
    },
    logConfiguration: {
      logDriver: "awslogs",
      options: {
        "awslogs-group": surroundings.logGroupName,
        "awslogs-region": surroundings.region,
        "awslogs-stream-prefix": container.name,
      },
    },
  };
}

/** Who gets the requests, and hands them on. */
function requestsOf(container: ContainerSpec, options: BeanstalkOptions): object {
  const target = beanstalkTarget(options);
  const others = options.containers.filter((other) => other !== container).map(({ name }) => name);
  return target?.container !== container
    ? {}
    : {
        portMappings: [{ hostPort: INSTANCE_PORT, containerPort: target.port, protocol: "tcp" }],
        ...(others.length === 0 ? {} : { links: others.sort(compareText) }),
      };
}

function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => compareText(a, b));
}
