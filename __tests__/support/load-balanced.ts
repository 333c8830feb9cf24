import type { TerraformStack } from "cdktf";
import { LoadBalancedService, type LoadBalancedServiceProps } from "../../src/constructs/ecs/load-balanced-service";
import { HostedZone } from "../../src/constructs/traffic/hosted-zone";
import { clusterOf, taskOf } from "./ecs";
import { stackFor, synth } from "./stack";

export const CERTIFICATE = "arn:aws:acm:eu-west-1:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef";

export const ZONE = HostedZone.fromAttributes({ zoneId: "Z0123456789", zoneName: "example.com" });

export const CONTAINERS = [
  {
    name: "web",
    image: "nginx:1.29",
    cpu: "250m",
    memory: "512Mi",
    ports: { http: 8080, admin: 9090, dns: { port: 5353, protocol: "UDP" as const } },
  },
];

export type Options = Partial<LoadBalancedServiceProps> & { readonly task?: Parameters<typeof taskOf>[0] };

export function add(stack: TerraformStack, id: string, { task, ...options }: Options = {}) {
  return new LoadBalancedService(stack, id, {
    cluster: clusterOf(),
    taskDefinition: taskOf({ containers: CONTAINERS, ...task }),
    loadBalancer: { certificateArn: CERTIFICATE, accessLogs: false },
    targets: { web: { port: "http" } },
    ...options,
  });
}

export function build(options: Options = {}) {
  const stack = stackFor();
  const service = add(stack, "web", options);
  return { stack, service, text: synth(stack) };
}

export const BLUE_GREEN = { deployment: { strategy: "BLUE_GREEN" } } as const;
