import { type Problem, problemAt, quote } from "./problem";

/** Which images of a registry are looked through for known vulnerabilities, and how. */
export interface RegistryScanningOptions {
  /** ECR's own scanner, or Amazon Inspector, which costs by the image and knows packages of languages. @default "basic" */
  readonly type?: "basic" | "enhanced";
  /** Repositories, with `*` for anything, each of whose images is scanned when it is pushed. @default ["*"] */
  readonly onPush?: readonly string[];
  /** Repositories, with `*` for anything, whose images are scanned again with every new finding. Enhanced only. @default - none */
  readonly continuous?: readonly string[];
}

/** Source: API model of ECR, ScanningRepositoryFilterValue and ScanningRepositoryFilterList, 2026-11-17. */
const FILTER = { max: 100, pattern: /^(?=.{1,255}$)[a-z0-9*]([._/-]?[a-z0-9*]+)*$/ } as const;

/** The rules as ECR has them: what is scanned how often, in alphabetical order. */
export function scanningRules({ onPush = ["*"], continuous = [] }: RegistryScanningOptions) {
  return [
    { frequency: "CONTINUOUS_SCAN", filters: [...continuous].sort() },
    { frequency: "SCAN_ON_PUSH", filters: [...onPush].sort() },
  ].filter(({ filters }) => filters.length > 0);
}

/** What is wrong with the scanning of a registry. */
export function registryScanningProblems(options: RegistryScanningOptions): Problem[] {
  const { type = "basic", continuous = [] } = options;
  return [
    ...problemAt(
      ["type"],
      type === "basic" || type === "enhanced" ? undefined : `'type' must be "basic" or "enhanced", got ${quote(type)}`,
    ),
    ...problemAt(
      ["continuous"],
      continuous.length > 0 && type === "basic"
        ? `'continuous' is for 'type' "enhanced", got "basic"; remove it, or change 'type'`
        : undefined,
    ),
    ...(["onPush", "continuous"] as const).flatMap((property) => filterProblems(property, options[property])),
  ];
}

function filterProblems(property: string, filters: readonly string[] = []): Problem[] {
  return [
    ...problemAt(
      [property],
      filters.length <= FILTER.max
        ? undefined
        : `'${property}' must hold at most ${FILTER.max} names of repositories, got ${filters.length}; use "*" for several`,
    ),
    ...filters.flatMap((filter, index) =>
      problemAt(
        [property, index],
        FILTER.pattern.test(filter)
          ? undefined
          : `'${property}' must hold names of repositories, with "*" for anything, like "shop/*", got ${quote(filter)}`,
      ),
    ),
  ];
}
