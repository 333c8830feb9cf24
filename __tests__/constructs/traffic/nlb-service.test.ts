import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { AlbController } from "../../../src/constructs/addons/alb-controller";
import { NlbService, type NlbServiceProps } from "../../../src/constructs/traffic/nlb-service";
import { importedClusterIn } from "../../support/constructs";
import { ACCOUNT, refusal, resolved, resource, stackFor, synth } from "../../support/stack";

const PREFIX = "service.beta.kubernetes.io/aws-load-balancer";

function build(options: Partial<NlbServiceProps> = {}) {
  const stack = stackFor();
  const service = new NlbService(stack, "mqtt", {
    controller: AlbController.fromAttributes(),
    namespace: "iot",
    name: "mqtt",
    selector: { app: "mqtt" },
    ports: { mqtt: { port: 1883 } },
    ...options,
  });
  return { stack, service, text: synth(stack) };
}

describe("NlbService", () => {
  test("is a Service of the controller's class, with IP targets and without ports on nodes", () => {
    expect(resource(build().text, ServiceV1)).toEqual({
      metadata: {
        name: "mqtt",
        namespace: "iot",
        annotations: { [`${PREFIX}-nlb-target-type`]: "ip", [`${PREFIX}-scheme`]: "internal" },
      },
      spec: {
        type: "LoadBalancer",
        load_balancer_class: "service.k8s.aws/nlb",
        allocate_load_balancer_node_ports: false,
        selector: { app: "mqtt" },
        port: [{ name: "mqtt", port: 1883, target_port: "1883", protocol: "TCP" }],
      },
      wait_for_load_balancer: true,
    });
  });

  test("has ports in alphabetical order, to ports of pods by number or name", () => {
    const ports = { tls: { port: 8883, targetPort: "mqtt" }, dns: { port: 53, protocol: "UDP" as const } };
    const { text } = build({ ports, inboundCidrs: ["192.0.2.0/24", "10.0.0.0/8"] });
    expect(resource(text, ServiceV1).spec).toMatchObject({
      port: [
        { name: "dns", port: 53, target_port: "53", protocol: "UDP" },
        { name: "tls", port: 8883, target_port: "mqtt", protocol: "TCP" },
      ],
      load_balancer_source_ranges: ["10.0.0.0/8", "192.0.2.0/24"],
    });
  });

  test("waits for the controller's guard, and so is destroyed while the controller runs", () => {
    const stack = stackFor();
    const cluster = importedClusterIn(stack);
    const controller = new AlbController(stack, "alb", { cluster, roleArn: `arn:aws:iam::${ACCOUNT}:role/controller` });
    new NlbService(stack, "mqtt", {
      controller,
      namespace: "iot",
      name: "mqtt",
      selector: { app: "mqtt" },
      ports: { mqtt: { port: 1883 } },
    });
    expect(resource(synth(stack), ServiceV1).depends_on).toEqual(["terraform_data.alb_guard_guard"]);
  });

  test("tells the name of its load balancer", () => {
    const { stack, service } = build();
    expect(resolved(stack, service.hostname)).toBe(
      "${kubernetes_service_v1.mqtt_service.status[0].load_balancer[0].ingress[0].hostname}",
    );
  });

  test("is refused with targets that are instances", () => {
    expect(refusal(() => build({ annotations: { [`${PREFIX}-nlb-target-type`]: "instance" } }))).toBe(
      `[test/mqtt] annotation "${PREFIX}-nlb-target-type" must not be given, got "instance": load balancers reach pods on Fargate by IP targets only, which are set already; leave it out`,
    );
  });
});
