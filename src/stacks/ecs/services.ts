import { CloudMapNamespace, type ICloudMapNamespace } from "../../constructs/ecs/cloud-map-namespace";
import { Ec2Service } from "../../constructs/ecs/ec2-service";
import { FargateService } from "../../constructs/ecs/fargate-service";
import type { IEcsService } from "../../constructs/ecs/iecs-service";
import type { LoadBalancedServiceOptions } from "../../constructs/ecs/load-balanced-service";
import type { ServiceBase } from "../../constructs/ecs/service-base";
import { names } from "../../model/names";
import type { ServiceSettings } from "../../settings/ecs/service-schema";
import { serviceNameOf } from "../../settings/ecs/services";
import { addOutput } from "../in-cluster/output";
import { noteCaller } from "./callers";
import { byKey, clusterOf, type EcsContext, pick } from "./context";
import { addLoadBalancedService } from "./load-balanced";

type Namespaces = Readonly<Record<string, ICloudMapNamespace>>;

/** What was made of a service's settings: what the rest of the stack uses, and whose security group is opened. */
interface Added {
  readonly service: IEcsService;
  readonly tasks: ServiceBase;
}

/**
 * Namespaces and services.
 *
 * @returns by key those whose security groups are opened to others
 */
export function addServices(context: EcsContext): Readonly<Record<string, ServiceBase>> {
  const { stack, ecs, services } = context;
  const namespaces = addNamespaces(context);
  const added: Record<string, Added> = {};
  for (const [key, settings] of byKey(ecs.services)) {
    const one = addService(context, key, settings, namespaces);
    added[key] = one;
    services[key] = one.service;
    noteCaller(context, ["services", key], one.tasks, settings);
  }
  addOutput(
    stack,
    "service_names",
    "Names of the services, by key",
    Object.fromEntries(byKey(services).map(([key, { serviceName }]) => [key, serviceName])),
  );
  addOutput(
    stack,
    "service_security_group_ids",
    "Security groups of the services' tasks, by key",
    Object.fromEntries(
      byKey(added).flatMap(([key, { tasks }]) =>
        tasks.securityGroupId === undefined ? [] : [[key, tasks.securityGroupId]],
      ),
    ),
  );
  return Object.fromEntries(byKey(added).map(([key, { tasks }]) => [key, tasks]));
}

function addNamespaces(context: EcsContext): Namespaces {
  const { stack, settings, ecs } = context;
  return Object.fromEntries(
    byKey(ecs.namespaces).map(([key, { namespaceName, kind }]) => [
      key,
      new CloudMapNamespace(stack, `namespace-${key}`, {
        cluster: clusterOf(context),
        namespaceName: namespaceName ?? names.cloudMapNamespace(`${settings.name}-${key}`),
        ...(kind === undefined ? {} : { kind }),
      }),
    ]),
  );
}

function addService(context: EcsContext, key: string, settings: ServiceSettings, namespaces: Namespaces): Added {
  const { taskDefinition: task = key, loadBalancer } = settings;
  const taskDefinition = pick("task definition", context.taskDefinitions, task);
  const props = {
    ...optionsOf(settings, key, namespaces),
    serviceName: serviceNameOf(context.settings, key, settings),
    cluster: clusterOf(context),
    taskDefinition,
  };
  if (loadBalancer !== undefined) {
    const service = addLoadBalancedService(context, key, loadBalancer, props);
    return { service, tasks: service.service };
  }
  const service =
    taskDefinition.launch === "FARGATE"
      ? new FargateService(context.stack, `service-${key}`, props)
      : new Ec2Service(context.stack, `service-${key}`, props);
  return { service, tasks: service };
}

/** The settings without keys of other features, with what those stand for. */
function optionsOf(settings: ServiceSettings, key: string, namespaces: Namespaces): LoadBalancedServiceOptions {
  const { taskDefinition: _, allowFrom: __, loadBalancer: ___, serviceConnect, discovery, ...options } = settings;
  const { namespace: connectKey, ...connect } = serviceConnect ?? {};
  return {
    ...options,
    ...(serviceConnect === undefined
      ? {}
      : {
          serviceConnect: {
            ...connect,
            ...(connectKey === undefined ? {} : { namespace: pick("namespace", namespaces, connectKey) }),
          },
        }),
    ...(discovery === undefined
      ? {}
      : {
          discovery: {
            ...discovery,
            name: discovery.name ?? key,
            namespace: pick("namespace", namespaces, discovery.namespace),
          },
        }),
  };
}
