import { quote, quoteAll } from "./problem";

/**
 * Kubernetes versions of Amazon EKS with the days (UTC) on which their support ends.
 *
 * As of 2026-11-21, dates last read on 2026-10-02. Sources: Amazon EKS Kubernetes release calendar, endoflife.date at
 * a70eca33.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
 */
export const EKS_VERSIONS_AS_OF = "2026-11-21";

export interface EksVersion {
  readonly version: string;
  /** First day without standard support, ISO 8601. */
  readonly endOfStandardSupport: string;
  /** First day without extended support; AWS upgrades clusters that are left. */
  readonly endOfExtendedSupport: string;
}

const EKS_VERSIONS: readonly EksVersion[] = [
  { version: "1.36", endOfStandardSupport: "2027-08-02", endOfExtendedSupport: "2028-08-02" },
  { version: "1.35", endOfStandardSupport: "2027-03-27", endOfExtendedSupport: "2028-03-27" },
  { version: "1.34", endOfStandardSupport: "2026-12-02", endOfExtendedSupport: "2027-12-02" },
  { version: "1.33", endOfStandardSupport: "2026-07-29", endOfExtendedSupport: "2027-07-29" },
  { version: "1.32", endOfStandardSupport: "2026-03-23", endOfExtendedSupport: "2027-03-23" },
  { version: "1.31", endOfStandardSupport: "2025-11-26", endOfExtendedSupport: "2026-11-26" },
  { version: "1.30", endOfStandardSupport: "2025-07-23", endOfExtendedSupport: "2026-07-23" },
];

/** The version of a cluster for which none is given: the newest known, so that it needs no upgrade for longest. */
export const DEFAULT_EKS_VERSION = "1.36";

/** How long before the end of support a warning begins, in days. */
const WARNING_DAYS = 90;

/** How long a version is kept: with standard support, or with the extended one, which costs more. */
export type EksSupport = "standard" | "extended";

/**
 * Why AWS refuses to create a cluster of this version, or `undefined`. Only what is certain on the date of the list is
 * refused, so that the same settings do not begin to fail one day; what lies after it is a warning.
 */
export function versionProblem(version: string, support: EksSupport): string | undefined {
  if (!/^1\.\d\d$/.test(version)) {
    return `'version' must be a Kubernetes minor version in quotes, like "${DEFAULT_EKS_VERSION}", got ${quote(version)}`;
  }
  const known = EKS_VERSIONS.find((entry) => entry.version === version);
  const standard = EKS_VERSIONS.filter(({ endOfStandardSupport }) => endOfStandardSupport > EKS_VERSIONS_AS_OF);
  const choices = quoteAll(standard.map((entry) => entry.version));
  if (known === undefined) {
    return isOlderThanAll(version)
      ? `'version' ${quote(version)} is no longer offered by EKS; use one of ${choices}`
      : undefined;
  }
  if (known.endOfExtendedSupport <= EKS_VERSIONS_AS_OF) {
    return `'version' ${quote(version)} has been without support since ${known.endOfExtendedSupport}; use one of ${choices}`;
  }
  return support === "standard" && known.endOfStandardSupport <= EKS_VERSIONS_AS_OF
    ? `'version' ${quote(version)} has had no standard support since ${known.endOfStandardSupport}; use one of ${choices}, or set 'support' to "extended", which costs more`
    : undefined;
}

/**
 * What to know about the version on the day `today`, or `undefined`.
 *
 * @param today ISO 8601 date, UTC
 */
export function versionWarning(version: string, support: EksSupport, today: string): string | undefined {
  const known = EKS_VERSIONS.find((entry) => entry.version === version);
  if (known === undefined) {
    return `'version' ${quote(version)} is newer than any known as of ${EKS_VERSIONS_AS_OF}; check that EKS offers it`;
  }
  const end = support === "standard" ? known.endOfStandardSupport : known.endOfExtendedSupport;
  const days = daysBetween(today, end);
  if (days > WARNING_DAYS) {
    return undefined;
  }
  return days > 0
    ? `${support} support of 'version' ${quote(version)} ends on ${end} (AWS then upgrades the cluster by itself); upgrade one minor version at a time before that day`
    : `${support} support of 'version' ${quote(version)} ended on ${end}, and AWS upgrades the cluster by itself; upgrade one minor version at a time`;
}

function isOlderThanAll(version: string): boolean {
  const minor = (text: string) => Number(text.slice(2));
  return EKS_VERSIONS.every((entry) => minor(version) < minor(entry.version));
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}
