import { accessGrantProblems, accessSetProblems, administratorProblem } from "../model/access";
import { publicAccessProblems, serviceCidrProblem } from "../model/cluster-network";
import { DEFAULT_EKS_VERSION, versionProblem } from "../model/eks-versions";
import {
  noCoreDnsProblem,
  overlapProblems,
  profileNameProblem,
  profileProblems,
  profileSetProblems,
} from "../model/fargate-profile";
import { DEFAULT_FARGATE_LIMITS } from "../model/limits";
import { DEFAULT_RETENTION_DAYS, retentionProblem } from "../model/log-retention";
import { nameProblem, names } from "../model/names";
import { roleStatementProblems } from "../model/policy-statements";
import { type Problem, problemAt, under } from "../model/problem";
import { regionProblem } from "../model/regions";
import { serviceAccountProblems } from "../model/service-account";
import { DEFAULT_VPC_CIDR } from "../model/subnet-layout";
import { MIN_ZONES, zoneChoiceProblems } from "../model/zones";
import { existingClusterProblems } from "./existing-cluster";
import {
  accountProblems,
  egressProblems,
  existingNetworkOfEksProblems,
  existingNetworkProblems,
  newNetworkProblems,
} from "./network-rules";
import { NODE_GROUP_RULES } from "./node-group-rules";
import { nodeGroupSpecs } from "./node-group-specs";
import { privateZones } from "./private-zones";
import type { Settings } from "./schema";

/** A rule about sections of a settings file; it is asked only when the shape of all of them is right. */
export interface RuleOf<S> {
  readonly sections: readonly (keyof S)[];
  readonly check: (settings: S) => Problem[];
}

export type Rule = RuleOf<Settings>;

/** Every rule of the model that settings can break, with the place of the setting to change. */
export const RULES: readonly Rule[] = [
  { sections: ["name"], check: ({ name }) => problemAt(["name"], nameProblem("cluster", name, "choose another")) },
  { sections: ["name", "cluster"], check: clusterRoleName },
  { sections: ["region"], check: ({ region }) => problemAt(["region"], regionProblem(region)) },
  { sections: ["account"], check: accountProblems },
  { sections: ["region", "network"], check: newNetworkProblems },
  { sections: ["network"], check: existingNetworkOfEksProblems },
  { sections: ["region", "network"], check: existingNetworkProblems },
  { sections: ["network"], check: (settings) => egressProblems(settings, "pod") },
  { sections: ["cluster", "network"], check: cluster },
  { sections: ["access"], check: access },
  { sections: ["fargate"], check: profiles },
  { sections: ["name", "fargate"], check: profileNames },
  { sections: ["name", "fargate", "nodeGroups"], check: coreDnsPlace },
  { sections: ["name", "network", "fargate", "albController"], check: derivedRoles },
  { sections: ["network", "cluster", "fargate"], check: chosenZones },
  { sections: ["name", "serviceAccountRoles", "albController"], check: roles },
  ...NODE_GROUP_RULES,
  {
    sections: [
      "network",
      "cluster",
      "nodeGroups",
      "coreDns",
      "serviceAccountRoles",
      "albController",
      "ebsCsiDriver",
      "inCluster",
    ],
    check: existingClusterProblems,
  },
  {
    sections: [
      "name",
      "region",
      "network",
      "cluster",
      "access",
      "fargate",
      "nodeGroups",
      "ebsCsiDriver",
      "albController",
      "inCluster",
    ],
    check: whatRunsOnTheCluster,
  },
];

/** Its rules are loaded by those who have something on the cluster. */
function whatRunsOnTheCluster(settings: Settings): Problem[] {
  return settings.inCluster === undefined
    ? []
    : (require("./in-cluster/rules") as typeof import("./in-cluster/rules")).inClusterProblems(settings);
}

function clusterRoleName({ name, cluster }: Settings): Problem[] {
  return problemAt(
    ["name"],
    nameProblem(
      "role",
      cluster?.roleName ?? names.clusterRole(name),
      "choose a shorter name, or set 'cluster.roleName'",
    ),
  );
}

function cluster({ cluster: settings = {}, network }: Settings): Problem[] {
  const { version = DEFAULT_EKS_VERSION, support = "standard", publicAccessCidrs = [], serviceCidr } = settings;
  const vpcCidr = network.existing === undefined ? (network.cidr ?? DEFAULT_VPC_CIDR) : undefined;
  return under("cluster", [
    ...problemAt(["version"], versionProblem(version, support)),
    ...under("publicAccessCidrs", publicAccessProblems(publicAccessCidrs)),
    ...(serviceCidr === undefined ? [] : problemAt(["serviceCidr"], serviceCidrProblem(serviceCidr, vpcCidr))),
    ...problemAt(
      ["logRetentionInDays"],
      retentionProblem("logRetentionInDays", settings.logRetentionInDays ?? DEFAULT_RETENTION_DAYS),
    ),
  ]);
}

/** Somebody administers a cluster that exists already; a wrong shape of 'cluster' is told apart from this. */
function access({ access: grants, cluster }: Settings): Problem[] {
  return under("access", [
    ...Object.entries(grants).flatMap(([key, grant]) => under(key, accessGrantProblems(key, grant))),
    ...accessSetProblems(grants),
    ...(cluster?.existing === undefined ? problemAt([], administratorProblem(grants)) : []),
  ]);
}

function specs({ fargate }: Pick<Settings, "fargate">) {
  return Object.entries(fargate.profiles).map(([key, { selectors }]) => ({ key, selectors }));
}

/** On a cluster that exists already, CoreDNS has its place. */
function coreDnsPlace(settings: Settings): Problem[] {
  const { name, cluster, fargate } = settings;
  return cluster?.existing === undefined
    ? problemAt(["fargate", "profiles"], noCoreDnsProblem(name, specs({ fargate }), nodeGroupSpecs(settings)))
    : [];
}

function profiles({ fargate }: Settings): Problem[] {
  const limits = { ...DEFAULT_FARGATE_LIMITS, ...fargate.limits };
  const all = specs({ fargate });
  return all.flatMap((spec, index) => {
    const others = all.slice(0, index);
    return under(
      ["fargate", "profiles", spec.key],
      [
        ...profileProblems(spec, limits),
        ...profileSetProblems(spec, others, limits),
        ...(fargate.allowOverlap === true ? [] : overlapProblems(spec, others)),
      ],
    );
  });
}

function profileNames({ name, fargate }: Settings): Problem[] {
  return Object.entries(fargate.profiles).flatMap(([key, { profileName }]) =>
    problemAt(
      ["fargate", "profiles", key],
      profileNameProblem(
        profileName ?? names.fargateProfile(name, key),
        "set another 'profileName'",
        fargate.replacement === "create-before-destroy",
      ),
    ),
  );
}

/** Roles whose names have no setting of their own. */
function derivedRoles({ name, network, fargate, albController }: Settings): Problem[] {
  const derived = [
    ...(network.existing === undefined && network.flowLogs !== false ? [names.flowLogs(name)] : []),
    ...(fargate.podExecutionRole === "own"
      ? Object.keys(fargate.profiles).map((key) => names.podExecutionRole(name, key))
      : [names.sharedPodExecutionRole(name)]),
    ...(albController !== undefined && albController.roleName === undefined ? [names.albControllerRole(name)] : []),
  ];
  return derived.flatMap((role) => problemAt(["name"], nameProblem("role", role, "choose a shorter 'name'")));
}

function chosenZones(settings: Settings): Problem[] {
  const { cluster: { zones } = {}, fargate } = settings;
  const known = privateZones(settings);
  return [
    ...(zones === undefined ? [] : under("cluster", zoneChoiceProblems(zones, MIN_ZONES, known))),
    ...Object.entries(fargate.profiles).flatMap(([key, profile]) =>
      profile.zones === undefined
        ? []
        : under(["fargate", "profiles", key], zoneChoiceProblems(profile.zones, 1, known)),
    ),
  ];
}

function roles({ name, serviceAccountRoles = {}, albController }: Settings): Problem[] {
  const irsa = Object.entries(serviceAccountRoles).flatMap(([key, role]) =>
    under(
      ["serviceAccountRoles", key],
      [
        ...serviceAccountProblems(role, role.allowWildcards ?? false),
        ...under("statements", roleStatementProblems(role.statements ?? [])),
        ...problemAt([], nameProblem("role", role.roleName ?? names.irsaRole(name, key), "set a shorter 'roleName'")),
      ],
    ),
  );
  return albController === undefined
    ? irsa
    : [...irsa, ...under("albController", albControllerProblems(albController))];
}

/** What is given for the controller; the role's default name is among the derived ones. */
function albControllerProblems(options: NonNullable<Settings["albController"]>): Problem[] {
  const { roleName, policyName, namespace = "kube-system", serviceAccount = "aws-load-balancer-controller" } = options;
  return [
    ...(roleName === undefined ? [] : problemAt(["roleName"], nameProblem("role", roleName, "choose another"))),
    ...(policyName === undefined ? [] : problemAt(["policyName"], nameProblem("policy", policyName, "choose another"))),
    ...serviceAccountProblems({ namespace, serviceAccount }, false),
  ];
}
