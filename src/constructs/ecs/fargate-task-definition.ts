import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { amountsOf, type ContainerSpec, portsOf } from "../../model/container-spec";
import { FARGATE_TASK_SIZES, roundUpToSize } from "../../model/fargate-sizes";
import { names } from "../../model/names";
import { Cpu } from "../../units/cpu";
import { Memory } from "../../units/memory";
import { AwsEnvironment } from "../aws-environment";
import { refuse } from "../errors";
import { type PolicyStatement, policyJson, trustService } from "../iam/policy-document";
import type { IEcsCluster } from "./iecs-cluster";
import type { ITaskDefinition } from "./itask-definition";

export interface FargateTaskDefinitionProps {
  readonly cluster: IEcsCluster;
  /** Name of the task definition's family. @default - `<cluster>-<id of the construct>` */
  readonly family?: string;
  readonly containers: readonly ContainerSpec[];
}

/** What ECS runs as one task on Fargate. */
export class FargateTaskDefinition extends Construct implements ITaskDefinition {
  readonly family: string;
  readonly taskDefinitionArn: string;
  readonly launch = "FARGATE";
  readonly operatingSystem = "linux";
  readonly architecture = "X86_64";
  readonly ownNetworkInterface = true;
  readonly containers: readonly ContainerSpec[];
  readonly executionRoleArn: string;
  readonly taskRoleArn: string;
  private readonly taskRole: IamRole;

  constructor(scope: Construct, id: string, props: FargateTaskDefinitionProps) {
    super(scope, id);
    const { cluster, containers } = props;
    this.family = props.family ?? names.taskFamily(cluster.clusterName, id);
    this.containers = [...containers];
    const amounts = containers.map(amountsOf);
    const size = roundUpToSize(
      Cpu.ofMillis(amounts.reduce((sum, { cpu }) => sum + cpu.millis, 0)),
      Memory.ofBytes(amounts.reduce((sum, { memory }) => sum + memory.bytes, 0)),
      FARGATE_TASK_SIZES,
    );
    if (size === undefined) {
      refuse(this, ["no task on Fargate is large enough"]);
      throw new Error("unreachable");
    }
    const environment = AwsEnvironment.of(this);
    const logs = new CloudwatchLogGroup(this, "logs", {
      name: names.ecsLogGroup(cluster.clusterName, this.family),
      retentionInDays: 365,
    });
    const trust = policyJson([trustService("ecs-tasks.amazonaws.com")]);
    const executionRole = new IamRole(this, "execution-role", {
      name: names.taskExecutionRole(this.family),
      assumeRolePolicy: trust,
    });
    new IamRolePolicy(this, "execution-logs", {
      role: executionRole.name,
      policy: policyJson([{ actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${logs.arn}:*`] }]),
    });
    this.taskRole = new IamRole(this, "task-role", { name: names.taskRole(this.family), assumeRolePolicy: trust });
    this.executionRoleArn = executionRole.arn;
    this.taskRoleArn = this.taskRole.arn;
    this.taskDefinitionArn = new EcsTaskDefinition(this, "task-definition", {
      family: this.family,
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: String(size.cpu.vcpu * 1024),
      memory: String(size.memory.gib * 1024),
      executionRoleArn: this.executionRoleArn,
      taskRoleArn: this.taskRoleArn,
      skipDestroy: true,
      containerDefinitions: JSON.stringify(
        containers.map((container) => ({
          name: container.name,
          image: container.image,
          essential: true,
          portMappings: portsOf(container).map(([name, { port, protocol }]) => ({
            name,
            containerPort: port,
            hostPort: port,
            protocol: protocol.toLowerCase(),
          })),
          logConfiguration: {
            logDriver: "awslogs",
            options: {
              "awslogs-group": logs.name,
              "awslogs-region": environment.region,
              "awslogs-stream-prefix": "ecs",
            },
          },
        })),
      ),
    }).arn;
  }

  grant(key: string, statements: readonly PolicyStatement[]): void {
    new IamRolePolicy(this, `task-policy-${key}`, {
      role: this.taskRole.name,
      name: key,
      policy: policyJson(statements),
    });
  }
}
