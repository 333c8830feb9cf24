import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { EcsServiceServiceConnectConfiguration } from "@cdktf/provider-aws/lib/ecs-service";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { names } from "../../model/names";
import { compareText } from "../../model/order";
import {
  DEFAULT_PROXY_LOG_RETENTION_IN_DAYS,
  type NamedPort,
  namedPorts,
  type ServiceConnectEndpoint,
  type ServiceConnectOptions,
} from "../../model/service-connect";
import { AwsEnvironment } from "../aws-environment";
import { refuse } from "../errors";
import { takenNameProblem } from "../taken-names";
import type { ICloudMapNamespace } from "./cloud-map-namespace";
import type { IEcsCluster } from "./iecs-cluster";
import type { ITaskDefinition } from "./itask-definition";

/** How a service and the others of a namespace call each other, through a proxy that ECS puts into each task. */
export interface ServiceConnectProps extends ServiceConnectOptions {
  /** @default - the cluster's own */
  readonly namespace?: ICloudMapNamespace;
}

/** Service Connect as Terraform has it, and what has to be there before a task starts. */
export interface ConnectedService {
  readonly config: EcsServiceServiceConnectConfiguration;
  readonly ready: readonly ITerraformDependable[];
}

/**
 * Service Connect as Terraform has it, with a log group for the proxy. The task's execution role writes the proxy's
 * logs, and gets the right to.
 */
export function serviceConnectConfig(
  scope: Construct,
  serviceName: string,
  { namespace, endpoints = {}, logRetentionInDays = DEFAULT_PROXY_LOG_RETENTION_IN_DAYS }: ServiceConnectProps,
  cluster: IEcsCluster,
  taskDefinition: ITaskDefinition,
): ConnectedService {
  const ports = namedPorts(taskDefinition.containers);
  const services = Object.entries(endpoints)
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, endpoint]) => endpointConfig(name, endpoint, ports));
  const arn = namespace?.namespaceArn ?? cluster.serviceConnectNamespaceArn ?? "";
  refuse(
    scope,
    services.flatMap(({ discoveryName, clientAlias: { dnsName, port } }) => [
      takenNameProblem(scope, "name in the namespace", discoveryName, "endpoints", namespace?.namespaceId ?? arn),
      takenNameProblem(scope, "address in the namespace", `${dnsName}:${port}`, "dnsName", arn),
    ]),
  );
  const logs =
    logRetentionInDays === false
      ? undefined
      : proxyLogs(scope, serviceName, logRetentionInDays, cluster, taskDefinition);
  return {
    config: {
      enabled: true,
      namespace: arn,
      ...(services.length === 0 ? {} : { service: services }),
      ...(logs === undefined ? {} : { logConfiguration: logs.config }),
    },
    ready: logs?.ready ?? [],
  };
}

function endpointConfig(
  name: string,
  { portName, port, dnsName, idleTimeoutInSeconds, requestTimeoutInSeconds }: ServiceConnectEndpoint,
  ports: ReadonlyMap<string, NamedPort>,
) {
  return {
    portName,
    discoveryName: name,
    clientAlias: { port: port ?? ports.get(portName)?.port ?? 0, dnsName: dnsName ?? name },
    ...(idleTimeoutInSeconds === undefined && requestTimeoutInSeconds === undefined
      ? {}
      : {
          timeout: {
            ...(idleTimeoutInSeconds === undefined ? {} : { idleTimeoutSeconds: idleTimeoutInSeconds }),
            ...(requestTimeoutInSeconds === undefined ? {} : { perRequestTimeoutSeconds: requestTimeoutInSeconds }),
          },
        }),
  };
}

function proxyLogs(
  scope: Construct,
  serviceName: string,
  retentionInDays: number,
  { clusterName }: IEcsCluster,
  taskDefinition: ITaskDefinition,
) {
  const logs = new CloudwatchLogGroup(scope, "service-connect-logs", {
    name: names.serviceConnectLogGroup(clusterName, serviceName),
    retentionInDays,
  });
  const granted = taskDefinition.grantExecution?.(`service-connect-logs-${serviceName}`, [
    { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${logs.arn}:*`] },
  ]);
  return {
    config: {
      logDriver: "awslogs",
      options: {
        "awslogs-group": logs.name,
        "awslogs-region": AwsEnvironment.of(scope).region,
        "awslogs-stream-prefix": "service-connect",
      },
    },
    ready: granted === undefined ? [] : [granted],
  };
}
