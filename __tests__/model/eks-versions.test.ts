import { DEFAULT_EKS_VERSION, EKS_VERSIONS_AS_OF, versionProblem, versionWarning } from "../../src/model/eks-versions";

/** [version, end of standard support, end of extended support], typed again from AWS's release calendar. */
const CALENDAR: [string, string, string][] = [
  ["1.36", "2027-08-02", "2028-08-02"],
  ["1.35", "2027-03-27", "2028-03-27"],
  ["1.34", "2026-12-02", "2027-12-02"],
  ["1.33", "2026-07-29", "2027-07-29"],
  ["1.32", "2026-03-23", "2027-03-23"],
  ["1.31", "2025-11-26", "2026-11-26"],
  ["1.30", "2025-07-23", "2026-07-23"],
];

const daysAfter = (date: string, days: number) =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);

describe("versionProblem", () => {
  test.each(CALENDAR)(
    "%s is refused exactly when its support ended before the date of the list",
    (version, standard, extended) => {
      expect(versionProblem(version, "standard") === undefined).toBe(standard > EKS_VERSIONS_AS_OF);
      expect(versionProblem(version, "extended") === undefined).toBe(extended > EKS_VERSIONS_AS_OF);
    },
  );

  test("a version without standard support is refused with those that have it, and the way to keep it", () => {
    expect(versionProblem("1.33", "standard")).toBe(
      `'version' "1.33" has had no standard support since 2026-07-29; use one of "1.34", "1.35", "1.36", or set 'support' to "extended", which costs more`,
    );
  });

  test("a version without any support is refused", () => {
    expect(versionProblem("1.30", "extended")).toBe(
      `'version' "1.30" has been without support since 2026-07-23; use one of "1.34", "1.35", "1.36"`,
    );
  });

  test("a version older than the list is refused", () => {
    expect(versionProblem("1.29", "extended")).toBe(
      `'version' "1.29" is no longer offered by EKS; use one of "1.34", "1.35", "1.36"`,
    );
  });

  test("a version newer than the list is not refused", () => {
    expect(versionProblem("1.37", "standard")).toBeUndefined();
  });

  test.each(["", "1", "1.3", "1.360", "v1.36", "1.36.1", "2.36", "latest"])("%j is not a version", (version) => {
    expect(versionProblem(version, "standard")).toBe(
      `'version' must be a Kubernetes minor version in quotes, like "1.36", got "${version}"`,
    );
  });

  test("the default is the newest of the list and is accepted", () => {
    expect(DEFAULT_EKS_VERSION).toBe(CALENDAR[0]?.[0]);
    expect(versionProblem(DEFAULT_EKS_VERSION, "standard")).toBeUndefined();
  });
});

describe("versionWarning", () => {
  test.each(CALENDAR)(
    "%s is warned about from 90 days before the end of its support",
    (version, standard, extended) => {
      expect(versionWarning(version, "standard", daysAfter(standard, -91))).toBeUndefined();
      expect(versionWarning(version, "standard", daysAfter(standard, -90))).toContain(`standard support`);
      expect(versionWarning(version, "extended", daysAfter(extended, -91))).toBeUndefined();
      expect(versionWarning(version, "extended", daysAfter(extended, -90))).toContain(extended);
    },
  );

  test("the warning says when support ends, what AWS does then, and what to do", () => {
    expect(versionWarning("1.34", "standard", "2026-12-01")).toBe(
      `standard support of 'version' "1.34" ends on 2026-12-02 (AWS then upgrades the cluster by itself); upgrade one minor version at a time before that day`,
    );
  });

  test("from the day on which support ends, the warning says that it has ended", () => {
    expect(versionWarning("1.34", "extended", "2027-12-02")).toBe(
      `extended support of 'version' "1.34" ended on 2027-12-02, and AWS upgrades the cluster by itself; upgrade one minor version at a time`,
    );
  });

  test("the end of standard support is no warning to those who pay for extended support", () => {
    expect(versionWarning("1.34", "extended", "2026-12-02")).toBeUndefined();
  });

  test("a version newer than the list is warned about on any day", () => {
    expect(versionWarning("1.37", "standard", "2026-11-21")).toBe(
      `'version' "1.37" is newer than any known as of 2026-11-21; check that EKS offers it`,
    );
  });
});
