import type { Construct } from "constructs";
import { AwsEnvironment } from "../aws-environment";
import type { IEcsCluster } from "../ecs/iecs-cluster";
import type { ITaskDefinition } from "../ecs/itask-definition";
import type { PolicyConditions, PolicyStatement } from "../iam/policy-document";

/**
 * What a role needs to run these tasks on the cluster: any revision of their families, so that one can go back to an
 * older one, and no other role than theirs to pass on.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/CWE_IAM_role.html
 */
export function runTaskStatements(
  scope: Construct,
  cluster: IEcsCluster,
  taskDefinitions: readonly ITaskDefinition[],
): PolicyStatement[] {
  const environment = AwsEnvironment.of(scope);
  const families = new Set(taskDefinitions.map(({ family }) => family));
  const roles = new Set(
    taskDefinitions.flatMap(({ executionRoleArn, taskRoleArn }) => [executionRoleArn, taskRoleArn]),
  );
  return [
    {
      sid: "RunTasks",
      actions: ["ecs:RunTask"],
      resources: [...families].map((family) => environment.arn("ecs", `task-definition/${family}:*`)),
      conditions: { ArnEquals: { "ecs:cluster": cluster.clusterArn } },
    },
    {
      // Tasks get the tags of their task definition, and those by which ECS tells clusters apart.
      sid: "TagTasks",
      actions: ["ecs:TagResource"],
      resources: [environment.arn("ecs", `task/${cluster.clusterName}/*`)],
      conditions: { StringEquals: { "ecs:CreateAction": "RunTask" } },
    },
    {
      sid: "PassRolesOfTasks",
      actions: ["iam:PassRole"],
      resources: [...roles],
      conditions: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    },
  ];
}

/** Conditions of a trust policy or of a queue's policy that let a service act for this one thing alone. */
export function onlyFor(scope: Construct, sourceArn: string): PolicyConditions {
  return {
    ArnEquals: { "aws:SourceArn": sourceArn },
    StringEquals: { "aws:SourceAccount": AwsEnvironment.of(scope).account },
  };
}
