import type { Construct } from "constructs";
import { healthCheckOf } from "../../model/health-check";
import type { ResolvedTarget } from "../../model/target-group";
import type { ApplicationLoadBalancer } from "./application-load-balancer";
import type { Ec2Service } from "./ec2-service";
import type { FargateService } from "./fargate-service";
import { instancesKey } from "./instance-file-systems";
import type { PortProtocol } from "./load-balancer-edge";
import type { NetworkLoadBalancer } from "./network-load-balancer";

/** Ports of instances behind which containers with dynamic ports stand. Source: Amazon ECS Developer Guide, PortMapping. */
const DYNAMIC_PORTS = { from: 32_768, to: 65_535 } as const;

interface Between {
  readonly loadBalancer: ApplicationLoadBalancer | NetworkLoadBalancer;
  readonly service: FargateService | Ec2Service;
  readonly targets: readonly ResolvedTarget[];
}

interface OpenPort {
  readonly protocol: PortProtocol;
  readonly port: number;
}

/** Opens each port between the load balancer and the tasks, on both sides. */
export function openPorts(scope: Construct, { loadBalancer, service, targets }: Between): void {
  const { securityGroup } = loadBalancer;
  const ports = portsTo(loadBalancer.kind, targets);
  const tasks = service.securityGroupId;
  for (const { protocol, port } of ports) {
    if (tasks !== undefined) {
      service.allowFrom(`load-balancer-${protocol}-${port}`, securityGroup.securityGroupId, port, protocol);
      securityGroup.allowTo(scope, service.serviceName, tasks, port, protocol);
    }
    // Tasks without a network interface of their own have the ports and the security groups of their instances.
    for (const instances of service.instances) {
      const key = instancesKey(instances);
      securityGroup.allowToInstances(key, instances.securityGroupId, { from: port, to: port }, protocol);
      securityGroup.allowToInstances(key, instances.securityGroupId, DYNAMIC_PORTS, protocol);
    }
  }
}

/** What is spoken on the ports of a target group. */
export function spokenOn(protocol: string): PortProtocol[] {
  return protocol === "TCP_UDP" ? ["tcp", "udp"] : protocol === "UDP" ? ["udp"] : ["tcp"];
}

/** Ports of tasks that the load balancer connects to, health checks with them, each once. */
function portsTo(kind: Between["loadBalancer"]["kind"], targets: readonly ResolvedTarget[]): OpenPort[] {
  const all = targets.flatMap((target): OpenPort[] => [
    ...spokenOn(target.protocol).map((protocol) => ({ protocol, port: target.port })),
    { protocol: "tcp", port: healthCheckOf(kind, target).port ?? target.port },
  ]);
  return all.filter(
    ({ protocol, port }, index) => all.findIndex((one) => one.protocol === protocol && one.port === port) === index,
  );
}
