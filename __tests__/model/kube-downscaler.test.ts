import fc from "fast-check";
import { ADD_ON_PODS } from "../../src/model/add-on-pods";
import {
  type DownscaleOptions,
  downscaleProblems,
  excludedNamespaces,
  scheduleProblems,
} from "../../src/model/kube-downscaler";

fc.configureGlobal({ seed: 20261121 });

const problems = (options: DownscaleOptions) =>
  downscaleProblems(options).map(({ at, message }) => `${at.join(".")}: ${message}`);
const schedule = (text: string) => scheduleProblems("defaultUptime", text).map(({ message }) => message);

/** What py-kube-downscaler itself reads: kube_downscaler/helper.py at a1e03491. */
const UPSTREAM_RECURRING = /^([a-zA-Z]{3})-([a-zA-Z]{3}) (\d\d):(\d\d)-(\d\d):(\d\d) (?<tz>[a-zA-Z/_]+)$/;

describe("a schedule", () => {
  test.each([
    "always",
    "Never",
    "Mon-Fri 08:00-19:00 Europe/Berlin",
    "mon-FRI 08:00-24:00 UTC",
    "Sun-Thu 00:00-00:01 America/Argentina/Buenos_Aires",
    "Mon-Fri 22:00-24:00 UTC, Tue-Sat 00:00-06:00 UTC",
    "2026-12-24T00:00:00+01:00-2026-12-27T00:00:00+01:00",
    "Mon-Fri 08:00-19:00 CET,2026-12-24T00:00:00-05:00-2026-12-27T00:00:00-05:00",
  ])("may be %j", (text) => {
    expect(schedule(text)).toEqual([]);
  });

  const FORMS =
    'must be "always", "never", or times like "Mon-Fri 08:00-19:00 Europe/Berlin" or "2026-12-24T00:00:00+01:00-2026-12-27T00:00:00+01:00", with commas between them, got';

  test.each([
    ["Mon-Fri 08:00-19:00", `${FORMS} "Mon-Fri 08:00-19:00"`],
    ["weekdays", `${FORMS} "weekdays"`],
    ["", `${FORMS} ""`],
    ["2026-12-24T00:00:00Z-2026-12-27T00:00:00Z", `${FORMS} "2026-12-24T00:00:00Z-2026-12-27T00:00:00Z"`],
    ["Mon-Fri 08:00-19:00 UTC,", `${FORMS} ""`],
    [
      "Mon-Fre 08:00-19:00 UTC",
      'must name days as Mon, Tue, Wed, Thu, Fri, Sat and Sun, got "Fre" in "Mon-Fre 08:00-19:00 UTC"',
    ],
    ["Mon-Fri 08:00-25:00 UTC", 'must hold times from 00:00 to 24:00, got "Mon-Fri 08:00-25:00 UTC"'],
    ["Mon-Fri 08:60-19:00 UTC", 'must hold times from 00:00 to 24:00, got "Mon-Fri 08:60-19:00 UTC"'],
    ["Mon-Fri 08:00-24:01 UTC", 'must hold times from 00:00 to 24:00, got "Mon-Fri 08:00-24:01 UTC"'],
    [
      "Mon-Fri 22:00-06:00 UTC",
      'must hold a time that ends after it begins on the same day, got "Mon-Fri 22:00-06:00 UTC", which is never; write a night as two, like "Mon-Fri 22:00-24:00 UTC, Tue-Sat 00:00-06:00 UTC"',
    ],
    [
      "Mon-Fri 08:00-19:00 Etc/GMT+2",
      'must have a time zone whose name is of letters, "/" and "_", because py-kube-downscaler reads no other, got "Etc/GMT+2" in "Mon-Fri 08:00-19:00 Etc/GMT+2"; name a city of the same time',
    ],
    [
      "Mon-Fri 08:00-19:00 Europe/Atlantis",
      'must have a time zone that there is, like "Europe/Berlin" or "UTC", got "Europe/Atlantis" in "Mon-Fri 08:00-19:00 Europe/Atlantis"',
    ],
    [
      "2026-12-27T00:00:00+01:00-2026-12-24T00:00:00+01:00",
      'must hold a time that ends after it begins, got "2026-12-27T00:00:00+01:00-2026-12-24T00:00:00+01:00"',
    ],
    [
      "2026-13-01T00:00:00+01:00-2026-13-02T00:00:00+01:00",
      'must hold a time that ends after it begins, got "2026-13-01T00:00:00+01:00-2026-13-02T00:00:00+01:00"',
    ],
  ])("must not be %j", (text, message) => {
    expect(schedule(text)).toEqual([`'defaultUptime' ${message}`]);
  });

  test("is told of each of its times that is wrong", () => {
    expect(schedule("Mon-Fri 08:00-19:00 UTC, a, b")).toHaveLength(2);
  });

  test("that is accepted is one that py-kube-downscaler reads", () => {
    const day = fc.constantFrom("Mon", "tue", "SUN", "Xyz");
    const clock = fc
      .tuple(fc.integer({ min: 0, max: 26 }), fc.constantFrom(0, 30, 59, 60))
      .map(([hour, minute]) => [hour, minute].map((part) => String(part).padStart(2, "0")).join(":"));
    const zone = fc.constantFrom("UTC", "Europe/Berlin", "Etc/GMT+2", "America/Port-au-Prince", "nowhere");
    fc.assert(
      fc.property(day, day, clock, clock, zone, (first, last, from, to, name) => {
        const text = `${first}-${last} ${from}-${to} ${name}`;
        fc.pre(schedule(text).length === 0);
        expect(UPSTREAM_RECURRING.test(text)).toBe(true);
        expect(from < to).toBe(true);
      }),
    );
  });
});

describe("what is scaled", () => {
  test("needs no option", () => {
    expect(problems({})).toEqual([]);
  });

  test.each<[DownscaleOptions, string]>([
    [
      { gracePeriodInSeconds: -1 },
      "gracePeriodInSeconds: 'gracePeriodInSeconds' must be a whole number of seconds, 0 or more, got -1",
    ],
    [
      { intervalInSeconds: 0.5 },
      "intervalInSeconds: 'intervalInSeconds' must be a whole number of seconds, 1 or more, got 0.5",
    ],
    [
      { includeResources: [] },
      "includeResources: 'includeResources' must name at least one kind, got none; leave it out for the default",
    ],
    [{ namespaces: [] }, "namespaces: 'namespaces' must hold at least one namespace, got none; leave it out for all"],
    [
      { namespaces: ["a"], excludeNamespaces: ["b"] },
      "excludeNamespaces: 'excludeNamespaces' has no effect with 'namespaces', which names all that may be touched; remove it",
    ],
    [
      { namespaces: ["kube-system"] },
      `namespaces.0: 'namespaces' must hold names of namespaces, but not of those of Kubernetes itself (kube-…), got "kube-system"`,
    ],
    [
      { namespaces: ["team-*"] },
      `namespaces.0: 'namespaces' must hold names of namespaces, but not of those of Kubernetes itself (kube-…), got "team-*"`,
    ],
    [
      { excludeNamespaces: ["team-.*"] },
      `excludeNamespaces.0: 'excludeNamespaces' must hold namespaces, with "*" and "?" where they have wildcards, got "team-.*"`,
    ],
    [
      { excludeDeployments: ["a,b"] },
      `excludeDeployments.0: 'excludeDeployments' must hold names of workloads, got "a,b"`,
    ],
    [{ defaultDowntime: "nights" }, expect.stringMatching(/^defaultDowntime: .*, got "nights"$/) as never],
  ])("%j is refused", (options, message) => {
    expect(problems(options)).toEqual([message]);
  });

  test("is never what belongs to Kubernetes, or an add-on of the project", () => {
    const patterns = excludedNamespaces({}).map((pattern) => new RegExp(`^${pattern}$`));
    const excluded = (namespace: string) => patterns.some((pattern) => pattern.test(namespace));
    for (const { namespace } of Object.values(ADD_ON_PODS)) {
      expect(excluded(namespace)).toBe(true);
    }
    expect(["kube-public", "aws-observability", "web"].map(excluded)).toEqual([true, true, false]);
  });

  test("is not what is excluded by a pattern", () => {
    expect(excludedNamespaces({ excludeNamespaces: ["team-?", "*-prod"] })).toEqual(
      expect.arrayContaining(["team-.", ".*-prod"]),
    );
  });
});
