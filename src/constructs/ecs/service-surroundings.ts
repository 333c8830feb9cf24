import type { ServiceSurroundings } from "../../model/ecs-service-rules";
import type { ServiceProps } from "./service-base";

/** What stands around a service, as the rules ask about it. */
export function surroundingsOf(props: ServiceProps): ServiceSurroundings {
  const { cluster, taskDefinition, targets = [], serviceConnect, discovery } = props;
  return {
    task: taskDefinition,
    vpc: cluster.vpc,
    capacityProviders: cluster.capacityProviders,
    defaultCapacity: cluster.defaultCapacity,
    execRecorded: cluster.execLogging !== undefined,
    targets: targets.map(({ key, containerName, containerPort, blueGreen }) => ({
      key,
      containerName,
      containerPort,
      blueGreen: blueGreen !== undefined,
    })),
    connectNamespace: serviceConnect?.namespace?.namespaceArn ?? cluster.serviceConnectNamespaceArn,
    discoveryNamespace:
      discovery === undefined ? undefined : { name: discovery.namespace.namespaceArn, kind: discovery.namespace.kind },
  };
}
