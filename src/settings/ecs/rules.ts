import { nameProblem } from "../../model/names";
import { type Problem, problemAt, under } from "../../model/problem";
import { regionProblem } from "../../model/regions";
import type { NetworkSettings } from "../network";
import { accountProblems, egressProblems, existingNetworkProblems, newNetworkProblems } from "../network-rules";
import type { RuleOf } from "../rules";
import { appRunnerProblems, appRunnerUsesVpc } from "./app-runner";
import { arnPlacesProblems } from "./arn-places";
import { beanstalkProblems } from "./beanstalk";
import { clusterProblems } from "./cluster";
import { edgeProblems } from "./edge";
import { efsProblems } from "./efs";
import { eventTasksProblems } from "./event-tasks";
import { lightsailProblems } from "./lightsail";
import { queueWorkersProblems } from "./queue-workers";
import { repositoriesProblems } from "./repositories";
import { scheduledTasksProblems } from "./scheduled-tasks";
import type { EcsSettings } from "./schema";
import { servicesProblems } from "./services";
import { takenEndpointsProblems } from "./taken-endpoints";
import { takenNamesProblems } from "./taken-names";
import { taskDefinitionsProblems } from "./task-definitions";
import { privateSubnetsProblems } from "./task-vpc";
import { workflowsProblems } from "./workflows";

/** Every rule of the model that the settings can break, with the place of the setting to change. */
export const ECS_RULES: readonly RuleOf<EcsSettings>[] = [
  { sections: ["name"], check: ({ name }) => problemAt(["name"], nameProblem("ecsCluster", name, "choose another")) },
  { sections: ["region"], check: ({ region }) => problemAt(["region"], regionProblem(region)) },
  { sections: ["account"], check: accountProblems },
  { sections: ["region", "network"], check: network },
  { sections: ["network", "ecs"], check: missingNetwork },
  { sections: ["network", "ecs"], check: privateSubnetsProblems },
  { sections: ["name", "region", "account", "network", "ecs"], check: features },
];

function network({ region, network: given }: EcsSettings): Problem[] {
  return given === undefined ? [] : ofNetwork({ region, network: given });
}

function ofNetwork(settings: { readonly region: string; readonly network: NetworkSettings }): Problem[] {
  return [...newNetworkProblems(settings), ...existingNetworkProblems(settings), ...egressProblems(settings, "task")];
}

/** Features that no VPC has a part in, unless they say so. */
const WITHOUT_VPC: ReadonlySet<string> = new Set([
  "appRunner",
  "certificates",
  "hostedZones",
  "lightsail",
  "pullThroughCaches",
  "registryScanning",
  "repositories",
  "webAcl",
]);

/** Features that no cluster has a part in. */
const WITHOUT_CLUSTER: ReadonlySet<string> = new Set([...WITHOUT_VPC, "beanstalk"]);

/** Whether what the settings describe lies in a VPC. */
export function needsVpc(settings: Pick<EcsSettings, "ecs">): boolean {
  return featuresInVpc(settings).length > 0;
}

/** Whether what the settings describe runs on a cluster, or is one. */
export function needsCluster({ ecs }: Pick<EcsSettings, "ecs">): boolean {
  return Object.keys(ecs).some((feature) => !WITHOUT_CLUSTER.has(feature));
}

function featuresInVpc({ ecs }: Pick<EcsSettings, "ecs">): string[] {
  return Object.keys(ecs).filter(
    (feature) =>
      !WITHOUT_VPC.has(feature) ||
      (feature === "appRunner" && Object.values(ecs.appRunner ?? {}).some(appRunnerUsesVpc)) ||
      (feature === "hostedZones" && Object.values(ecs.hostedZones ?? {}).some((zone) => zone.private === true)),
  );
}

function missingNetwork(settings: EcsSettings): Problem[] {
  // Services of App Runner say themselves what in them needs one.
  const features = featuresInVpc(settings).filter((feature) => feature !== "appRunner");
  return settings.network === undefined && features.length > 0
    ? [
        {
          at: ["ecs", features[0] ?? ""],
          message: `'${features[0]}' needs a VPC, and there is no 'network'; say where it shall lie, like network: { zones: [${settings.region}a, ${settings.region}b] }`,
        },
      ]
    : Object.keys(settings.ecs).length === 0
      ? [
          {
            at: ["ecs"],
            message:
              "'ecs' names nothing that shall run, so that the stack would be empty; add a feature, like cluster: {}",
          },
        ]
      : [];
}

/** The rules of each feature by itself. */
const FEATURES: readonly ((settings: EcsSettings) => Problem[])[] = [
  appRunnerProblems,
  arnPlacesProblems,
  beanstalkProblems,
  clusterProblems,
  edgeProblems,
  efsProblems,
  eventTasksProblems,
  lightsailProblems,
  queueWorkersProblems,
  repositoriesProblems,
  scheduledTasksProblems,
  servicesProblems,
  takenEndpointsProblems,
  takenNamesProblems,
  taskDefinitionsProblems,
  workflowsProblems,
];

function features(settings: EcsSettings): Problem[] {
  return under(
    "ecs",
    FEATURES.flatMap((check) => check(settings)),
  );
}
