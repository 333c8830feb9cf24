import type { TerraformStack } from "cdktf";
import type { IEcsCluster } from "../../src/constructs/ecs/iecs-cluster";
import type { Problem } from "../../src/model/problem";
import type { TaskContainer } from "../../src/model/task-container";
import { vpcOf } from "./constructs";
import { ACCOUNT } from "./stack";

/** ARNs of what tasks read. */
export const SECRET_ARN = `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:web/password-AbCdEf`;
export const PARAMETER_ARN = `arn:aws:ssm:eu-west-1:${ACCOUNT}:parameter/web/url`;
export const KEY_ARN = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

/** A container "web" that has what a container must have. */
export function taskContainer(container: Partial<TaskContainer> = {}): TaskContainer {
  return { name: "web", image: "registry.example.com/web:1.2.3", cpu: "250m", memory: "512Mi", ...container };
}

/** A cluster "shop" that exists already, without a resource of its own. */
export function ecsClusterIn(_: TerraformStack, attributes: Partial<IEcsCluster> = {}): IEcsCluster {
  return {
    clusterName: "shop",
    clusterArn: `arn:aws:ecs:eu-west-1:${ACCOUNT}:cluster/shop`,
    vpc: vpcOf(),
    capacityProviders: [],
    execLogging: undefined,
    ready: [],
    ...attributes,
  };
}

/** Problems as pairs of place and message. */
export function told(problems: readonly Problem[]): [string, string][] {
  return problems.map(({ at, message }) => [at.join("."), message]);
}
