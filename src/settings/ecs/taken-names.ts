import { names } from "../../model/names";
import type { Problem } from "../../model/problem";
import { queueNames } from "../../model/queue";
import { type Named, takenNameProblems } from "../../model/taken-names";
import { appRunnerServiceName } from "./app-runner";
import { beanstalkNames } from "./beanstalk";
import { lightsailServiceName } from "./lightsail";
import { sharedLoadBalancerName } from "./load-balancing";
import { at, of } from "./named-settings";
import { isExistingQueue } from "./queue-workers";
import type { EcsSettings } from "./schema";
import { serviceNameOf } from "./services";
import { roleNames } from "./taken-roles";

type NamesByKind = Readonly<Record<string, readonly Named[]>>;

/**
 * Names that AWS has once, by what is called so: whose they are, and which property changes them.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html for what silently takes the place of another
 */
function namesByKind(settings: EcsSettings): NamesByKind {
  const { name, ecs } = settings;
  return {
    "ECS service": [
      ...of(ecs.services, (key, each) => [
        at("services", key, each, "serviceName"),
        serviceNameOf(settings, key, each),
      ]),
      ...of(ecs.queueWorkers, (key, each) => [
        at("queueWorkers", key, each, "service", "serviceName"),
        each.service?.serviceName ?? names.ecsService(name, key),
      ]),
    ],
    "ECS task definition": [
      ...of(ecs.taskDefinitions, (key, each) => [
        at("taskDefinitions", key, each, "family"),
        each.family ?? names.taskFamily(name, key),
      ]),
      ...of(ecs.queueWorkers, (key, each) => [
        at("queueWorkers", key, each, "task", "family"),
        each.task.family ?? names.taskFamily(name, key),
      ]),
    ],
    "ECR repository": of(ecs.repositories, (key, each) => [
      at("repositories", key, each, "repositoryName"),
      each.repositoryName ?? names.containerRepository(name, key),
    ]),
    "App Runner service": of(ecs.appRunner, (key, each) => [
      at("appRunner", key, each, "serviceName"),
      appRunnerServiceName(name, key, each),
    ]),
    "Lightsail container service": of(ecs.lightsail, (key, each) => [
      at("lightsail", key, each, "serviceName"),
      lightsailServiceName(name, key, each),
    ]),
    ...startedNames(settings),
    ...beanstalkNamesByKind(settings),
    "SQS queue": (["queue", "deadLetter"] as const).flatMap((which) =>
      of(ecs.queueWorkers, (key, { queue = {} }) =>
        isExistingQueue(queue) || (which === "deadLetter" && queue.deadLetter === false)
          ? undefined
          : [
              at("queueWorkers", key, { queue }, "queue", "queueName"),
              queueNames(queue.queueName ?? names.taskQueue(name, key), queue)[which],
            ],
      ),
    ),
  };
}

/** Names that are derived from others above, unless they are given. */
function derivedNames(settings: EcsSettings): NamesByKind {
  const { name, ecs } = settings;
  return {
    "load balancer": [
      ...of(ecs.loadBalancers, (key, each) => [
        at("loadBalancers", key, each, "name"),
        sharedLoadBalancerName(settings, key, each),
      ]),
      ...of(ecs.services, (key, each) =>
        each.loadBalancer === undefined || each.loadBalancer.shared !== undefined
          ? undefined
          : [
              at("services", key, each, "loadBalancer", "name"),
              each.loadBalancer.name ?? names.loadBalancer(serviceNameOf(settings, key, each)),
            ],
      ),
    ],
    "Elastic Beanstalk environment": of(ecs.beanstalk, (key, each) => [
      at("beanstalk", key, each, "environmentName"),
      beanstalkNames(name, key, each).environmentName,
    ]),
  };
}

/** What starts tasks, and what they run in. */
function startedNames({ name, ecs }: EcsSettings): NamesByKind {
  const machines = of(ecs.workflows, (key, each) => [
    at("workflows", key, each, "stateMachineName"),
    each.stateMachineName ?? names.workflow(name, key),
  ]);
  const starts = (feature: "schedules" | "events") =>
    Object.entries(ecs.workflows ?? {}).flatMap(([key, each]) =>
      of(each[feature] as Readonly<Record<string, object>> | undefined, (start) => [
        { at: ["workflows", key, feature, start], property: "stateMachineName" },
        names.workflowStart(each.stateMachineName ?? names.workflow(name, key), start),
      ]),
    );
  return {
    "Step Functions state machine": machines,
    "EventBridge schedule": [
      ...of(ecs.scheduledTasks, (key, each) => [
        at("scheduledTasks", key, each, "scheduleName"),
        each.scheduleName ?? names.scheduledTask(name, key),
      ]),
      ...starts("schedules"),
    ],
    "EventBridge rule": [
      ...of(ecs.eventTasks, (key, each) => [
        at("eventTasks", key, each, "ruleName"),
        each.ruleName ?? names.eventTask(name, key),
      ]),
      ...starts("events"),
    ],
  };
}

function beanstalkNamesByKind({ name, ecs }: EcsSettings): NamesByKind {
  return {
    "Elastic Beanstalk application": of(ecs.beanstalk, (key, each) => [
      at("beanstalk", key, each, "applicationName"),
      beanstalkNames(name, key, each).applicationName,
    ]),
    "domain below elasticbeanstalk.com": of(ecs.beanstalk, (key, each) =>
      each.cnamePrefix === undefined ? undefined : [at("beanstalk", key, each, "cnamePrefix"), each.cnamePrefix],
    ),
  };
}

/** Names that AWS has once and that the settings give twice, seen from 'ecs'. */
export function takenNamesProblems(settings: EcsSettings): Problem[] {
  const problems = problemsOf(namesByKind(settings));
  const further = problemsOf(untold(derivedNames(settings), problems));
  // IAM takes capital letters for small ones.
  const roles = problemsOf(untold({ "IAM role": roleNames(settings) }, [...problems, ...further]), (name) =>
    name.toLowerCase(),
  );
  const all = [...problems, ...further, ...roles];
  // Several names follow from one: the first of them tells it.
  return all.filter(({ at: place }, index) => all.findIndex((other) => isSame(other.at, place)) === index);
}

function problemsOf(kinds: NamesByKind, same?: (name: string) => string): Problem[] {
  return Object.entries(kinds).flatMap(([what, named]) => takenNameProblems(what, named, same));
}

/** Without names that follow from one that is taken. */
function untold(kinds: NamesByKind, told: readonly Problem[]): NamesByKind {
  return Object.fromEntries(
    Object.entries(kinds).map(([what, named]) => [
      what,
      named.filter(
        ({ at: place, property }) =>
          place.at(-1) === property.split(".").at(-1) ||
          !told.some((problem) => isSame(problem.at.slice(0, 2), place.slice(0, 2))),
      ),
    ]),
  );
}

function isSame(place: Problem["at"], other: Problem["at"]): boolean {
  return place.join("/") === other.join("/");
}
