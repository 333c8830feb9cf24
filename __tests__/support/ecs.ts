import type { IEcsCluster } from "../../src/constructs/ecs/iecs-cluster";
import type { ITaskDefinition } from "../../src/constructs/ecs/itask-definition";
import { FARGATE, FARGATE_SPOT } from "../../src/model/ecs-capacity";
import { vpcOf } from "./constructs";

/** A cluster "shop" with Fargate, without a resource of its own. */
export function clusterOf(attributes: Partial<IEcsCluster> = {}): IEcsCluster {
  return {
    clusterName: "shop",
    clusterArn: "arn:aws:ecs:eu-west-1:111122223333:cluster/shop",
    vpc: vpcOf(),
    capacityProviders: [FARGATE, FARGATE_SPOT],
    execLogging: undefined,
    ready: [],
    ...attributes,
  };
}

/** A task definition for Fargate with one container "web", without a resource of its own. */
export function taskOf(attributes: Partial<ITaskDefinition> = {}): ITaskDefinition {
  return {
    family: "shop-web",
    taskDefinitionArn: "arn:aws:ecs:eu-west-1:111122223333:task-definition/shop-web:1",
    launch: "FARGATE",
    operatingSystem: "linux",
    architecture: "X86_64",
    ownNetworkInterface: true,
    containers: [
      {
        name: "web",
        image: "registry.example.com/web:1",
        cpu: "250m",
        memory: "512Mi",
        ports: { http: { port: 8080, appProtocol: "http" }, admin: 9000 },
      },
    ],
    executionRoleArn: "arn:aws:iam::111122223333:role/shop-web-execution",
    taskRoleArn: "arn:aws:iam::111122223333:role/shop-web-task",
    grant: () => undefined,
    ...attributes,
  };
}
