import type { Construct } from "constructs";
import { type Ec2TaskOptions, ec2TaskProblems, networkModeOf } from "../../model/task-definition";
import { isKnown } from "../errors";
import type { EfsStorage } from "../storage/efs-storage";
import { TaskDefinitionBase, type TaskDefinitionProps } from "./task-definition-base";

/** What an `Ec2TaskDefinition` is told. */
export interface Ec2TaskDefinitionProps
  extends TaskDefinitionProps,
    Pick<Ec2TaskOptions<EfsStorage>, "launch" | "networkMode" | "placementConstraints"> {}

/**
 * What ECS runs as one task on the cluster's EC2 instances, or with ECS Anywhere on machines of your own. Beside what
 * tasks on Fargate have, it may use the instance's network, paths, Docker volumes and GPUs. Tasks run on instances of their
 * `architecture` and system alone.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
 * @example
 * new Ec2TaskDefinition(this, "train", {
 *   cluster,
 *   containers: [{ name: "train", image: "registry.example.com/train:1.2.3", cpu: "4", memory: "16Gi", gpus: 1 }],
 *   placementConstraints: ["attribute:ecs.instance-type =~ g6.*"],
 * });
 */
export class Ec2TaskDefinition extends TaskDefinitionBase {
  /** @throws InvalidPropsError when ECS would refuse it */
  constructor(scope: Construct, id: string, props: Ec2TaskDefinitionProps) {
    super(scope, id, props, {
      launch: props.launch ?? "EC2",
      networkMode: networkModeOf(props),
      problems: ec2TaskProblems(props, isKnown),
      placementConstraints: props.placementConstraints ?? [],
    });
  }
}
