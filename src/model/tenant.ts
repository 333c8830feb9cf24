import { Cpu } from "../units/cpu";
import { Memory } from "../units/memory";
import { parseQuantity } from "../units/quantity";
import type { AccessGrant } from "./access";
import { FARGATE_POD_OVERHEAD, FARGATE_POD_SIZES } from "./fargate-sizes";
import { annotationProblems, dnsLabelProblem, labelProblems } from "./kubernetes-names";
import { type Problem, problemAt, quote, quoteAll, under } from "./problem";
import { serviceAccountProblems } from "./service-account";

/** What a team's namespace is, apart from its place on Fargate and what its service accounts may do in AWS. */
export interface TenantSpec {
  /** Name of the namespace, of the Fargate profile among the cluster's, and in the names of the roles. */
  readonly name: string;
  /** Most that the namespace's pods request together. */
  readonly quota: TenantQuota;
  /** What a container gets that says nothing. @default - 250m of CPU and 256Mi of memory: Fargate's smallest size */
  readonly containerDefaults?: ContainerDefaults;
  /** Whether pods whose limits are not their requests are refused. @default false */
  readonly guaranteedOnly?: boolean;
  /** @default - refuses what "baseline" forbids, and warns of what "restricted" does */
  readonly podSecurity?: PodSecurity;
  /** Labels of the namespace. @default - those of Pod Security alone */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations of the namespace. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Who may use the namespace by the Kubernetes API, by a name of your choice. @default - nobody but the cluster's */
  readonly access?: Readonly<Record<string, TenantAccess>>;
}

/** As Kubernetes quantities. What is not given is not limited. */
export interface TenantQuota {
  readonly cpu: string;
  readonly memory: string;
  readonly pods: number;
  readonly ephemeralStorage?: string;
  readonly persistentVolumeClaims?: number;
  /** Services of type LoadBalancer. */
  readonly loadBalancers?: number;
}

/** As Kubernetes quantities. */
export interface ContainerDefaults {
  readonly cpu: string;
  readonly memory: string;
}

/** @see https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export interface PodSecurity {
  /** Pods beyond it are refused. @default "baseline" */
  readonly enforce?: PodSecurityLevel;
  /** Whoever makes pods beyond it is warned, and the audit log has it. @default "restricted" */
  readonly warn?: PodSecurityLevel;
}

export type PodSecurityLevel = "privileged" | "baseline" | "restricted";

/** Who works in a tenant's namespace, and what they may do there. */
export interface TenantAccess {
  /** ARN of an IAM user or role. */
  readonly principal: string;
  /** What it may do in the namespace: look, change, or also hand out rights. */
  readonly level: TenantAccessLevel;
}

export type TenantAccessLevel = "view" | "edit" | "admin";

export const DEFAULT_CONTAINER: ContainerDefaults = { cpu: "250m", memory: "256Mi" };

export const DEFAULT_POD_SECURITY = { enforce: "baseline", warn: "restricted" } as const satisfies PodSecurity;

/** Source: EKS User Guide, "Review access policy permissions", 2026-11-21. */
const ACCESS_POLICIES: Readonly<Record<TenantAccessLevel, string>> = {
  view: "AmazonEKSViewPolicy",
  edit: "AmazonEKSEditPolicy",
  admin: "AmazonEKSAdminPolicy",
};

const LEVELS = ["privileged", "baseline", "restricted"];

/** Namespaces that are there already, or that another construct makes. */
const TAKEN: ReadonlySet<string> = new Set(["aws-observability", "default"]);
const SYSTEM_PREFIX = "kube-";

const POD_SECURITY_PREFIX = "pod-security.kubernetes.io/";

/** The most that a pod can request on Fargate. */
export const LARGEST_POD = (() => {
  const { cpu, memory } = FARGATE_POD_SIZES.at(-1) ?? { cpu: Cpu.ZERO, memory: Memory.ZERO };
  return { cpu: cpu.toString(), memory: memory.minus(FARGATE_POD_OVERHEAD).toString() };
})();

/** A quantity of CPU, or of memory or storage, in Kubernetes' own spelling, in which the API gives it back. */
export function canonicalQuantity(kind: "cpu" | "bytes", quantity: string): string {
  return kind === "cpu"
    ? Cpu.ofMillis(parseQuantity(quantity, 3) ?? 0).toString()
    : Memory.ofBytes(parseQuantity(quantity, 0) ?? 0).toString();
}

/** A team's access as EKS has it: an access policy that covers the namespace. */
export function tenantGrant(namespace: string, { principal, level }: TenantAccess): AccessGrant {
  return { principal, policies: [{ policy: ACCESS_POLICIES[level], namespaces: [namespace] }] };
}

/** What is wrong with a tenant by itself. */
export function tenantProblems(tenant: TenantSpec): Problem[] {
  const { name, labels = {}, annotations = {}, podSecurity = {}, access = {} } = tenant;
  return [
    ...problemAt([], tenantNameProblem(name)),
    ...amountProblems("quota", tenant.quota),
    ...countProblems(tenant.quota),
    ...(tenant.containerDefaults === undefined ? [] : amountProblems("containerDefaults", tenant.containerDefaults)),
    ...defaultsProblems(tenant),
    ...Object.entries(podSecurity).flatMap(([mode, level]) =>
      problemAt(["podSecurity", mode], levelProblem(mode, level)),
    ),
    ...under("labels", labelProblems(labels)),
    ...Object.keys(labels).flatMap((key) =>
      problemAt(
        ["labels", key],
        key.startsWith(POD_SECURITY_PREFIX)
          ? `label ${quote(key)} of tenant ${quote(name)} must be left out; say it as 'podSecurity'`
          : undefined,
      ),
    ),
    ...under("annotations", annotationProblems(annotations)),
    ...Object.entries(access).flatMap(([key, { level }]) =>
      problemAt(
        ["access", key, "level"],
        Object.hasOwn(ACCESS_POLICIES, level)
          ? undefined
          : `'level' of access ${quote(key)} must be one of ${quoteAll(Object.keys(ACCESS_POLICIES))}, got ${quote(level)}`,
      ),
    ),
  ];
}

/** What is wrong with the name of a service account of the tenant. */
export function tenantServiceAccountProblems(namespace: string, serviceAccount: string): Problem[] {
  return serviceAccount === "default"
    ? [
        {
          at: [],
          message: `service account "default" of tenant ${quote(namespace)} is there already, and every pod has it that names no other; choose another name`,
        },
      ]
    : serviceAccountProblems({ namespace, serviceAccount }, false)
        .filter(({ at: [property] }) => property === "serviceAccount")
        .map(({ message }) => ({ at: [], message }));
}

/** Why a pod of these requests, which are its limits, would never start within the quota, or `undefined`. */
export function beyondQuotaProblem(
  tenant: string,
  { cpu, memory }: TenantQuota,
  requests: { readonly cpu: Cpu; readonly memory: Memory },
): string | undefined {
  const most = { cpu: parseQuantity(cpu, 3) ?? 0, memory: parseQuantity(memory, 0) ?? 0 };
  return requests.cpu.millis <= most.cpu && requests.memory.bytes <= most.memory
    ? undefined
    : `the pod requests ${requests.cpu} of CPU and ${requests.memory} of memory, and the quota of tenant ${quote(tenant)} has ${quote(cpu)} and ${quote(memory)} for all of its pods, so that it would never start; request less, or raise the quota`;
}

function tenantNameProblem(name: string): string | undefined {
  const problem = dnsLabelProblem("'name' of a tenant", name);
  return problem !== undefined || !(TAKEN.has(name) || name.startsWith(SYSTEM_PREFIX))
    ? problem
    : `'name' of a tenant must be that of a new namespace, not "default", "aws-observability" or one that begins with "kube-", got ${quote(name)}`;
}

function amountProblems(property: "quota" | "containerDefaults", amounts: TenantQuota | ContainerDefaults): Problem[] {
  const { cpu, memory } = amounts;
  const ephemeralStorage = "ephemeralStorage" in amounts ? amounts.ephemeralStorage : undefined;
  return [
    ...quantityProblems([property, "cpu"], parseQuantity(cpu, 3), '"4" or "500m"', cpu),
    ...quantityProblems([property, "memory"], parseQuantity(memory, 0), '"8Gi"', memory),
    ...(ephemeralStorage === undefined
      ? []
      : quantityProblems(
          [property, "ephemeralStorage"],
          parseQuantity(ephemeralStorage, 0),
          '"40Gi"',
          ephemeralStorage,
        )),
  ];
}

function quantityProblems(path: string[], read: number | undefined, like: string, given: string): Problem[] {
  return problemAt(
    path,
    read
      ? undefined
      : `'${path.at(-1)}' of '${path[0]}' must be a Kubernetes quantity above 0, like ${like}, got ${quote(given)}`,
  );
}

function countProblems({ pods, persistentVolumeClaims, loadBalancers }: TenantQuota): Problem[] {
  const least = { pods: 1, persistentVolumeClaims: 0, loadBalancers: 0 };
  return Object.entries({ pods, persistentVolumeClaims, loadBalancers }).flatMap(([property, count]) =>
    problemAt(
      ["quota", property],
      count === undefined || (Number.isInteger(count) && count >= least[property as keyof typeof least])
        ? undefined
        : `'${property}' of 'quota' must be a whole number of at least ${least[property as keyof typeof least]}, got ${quote(count)}`,
    ),
  );
}

/** A container that says nothing must fit into the quota and into Fargate, or nothing could start. */
function defaultsProblems({ quota, containerDefaults = DEFAULT_CONTAINER }: TenantSpec): Problem[] {
  const resources = [
    ["cpu", 3],
    ["memory", 0],
  ] as const;
  return resources.flatMap(([resource, decimals]) => {
    const read = (quantity: string) => parseQuantity(quantity, decimals) ?? 0;
    const wanted = containerDefaults[resource];
    if (read(wanted) > read(LARGEST_POD[resource])) {
      return problemAt(
        ["containerDefaults", resource],
        `'${resource}' of 'containerDefaults' must be at most ${LARGEST_POD[resource]}, the most that a pod on Fargate can request, got ${quote(wanted)}`,
      );
    }
    return problemAt(
      ["quota", resource],
      read(quota[resource]) === 0 || read(quota[resource]) >= read(wanted)
        ? undefined
        : `'${resource}' of 'quota' must be at least what a container gets that says nothing, ${quote(wanted)}, got ${quote(quota[resource])}; raise it, or lower 'containerDefaults'`,
    );
  });
}

function levelProblem(mode: string, level: string): string | undefined {
  return LEVELS.includes(level)
    ? undefined
    : `'${mode}' of 'podSecurity' must be "privileged", "baseline" or "restricted", got ${quote(level)}`;
}
