import { type Problem, problemAt, quote, quoteAll } from "./problem";
import { isWindows, type TaskLaunch, type TaskPlatform } from "./task-platform";

/**
 * A volume of a task; each has one of the keys.
 *
 * @typeParam F how a file system is told: a construct, or its key in the settings
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_data_volumes.html
 */
export type TaskVolume<F = unknown> =
  | { readonly bind: BindVolume }
  | { readonly efs: EfsVolume<F> }
  | { readonly hostPath: string }
  | { readonly docker: DockerVolume };

/** Scratch space that the containers of a task share, and that ends with the task. */
export type BindVolume = Readonly<Record<string, never>>;

/** An access point of a file system, mounted with encryption in transit, as the task role. */
export interface EfsVolume<F> {
  /** The file system. */
  readonly fileSystem: F;
  /** Name of its access point, whose folder and user the containers have. */
  readonly accessPoint: string;
}

/** A volume of Docker on an instance. */
export interface DockerVolume {
  /** `task`: it ends with the task; `shared`: it stays on the instance. @default "task" */
  readonly scope?: "task" | "shared";
  /** Whether Docker makes a shared one that is not there. @default true */
  readonly autoprovision?: boolean;
  /** @default "local" */
  readonly driver?: string;
  /** @default - none */
  readonly driverOptions?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly labels?: Readonly<Record<string, string>>;
}

const TYPES = ["bind", "docker", "efs", "hostPath"];
const NAME = /^[\w-]{1,255}$/;

/** What is wrong with the volumes of a task by themselves, seen from 'volumes'. */
export function taskVolumeProblems(volumes: Readonly<Record<string, TaskVolume>>, launch: TaskLaunch): Problem[] {
  return Object.entries(volumes).flatMap(([name, volume]) => [
    ...problemAt(
      [name],
      NAME.test(name)
        ? undefined
        : `the name of a volume must be 1 to 255 letters, digits, "-" and "_", got ${quote(name)}`,
    ),
    ...problemsOf(name, volume, launch).map(({ at, message }) => ({ at: [name, ...at], message })),
  ]);
}

/** What is not certain of the volumes of a task. */
export function taskVolumeWarnings(volumes: Readonly<Record<string, TaskVolume>>, platform: TaskPlatform): string[] {
  const efs = Object.keys(volumes).filter((name) => "efs" in (volumes[name] ?? {}));
  return isWindows(platform) && efs.length > 0
    ? [
        `volumes ${quoteAll(efs)} are in EFS, which AWS's guide says tasks with Windows cannot mount (not tried here); run Linux, or keep the data in S3, or in FSx on EC2`,
      ]
    : [];
}

function problemsOf(name: string, volume: TaskVolume, launch: TaskLaunch): Problem[] {
  const types = Object.keys(volume);
  const [type] = types;
  if (type === undefined || types.length > 1 || !TYPES.includes(type)) {
    return [
      {
        at: [],
        message: `volume ${quote(name)} must be of one type (${quoteAll(TYPES)}), got ${types.length === 0 ? "none" : quoteAll(types)}; use 'bind' for scratch space, and 'efs' for data that outlives the task`,
      },
    ];
  }
  if (launch === "FARGATE" && (type === "hostPath" || type === "docker")) {
    return [
      {
        at: [type],
        message: `volume ${quote(name)} must be 'bind' or 'efs' on Fargate, which has no instance to mount from, got '${type}'; use 'bind' for scratch space, or run the task on EC2`,
      },
    ];
  }
  if (launch === "EXTERNAL" && type === "efs") {
    return [
      {
        at: [type],
        message: `volume ${quote(name)} must not be 'efs' on external instances, for which ECS mounts none; mount the file system on the machine and use 'hostPath'`,
      },
    ];
  }
  if ("hostPath" in volume) {
    return problemAt(
      ["hostPath"],
      /^(\/|[A-Za-z]:[\\/])/.test(volume.hostPath)
        ? undefined
        : `'hostPath' of volume ${quote(name)} must be an absolute path, like "/var/lib/data", got ${quote(volume.hostPath)}`,
    );
  }
  return "docker" in volume && volume.docker.scope !== "shared" && volume.docker.autoprovision !== undefined
    ? [
        {
          at: ["docker", "autoprovision"],
          message: `'autoprovision' of volume ${quote(name)} is for 'scope' "shared"; leave it out, as one of the task is always made`,
        },
      ]
    : [];
}
