import * as v from "valibot";
import { checkTargets } from "../../model/balanced-targets";
import { deploymentOf } from "../../model/deployment";
import { capacityProvidersOf, type EcsClusterOptions } from "../../model/ecs-cluster";
import type { TargetPort } from "../../model/ecs-service";
import type { TaskVpc } from "../../model/ecs-service-network";
import {
  fargateServiceProblems,
  instanceServiceProblems,
  type RuledService,
  type ServiceSurroundings,
  serviceProblems,
} from "../../model/ecs-service-rules";
import { egressOf } from "../../model/egress";
import { nameProblem, names } from "../../model/names";
import { type Problem, problemAt, quote, quoteAll, under } from "../../model/problem";
import type { NetworkSettings } from "../network";
import { described, text } from "../pieces";
import { loadBalancerProblems } from "./load-balancing";
import { scalingProblems } from "./scaling";
import type { EcsSettings } from "./schema";
import { namespace, type ServiceSettings, service } from "./service-schema";
import { type TaskDefinitionSettings, taskOptionsOf } from "./task-definitions";

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
        under(key, [...referenceProblems(settings, key, each), ...rulesOf(settings, key, each)]),
      ),
    ),
    ...takenNames(settings),
  ];
}

export function serviceNameOf({ name }: EcsSettings, key: string, { serviceName }: ServiceSettings): string {
  return serviceName ?? names.ecsService(name, key);
}

/** Keys of other features that the service names and that are not there. */
function referenceProblems({ ecs }: EcsSettings, key: string, each: ServiceSettings): Problem[] {
  const { taskDefinition = key, serviceConnect, discovery, allowFrom = {} } = each;
  const { taskDefinitions = {}, namespaces = {}, services = {} } = ecs;
  return [
    ...problemAt(
      each.taskDefinition === undefined ? [] : ["taskDefinition"],
      missing("'taskDefinition'", "taskDefinitions", taskDefinitions, taskDefinition),
    ),
    ...problemAt(
      ["serviceConnect", "namespace"],
      serviceConnect?.namespace === undefined
        ? undefined
        : missing("'namespace' of 'serviceConnect'", "namespaces", namespaces, serviceConnect.namespace),
    ),
    ...problemAt(
      ["discovery", "namespace"],
      discovery === undefined
        ? undefined
        : missing("'namespace' of 'discovery'", "namespaces", namespaces, discovery.namespace),
    ),
    ...Object.entries(allowFrom).flatMap(([caller, ports]) => [
      ...problemAt(["allowFrom", caller], missing("'allowFrom'", "services", services, caller)),
      ...ports.flatMap((port, index) =>
        problemAt(
          ["allowFrom", caller, index],
          Number.isInteger(port) && port >= 1 && port <= 65_535 && ports.indexOf(port) === index
            ? undefined
            : `'allowFrom' must hold ports from 1 to 65535, each once, got ${quote(port)} for ${quote(caller)}`,
        ),
      ),
    ]),
  ];
}

function missing(what: string, feature: string, there: object, key: string): string | undefined {
  const keys = Object.keys(there);
  return Object.hasOwn(there, key)
    ? undefined
    : `${what} must name one of '${feature}' (${keys.length === 0 ? "there are none" : quoteAll(keys)}), got ${quote(key)}`;
}

/** The rules of the model, as far as the service names a task definition that is there. */
function rulesOf(settings: EcsSettings, key: string, each: ServiceSettings): Problem[] {
  const { taskDefinitions = {} } = settings.ecs;
  const task = taskDefinitions[each.taskDefinition ?? key];
  if (task === undefined) {
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
    ...openProblems(settings, key, each),
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

/** Rules for who may connect, between tasks that share the security groups of their instances. */
function openProblems({ ecs }: EcsSettings, key: string, { allowFrom = {} }: ServiceSettings): Problem[] {
  const { services = {}, taskDefinitions = {} } = ecs;
  return Object.keys(allowFrom).flatMap((caller) => {
    const shared = [key, caller].find((each) => {
      const task = taskDefinitions[services[each]?.taskDefinition ?? each];
      return task !== undefined && !hasOwnNetwork(task);
    });
    return problemAt(
      ["allowFrom", caller],
      shared === undefined
        ? undefined
        : `'allowFrom' opens the security group of a service's tasks to that of another's, and those of ${quote(shared)} have their instance's; choose 'networkMode' "awsvpc" of its task definition, or leave ${quote(caller)} out`,
    );
  });
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
  const containers = taskOptionsOf(task, () => "repository").containers;
  const { serviceConnect, discovery } = each;
  return {
    task: {
      family: task.family ?? names.taskFamily(name, each.taskDefinition ?? key),
      launch,
      operatingSystem: operatingSystem === "LINUX" ? "linux" : "windows",
      ownNetworkInterface: hasOwnNetwork(task),
      containers,
    },
    vpc: network === undefined ? undefined : vpcOf(network),
    capacityProviders: capacityProvidersOf(name, cluster),
    execRecorded: cluster.exec !== false,
    targets: targetsOf(each, containers),
    connectNamespace: serviceConnect?.namespace ?? cluster.serviceConnectNamespace,
    discoveryNamespace:
      discovery === undefined
        ? undefined
        : { name: discovery.namespace, kind: ecs.namespaces?.[discovery.namespace]?.kind ?? "http" },
  };
}

/** What the settings tell of the VPC. That it has a way out is a rule of 'network'. */
function vpcOf(network: NetworkSettings): TaskVpc | undefined {
  const { existing, zones, publicSubnets = true } = network;
  if (existing !== undefined) {
    return {
      egress: "unknown",
      privateSubnets: Object.keys(existing.privateSubnetIds),
      publicSubnets: Object.keys(existing.publicSubnetIds ?? {}),
    };
  }
  const egress = egressOf(network);
  const all = Array.isArray(zones) ? zones : Array.from({ length: zones?.count ?? 0 }, (_, index) => index);
  return zones === undefined
    ? undefined
    : {
        egress: egress === "none" ? "unknown" : egress,
        privateSubnets: all,
        publicSubnets: publicSubnets ? all : [],
      };
}

function isApplication({ ecs }: EcsSettings, { loadBalancer }: ServiceSettings): boolean {
  const { loadBalancers = {} } = ecs as {
    readonly loadBalancers?: Readonly<Record<string, { readonly type?: string }>>;
  };
  const { shared, type } = loadBalancer ?? {};
  const kind = shared === undefined ? type : loadBalancers[shared]?.type;
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

/** Services of one name, which a cluster has once. */
function takenNames(settings: EcsSettings): Problem[] {
  const named = Object.entries(settings.ecs.services ?? {}).map(([key, each]) => ({
    key,
    name: serviceNameOf(settings, key, each),
  }));
  return named.flatMap(({ key, name }, index) => {
    const first = named.findIndex((other) => other.name === name);
    return problemAt(
      ["services", key, "serviceName"],
      first === index
        ? undefined
        : `services ${quote(named[first]?.key)} and ${quote(key)} are both called ${quote(name)}; give one another 'serviceName'`,
    );
  });
}
