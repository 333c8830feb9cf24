import type { Construct } from "constructs";
import {
  allContainers,
  type FargateTaskOptions,
  fargateTaskProblems,
  taskStorageGib,
} from "../../model/task-definition";
import { isWindows } from "../../model/task-platform";
import { isLarge, taskSizeOf } from "../../model/task-size";
import { isKnown } from "../errors";
import type { EfsStorage } from "../storage/efs-storage";
import { TaskDefinitionBase, type TaskDefinitionProps } from "./task-definition-base";

/** What a `FargateTaskDefinition` is told. */
export interface FargateTaskDefinitionProps
  extends TaskDefinitionProps,
    Pick<FargateTaskOptions<EfsStorage>, "ephemeralStorage"> {}

/**
 * What ECS runs as one task on Fargate: containers, their size, volumes and secrets, a role for ECS and one for the
 * programs, and a log group.
 *
 * Containers have a read-only root file system and no Linux capabilities unless they ask for more. A change registers
 * another revision, and the ones before stay, so that a service can go back to them.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
 * @example
 * new FargateTaskDefinition(this, "web", {
 *   cluster,
 *   containers: [
 *     {
 *       name: "web",
 *       image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1.2.3",
 *       cpu: "250m",
 *       memory: "512Mi",
 *       ports: { http: 8080 },
 *       secrets: { DATABASE_URL: { secretArn, jsonKey: "url" } },
 *     },
 *   ],
 * });
 */
export class FargateTaskDefinition extends TaskDefinitionBase {
  /** @throws InvalidPropsError when Fargate or ECS would refuse it */
  constructor(scope: Construct, id: string, props: FargateTaskDefinitionProps) {
    super(scope, id, props, {
      launch: "FARGATE",
      networkMode: "awsvpc",
      problems: fargateTaskProblems(props, isKnown),
      storageGib: taskStorageGib(props),
      oldestPlatformVersion: needsPlatform14(props) ? "1.4.0" : undefined,
    });
  }
}

/** Source: ECS Developer Guide, platform-fargate, 2026-11-21. Windows has versions of its own. */
function needsPlatform14(props: FargateTaskDefinitionProps): boolean {
  const size = taskSizeOf(props.size, allContainers(props), "FARGATE", props);
  return (
    !isWindows(props) &&
    ((size !== undefined && isLarge(size)) ||
      taskStorageGib(props) !== undefined ||
      Object.values(props.volumes ?? {}).some((volume) => "efs" in volume) ||
      props.containers.some(
        ({ addCapabilities = [], restartPolicy }) =>
          restartPolicy !== undefined || addCapabilities.includes("SYS_PTRACE"),
      ))
  );
}
