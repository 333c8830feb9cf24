import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { Deployment } from "../../../src/constructs/kubernetes/deployment";
import { Service, type ServiceProps } from "../../../src/constructs/kubernetes/service";
import { importedClusterIn } from "../../support/constructs";
import { refusal, resource, stackFor, synth } from "../../support/stack";

function build(options: Partial<ServiceProps> = {}) {
  const stack = stackFor();
  const service = new Service(stack, "web", {
    namespace: "shop",
    name: "web",
    selector: { app: "web" },
    ports: { http: { port: 80 } },
    ...options,
  });
  return { stack, service };
}

const spec = (options: Partial<ServiceProps>) => resource(synth(build(options).stack), ServiceV1).spec;

describe("Service", () => {
  test("is a name within the cluster, without ports on nodes", () => {
    const { stack, service } = build();
    expect(resource(synth(stack), ServiceV1)).toEqual({
      metadata: { name: "web", namespace: "shop" },
      spec: {
        type: "ClusterIP",
        selector: { app: "web" },
        port: [{ name: "http", port: 80, target_port: "80", protocol: "TCP" }],
      },
    });
    expect(service.serviceName).toBe("web");
  });

  test("has ports in alphabetical order, to ports of pods by number or name", () => {
    const ports: ServiceProps["ports"] = {
      metrics: { port: 9090 },
      http: { port: 80, targetPort: "http" },
      dns: { port: 53, targetPort: 5353, protocol: "UDP" },
    };
    expect(spec({ ports })).toMatchObject({
      port: [
        { name: "dns", port: 53, target_port: "5353", protocol: "UDP" },
        { name: "http", port: 80, target_port: "http", protocol: "TCP" },
        { name: "metrics", port: 9090, target_port: "9090", protocol: "TCP" },
      ],
    });
  });

  test("selects the pods of a Deployment by the label that no others have", () => {
    const stack = stackFor();
    const deployment = new Deployment(stack, "deployment", {
      cluster: importedClusterIn(stack),
      namespace: "shop",
      name: "web",
      template: { containers: [{ name: "web", image: "example.com/web:1.0.0", cpu: "250m", memory: "256Mi" }] },
    });
    const { namespace, selector } = deployment;
    new Service(stack, "web", { namespace, name: "web", selector, ports: { http: { port: 80 } } });
    expect(resource(synth(stack), ServiceV1).spec).toMatchObject({ selector: { "app.kubernetes.io/name": "web" } });
  });

  test("without an address of its own leads to each pod, as a StatefulSet needs it", () => {
    expect(spec({ headless: true })).toMatchObject({ cluster_ip: "None", type: "ClusterIP" });
  });

  test("waits for what it is told to, and others wait for it", () => {
    const { stack } = build();
    const before = new Service(stack, "before", {
      namespace: "shop",
      name: "before",
      selector: { app: "before" },
      ports: { http: { port: 80 } },
    });
    new ConfigMapV1(stack, "after", { metadata: { name: "after" }, dependsOn: [before.ready] });
    new Service(stack, "last", {
      namespace: "shop",
      name: "last",
      selector: { app: "last" },
      ports: { http: { port: 80 } },
      dependsOn: [before.ready],
    });
    const text = synth(stack);
    const address = "kubernetes_service_v1.before_service";
    expect(resource(text, ConfigMapV1).depends_on).toEqual([address]);
    expect(resource(text, ServiceV1, "last_service").depends_on).toEqual([address]);
  });

  test.each<[string, Partial<ServiceProps>, string]>([
    [
      "a namespace that Kubernetes does not take",
      { namespace: "Shop" },
      `'namespace' must be a Kubernetes name (1 to 63 lower-case letters, digits and "-", beginning and ending with a letter or digit), got "Shop"`,
    ],
    [
      "a name that begins with a digit",
      { name: "1web" },
      `'name' must be the name of a Service (1 to 63 lower-case letters, digits and "-", beginning with a letter, ending with a letter or digit), got "1web"`,
    ],
    ["no label of the pods", { selector: {} }, "'selector' must hold at least one label of the pods, got none"],
    ["no port", { ports: {} }, "'ports' must hold at least one port, got none"],
    ["a port that is none", { ports: { http: { port: 0 } } }, "'port' must be a port from 1 to 65535, got 0"],
    [
      "two ports of one number",
      { ports: { http: { port: 80 }, web: { port: 80 } } },
      `ports "http", "web" are both 80 over TCP; give each a number of its own`,
    ],
    [
      "another port of the pods, where nobody translates",
      { headless: true, ports: { http: { port: 80, targetPort: "http" } } },
      `'targetPort' of port "http" must be left out, got "http": the name of a headless Service leads to the pods themselves; give 'port' the number that they listen on`,
    ],
  ])("is refused with %s", (_, options, message) => {
    expect(refusal(() => build(options))).toBe(`[test/web] ${message}`);
  });

  test("takes a port of the pods that is its own where nobody translates", () => {
    expect(spec({ headless: true, ports: { sql: { port: 5432, targetPort: 5432 } } })).toMatchObject({
      port: [{ name: "sql", port: 5432, target_port: "5432", protocol: "TCP" }],
    });
  });
});
