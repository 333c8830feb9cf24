import * as v from "valibot";
import { accessGrantProblems } from "../../model/access";
import {
  type NamedFargateProfile,
  overlapProblems,
  profileNameProblem,
  profileSetProblems,
} from "../../model/fargate-profile";
import { DEFAULT_FARGATE_LIMITS } from "../../model/limits";
import { nameProblem, names } from "../../model/names";
import { roleStatementProblems } from "../../model/policy-statements";
import { type Problem, problemAt, quote, under } from "../../model/problem";
import { tenantGrant, tenantProblems, tenantServiceAccountProblems } from "../../model/tenant";
import { zoneChoiceProblems, zoneKeys } from "../../model/zones";
import { namedProfiles } from "../named-profiles";
import { described, statement, text, names as texts } from "../pieces";
import type { Settings } from "../schema";

const level = v.picklist(["privileged", "baseline", "restricted"]);
const count = v.number();

const tenant = v.strictObject({
  quota: described(
    v.strictObject({
      cpu: text,
      memory: text,
      pods: count,
      ephemeralStorage: v.exactOptional(text),
      persistentVolumeClaims: v.exactOptional(count),
      loadBalancers: v.exactOptional(count),
    }),
    "Most that the team's pods request together.",
  ),
  containerDefaults: v.exactOptional(
    described(
      v.strictObject({ cpu: text, memory: text }),
      "What containers get that say nothing. Default: 250m, 256Mi.",
    ),
  ),
  guaranteedOnly: v.exactOptional(
    described(v.boolean(), "Whether pods whose limits are not their requests are refused. Default: false."),
  ),
  podSecurity: v.exactOptional(
    described(
      v.strictObject({ enforce: v.exactOptional(level), warn: v.exactOptional(level) }),
      "Pod Security Standards. Default: enforce baseline, warn restricted.",
    ),
  ),
  labels: v.exactOptional(described(v.record(text, v.string()), "Labels of the namespace.")),
  annotations: v.exactOptional(described(v.record(text, v.string()), "Annotations of the namespace.")),
  zones: v.exactOptional(described(texts, "Zones whose private subnets the pods run in. Default: all.")),
  profileName: v.exactOptional(described(text, "Name of the Fargate profile in AWS. Default: <name>-fargate-<key>.")),
  serviceAccounts: v.exactOptional(
    described(
      v.record(
        text,
        v.strictObject({
          policyArns: v.exactOptional(described(v.record(text, text), "Managed policies by a name of your choice.")),
          statements: v.exactOptional(v.array(statement)),
          roleName: v.exactOptional(described(text, "Default: <name>-<key of the tenant>.<service account>.")),
        }),
      ),
      "Service accounts by name, each with what it may do in AWS.",
    ),
  ),
  access: v.exactOptional(
    described(
      v.record(
        text,
        v.strictObject({
          principal: described(text, "ARN of an IAM user or role."),
          level: v.picklist(["view", "edit", "admin"]),
        }),
      ),
      "Who may use the namespace through the Kubernetes API, by a name of your choice.",
    ),
  ),
});

export const tenantsSchema = described(
  v.record(text, tenant),
  "Teams by the name of their namespace, each with a Fargate profile, a quota, roles and access of its own.",
);

type Tenant = v.InferOutput<typeof tenant>;

/** The Fargate profiles of the tenants, in alphabetical order of their keys. */
export function tenantProfiles({ name, fargate, inCluster }: Settings): NamedFargateProfile[] {
  return tenantsOf(inCluster).map(([key, { profileName }]) => ({
    key,
    selectors: [{ namespace: key }],
    name: profileName ?? names.fargateProfile(name, key),
    hashed: fargate.replacement === "create-before-destroy",
  }));
}

/** All Fargate profiles that the settings describe: those of the cluster, then those of the tenants. */
export function allProfiles(settings: Settings): NamedFargateProfile[] {
  return [...namedProfiles(settings), ...tenantProfiles(settings)];
}

/** What is wrong with the tenants, each by itself and among all who use the cluster. */
export function tenantsProblems(settings: Settings): Problem[] {
  return tenantsOf(settings.inCluster).flatMap(([key, options]) =>
    under(key, [
      ...tenantProblems({ name: key, ...options }),
      ...profileProblems(settings, key, options),
      ...roleProblems(settings.name, key, options),
      ...accessProblems(settings, key, options),
    ]),
  );
}

function tenantsOf(inCluster: Settings["inCluster"]): [string, Tenant][] {
  return Object.entries(inCluster?.tenants ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}

function profileProblems(settings: Settings, key: string, { profileName, zones }: Tenant): Problem[] {
  const { name, network, fargate } = settings;
  const limits = { ...DEFAULT_FARGATE_LIMITS, ...fargate.limits };
  const tenants = tenantProfiles(settings);
  const before = tenants.slice(
    0,
    tenants.findIndex((tenant) => tenant.key === key),
  );
  const others = [...namedProfiles(settings), ...before];
  const profile = { key, selectors: [{ namespace: key }] };
  const known =
    network.existing === undefined
      ? zoneKeys(network.zones ?? [])
      : Object.keys(network.existing.privateSubnetIds ?? {});
  const wrongName = profileNameProblem(
    profileName ?? names.fargateProfile(name, key),
    "choose a shorter name of the tenant, or set 'profileName'",
    fargate.replacement === "create-before-destroy",
  );
  return [
    ...problemAt(profileName === undefined ? [] : ["profileName"], wrongName),
    ...[
      ...profileSetProblems(profile, others, limits),
      ...(fargate.allowOverlap === true ? [] : overlapProblems(profile, others)),
    ].map(({ message }) => ({ at: [], message })),
    ...(zones === undefined ? [] : zoneChoiceProblems(zones, 1, known)),
  ];
}

function roleProblems(cluster: string, key: string, { serviceAccounts = {} }: Tenant): Problem[] {
  const fix = "choose a shorter name of the tenant";
  const execution = nameProblem("role", names.podExecutionRole(cluster, key), fix);
  return [
    ...problemAt([], execution),
    ...Object.entries(serviceAccounts).flatMap(([serviceAccount, { roleName, statements = [] }]) => {
      const role = roleName ?? names.tenantRole(cluster, key, serviceAccount);
      const problem = nameProblem("role", role, "set a shorter 'roleName'");
      return under(
        ["serviceAccounts", serviceAccount],
        [
          ...tenantServiceAccountProblems(key, serviceAccount),
          ...under("statements", roleStatementProblems(statements)),
          ...problemAt(roleName === undefined ? [] : ["roleName"], problem),
        ],
      );
    }),
  ];
}

/** EKS has one access entry for a principal, in whichever stack it is. */
function accessProblems(settings: Settings, key: string, { access = {} }: Tenant): Problem[] {
  return Object.entries(access).flatMap(([who, grant]) => {
    const other = principalElsewhere(settings, key, who, grant.principal);
    return under(
      ["access", who],
      [
        ...accessGrantProblems(who, tenantGrant(key, grant)),
        ...(other === undefined
          ? []
          : [
              {
                at: ["principal"],
                message: `'principal' ${quote(grant.principal)} has access as ${other} already, and EKS takes one entry for each; grant the policies of all its namespaces there, and remove it here`,
              },
            ]),
      ],
    );
  });
}

/** Where the principal has access already: in the cluster's settings, or in what stands before. */
function principalElsewhere(
  { access, inCluster }: Settings,
  tenantKey: string,
  who: string,
  principal: string,
): string | undefined {
  const ofCluster = Object.entries(access).find(([, grant]) => grant.principal === principal);
  if (ofCluster !== undefined) {
    return `${quote(ofCluster[0])} of the cluster's 'access'`;
  }
  const before = tenantsOf(inCluster)
    .flatMap(([key, tenant]) => Object.entries(tenant.access ?? {}).map(([name, grant]) => ({ key, name, grant })))
    .find(({ grant }) => grant.principal === principal);
  return before === undefined || (before.key === tenantKey && before.name === who)
    ? undefined
    : `${quote(before.name)} of tenant ${quote(before.key)}`;
}
