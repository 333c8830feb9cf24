import { quote, quoteAll } from "./problem";

/**
 * Security policies of HTTPS and TLS listeners.
 *
 * As of 2026-11-21. Source: Elastic Load Balancing, "Security policies for your Application Load Balancer" and the same
 * page of Network Load Balancers.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
const TLS_POLICIES_AS_OF = "2026-11-21";

/**
 * What AWS recommends and its console chooses: TLS 1.3, and TLS 1.2 with forward secrecy and without CBC, both with a
 * key exchange that a quantum computer would not undo, for clients that know it. AWS's API chooses a policy with TLS 1.0.
 */
export const DEFAULT_TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

/** Policies that take nothing older than TLS 1.2. */
const MODERN: ReadonlySet<string> = new Set([
  "ELBSecurityPolicy-TLS13-1-3-2021-06",
  "ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04",
  "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-2-2021-06",
  "ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04",
  "ELBSecurityPolicy-TLS13-1-2-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-2-FIPS-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
  "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04",
  DEFAULT_TLS_POLICY,
  "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-2-Ext0-FIPS-2023-04",
  "ELBSecurityPolicy-TLS13-1-2-Ext0-FIPS-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06",
  "ELBSecurityPolicy-TLS13-1-2-Ext1-FIPS-2023-04",
  "ELBSecurityPolicy-TLS13-1-2-Ext1-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-2-Ext1-FIPS-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06",
  "ELBSecurityPolicy-TLS13-1-2-Ext2-FIPS-2023-04",
  "ELBSecurityPolicy-TLS13-1-2-Ext2-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-2-Ext2-FIPS-PQ-2025-09",
  "ELBSecurityPolicy-TLS-1-2-2017-01",
  "ELBSecurityPolicy-TLS-1-2-Ext-2018-06",
  "ELBSecurityPolicy-FS-1-2-2019-08",
  "ELBSecurityPolicy-FS-1-2-Res-2019-08",
  "ELBSecurityPolicy-FS-1-2-Res-2020-10",
]);

/** Policies that let TLS 1.0 or 1.1 in. */
const OLD: ReadonlySet<string> = new Set([
  "ELBSecurityPolicy-2015-05",
  "ELBSecurityPolicy-2016-08",
  "ELBSecurityPolicy-TLS-1-0-2015-04",
  "ELBSecurityPolicy-TLS-1-1-2017-01",
  "ELBSecurityPolicy-FS-2018-06",
  "ELBSecurityPolicy-FS-1-1-2019-08",
  "ELBSecurityPolicy-TLS13-1-0-2021-06",
  "ELBSecurityPolicy-TLS13-1-0-FIPS-2023-04",
  "ELBSecurityPolicy-TLS13-1-0-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-0-FIPS-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-1-2021-06",
  "ELBSecurityPolicy-TLS13-1-1-FIPS-2023-04",
]);

const NAME = /^ELBSecurityPolicy-[\w-]+$/;

/** Why there is no such policy, or `undefined`. One that AWS has added since is taken. */
export function tlsPolicyProblem(policy: string): string | undefined {
  return NAME.test(policy)
    ? undefined
    : `'sslPolicy' must be the name of a security policy of Elastic Load Balancing, like ${quote(DEFAULT_TLS_POLICY)}, got ${quote(policy)}`;
}

/** What to know about a policy, or `undefined`. */
export function tlsPolicyWarning(policy: string): string | undefined {
  if (OLD.has(policy)) {
    return `'sslPolicy' ${quote(policy)} lets clients in with TLS 1.0 or 1.1, which are broken; choose ${quote(DEFAULT_TLS_POLICY)}`;
  }
  return MODERN.has(policy)
    ? undefined
    : `'sslPolicy' ${quote(policy)} is not among the policies known as of ${TLS_POLICIES_AS_OF}; check its name, or choose one of ${quoteAll(MODERN)}`;
}
