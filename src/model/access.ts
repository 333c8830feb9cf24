import { type Problem, quote, quoteAll } from "./problem";

/**
 * Who may do what through the cluster's Kubernetes API. Replaces the ConfigMap `aws-auth`.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 */
export interface AccessGrant {
  /** ARN of an IAM user or role (not of a session, a group or an account). */
  readonly principal: string;
  /** AWS's access policies to associate. @default - none */
  readonly policies?: readonly AccessPolicyGrant[];
  /** Kubernetes groups that role bindings of yours refer to. @default - none */
  readonly groups?: readonly string[];
}

/** A policy of EKS that somebody has, and where. */
export interface AccessPolicyGrant {
  /** Name of an EKS access policy, such as `AmazonEKSViewPolicy`. */
  readonly policy: string;
  /** Namespaces that the policy covers; `*` wildcards are allowed at the end. @default - the whole cluster */
  readonly namespaces?: readonly string[];
}

/** The one access policy that lets its holder do everything, the equivalent of `system:masters`. */
export const CLUSTER_ADMIN_POLICY = "AmazonEKSClusterAdminPolicy";

/** As of 2026-11-21. Source: EKS User Guide "Review access policy permissions"; AWS adds to it, so an unknown one is a warning. */
const ACCESS_POLICIES: ReadonlySet<string> = new Set([
  CLUSTER_ADMIN_POLICY,
  "AmazonEKSAdminPolicy",
  "AmazonEKSEditPolicy",
  "AmazonEKSViewPolicy",
  "AmazonEKSAdminViewPolicy",
  "AmazonEKSSecretReaderPolicy",
  "AmazonEKSSecretAdminPolicy",
  "AmazonEKSACKPolicy",
  "AmazonEKSArgoCDClusterPolicy",
  "AmazonEKSArgoCDPolicy",
  "AmazonEKSAutoNodePolicy",
  "AmazonEKSKROPolicy",
  "AmazonEKSLoadBalancingClusterPolicy",
  "AmazonEKSLoadBalancingPolicy",
  "AmazonEKSNetworkingClusterPolicy",
  "AmazonEKSNetworkingPolicy",
  "AmazonAIOpsAssistantPolicy",
  "AmazonARCRegionSwitchScalingPolicy",
  "AWSBackupFullAccessPolicyForBackup",
  "AWSBackupFullAccessPolicyForRestore",
]);

const PRINCIPAL = /^arn:(aws|aws-[a-z-]+):iam::\d{12}:(user|role)\/[\w+=,.@/-]+$/;
const SESSION = /^arn:[\w-]+:sts::\d{12}:assumed-role\/([^/]+)\//;
const POLICY_NAME = /^[A-Za-z0-9]+$/;

/** EKS keeps Kubernetes groups with these prefixes for itself. */
const RESERVED_GROUP = /^(system|eks|aws|amazon|iam):/;

/** What is wrong with one grant. `principal` is left out where it is not known yet. */
export function accessGrantProblems(
  key: string,
  grant: Omit<AccessGrant, "principal"> & { principal?: string },
): Problem[] {
  const { principal, policies = [], groups = [] } = grant;
  const problems: Problem[] = principal === undefined ? [] : principalProblems(key, principal);
  if (policies.length === 0 && groups.length === 0) {
    problems.push({
      at: [],
      message: `access ${quote(key)} grants nothing; give it 'policies', like [{ policy: "${CLUSTER_ADMIN_POLICY}" }], or 'groups'`,
    });
  }
  policies.forEach(({ policy, namespaces }, index) => {
    if (!POLICY_NAME.test(policy)) {
      problems.push({
        at: ["policies", index, "policy"],
        message: `'policy' of access ${quote(key)} must be the name of an EKS access policy, without its ARN, like "${CLUSTER_ADMIN_POLICY}", got ${quote(policy)}`,
      });
    }
    if (namespaces?.length === 0) {
      problems.push({
        at: ["policies", index, "namespaces"],
        message: `'namespaces' of policy ${quote(policy)} of access ${quote(key)} must not be empty; leave it out to grant the policy in the whole cluster`,
      });
    }
  });
  const twice = policies.find(({ policy }, index) => policies.findIndex((other) => other.policy === policy) < index);
  if (twice !== undefined) {
    problems.push({
      at: ["policies"],
      message: `policy ${quote(twice.policy)} of access ${quote(key)} is there twice; EKS associates a policy once, so list all of its 'namespaces' in one entry`,
    });
  }
  for (const group of groups.filter((name) => name === "" || RESERVED_GROUP.test(name))) {
    problems.push({
      at: ["groups"],
      message: `group ${quote(group)} of access ${quote(key)} must not be empty or begin with "system:", "eks:", "aws:", "amazon:" or "iam:", which EKS refuses${group === "system:masters" ? `; use policy "${CLUSTER_ADMIN_POLICY}"` : ""}`,
    });
  }
  return problems;
}

function principalProblems(key: string, principal: string): Problem[] {
  if (PRINCIPAL.test(principal)) {
    return [];
  }
  const session = SESSION.exec(principal);
  const fix =
    session === null
      ? 'write it like "arn:aws:iam::111122223333:role/platform-admin"'
      : `a session is not a principal; name the role ${quote(session[1])} itself`;
  return [
    {
      at: ["principal"],
      message: `'principal' of access ${quote(key)} must be the ARN of an IAM user or role, got ${quote(principal)}; ${fix}`,
    },
  ];
}

/** Policies of the grant that were not known on the date of the list. */
export function unknownPolicies({ policies = [] }: Pick<AccessGrant, "policies">): string[] {
  return policies.map(({ policy }) => policy).filter((policy) => !ACCESS_POLICIES.has(policy));
}

/** Whether the grant lets its principal administer the whole cluster. */
function administersCluster({ policies = [] }: AccessGrant): boolean {
  return policies.some(({ policy, namespaces }) => policy === CLUSTER_ADMIN_POLICY && namespaces === undefined);
}

/** What is wrong with a cluster's grants as a whole: every principal once. */
export function accessSetProblems(grants: Readonly<Record<string, AccessGrant>>): Problem[] {
  const entries = Object.entries(grants);
  return entries.flatMap(([key, { principal }], index) => {
    const other = entries.slice(0, index).find(([, grant]) => grant.principal === principal);
    return other === undefined
      ? []
      : [
          {
            at: [key, "principal"],
            message: `accesses ${quote(other[0])} and ${quote(key)} have the same 'principal' ${quote(principal)}, and EKS takes one entry for each; merge them`,
          },
        ];
  });
}

/** Why nobody could administer a cluster with these grants, or `undefined`. */
export function administratorProblem(grants: Readonly<Record<string, AccessGrant>>): string | undefined {
  if (Object.values(grants).some(administersCluster)) {
    return undefined;
  }
  const keys = Object.keys(grants);
  return `nobody could administer the cluster: ${keys.length === 0 ? "no access is granted" : `none of the accesses ${quoteAll(keys)} may`}; grant policy "${CLUSTER_ADMIN_POLICY}" without 'namespaces' to an IAM role of your platform team (whoever applies gets no hidden access)`;
}
