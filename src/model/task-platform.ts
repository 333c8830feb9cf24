import { type Problem, quote, quoteAll } from "./problem";

/** On what a task definition's tasks run: Fargate, the cluster's EC2 instances, or machines of your own (ECS Anywhere). */
export type TaskLaunch = "FARGATE" | "EC2" | "EXTERNAL";

/** The architecture that a task's images are built for. */
export type CpuArchitecture = "X86_64" | "ARM64";

/**
 * Operating systems of tasks on Fargate.
 *
 * Source: ECS Developer Guide, RuntimePlatform and AWS_Fargate, 2026-11-21.
 */
export const FARGATE_OPERATING_SYSTEMS = [
  "LINUX",
  "WINDOWS_SERVER_2019_CORE",
  "WINDOWS_SERVER_2019_FULL",
  "WINDOWS_SERVER_2022_CORE",
  "WINDOWS_SERVER_2022_FULL",
  "WINDOWS_SERVER_2025_CORE",
  "WINDOWS_SERVER_2025_FULL",
] as const;

/** Of which instances may have more. */
export const OPERATING_SYSTEMS = [
  ...FARGATE_OPERATING_SYSTEMS,
  "WINDOWS_SERVER_2004_CORE",
  "WINDOWS_SERVER_2016_FULL",
  "WINDOWS_SERVER_20H2_CORE",
] as const;

/** The system that a task's containers need. */
export type OperatingSystem = (typeof OPERATING_SYSTEMS)[number];

/** On Fargate they are in the API, and AWS's guide does not name them. */
const UNVERIFIED: ReadonlySet<OperatingSystem> = new Set(["WINDOWS_SERVER_2025_CORE", "WINDOWS_SERVER_2025_FULL"]);

/** The machine that tasks are for. */
export interface TaskPlatform {
  /** @default "LINUX" */
  readonly operatingSystem?: OperatingSystem;
  /** ARM64 costs a fifth less on Fargate, and needs images that are built for it. @default "X86_64" */
  readonly architecture?: CpuArchitecture;
}

export function isWindows({ operatingSystem = "LINUX" }: TaskPlatform): boolean {
  return operatingSystem !== "LINUX";
}

/** What is wrong with a platform. */
export function platformProblems(platform: TaskPlatform, launch: TaskLaunch): Problem[] {
  const { operatingSystem = "LINUX", architecture = "X86_64" } = platform;
  const systems: readonly string[] = launch === "FARGATE" ? FARGATE_OPERATING_SYSTEMS : OPERATING_SYSTEMS;
  if (!systems.includes(operatingSystem)) {
    return [
      {
        at: ["operatingSystem"],
        message: `'operatingSystem' must be one that ${launch === "FARGATE" ? "Fargate" : "ECS"} runs (${quoteAll(systems)}), got ${quote(operatingSystem)}${launch === "FARGATE" ? "; take one of them, or run the tasks on EC2" : ""}`,
      },
    ];
  }
  if (isWindows(platform) && architecture === "ARM64") {
    return [
      {
        at: ["architecture"],
        message: `'architecture' must be "X86_64" where 'operatingSystem' is ${quote(operatingSystem)}, got "ARM64", which ECS has for Linux alone; leave it out`,
      },
    ];
  }
  return [];
}

/** What is not certain of a platform. */
export function platformWarnings({ operatingSystem = "LINUX" }: TaskPlatform, launch: TaskLaunch): string[] {
  return launch === "FARGATE" && UNVERIFIED.has(operatingSystem)
    ? [
        `'operatingSystem' is ${quote(operatingSystem)}, which the API of ECS knows, and AWS's guide does not name for Fargate as of 2026-11-21; try one task before you rely on it, or take Windows Server 2022`,
      ]
    : [];
}
