import { groupNameProblem } from "./alb-ingress";
import { type LoadBalancerScheme, schemeProblem } from "./load-balancing";
import { type Problem, problemAt, quote, quoteAll } from "./problem";
import { serviceAccountProblems } from "./service-account";

/** What the Ingresses of the controller's class have in common. */
export interface IngressClassOptions {
  /** Whether Ingresses that name no class are of this one. @default false */
  readonly default?: boolean;
  /** Scheme of all load balancers, whatever their Ingress says. @default - each Ingress's own */
  readonly scheme?: LoadBalancerScheme;
  /** Group of all Ingresses, which share one load balancer then. @default - each Ingress's own */
  readonly group?: string;
}

/** How the controller gets its permissions. */
export interface AlbControllerIdentity {
  /** ARN of a role that trusts the controller's service account. @default - a role of its own */
  readonly roleArn?: string;
  /** Name of the role of its own. @default - `<cluster>-irsa` */
  readonly roleName?: string;
  /** Name of that role's policy; an account has it once. @default "ALBIngressControllerIAMPolicy" */
  readonly policyName?: string;
  /** Name of the service account in namespace kube-system. @default "aws-load-balancer-controller" */
  readonly serviceAccount?: string;
}

const ROLE_ARN = /^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/;

/** Why this is not the ARN of an IAM role, or `undefined`. */
function roleArnProblem(property: string, arn: string): string | undefined {
  return ROLE_ARN.test(arn)
    ? undefined
    : `'${property}' must be the ARN of an IAM role, like "arn:aws:iam::111122223333:role/controller", got ${quote(arn)}`;
}

/**
 * What is wrong with what is given for the controller's permissions; names of roles and policies are checked where they
 * are derived.
 *
 * @param known whether a value is known at synth
 */
export function albIdentityProblems(
  { roleArn, roleName, policyName, serviceAccount }: AlbControllerIdentity,
  known: (value: string) => boolean = () => true,
): Problem[] {
  const unused = Object.entries({ roleName, policyName }).flatMap(([name, value]) =>
    value === undefined ? [] : [name],
  );
  return [
    ...problemAt(
      ["roleArn"],
      roleArn === undefined || !known(roleArn) ? undefined : roleArnProblem("roleArn", roleArn),
    ),
    ...problemAt(
      ["roleArn"],
      roleArn === undefined || unused.length === 0
        ? undefined
        : `'roleArn' excludes ${quoteAll(unused)}, which name a role of the controller's own; keep one or the other`,
    ),
    ...(serviceAccount === undefined
      ? []
      : serviceAccountProblems({ namespace: "kube-system", serviceAccount }, false)),
  ];
}

/** What is wrong with the Ingress class. */
export function ingressClassProblems({ scheme, group }: IngressClassOptions): Problem[] {
  return [
    ...problemAt(["scheme"], scheme === undefined ? undefined : schemeProblem(scheme)),
    ...problemAt(["group"], group === undefined ? undefined : groupNameProblem(group)),
  ];
}
