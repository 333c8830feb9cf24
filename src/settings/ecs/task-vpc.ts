import type { TaskVpc } from "../../model/ecs-service-network";
import { type EndpointNeeds, ecsEndpointServices, egressOf, type KnownEgress } from "../../model/egress";
import { type Problem, problemAt, quoteAll } from "../../model/problem";
import type { NetworkSettings } from "../network";
import { appRunnerUsesVpc } from "./app-runner";
import type { EcsSettings } from "./schema";

/** What the settings tell of the VPC. That it has a way out is a rule of 'network'. */
export function taskVpcOf(network: NetworkSettings | undefined): TaskVpc | undefined {
  if (network === undefined) {
    return undefined;
  }
  const { existing, zones, publicSubnets = true } = network;
  if (existing !== undefined) {
    return {
      egress: "unknown",
      privateSubnets: Object.keys(existing.privateSubnetIds ?? {}),
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

/** What tasks of the settings do by which they need endpoints of their own. */
export function endpointNeedsOf({ ecs }: Pick<EcsSettings, "ecs">): EndpointNeeds {
  return {
    queueWorkers: Object.keys(ecs.queueWorkers ?? {}).length > 0,
    serviceConnect: Object.values(ecs.services ?? {}).some(({ serviceConnect }) => serviceConnect !== undefined),
  };
}

/** The ways out of the VPC; nothing is known of those of somebody else's. */
export function knownEgressOf(settings: Pick<EcsSettings, "network" | "ecs">): KnownEgress {
  const { network } = settings;
  if (network === undefined || network.existing !== undefined) {
    return { egress: "unknown" };
  }
  const interfaceEndpoints = ecsEndpointServices(network.interfaceEndpoints ?? false, endpointNeedsOf(settings));
  return { egress: egressOf({ ...network, interfaceEndpoints }), endpointServices: interfaceEndpoints };
}

/** Features that lie in private subnets of the VPC in any case, where it has none. */
export function privateSubnetsProblems({ network, ecs }: Pick<EcsSettings, "network" | "ecs">): Problem[] {
  const { existing } = network ?? {};
  if (existing === undefined || Object.keys(existing.privateSubnetIds ?? {}).length > 0) {
    return [];
  }
  const inPrivate = {
    appRunner: Object.values(ecs.appRunner ?? {}).some(appRunnerUsesVpc),
    beanstalk: ecs.beanstalk !== undefined,
    "cluster.autoScalingGroups": ecs.cluster?.autoScalingGroups !== undefined,
    efs: ecs.efs !== undefined,
  };
  const features = Object.entries(inPrivate).flatMap(([feature, used]) => (used ? [feature] : []));
  return problemAt(
    ["network", "existing"],
    features.length === 0
      ? undefined
      : `'privateSubnetIds' must hold the private subnets in which ${quoteAll(features)} of 'ecs' lie, got none; add them`,
  );
}
