import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ChartRepository } from "../support/charts";
import { KubernetesApi, type KubernetesObject } from "../support/kubernetes";
import { ROOT } from "../support/project";
import { runToSuccess } from "../support/run";
import { setStage } from "../support/story";
import { Terraform } from "../support/terraform";

const CLUSTER_NAME = "platform-development";
const CONTROLLER = "aws-load-balancer-controller";
const CERTIFICATE = "arn:aws:acm:eu-west-1:111122223333:certificate/0123-abcd";

/** The reference settings with a place for the pods of everything below. */
const REFERENCE = readFileSync(join(ROOT, "settings/development.yaml"), "utf8").replace(
  "        - namespace: kube-system",
  "        - namespace: kube-system\n        - namespace: ingress-nginx\n        - namespace: fargate-container-insights",
);

const settings = (charts: string) => `${REFERENCE}
inCluster:
  mirrors: { charts: ${charts} }
  containerInsights: {}
  hostedZones: { main: { zoneName: example.com, zoneId: Z0123456789ABCDEFGHIJ } }
  externalDns: { policy: upsert-only, ownerId: platform }
  albController: {}
  ingressNginx: { retirementAccepted: true }
  ingresses:
    shop:
      namespace: default
      scheme: internet-facing
      certificateArns: ["${CERTIFICATE}"]
      hosts:
        shop.example.com: { /: { service: front, port: 80 }, /api: { service: api, port: http } }
        "*": { /: { service: front, port: 80 } }
  networkLoadBalancers:
    mqtt:
      namespace: default
      selector: { app: mqtt }
      ports: { mqtt: { port: 1883 } }
`;

/** An Ingress that Terraform does not know. */
const FORGOTTEN = {
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata: { name: "forgotten", namespace: "default" },
  spec: { ingressClassName: "alb", defaultBackend: { service: { name: "front", port: { number: 80 } } } },
};

interface Workload extends KubernetesObject {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly serviceAccountName: string;
        readonly containers: readonly { readonly args?: readonly string[]; readonly resources: unknown }[];
      };
    };
  };
}

interface Ingress extends KubernetesObject {
  readonly spec: { readonly rules: readonly { readonly host?: string }[] };
}

interface Service extends KubernetesObject {
  readonly spec: Readonly<Record<string, unknown>>;
}

describe("load balancers", () => {
  const stage = setStage();
  let api: KubernetesApi;
  let charts: ChartRepository;
  let cluster: Terraform;
  let inCluster: Terraform;

  /** What a command prints whose AWS calls reach the emulated account. */
  const shell = (command: string) =>
    runToSuccess("sh", ["-c", command], { cwd: ROOT, environment: stage.emulator.environment });

  beforeAll(async () => {
    api = await KubernetesApi.start();
    charts = await ChartRepository.start();
    await stage.emulator.leadsTo(api);
    const [first = "", second = ""] = await stage.workspace.synthesizeStacks(settings(charts.url));
    cluster = new Terraform(first, stage.emulator, "terraform", api);
    inCluster = new Terraform(second, stage.emulator, "terraform", api);
    await cluster.init();
    await inCluster.init();
  });

  afterAll(async () => {
    charts?.stop();
    await api?.stop();
  });

  test("come with their controller in one apply, after which a second plan has no changes", async () => {
    await cluster.apply();
    await inCluster.apply();
    expect(await inCluster.plan()).toEqual([]);
    expect(await cluster.plan()).toEqual([]);
    expect(await api.problems()).toEqual({});
    expect(await api.loadBalancers()).toEqual([
      "Ingress default/shop",
      "Service default/mqtt",
      "Service ingress-nginx/ingress-nginx-controller",
    ]);
  });

  test("have a controller that knows where it is, with the role of the cluster's stack", async () => {
    const [deployment] = (await api.list<Workload>("Deployment", "kube-system")).filter(
      ({ metadata }) => metadata.name === CONTROLLER,
    );
    const { serviceAccountName, containers } = deployment?.spec.template.spec ?? {};
    const { vpc_id, alb_controller_role_arn } = await cluster.outputs();
    expect(containers?.[0]?.args).toEqual(
      expect.arrayContaining([`--cluster-name=${CLUSTER_NAME}`, "--aws-region=eu-west-1", `--aws-vpc-id=${vpc_id}`]),
    );
    const size = { cpu: "250m", memory: "256Mi" };
    expect(containers?.[0]?.resources).toEqual({ limits: size, requests: size });
    const account = await api.find("ServiceAccount", serviceAccountName ?? "", "kube-system");
    expect(account?.metadata.annotations).toMatchObject({ "eks.amazonaws.com/role-arn": alb_controller_role_arn });
  });

  test("send to the addresses of pods", async () => {
    const ingress = await api.find<Ingress>("Ingress", "shop", "default");
    expect(ingress?.metadata.annotations).toMatchObject({
      "alb.ingress.kubernetes.io/target-type": "ip",
      "alb.ingress.kubernetes.io/ssl-redirect": "443",
      "alb.ingress.kubernetes.io/certificate-arn": CERTIFICATE,
    });
    expect(ingress?.spec.rules.map(({ host }) => host)).toEqual(["shop.example.com", undefined]);
    for (const [name, namespace] of [
      ["mqtt", "default"],
      ["ingress-nginx-controller", "ingress-nginx"],
    ] as const) {
      const service = await api.find<Service>("Service", name, namespace);
      expect(service?.metadata.annotations).toMatchObject({
        "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip",
      });
      expect(service?.spec).toMatchObject({
        loadBalancerClass: "service.k8s.aws/nlb",
        allocateLoadBalancerNodePorts: false,
      });
    }
  });

  test("stand beside a collector of Container Insights that has all it needs", async () => {
    const [collector] = await api.list<Workload>("StatefulSet", "fargate-container-insights");
    const size = { cpu: "1", memory: "2816Mi" };
    expect(collector?.spec.template.spec.containers[0]?.resources).toEqual({ limits: size, requests: size });
    const account = await api.find("ServiceAccount", "adot-collector", "fargate-container-insights");
    expect(account?.metadata.annotations).toEqual({
      "eks.amazonaws.com/role-arn": expect.stringMatching(/:role\/platform-development-container-insights$/),
    });
  });

  test("get their names from ExternalDNS, which knows its zone", async () => {
    const dns = await api.find<Workload>("Deployment", "external-dns", "kube-system");
    expect(dns?.spec.template.spec.containers[0]?.args).toEqual(
      expect.arrayContaining([
        "--policy=upsert-only",
        "--txt-owner-id=platform",
        "--zone-id-filter=Z0123456789ABCDEFGHIJ",
      ]),
    );
  });

  describe("of which one was made without Terraform", () => {
    let arn: string;

    beforeAll(async () => {
      await api.apply(FORGOTTEN);
      const { private_subnet_ids: subnets } = await cluster.outputs();
      const tags = [
        `Key=elbv2.k8s.aws/cluster,Value=${CLUSTER_NAME}`,
        "Key=ingress.k8s.aws/stack,Value=default/forgotten",
      ];
      const create = `aws elbv2 create-load-balancer --region eu-west-1 --name forgotten --query LoadBalancers[0].LoadBalancerArn`;
      const printed = await shell(
        `${create} --subnets ${Object.values(subnets as object).join(" ")} --tags ${tags.join(" ")}`,
      );
      arn = JSON.parse(printed) as string;
    });

    test("are found by the command that the page shows", async () => {
      const page = readFileSync(join(ROOT, "docs/destroy.md"), "utf8");
      const [command = ""] = /^aws resourcegroupstaggingapi [^`]*/m.exec(page) ?? [];
      const asked = command.replace("Values=platform", `Values=${CLUSTER_NAME}`);
      expect(JSON.parse(await shell(asked))).toEqual([arn]);
    });

    test("keep the cluster from being destroyed first, of which Terraform forgets the outputs and nothing else", async () => {
      const refusal = await cluster.failToDestroy();
      expect(refusal).toContain(`load balancers of EKS cluster ${CLUSTER_NAME} are left`);
      const changes = await cluster.plan();
      expect(changes.filter(({ address }) => !address.startsWith("output."))).toEqual([]);
      await cluster.apply();
      expect(await cluster.plan()).toEqual([]);
    });

    test("keep their controller, and are named with what stands behind them", async () => {
      const refusal = await inCluster.failToDestroy();
      expect(refusal.replaceAll(" ", "")).toContain(arn);
      expect(refusal).toContain("default/forgotten");
      expect(await api.find("Deployment", CONTROLLER, "kube-system")).toBeDefined();
      expect(await api.loadBalancers()).toEqual(["Ingress default/forgotten"]);
    });

    test("go with their Ingress, because the controller still runs", async () => {
      await api.delete("Ingress", "forgotten", "default");
      await shell(`aws elbv2 delete-load-balancer --region eu-west-1 --load-balancer-arn ${arn}`);
    });
  });

  test("are destroyed without one left behind", async () => {
    await inCluster.destroy();
    expect(await api.loadBalancers()).toEqual([]);
    await cluster.destroy();
    expect(await stage.emulator.leftovers()).toEqual({});
  });
});
