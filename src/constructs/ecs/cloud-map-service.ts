import type { EcsServiceServiceRegistries } from "@cdktf/provider-aws/lib/ecs-service";
import { ServiceDiscoveryService } from "@cdktf/provider-aws/lib/service-discovery-service";
import { Construct } from "constructs";
import {
  DEFAULT_DISCOVERY_TTL_IN_SECONDS,
  namedPorts,
  type ServiceDiscoveryOptions,
} from "../../model/service-connect";
import { refuse } from "../errors";
import { takenNameProblem } from "../taken-names";
import type { ICloudMapNamespace } from "./cloud-map-namespace";
import type { ITaskDefinition } from "./itask-definition";

/** Names in DNS that lead to the tasks of a service. */
export interface ServiceDiscoveryProps extends ServiceDiscoveryOptions {
  /** A private DNS namespace. */
  readonly namespace: ICloudMapNamespace;
}

/**
 * A name in a private DNS namespace under which ECS enters the addresses of a service's tasks. They go with the tasks;
 * what is left of them when the service goes is deleted with the name.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html
 */
export class CloudMapService extends Construct {
  /** As the service of ECS names it. */
  readonly registry: EcsServiceServiceRegistries;

  constructor(scope: Construct, id: string, props: ServiceDiscoveryProps, taskDefinition: ITaskDefinition) {
    super(scope, id);
    const { name, namespace, record = "A", portName, ttlInSeconds = DEFAULT_DISCOVERY_TTL_IN_SECONDS } = props;
    refuse(this, [takenNameProblem(this, "name in the namespace", name, "name", namespace.namespaceId)]);
    const service = new ServiceDiscoveryService(this, "service", {
      name,
      dnsConfig: {
        namespaceId: namespace.namespaceId,
        dnsRecords: [{ type: record, ttl: ttlInSeconds }],
        routingPolicy: "MULTIVALUE",
      },
      // ECS alone says which tasks are healthy.
      // Outdated in AWS, where it is always 1, and yet the one way: the provider drops a block without it at every plan.
      healthCheckCustomConfig: { failureThreshold: 1 },
      forceDestroy: true,
    });
    const port = portName === undefined ? undefined : namedPorts(taskDefinition.containers).get(portName);
    this.registry = {
      registryArn: service.arn,
      ...(port === undefined ? {} : { containerName: port.containerName, containerPort: port.port }),
    };
  }
}
