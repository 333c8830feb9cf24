import * as v from "valibot";
import { checkTargets } from "../../model/balanced-targets";
import { deploymentOf } from "../../model/deployment";
import { capacityProvidersOf, type EcsClusterOptions } from "../../model/ecs-cluster";
import type { TargetPort } from "../../model/ecs-service";
import {
  fargateServiceProblems,
  instanceServiceProblems,
  type RuledService,
  type ServiceSurroundings,
  serviceProblems,
} from "../../model/ecs-service-rules";
import { nameProblem, names } from "../../model/names";
import { ownValue } from "../../model/own-value";
import { type Problem, problemAt, under } from "../../model/problem";
import { allContainers } from "../../model/task-definition";
import { sumOf, taskSizeOf } from "../../model/task-size";
import { described, text } from "../pieces";
import { allowFromProblems } from "./callers";
import { loadBalancerProblems } from "./load-balancing";
import { missingProblem } from "./references";
import { scalingProblems } from "./scaling";
import type { EcsSettings } from "./schema";
import { namespace, type ServiceSettings, service } from "./service-schema";
import { fileSystemsOf, type TaskDefinitionSettings, taskOptionsOf } from "./task-definitions";
import { taskVpcOf } from "./task-vpc";

export const servicesSchema = described(v.record(text, service), "Tasks that are kept running, by name.");

export const namespacesSchema = described(
  v.record(text, namespace),
  "Namespaces of AWS Cloud Map, in which services find each other, by a name of your choice.",
);

/** What is wrong with them, seen from 'ecs'. */
export function servicesProblems(settings: EcsSettings): Problem[] {
  const { services = {}, namespaces = {} } = settings.ecs;
  return [
    ...under(
      "namespaces",
      Object.entries(namespaces).flatMap(([key, { namespaceName }]) =>
        problemAt(
          namespaceName === undefined ? [key] : [key, "namespaceName"],
          nameProblem(
            "cloudMapNamespace",
            namespaceName ?? names.cloudMapNamespace(`${settings.name}-${key}`),
            "choose another 'namespaceName'",
          ),
        ),
      ),
    ),
    ...under(
      "services",
      Object.entries(services).flatMap(([key, each]) =>
        under(key, [
          ...referenceProblems(settings, key, each),
          ...allowFromProblems(settings, key, each),
          ...rulesOf(settings, key, each),
        ]),
      ),
    ),
  ];
}

export function serviceNameOf({ name }: EcsSettings, key: string, { serviceName }: ServiceSettings): string {
  return serviceName ?? names.ecsService(name, key);
}

/** Keys of other features that the service names and that are not there. */
function referenceProblems({ ecs }: EcsSettings, key: string, each: ServiceSettings): Problem[] {
  const { taskDefinition = key, serviceConnect, discovery } = each;
  const { taskDefinitions = {}, namespaces = {} } = ecs;
  return [
    ...problemAt(
      each.taskDefinition === undefined ? [] : ["taskDefinition"],
      missingProblem("'taskDefinition'", "taskDefinitions", taskDefinitions, taskDefinition),
    ),
    ...problemAt(
      ["serviceConnect", "namespace"],
      serviceConnect?.namespace === undefined
        ? undefined
        : missingProblem("'namespace' of 'serviceConnect'", "namespaces", namespaces, serviceConnect.namespace),
    ),
    ...problemAt(
      ["discovery", "namespace"],
      discovery === undefined
        ? undefined
        : missingProblem("'namespace' of 'discovery'", "namespaces", namespaces, discovery.namespace),
    ),
  ];
}

/** The rules of the model, as far as the service names a task definition that is there. */
function rulesOf(settings: EcsSettings, key: string, each: ServiceSettings): Problem[] {
  const { taskDefinitions = {} } = settings.ecs;
  const task = ownValue(taskDefinitions, each.taskDefinition ?? key);
  // Of a task without containers, that is told alone.
  if (task === undefined || task.containers.length === 0) {
    return [];
  }
  const around = surroundingsOf(settings, key, each, task);
  const options = ruledOf(key, each);
  const serviceName = serviceNameOf(settings, key, each);
  const { strategy } = deploymentOf(each.deployment ?? {});
  return [
    ...serviceProblems(serviceName, options, around),
    ...(around.task.launch === "FARGATE"
      ? fargateServiceProblems(options, around)
      : instanceServiceProblems(options, around)),
    ...strangeProblems(each, around.task.launch === "FARGATE"),
    ...(each.loadBalancer === undefined
      ? []
      : under(
          "loadBalancer",
          loadBalancerProblems(settings, key, each.loadBalancer, {
            containers: around.task.containers,
            blueGreen: strategy !== "ROLLING",
          }),
        )),
    ...(each.scaling === undefined
      ? []
      : under(
          "scaling",
          scalingProblems(each.scaling, {
            hasRequestCounter: isApplication(settings, each) && strategy === "ROLLING",
            clusterName: settings.name,
            serviceName,
          }),
        )),
  ];
}

function hasOwnNetwork({ launch = "FARGATE", networkMode = "awsvpc" }: TaskDefinitionSettings): boolean {
  return launch === "FARGATE" || (launch === "EC2" && networkMode === "awsvpc");
}

/** Settings of services whose tasks run on something else. */
function strangeProblems(each: ServiceSettings, fargate: boolean): Problem[] {
  const { platformVersion, assignPublicIp, scheduling, placementStrategies, memberOf, distinctInstances } = each;
  const strange = fargate
    ? { scheduling, placementStrategies, memberOf, distinctInstances }
    : { platformVersion, assignPublicIp };
  return Object.entries(strange).flatMap(([property, value]) =>
    problemAt(
      [property],
      value === undefined
        ? undefined
        : `'${property}' is for tasks on ${fargate ? "instances" : "Fargate"}, and those of the task definition run on ${fargate ? "Fargate" : "instances"}; leave it out`,
    ),
  );
}

function ruledOf(key: string, each: ServiceSettings): RuledService {
  return {
    ...each,
    ...(each.discovery === undefined ? {} : { discovery: { ...each.discovery, name: each.discovery.name ?? key } }),
  } as RuledService;
}

function surroundingsOf(
  { name, network, ecs }: EcsSettings,
  key: string,
  each: ServiceSettings,
  task: TaskDefinitionSettings,
): ServiceSurroundings {
  const cluster = (ecs.cluster ?? {}) as EcsClusterOptions;
  const { launch = "FARGATE", operatingSystem = "LINUX" } = task;
  const options = taskOptionsOf(task, () => "repository");
  const { containers } = options;
  const all = allContainers(options);
  const { serviceConnect, discovery } = each;
  return {
    task: {
      family: task.family ?? names.taskFamily(name, each.taskDefinition ?? key),
      launch,
      operatingSystem: operatingSystem === "LINUX" ? "linux" : "windows",
      architecture: task.architecture ?? "X86_64",
      ownNetworkInterface: hasOwnNetwork(task),
      containers,
      size: taskSizeOf(task.size, all, launch, task),
      containerTotal: sumOf(all),
      fileSystems: fileSystemsOf(task),
    },
    vpc: taskVpcOf(network),
    capacityProviders: capacityProvidersOf(name, cluster),
    defaultCapacity: cluster.defaultCapacity,
    execRecorded: cluster.exec !== false,
    targets: targetsOf(each, containers),
    givenTargets: Object.keys(each.loadBalancer?.targets ?? {}).length,
    connectNamespace: serviceConnect?.namespace ?? cluster.serviceConnectNamespace,
    discoveryNamespace:
      discovery === undefined
        ? undefined
        : { name: discovery.namespace, kind: ownValue(ecs.namespaces ?? {}, discovery.namespace)?.kind ?? "http" },
  };
}

function isApplication({ ecs }: EcsSettings, { loadBalancer }: ServiceSettings): boolean {
  const { shared, type } = loadBalancer ?? {};
  const kind = shared === undefined ? type : ownValue(ecs.loadBalancers ?? {}, shared)?.type;
  return loadBalancer !== undefined && (kind ?? "application") === "application";
}

/** Where the load balancer's targets lead. What is wrong with them is a rule of the load balancer. */
function targetsOf(
  { loadBalancer, deployment = {} }: ServiceSettings,
  containers: ServiceSurroundings["task"]["containers"],
): TargetPort[] {
  if (loadBalancer === undefined) {
    return [];
  }
  const blueGreen = deploymentOf(deployment).strategy !== "ROLLING";
  const balancer = { kind: loadBalancer.type ?? "application", tls: true, blueGreen } as const;
  return checkTargets(balancer, loadBalancer.targets, containers)
    .targets.slice(0, 5)
    .map(({ key, container, port }) => ({ key, containerName: container.name, containerPort: port, blueGreen }));
}
