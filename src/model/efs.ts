import { type Problem, quote } from "./problem";

/** A directory of a file system that pods see as the root of their volume, and the user as whom they use it. */
export interface AccessPoint {
  /** Directory, which EFS creates when it is first mounted; up to four levels. @default - `/<key>` */
  readonly path?: string;
  /** User that owns the directory and whose rights every pod has. @default 1000 */
  readonly uid?: number;
  /** Its group. @default 1000 */
  readonly gid?: number;
  /** Further groups. @default - none */
  readonly secondaryGids?: readonly number[];
  /** Mode of the directory, octal. @default "0750" */
  readonly permissions?: string;
}

/** After how many days that a file was not read it moves to storage that costs less to keep and more to read. */
export interface EfsLifecycle {
  /** Days until infrequent access, or `false` for never. @default 30 */
  readonly infrequentAccessAfterDays?: number | false;
  /** Days until the archive, which takes elastic throughput, or `false` for never. @default false */
  readonly archiveAfterDays?: number | false;
  /** Whether a file that is read moves back. @default true */
  readonly backOnAccess?: boolean;
}

/** How fast a file system is: as fast as needed, as fast as it is large, or as fast as paid for. */
export type EfsThroughput = "elastic" | "bursting" | { readonly provisionedInMibps: number };

export interface EfsOptions {
  /** Directories that pods mount, by a name of your choice. */
  readonly accessPoints: Readonly<Record<string, AccessPoint>>;
  /** @default "elastic" */
  readonly throughput?: EfsThroughput;
  /** @default - infrequent access after 30 days, and back when a file is read */
  readonly lifecycle?: EfsLifecycle;
}

export const DEFAULT_ACCESS_POINT = { uid: 1000, gid: 1000, permissions: "0750" } as const;
const DEFAULT_INFREQUENT_ACCESS_DAYS = 30;

/** On which mount targets answer. */
export const NFS_PORT = 2049;

/** Source: API model of EFS (LifecyclePolicy, CreateAccessPoint), 2026-11-17. */
const LIFECYCLE_DAYS: readonly number[] = [1, 7, 14, 30, 60, 90, 180, 270, 365];
const PATH = /^(\/|(\/(?!\.)[^$#<>;`|&?{}^*/\n]+){1,4})$/;
const MAX_PATH = 100;
const PERMISSIONS = /^[0-7]{3,4}$/;
const MAX_ID = 4_294_967_295;
const MAX_SECONDARY_GIDS = 16;

/** The key is part of a Kubernetes name and of a Terraform address. */
const KEY = /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/;

/** Source: Amazon EFS User Guide, "Quotas for Amazon EFS", 2026: access points of a file system; provisioned throughput. */
const MAX_ACCESS_POINTS = 10_000;
const MAX_PROVISIONED_IN_MIBPS = 3414;

/** Why `key` cannot name what belongs to a file system, or `undefined`. */
export function efsKeyProblem(what: string, key: string): string | undefined {
  return KEY.test(key)
    ? undefined
    : `the name of ${what} must be 1 to 40 lower-case letters, digits and "-", beginning with a letter and ending with a letter or digit, got ${quote(key)}`;
}

/** What is wrong with a file system and its access points. */
export function efsProblems({ accessPoints, throughput = "elastic", lifecycle = {} }: EfsOptions): Problem[] {
  const keys = Object.keys(accessPoints);
  return [
    ...(keys.length >= 1 && keys.length <= MAX_ACCESS_POINTS
      ? []
      : [
          {
            at: ["accessPoints"],
            message: `'accessPoints' must hold 1 to ${MAX_ACCESS_POINTS} entries, because pods on Fargate mount nothing else, got ${keys.length}; add one, like { data: {} }`,
          },
        ]),
    ...Object.entries(accessPoints).flatMap(([key, accessPoint]) =>
      accessPointProblems(key, accessPoint).map(({ at, message }) => ({ at: ["accessPoints", key, ...at], message })),
    ),
    ...throughputProblems(throughput),
    ...lifecycleProblems(lifecycle, throughput),
  ];
}

function accessPointProblems(key: string, accessPoint: AccessPoint): Problem[] {
  const named = efsKeyProblem("an access point", key);
  const { path, permissions, uid, gid, secondaryGids = [] } = accessPoint;
  return [
    ...(named === undefined ? [] : [{ at: [], message: named }]),
    ...(path === undefined || (PATH.test(path) && path.length <= MAX_PATH)
      ? []
      : [
          {
            at: ["path"],
            message: `'path' of access point ${quote(key)} must be a directory of up to four levels and ${MAX_PATH} characters, like "/data/uploads", got ${quote(path)}`,
          },
        ]),
    ...(permissions === undefined || PERMISSIONS.test(permissions)
      ? []
      : [
          {
            at: ["permissions"],
            message: `'permissions' of access point ${quote(key)} must be three or four octal digits in quotes, like "0750", got ${quote(permissions)}`,
          },
        ]),
    ...idProblems(key, "uid", uid),
    ...idProblems(key, "gid", gid),
    ...secondaryGids.flatMap((id) => idProblems(key, "secondaryGids", id)),
    ...(secondaryGids.length <= MAX_SECONDARY_GIDS
      ? []
      : [
          {
            at: ["secondaryGids"],
            message: `'secondaryGids' of access point ${quote(key)} must hold at most ${MAX_SECONDARY_GIDS} groups, got ${secondaryGids.length}`,
          },
        ]),
  ];
}

function idProblems(key: string, property: string, id: number | undefined): Problem[] {
  return id === undefined || (Number.isInteger(id) && id >= 0 && id <= MAX_ID)
    ? []
    : [
        {
          at: [property],
          message: `'${property}' of access point ${quote(key)} must be a whole number of 0 to ${MAX_ID}, got ${quote(id)}`,
        },
      ];
}

function throughputProblems(throughput: EfsThroughput): Problem[] {
  if (throughput === "elastic" || throughput === "bursting") {
    return [];
  }
  const mibps = typeof throughput === "object" ? throughput.provisionedInMibps : Number.NaN;
  return mibps >= 1 && mibps <= MAX_PROVISIONED_IN_MIBPS
    ? []
    : [
        {
          at: ["throughput"],
          message: `'throughput' must be "elastic", "bursting" or { provisionedInMibps } of 1 to ${MAX_PROVISIONED_IN_MIBPS}, got ${quote(throughput)}`,
        },
      ];
}

function lifecycleProblems(lifecycle: EfsLifecycle, throughput: EfsThroughput): Problem[] {
  const { infrequentAccessAfterDays, archiveAfterDays } = lifecycle;
  return [
    ...daysProblems("infrequentAccessAfterDays", infrequentAccessAfterDays),
    ...daysProblems("archiveAfterDays", archiveAfterDays),
    ...(typeof archiveAfterDays === "number" && throughput !== "elastic"
      ? [
          {
            at: ["lifecycle", "archiveAfterDays"],
            message: `'archiveAfterDays' of 'lifecycle' needs 'throughput' "elastic", got ${quote(throughput)}; leave one of the two out`,
          },
        ]
      : []),
  ];
}

function daysProblems(property: string, days: number | false | undefined): Problem[] {
  return days === undefined || days === false || LIFECYCLE_DAYS.includes(days)
    ? []
    : [
        {
          at: ["lifecycle", property],
          message: `'${property}' of 'lifecycle' must be false or one of ${LIFECYCLE_DAYS.join(", ")} days, got ${quote(days)}`,
        },
      ];
}

/** What EFS does with files that nobody reads, each as Terraform names it. */
export function lifecyclePolicies(lifecycle: EfsLifecycle = {}): Readonly<Record<string, string>>[] {
  const { infrequentAccessAfterDays = DEFAULT_INFREQUENT_ACCESS_DAYS, archiveAfterDays = false } = lifecycle;
  const moves = infrequentAccessAfterDays !== false || archiveAfterDays !== false;
  return [
    ...(infrequentAccessAfterDays === false ? [] : [{ transitionToIa: after(infrequentAccessAfterDays) }]),
    ...(archiveAfterDays === false ? [] : [{ transitionToArchive: after(archiveAfterDays) }]),
    ...(moves && (lifecycle.backOnAccess ?? true) ? [{ transitionToPrimaryStorageClass: "AFTER_1_ACCESS" }] : []),
  ];
}

function after(days: number): string {
  return days === 1 ? "AFTER_1_DAY" : `AFTER_${days}_DAYS`;
}
