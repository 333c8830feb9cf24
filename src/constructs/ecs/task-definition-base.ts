import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsTaskDefinition, type EcsTaskDefinitionVolume } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { Annotations, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { TASK_ARNS } from "../../model/arn-places";
import type { FargateSize } from "../../model/fargate-sizes";
import { imageEgressWarnings } from "../../model/image-egress";
import { DEFAULT_RETENTION_DAYS } from "../../model/log-retention";
import { nameProblem, names } from "../../model/names";
import { compareText } from "../../model/order";
import { arnPlaceProblems } from "../../model/place";
import type { Problem } from "../../model/problem";
import type { TaskContainer } from "../../model/task-container";
import {
  allContainers,
  MAX_TASK_DEFINITION_BYTES,
  type TaskDefinitionOptions,
  taskWarnings,
} from "../../model/task-definition";
import { type CpuArchitecture, isWindows, type TaskLaunch } from "../../model/task-platform";
import { type TaskRoles, taskRoleProblems } from "../../model/task-roles";
import { sumOf, taskSizeOf } from "../../model/task-size";
import type { TaskVolume } from "../../model/task-volume";
import { AwsEnvironment } from "../aws-environment";
import { ifKnown, isKnown, refuse } from "../errors";
import type { PolicyStatement } from "../iam/policy-document";
import type { EfsStorage } from "../storage/efs-storage";
import { takenNameProblem } from "../taken-names";
import { containerDefinitions, type TaskSurroundings } from "./container-definition";
import { execStatements, execWarning } from "./exec-statements";
import { executionStatements } from "./execution-statements";
import type { ExecLogging, IEcsCluster } from "./iecs-cluster";
import type { ITaskDefinition } from "./itask-definition";
import { TaskRole } from "./task-role";

export interface TaskDefinitionProps extends TaskDefinitionOptions<EfsStorage>, TaskRoles {
  readonly cluster: IEcsCluster;
  /** Name of the task definition's family. @default - `<cluster>-<id of the construct>` */
  readonly family?: string;
}

/** What a kind of task definition says beside it. */
export interface TaskKind {
  readonly launch: TaskLaunch;
  readonly networkMode: TaskSurroundings["networkMode"];
  readonly problems: readonly Problem[];
  /** GiB of disk on Fargate; `undefined` for what every task has. */
  readonly storageGib?: number | undefined;
  readonly placementConstraints?: readonly string[];
  readonly oldestPlatformVersion?: "1.4.0" | undefined;
}

/** What task definitions of all kinds are made of. */
export abstract class TaskDefinitionBase extends Construct implements ITaskDefinition {
  readonly family: string;
  readonly taskDefinitionArn: string;
  readonly launch: TaskLaunch;
  readonly operatingSystem: "linux" | "windows";
  readonly architecture: CpuArchitecture;
  readonly ownNetworkInterface: boolean;
  readonly containers: readonly TaskContainer[];
  readonly executionRoleArn: string;
  readonly executionRoleName: string;
  readonly taskRoleArn: string;
  readonly taskRoleName: string;
  readonly logGroupName: string;
  readonly fileSystems: readonly EfsStorage[];
  readonly size: FargateSize | undefined;
  readonly containerTotal: FargateSize;
  readonly oldestPlatformVersion: "1.4.0" | undefined;
  private readonly grants: ITerraformDependable[] = [];
  private readonly taskRole: TaskRole;
  private readonly executionRole: TaskRole;
  /** By the log group of the cluster that records the shells. */
  private readonly execPolicies = new Map<string, ITerraformDependable>();

  protected constructor(scope: Construct, id: string, props: TaskDefinitionProps, kind: TaskKind) {
    super(scope, id);
    const { cluster, architecture = "X86_64", volumes = {} } = props;
    this.family = props.family ?? names.taskFamily(cluster.clusterName, id);
    this.logGroupName = names.ecsLogGroup(cluster.clusterName, this.family);
    const family = ifKnown(this.family, (name) => nameProblem("taskFamily", name, "choose another 'family'"));
    refuse(this, [
      ...kind.problems,
      family,
      takenNameProblem(this, "ECS task definition", this.family, "family"),
      ...arnPlaceProblems(props, TASK_ARNS, AwsEnvironment.of(this).place, isKnown),
      // Of names that are derived from it, nothing new is to be said where it is wrong itself.
      ...(family === undefined
        ? [
            ifKnown(this.logGroupName, (name) => nameProblem("logGroup", name, "choose a shorter 'family'")),
            ...taskRoleProblems(this.family, props, isKnown),
          ]
        : []),
    ]);
    for (const warning of [
      ...taskWarnings(props, kind.launch, isKnown),
      ...imageEgressWarnings(props, kind.launch, cluster.vpc.egress, isKnown),
    ]) {
      Annotations.of(this).addWarning(warning);
    }
    this.launch = kind.launch;
    this.operatingSystem = isWindows(props) ? "windows" : "linux";
    this.architecture = architecture;
    this.ownNetworkInterface = kind.networkMode === "awsvpc";
    this.containers = [...props.containers];
    this.size = taskSizeOf(props.size, allContainers(props), kind.launch, props);
    this.containerTotal = sumOf(allContainers(props));
    this.oldestPlatformVersion = kind.oldestPlatformVersion;
    this.fileSystems = fileSystemsOf(volumes);
    this.executionRole = this.createRole("execution", `Starts tasks of ${this.family}`, props);
    this.taskRole = this.createRole("task", `Tasks of ${this.family}`, props);
    this.executionRoleArn = this.executionRole.roleArn;
    this.executionRoleName = this.executionRole.roleName;
    this.taskRoleArn = this.taskRole.roleArn;
    this.taskRoleName = this.taskRole.roleName;
    const logs = this.createLogGroup(props);
    const granted = [
      this.executionRole.grant("start", executionStatements(props, AwsEnvironment.of(this), logs.arn)),
      ...this.grantMounts(props),
    ];
    this.taskDefinitionArn = this.createTaskDefinition(props, kind, logs, granted).arn;
  }

  get granted(): readonly ITerraformDependable[] {
    return this.grants;
  }

  grant(key: string, statements: readonly PolicyStatement[]): void {
    this.grants.push(this.taskRole.grant(key, statements));
  }

  grantExecution(key: string, statements: readonly PolicyStatement[]): ITerraformDependable {
    const policy = this.executionRole.grant(key, statements);
    this.grants.push(policy);
    return policy;
  }

  allowExec({ clusterName, execLogging }: IEcsCluster): ITerraformDependable {
    if (execLogging === undefined) {
      refuse(this, [
        `ECS Exec needs a cluster that records its sessions, and ${ifKnown(clusterName, (name) => `cluster "${name}"`) ?? "the cluster"} lets nobody open a shell; allow it there`,
      ]);
    }
    const logging = execLogging as ExecLogging;
    return this.execPolicies.get(logging.logGroupArn) ?? this.grantExec(clusterName, logging);
  }

  private grantExec(clusterName: string, logging: ExecLogging): ITerraformDependable {
    const first = this.execPolicies.size === 0;
    const policy = this.taskRole.grant(first ? "exec" : `exec-${clusterName}`, execStatements(logging));
    this.execPolicies.set(logging.logGroupArn, policy);
    const warning = this.operatingSystem === "linux" ? execWarning(this.containers) : undefined;
    if (warning !== undefined && first) {
      Annotations.of(this).addWarning(warning);
    }
    return policy;
  }

  private createRole(kind: "task" | "execution", description: string, props: TaskDefinitionProps): TaskRole {
    const [roleName, roleArn] =
      kind === "task"
        ? [props.taskRoleName ?? names.taskRole(this.family), props.taskRoleArn]
        : [props.executionRoleName ?? names.taskExecutionRole(this.family), props.executionRoleArn];
    return new TaskRole(this, { kind, family: this.family, description, roleName, roleArn });
  }

  private createLogGroup({ logs = {} }: TaskDefinitionProps): CloudwatchLogGroup {
    return new CloudwatchLogGroup(this, "logs", {
      name: this.logGroupName,
      retentionInDays: logs.retentionInDays ?? DEFAULT_RETENTION_DAYS,
      ...(logs.kmsKeyArn === undefined ? {} : { kmsKeyId: logs.kmsKeyArn }),
    });
  }

  /** Each access point once, to be written where one of the containers writes. */
  private grantMounts({ containers, volumes = {} }: TaskDefinitionProps): ITerraformDependable[] {
    const statements = byName(volumes).flatMap(([name, volume]) => {
      const readOnly = containers.every(({ mounts = {} }) =>
        Object.values(mounts).every((mount) => mount.volume !== name || mount.readOnly === true),
      );
      return "efs" in volume ? [volume.efs.fileSystem.mountStatement(volume.efs.accessPoint, readOnly)] : [];
    });
    return statements.length === 0 ? [] : [this.taskRole.grant("file-systems", statements)];
  }

  private createTaskDefinition(
    props: TaskDefinitionProps,
    kind: TaskKind,
    logs: CloudwatchLogGroup,
    granted: ITerraformDependable[],
  ): EcsTaskDefinition {
    const { launch, networkMode, storageGib, placementConstraints = [] } = kind;
    const { region } = AwsEnvironment.of(this);
    const { size } = this;
    const definitions = JSON.stringify(
      containerDefinitions({ options: props, launch, networkMode, logGroupName: logs.name, region }),
    );
    refuse(this, [sizeProblem(definitions)]);
    return new EcsTaskDefinition(this, "task-definition", {
      family: this.family,
      requiresCompatibilities: [launch],
      networkMode,
      ...(size === undefined
        ? {}
        : { cpu: String(Math.floor(size.cpu.vcpu * 1024)), memory: String(Math.floor(size.memory.mib)) }),
      ...(storageGib === undefined ? {} : { ephemeralStorage: { sizeInGib: storageGib } }),
      ...(launch === "EXTERNAL"
        ? {}
        : {
            runtimePlatform: {
              operatingSystemFamily: props.operatingSystem ?? "LINUX",
              cpuArchitecture: this.architecture,
            },
          }),
      placementConstraints: [...placementConstraints]
        .sort(compareText)
        .map((expression) => ({ type: "memberOf", expression })),
      volume: byName(props.volumes).map(([name, volume]) => renderVolume(name, volume)),
      executionRoleArn: this.executionRoleArn,
      taskRoleArn: this.taskRoleArn,
      // A change makes another revision, and this one stays: a service can go back to it.
      skipDestroy: true,
      containerDefinitions: definitions,
      // Permissions are there before anything runs that needs them.
      dependsOn: granted,
    });
  }
}

function byName<T>(record: Readonly<Record<string, T>> = {}): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => compareText(a, b));
}

function fileSystemsOf(volumes: Readonly<Record<string, TaskVolume<EfsStorage>>>): EfsStorage[] {
  return [...new Set(byName(volumes).flatMap(([, volume]) => ("efs" in volume ? [volume.efs.fileSystem] : [])))];
}

function sizeProblem(definitions: string): string | undefined {
  const bytes = Buffer.byteLength(definitions);
  return bytes <= MAX_TASK_DEFINITION_BYTES
    ? undefined
    : `a task definition must have at most ${MAX_TASK_DEFINITION_BYTES} bytes, got ${bytes}; keep long values of 'environment' in Parameter Store, or in a file of the image`;
}

function renderVolume(name: string, volume: TaskVolume<EfsStorage>): EcsTaskDefinitionVolume {
  if ("efs" in volume) {
    const { fileSystem, accessPoint } = volume.efs;
    return {
      name,
      efsVolumeConfiguration: {
        fileSystemId: fileSystem.fileSystemId,
        transitEncryption: "ENABLED",
        authorizationConfig: { accessPointId: fileSystem.accessPointId(accessPoint), iam: "ENABLED" },
      },
    };
  }
  if ("docker" in volume) {
    const { scope = "task", autoprovision = true, driver = "local", driverOptions, labels } = volume.docker;
    return {
      name,
      dockerVolumeConfiguration: {
        scope,
        driver,
        ...(scope === "shared" ? { autoprovision } : {}),
        ...(driverOptions === undefined ? {} : { driverOpts: { ...driverOptions } }),
        ...(labels === undefined ? {} : { labels: { ...labels } }),
      },
    };
  }
  return "hostPath" in volume ? { name, hostPath: volume.hostPath } : { name };
}
