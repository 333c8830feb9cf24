import { type Problem, quote } from "./problem";

/** A Kubernetes service account that an IAM role trusts. */
export interface ServiceAccountRef {
  readonly namespace: string;
  readonly serviceAccount: string;
}

interface NameRule {
  readonly pattern: RegExp;
  readonly allowed: string;
}

const NAMESPACE: NameRule = {
  pattern: /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
  allowed: '1 to 63 lower-case letters, digits and "-"',
};
const SERVICE_ACCOUNT: NameRule = {
  pattern: /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/,
  allowed: '1 to 253 lower-case letters, digits, "-" and "."',
};

/** What is wrong with the reference; `*` and `?` only where wildcards are asked for. */
export function serviceAccountProblems(
  { namespace, serviceAccount }: ServiceAccountRef,
  allowWildcards: boolean,
): Problem[] {
  return [
    ...nameProblems("namespace", namespace, NAMESPACE, allowWildcards),
    ...nameProblems("serviceAccount", serviceAccount, SERVICE_ACCOUNT, allowWildcards),
  ];
}

function nameProblems(property: string, name: string, rule: NameRule, allowWildcards: boolean): Problem[] {
  const literal = name.replaceAll(/[*?]/g, "x");
  if (literal !== name && !allowWildcards) {
    return [
      {
        at: [property],
        message: `'${property}' ${quote(name)} holds a wildcard, which would let other service accounts assume the role; name it exactly, or set 'allowWildcards'`,
      },
    ];
  }
  return rule.pattern.test(literal)
    ? []
    : [
        {
          at: [property],
          message: `'${property}' must be a Kubernetes name (${rule.allowed}, beginning and ending with a letter or digit), got ${quote(name)}`,
        },
      ];
}

export function hasWildcards({ namespace, serviceAccount }: ServiceAccountRef): boolean {
  return /[*?]/.test(namespace + serviceAccount);
}
