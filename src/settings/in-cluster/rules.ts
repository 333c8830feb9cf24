import { ADD_ON_PODS } from "../../model/add-on-pods";
import { type ChartChoice, chartChoiceProblems, chartRepositoryProblems } from "../../model/charts";
import { type ImageChoice, imageChoiceProblems, registryProblems } from "../../model/images";
import { noPlaceProblem } from "../../model/pod-place";
import { type Problem, under } from "../../model/problem";
import { sharedStateProblems } from "../../model/state";
import { namedProfiles } from "../named-profiles";
import { hasLinuxNodes } from "../nodes";
import type { Settings } from "../schema";
import { alarmsSettingsProblems } from "./alarms";
import { albControllerProblems } from "./alb-controller";
import { autoscalingProblems } from "./autoscaling";
import { batchCronJobsProblems, batchJobsProblems } from "./batch";
import { certificatesProblems } from "./certificates";
import { clusterAutoscalerProblems } from "./cluster-autoscaler";
import { containerInsightsProblems } from "./container-insights";
import { dashboardSettingsProblems } from "./dashboard";
import { hostedZonesProblems } from "./dns";
import { ebsStorageClassSettingsProblems } from "./ebs-storage-class";
import { efsSettingsProblems } from "./efs";
import { externalDnsSettingsProblems } from "./external-dns";
import { fargateLoggingSettingsProblems } from "./fargate-logging";
import { ingressNginxProblems } from "./ingress-nginx";
import { ingressesProblems, networkLoadBalancersProblems } from "./ingresses";
import { kubeDownscalerProblems } from "./kube-downscaler";
import { kubeResourceReportProblems } from "./kube-resource-report";
import { podSecurityGroupsProblems } from "./pod-security-groups";
import type { InClusterSettings } from "./schema";
import { tenantsProblems } from "./tenants";
import { webAclSettingsProblems } from "./web-acl";

/** What is wrong with the settings of what runs on the cluster. */
export function inClusterProblems(settings: Settings): Problem[] {
  const { inCluster } = settings;
  return inCluster === undefined
    ? []
    : under("inCluster", [
        ...state(settings, inCluster),
        ...nothing(inCluster),
        ...mirrors(inCluster),
        ...choices(inCluster),
        ...places(settings, inCluster),
        ...features(settings, inCluster),
      ]);
}

/** The two stacks of the settings need a state each. */
function state({ name, cluster, backend = { type: "local" } }: Settings, inCluster: InClusterSettings): Problem[] {
  return inCluster.backend === undefined || cluster?.existing !== undefined
    ? []
    : under(
        "backend",
        sharedStateProblems(
          { stackId: `${name}-in-cluster`, backend: inCluster.backend },
          { stackId: `${name}-cluster`, backend },
        ),
      );
}

/** What is said of the stack itself, and of nothing in it. */
const OF_THE_STACK = ["backend", "kubeconfig", "mirrors"];

function nothing(inCluster: InClusterSettings): Problem[] {
  return Object.keys(inCluster).some((key) => !OF_THE_STACK.includes(key))
    ? []
    : [
        {
          at: [],
          message:
            "'inCluster' names nothing that shall run on the cluster, so that its stack would be empty; add a feature, like metricsServer: {}, or leave 'inCluster' out",
        },
      ];
}

function mirrors({ mirrors: { charts, images } = {} }: InClusterSettings): Problem[] {
  return under("mirrors", [
    ...(charts === undefined ? [] : chartRepositoryProblems("charts", charts)),
    ...(images === undefined ? [] : registryProblems("images", images)),
  ]);
}

/** What every feature may choose in the same way: its chart and its image. */
function choices(inCluster: InClusterSettings): Problem[] {
  return Object.entries(inCluster).flatMap(([feature, options]) => {
    const { chart, image } = options as { chart?: ChartChoice; image?: ImageChoice };
    return [
      ...(chart === undefined ? [] : under([feature, "chart"], chartChoiceProblems(chart))),
      ...(image === undefined ? [] : under([feature, "image"], imageChoiceProblems(image))),
    ];
  });
}

/** The rules of each feature by itself, which are asked when the settings have it. */
const FEATURES: Partial<Record<keyof InClusterSettings, (settings: Settings) => Problem[]>> = {
  alarms: alarmsSettingsProblems,
  albController: albControllerProblems,
  autoscaling: autoscalingProblems,
  batchCronJobs: batchCronJobsProblems,
  batchJobs: batchJobsProblems,
  certificates: certificatesProblems,
  clusterAutoscaler: clusterAutoscalerProblems,
  containerInsights: containerInsightsProblems,
  dashboard: dashboardSettingsProblems,
  ebsStorageClass: ebsStorageClassSettingsProblems,
  efs: efsSettingsProblems,
  externalDns: externalDnsSettingsProblems,
  fargateLogging: fargateLoggingSettingsProblems,
  hostedZones: hostedZonesProblems,
  ingresses: ingressesProblems,
  ingressNginx: ingressNginxProblems,
  kubeDownscaler: kubeDownscalerProblems,
  kubeResourceReport: kubeResourceReportProblems,
  networkLoadBalancers: networkLoadBalancersProblems,
  podSecurityGroups: podSecurityGroupsProblems,
  tenants: tenantsProblems,
  webAcl: webAclSettingsProblems,
};

function features(settings: Settings, inCluster: InClusterSettings): Problem[] {
  return Object.entries(FEATURES).flatMap(([feature, check]) =>
    feature in inCluster ? under(feature, check(settings)) : [],
  );
}

/** Add-ons that no Fargate profile takes, where there are no nodes. */
function places(settings: Settings, inCluster: InClusterSettings): Problem[] {
  if (hasLinuxNodes(settings)) {
    return [];
  }
  const profiles = namedProfiles(settings);
  return Object.entries(ADD_ON_PODS).flatMap(([feature, pods]) => {
    const problem = feature in inCluster ? noPlaceProblem(pods, profiles) : undefined;
    return problem === undefined ? [] : [{ at: [feature], message: problem }];
  });
}
