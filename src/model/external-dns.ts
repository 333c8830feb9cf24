import { type Problem, problemAt, quote, quoteAll } from "./problem";

/**
 * What ExternalDNS does to records: create them and change nothing (`create-only`), also change them (`upsert-only`), or
 * also delete those whose Ingress or Service has gone (`sync`).
 */
export const DNS_POLICIES = ["create-only", "upsert-only", "sync"] as const;

export type DnsPolicy = (typeof DNS_POLICIES)[number];

/** Kinds of objects whose host names become records. */
export const DNS_SOURCES = ["ingress", "service"] as const;

export type DnsSource = (typeof DNS_SOURCES)[number];

/** What ExternalDNS is told. */
export interface ExternalDnsRules {
  /** What it does to records. There is no default: one of the choices deletes records. */
  readonly policy: DnsPolicy;
  /**
   * Mark by which it knows records of its own. There is no default: two that share a zone and a mark delete each
   * other's records.
   */
  readonly ownerId: string;
  /** Text before the names of the records that hold the mark, for zones where such records are in the way. @default - none */
  readonly txtPrefix?: string;
  /** @default - Ingresses and Services */
  readonly sources?: readonly DnsSource[];
  /** Seconds from one look at the cluster to the next. @default 60 */
  readonly intervalInSeconds?: number;
}

const OWNER_ID = /^[\w.-]{1,100}$/;
const TXT_PREFIX = /^[a-z0-9_][a-z0-9_.-]*$/;
const MIN_INTERVAL_IN_SECONDS = 10;

/** What is wrong with what ExternalDNS is told. */
export function externalDnsProblems(rules: ExternalDnsRules): Problem[] {
  const { policy, ownerId, txtPrefix, sources = DNS_SOURCES, intervalInSeconds = 60 } = rules;
  return [
    ...problemAt(
      ["policy"],
      DNS_POLICIES.includes(policy)
        ? undefined
        : `'policy' must be one of ${quoteAll(DNS_POLICIES)}, got ${quote(policy)}; "sync" deletes records`,
    ),
    ...problemAt(
      ["ownerId"],
      OWNER_ID.test(ownerId)
        ? undefined
        : `'ownerId' must be 1 to 100 letters, digits, "-", "_" and ".", got ${quote(ownerId)}; the name of the cluster is a good one`,
    ),
    ...problemAt(
      ["txtPrefix"],
      txtPrefix === undefined || TXT_PREFIX.test(txtPrefix)
        ? undefined
        : `'txtPrefix' must be the beginning of a domain name, like "_owner.", got ${quote(txtPrefix)}`,
    ),
    ...problemAt(
      ["sources"],
      sources.length > 0 && sources.every((source) => DNS_SOURCES.includes(source))
        ? undefined
        : `'sources' must hold one or more of ${quoteAll(DNS_SOURCES)}, got ${sources.length === 0 ? "none" : quoteAll(sources)}`,
    ),
    ...problemAt(
      ["intervalInSeconds"],
      Number.isInteger(intervalInSeconds) && intervalInSeconds >= MIN_INTERVAL_IN_SECONDS
        ? undefined
        : `'intervalInSeconds' must be a whole number of at least ${MIN_INTERVAL_IN_SECONDS}, got ${quote(intervalInSeconds)}`,
    ),
  ];
}

/** What to know about the policy, or `undefined`. */
export function dnsPolicyWarning(policy: DnsPolicy): string | undefined {
  return policy === "sync"
    ? `'policy' "sync" deletes records as soon as no Ingress or Service names them any more, also when one is gone by mistake; "upsert-only" leaves them`
    : undefined;
}
