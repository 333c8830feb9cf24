import { TerraformLocal } from "cdktf";
import { ApplicationLoadBalancer } from "../../src/constructs/ecs/application-load-balancer";
import { CloudMapNamespace } from "../../src/constructs/ecs/cloud-map-namespace";
import { ContainerRepository } from "../../src/constructs/ecs/container-repository";
import { FargateService, type FargateServiceProps } from "../../src/constructs/ecs/fargate-service";
import { NetworkLoadBalancer } from "../../src/constructs/ecs/network-load-balancer";
import { HostedZone } from "../../src/constructs/traffic/hosted-zone";
import { clusterOf, taskOf } from "../support/ecs";
import { refusal, stackFor, warnings } from "../support/stack";

function servicesOf(first: Partial<FargateServiceProps>, second: Partial<FargateServiceProps>) {
  const stack = stackFor();
  for (const [id, props] of Object.entries({ first, second })) {
    new FargateService(stack, id, { cluster: clusterOf(), taskDefinition: taskOf(), ...props });
  }
  return stack;
}

test("two services of a cluster have two names", () => {
  expect(refusal(() => servicesOf({ serviceName: "web" }, { serviceName: "web" }))).toBe(
    `[test/second] [test/first] is the ECS service "web" already, of which AWS has one; give one of the two another 'serviceName'`,
  );
  const other = clusterOf({ clusterName: "other" });
  expect(servicesOf({ serviceName: "web" }, { serviceName: "web", cluster: other })).toBeDefined();
});

test("load balancers of both kinds share their names", () => {
  const stack = stackFor();
  const vpc = clusterOf().vpc;
  new ApplicationLoadBalancer(stack, "web", { name: "shop", vpc, plainHttp: true });
  expect(refusal(() => new NetworkLoadBalancer(stack, "mail", { name: "shop", vpc }))).toContain(
    `[test/web] is the load balancer "shop" already`,
  );
});

test("names that Terraform alone knows are left to AWS", () => {
  const stack = stackFor();
  const name = new TerraformLocal(stack, "name", "shop/web").asString;
  new ContainerRepository(stack, "a", { repositoryName: name, encryption: "AES256" });
  expect(new ContainerRepository(stack, "b", { repositoryName: name, encryption: "AES256" })).toBeDefined();
});

test("services find each other by names of which a namespace has each once", () => {
  const stack = stackFor();
  const namespace = new CloudMapNamespace(stack, "mesh", { cluster: clusterOf(), namespaceName: "mesh" });
  const connected = (name: string, dnsName: string) => ({
    cluster: clusterOf(),
    taskDefinition: taskOf(),
    serviceConnect: { namespace, endpoints: { [name]: { portName: "http", dnsName } } },
  });
  new FargateService(stack, "a", connected("api", "api"));
  expect(refusal(() => new FargateService(stack, "b", connected("api", "other")))).toContain(
    `[test/a] is the name in the namespace "api" already`,
  );
  expect(refusal(() => new FargateService(stack, "c", connected("third", "api")))).toContain(
    `[test/a] is the address in the namespace "api:8080" already`,
  );
  expect(
    refusal(() => new CloudMapNamespace(stack, "again", { cluster: clusterOf(), namespaceName: "mesh" })),
  ).toContain(`[test/mesh] is the namespace of kind "http" "mesh" already`);
});

test("two zones of one name are warned of, as AWS makes both", () => {
  const stack = stackFor();
  new HostedZone(stack, "a", { zoneName: "example.com" });
  new HostedZone(stack, "b", { zoneName: "example.com" });
  new HostedZone(stack, "c", { zoneName: "example.com", vpcs: [clusterOf().vpc] });
  expect(warnings(stack)).toEqual([expect.stringContaining(`there is a zone "example.com" already, as "test/a"`)]);
});
