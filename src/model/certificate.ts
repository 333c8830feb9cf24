import { domainNameProblem, liesInZone, withoutWildcard } from "./domain-name";
import { compareText } from "./order";
import { type Problem, quote } from "./problem";

/** Algorithms of the keys of certificates that ACM issues. Source: API model of ACM, RequestCertificate, 2026-11-17. */
export const KEY_ALGORITHMS = ["RSA_2048", "EC_prime256v1", "EC_secp384r1"] as const;

export type KeyAlgorithm = (typeof KEY_ALGORITHMS)[number];

/** The names that a certificate stands for. */
export interface CertificateNames {
  /** Such as `www.example.com`, or `*.example.com` for every name right below; 64 characters at most. */
  readonly domainName: string;
  /** Further names. @default - none */
  readonly subjectAlternativeNames?: readonly string[];
}

/** The common name of a certificate. Source: API model of ACM, RequestCertificate, 2026-11-17. */
const MAX_COMMON_NAME = 64;

/** What ACM's API takes; the account's quota is lower at first. Source: as above. */
const MAX_NAMES = 100;
const DEFAULT_QUOTA = 10;

/**
 * What is wrong with the names of a certificate that is validated in a zone.
 *
 * @param zoneName name of the zone, when known
 */
export function certificateProblems(names: CertificateNames, zoneName: string | undefined): Problem[] {
  const all = [names.domainName, ...(names.subjectAlternativeNames ?? [])];
  return [
    ...all.flatMap((name, index) => {
      const [property, at] = placeOf(index);
      const message =
        domainNameProblem(property, name, true) ??
        commonNameProblem(index, name) ??
        zoneProblem(property, name, zoneName);
      return message === undefined ? [] : [{ at, message }];
    }),
    ...all.flatMap((name, index) =>
      all.indexOf(name) === index
        ? []
        : [{ at: placeOf(index)[1], message: `a certificate must hold ${quote(name)} once, got it twice; remove one` }],
    ),
    ...(all.length <= MAX_NAMES
      ? []
      : [
          {
            at: ["subjectAlternativeNames"],
            message: `a certificate must hold at most ${MAX_NAMES} names, got ${all.length}; split it into two`,
          },
        ]),
  ];
}

function placeOf(index: number): [string, (string | number)[]] {
  return index === 0
    ? ["domainName", ["domainName"]]
    : ["subjectAlternativeNames", ["subjectAlternativeNames", index - 1]];
}

function commonNameProblem(index: number, name: string): string | undefined {
  return index > 0 || name.length <= MAX_COMMON_NAME
    ? undefined
    : `'domainName' must have at most ${MAX_COMMON_NAME} characters, got ${quote(name)} (${name.length}); make it one of 'subjectAlternativeNames' and a shorter one the first`;
}

function zoneProblem(property: string, name: string, zoneName: string | undefined): string | undefined {
  return zoneName === undefined || liesInZone(withoutWildcard(name), zoneName)
    ? undefined
    : `'${property}' must lie in the hosted zone ${quote(zoneName)}, where it is validated, got ${quote(name)}; give it a certificate of its own with its own zone`;
}

/** Why ACM cannot validate anything in a private zone. */
export function privateZoneProblem(zoneName: string): string {
  return `'zone' must be a public hosted zone, because ACM does not see the private zone ${quote(zoneName)}; validate the certificate in the public zone above it`;
}

/** What to know about the names, or `undefined`. */
export function certificateWarning({ subjectAlternativeNames = [] }: CertificateNames): string | undefined {
  const count = subjectAlternativeNames.length + 1;
  return count > DEFAULT_QUOTA
    ? `the certificate holds ${count} names; ACM's quota is ${DEFAULT_QUOTA} until AWS raises it (Service Quotas, "Domain names per ACM certificate")`
    : undefined;
}

/** Domains for which ACM wants a record, sorted: `*.example.com` and `example.com` share one. */
export function validatedDomains({ domainName, subjectAlternativeNames = [] }: CertificateNames): string[] {
  return [...new Set([domainName, ...subjectAlternativeNames].map(withoutWildcard))].sort(compareText);
}

/** Why ACM would not issue a certificate with such a key, or `undefined`. */
export function keyAlgorithmProblem(algorithm: string): string | undefined {
  return KEY_ALGORITHMS.some((known) => known === algorithm)
    ? undefined
    : `'keyAlgorithm' must be one of ${KEY_ALGORITHMS.map(quote).join(", ")}, got ${quote(algorithm)}; other keys can only be imported`;
}

/** Why Terraform could not wait so long for a certificate, or `undefined`. */
export function validationTimeoutProblem(minutes: number): string | undefined {
  return Number.isInteger(minutes) && minutes >= 1
    ? undefined
    : `'validationTimeoutInMinutes' must be a whole number of at least 1, got ${quote(minutes)}`;
}
