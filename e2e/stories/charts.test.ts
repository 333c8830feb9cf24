import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { CHARTS } from "../../src/model/charts";
import { ChartRepository, STAND_INS } from "../support/charts";
import { KubernetesApi, type KubernetesObject } from "../support/kubernetes";
import { Workspace } from "../support/project";
import { type Finished, run } from "../support/run";
import { valuesSchema } from "../support/values-schema";

type Values = Readonly<Record<string, unknown>>;

/** A chart and its values. */
type Chosen = readonly [chart: string, values: Values, ...unknown[]];

const CONTROLLER = "aws-load-balancer-controller";
const NGINX = "ingress-nginx";

const SIZE = { cpu: "250m", memory: "256Mi" };
const RESOURCES = { requests: SIZE, limits: SIZE };
const ROLE = { "eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/demo" };

/** What makes each chart start on Fargate. */
const ON_FARGATE: Readonly<Record<string, Values>> = {
  "aws-load-balancer-controller": {
    clusterName: "demo",
    region: "eu-west-1",
    vpcId: "vpc-0123456789abcdef0",
    defaultTargetType: "ip",
    enableWafv2: false,
    keepTLSSecret: true,
    podDisruptionBudget: { maxUnavailable: 1 },
    resources: RESOURCES,
    serviceAccount: { name: "alb", annotations: ROLE },
  },
  "cluster-autoscaler": {
    fullnameOverride: "cluster-autoscaler",
    awsRegion: "eu-west-1",
    autoDiscovery: { clusterName: "demo" },
    image: { tag: "v1.36.1" },
    extraArgs: { expander: "least-waste" },
    rbac: { serviceAccount: { annotations: ROLE } },
    resources: RESOURCES,
  },
  "external-dns": {
    provider: { name: "aws" },
    policy: "sync",
    txtOwnerId: "demo",
    domainFilters: ["example.com"],
    extraArgs: { "zone-id-filter": ["Z1", "Z2"], "aws-zone-type": "public" },
    env: [{ name: "AWS_DEFAULT_REGION", value: "eu-west-1" }],
    resources: RESOURCES,
    serviceAccount: { annotations: ROLE },
  },
  "ingress-nginx": {
    global: { image: { registry: "mirror.example.com" } },
    controller: {
      containerPort: { http: 8080, https: 8444 },
      extraArgs: { "http-port": 8080, "https-port": 8444 },
      resources: RESOURCES,
      service: {
        allocateLoadBalancerNodePorts: false,
        annotations: { "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip" },
        loadBalancerClass: "service.k8s.aws/nlb",
      },
    },
  },
  "metrics-server": { containerPort: 10251, resources: RESOURCES },
  "py-kube-downscaler": {
    arguments: ["--interval=60", "--grace-period=900"],
    excludedNamespaces: ["kube-system"],
    extraConfig: 'DEFAULT_UPTIME: "Mon-Fri 07:30-20:30 Europe/Berlin"',
    resources: RESOURCES,
  },
  vpa: {
    admissionController: { resources: RESOURCES, certGen: { image: { repository: "mirror.example.com/certgen" } } },
    recommender: { resources: RESOURCES },
    updater: { enabled: false },
  },
};

/** The kinds that charts bring, and that Helm never takes away. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  "aws-load-balancer-controller": ["ingressclassparams.elbv2.k8s.aws", "targetgroupbindings.elbv2.k8s.aws"],
  "external-dns": ["dnsendpoints.externaldns.k8s.io"],
  vpa: ["verticalpodautoscalercheckpoints.autoscaling.k8s.io", "verticalpodautoscalers.autoscaling.k8s.io"],
};

/** A value of each chart that is misspelt, moved or of another type, and how Helm names it. */
const WRONG: readonly (readonly [chart: string, values: Values, complaint: string])[] = [
  ["aws-load-balancer-controller", { clusterName: "demo", vpcID: "vpc-1" }, "Additional property vpcID"],
  ["aws-load-balancer-controller", { clusterName: "demo", enableWafv2: "false" }, "enableWafv2: Invalid type"],
  ["aws-load-balancer-controller", {}, "a valid clusterName is required"],
  ["cluster-autoscaler", { autoDiscovery: { clustername: "demo" } }, "Additional property clustername"],
  ["cluster-autoscaler", {}, "autoDiscovery.clusterName is required"],
  ["external-dns", { policy: "update-only" }, "policy: policy must be one of the following"],
  ["external-dns", { resources: { requests: { cpu: 1 } } }, "resources.requests.cpu: Invalid type"],
  ["ingress-nginx", { controller: { containerPort: { http: "8080" } } }, "containerPort.http: Invalid type"],
  ["ingress-nginx", { controller: { serviceAccount: {} } }, "Additional property serviceAccount"],
  ["metrics-server", { replicaCount: 2 }, "Additional property replicaCount"],
  ["metrics-server", { hostNetwork: true }, "hostNetwork: Invalid type"],
  ["py-kube-downscaler", { extraConfig: { DEFAULT_UPTIME: "always" } }, "extraConfig: Invalid type"],
  ["vpa", { certGen: { image: {} } }, "Additional property certGen"],
];

describe("the stand-ins for Helm charts", () => {
  const workspace = new Workspace();
  let repository: ChartRepository;

  beforeAll(async () => {
    repository = await ChartRepository.start();
  });
  afterAll(() => {
    repository?.stop();
    workspace.remove();
  });

  test.each(Object.values(CHARTS).map(({ chart, version }) => [chart, version]))(
    "%s is one, in the version that the project installs",
    (name, version) => {
      expect(STAND_INS).toContainEqual(expect.objectContaining({ name, version }));
    },
  );

  describe("rendered by Terraform's Helm provider from what makes them start on Fargate", () => {
    let rendered: Readonly<Record<string, readonly KubernetesObject[]>>;

    beforeAll(async () => {
      const folder = configure("rendered", templates(Object.entries(ON_FARGATE)));
      await succeed(folder, "apply", "-auto-approve");
      const outputs = JSON.parse(await succeed(folder, "output", "-json")) as Record<string, { value: string }>;
      rendered = Object.fromEntries(
        Object.entries(outputs).map(([id, { value }]) => [id.replace(/-\d+$/, ""), objectsIn(value)]),
      );
    });

    test("are all of them", () => {
      expect(Object.keys(rendered).sort()).toEqual(STAND_INS.map(({ name }) => name).sort());
    });

    function find<T extends KubernetesObject>(chart: string, kind: string, name: string): T {
      const found = rendered[chart]?.find((object) => object.kind === kind && object.metadata.name === name);
      expect(found).toBeDefined();
      return found as T;
    }

    test.each([
      [
        "aws-load-balancer-controller",
        "aws-load-balancer-controller",
        "public.ecr.aws/eks/aws-load-balancer-controller:v3.5.0",
        ["--aws-vpc-id=vpc-0123456789abcdef0", "--default-target-type=ip", "--enable-wafv2=false"],
        [9443, 8080],
      ],
      [
        "cluster-autoscaler",
        "cluster-autoscaler",
        "registry.k8s.io/autoscaling/cluster-autoscaler:v1.36.1",
        [
          "--node-group-auto-discovery=asg:tag=k8s.io/cluster-autoscaler/enabled,k8s.io/cluster-autoscaler/demo",
          "--expander=least-waste",
          "--v=4",
        ],
        [8085],
      ],
      [
        "external-dns",
        "external-dns",
        "registry.k8s.io/external-dns/external-dns:v0.21.0",
        [
          "--policy=sync",
          "--txt-owner-id=demo",
          "--zone-id-filter=Z1",
          "--zone-id-filter=Z2",
          "--aws-zone-type=public",
        ],
        [7979],
      ],
      [
        "ingress-nginx",
        "ingress-nginx-controller",
        expect.stringMatching(/^mirror\.example\.com\/ingress-nginx\/controller:v1\.15\.1@sha256:/),
        ["--http-port=8080", "--https-port=8444"],
        [8080, 8444, 8443],
      ],
      [
        "metrics-server",
        "metrics-server",
        "registry.k8s.io/metrics-server/metrics-server:v0.8.1",
        ["--secure-port=10251", "--metric-resolution=15s"],
        [10251],
      ],
      [
        "py-kube-downscaler",
        "py-kube-downscaler",
        "ghcr.io/caas-team/py-kube-downscaler:26.4.0",
        ["--interval=60", "--grace-period=900"],
        [],
      ],
      ["vpa", "vpa-recommender", "registry.k8s.io/autoscaling/vpa-recommender:1.7.1", ["--v=4"], [8942]],
      [
        "vpa",
        "vpa-admission-controller",
        "registry.k8s.io/autoscaling/vpa-admission-controller:1.7.1",
        ["--webhook-service=vpa-webhook"],
        [8000, 8944],
      ],
    ])("%s: %s has the image, arguments, ports and resources", (chart, name, image, args, ports) => {
      const container = containerOf(find(chart, "Deployment", name));
      expect(container.image).toEqual(image);
      expect([...(container.command ?? []), ...(container.args ?? [])]).toEqual(expect.arrayContaining(args));
      expect((container.ports ?? []).map(({ containerPort }) => containerPort)).toEqual(ports);
      expect(container.resources).toEqual(RESOURCES);
    });

    test.each([
      ["aws-load-balancer-controller", "alb"],
      ["cluster-autoscaler", "cluster-autoscaler"],
      ["external-dns", "external-dns"],
    ])("%s: service account %s has the role", (chart, name) => {
      expect(find(chart, "ServiceAccount", name).metadata.annotations).toEqual(ROLE);
      expect(podOf(find(chart, "Deployment", chart)).serviceAccountName).toBe(name);
    });

    test("ingress-nginx: the Service is for a load balancer with IP targets", () => {
      expect(find("ingress-nginx", "Service", "ingress-nginx-controller")).toMatchObject({
        metadata: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip" } },
        spec: { type: "LoadBalancer", loadBalancerClass: "service.k8s.aws/nlb", allocateLoadBalancerNodePorts: false },
      });
    });

    test("vpa: what is switched off is not there, and its certificates come from the mirror", () => {
      expect(rendered.vpa?.some(({ metadata }) => metadata.name === "vpa-updater")).toBe(false);
      const image = containerOf(find("vpa", "Job", "vpa-admission-certgen")).image;
      expect(image).toMatch(/^mirror\.example\.com\/certgen:/);
    });

    test("py-kube-downscaler: text of YAML lines becomes its environment", () => {
      expect(find<WithData>("py-kube-downscaler", "ConfigMap", "py-kube-downscaler").data).toEqual({
        EXCLUDE_NAMESPACES: "kube-system",
        DEFAULT_UPTIME: "Mon-Fri 07:30-20:30 Europe/Berlin",
      });
    });

    test.each(Object.entries(KINDS))("%s brings its kinds", (chart, kinds) => {
      const names = rendered[chart]?.filter(({ kind }) => kind === "CustomResourceDefinition").map(nameOf);
      expect(names?.sort()).toEqual(kinds);
    });
  });

  describe("installed on a Kubernetes API", () => {
    let api: KubernetesApi;
    let folder: string;

    beforeAll(async () => {
      api = await KubernetesApi.start();
      folder = configure("installed", releases(ON_FARGATE, api));
      await succeed(folder, "apply", "-auto-approve").catch(async (error) => {
        throw new Error(`${error}\n${await api.explain()}`);
      });
    });
    afterAll(() => api?.stop());

    test("all become ready, and a second plan is empty", async () => {
      const { exitCode } = await terraform(folder, "plan", "-detailed-exitcode");
      expect(exitCode).toBe(0);
      expect(await api.problems()).toEqual({});
    });

    test("aws-load-balancer-controller keeps its certificate when it changes", async () => {
      const certificate = () => api.find<WithData>("Secret", "aws-load-balancer-tls", "kube-system");
      const before = await certificate();
      const values = { ...ON_FARGATE[CONTROLLER], replicaCount: 3 };
      configure("installed", releases({ ...ON_FARGATE, [CONTROLLER]: values }, api));
      await succeed(folder, "apply", "-auto-approve");
      expect(await api.find("Deployment", CONTROLLER, "kube-system")).toMatchObject({ spec: { replicas: 3 } });
      expect((await certificate())?.data).toEqual(before?.data);
    });

    test("nothing is left of them but the kinds", async () => {
      await succeed(folder, "destroy", "-auto-approve");
      for (const kind of Object.values(KINDS).flat()) {
        await api.delete("CustomResourceDefinition", kind);
      }
      expect(await api.leftovers()).toEqual([]);
    });
  });

  describe("refuse what the real chart would not read", () => {
    let output: string;

    beforeAll(async () => {
      const finished = await terraform(configure("refused", templates(WRONG)), "plan");
      expect(finished.exitCode).toBe(1);
      // Terraform draws a frame around errors and breaks their lines.
      output = finished.output.replaceAll(/[│╷╵]/g, " ").replaceAll(/\s+/g, " ");
    });

    test.each(WRONG.map(([chart, values, complaint], at) => [chart, JSON.stringify(values), complaint, at] as const))(
      "%s: %s",
      (chart, _, complaint, at) => {
        const error = output.split("Error: ").find((text) => text.includes(`with data.helm_template.${chart}-${at},`));
        expect(error).toContain(complaint);
      },
    );
  });

  test("a value without a known type, and a type without a value, are mistakes of the stand-in", () => {
    expect(() => valuesSchema({ region: null }, {})).toThrow("the type of 'region' is not known: it has no default");
    expect(() => valuesSchema({ image: {} }, { types: { string: ["image.tag"] } })).toThrow(
      "there is no object in the values that could have image.tag",
    );
  });

  /** Charts that are only rendered; what they render are outputs. */
  function templates(charts: readonly Chosen[]): object {
    const data = charts.map(([chart, values], at): [string, object] => [
      `${chart}-${at}`,
      { ...release(chart, values), kube_version: "1.36.0", include_crds: true },
    ]);
    const output = data.map(([id]) => [id, { value: `\${data.helm_template.${id}.manifest}` }]);
    return {
      provider: { helm: {} },
      data: { helm_template: Object.fromEntries(data) },
      output: Object.fromEntries(output),
    };
  }

  /** Charts that are installed. */
  function releases(charts: Readonly<Record<string, Values>>, api: KubernetesApi): object {
    const cluster = {
      host: api.url,
      token: api.token,
      cluster_ca_certificate: `\${base64decode("${api.certificateAuthority}")}`,
    };
    const installed = Object.entries(charts).map(([chart, values]) => [
      chart,
      // The controller takes the load balancer of ingress-nginx away, so it is destroyed last.
      { ...release(chart, values), timeout: 60, depends_on: chart === NGINX ? [`helm_release.${CONTROLLER}`] : [] },
    ]);
    return {
      provider: { helm: { kubernetes: cluster } },
      resource: { helm_release: Object.fromEntries(installed) },
    };
  }

  function release(chart: string, values: Values): object {
    return {
      name: chart,
      namespace: "kube-system",
      chart,
      repository: repository.url,
      version: STAND_INS.find(({ name }) => name === chart)?.version,
      values: [JSON.stringify(values)],
    };
  }

  /** Writes a configuration into a folder of its own. */
  function configure(name: string, configuration: object): string {
    const folder = join(workspace.folder, name);
    mkdirSync(folder, { recursive: true });
    const requirements = { required_providers: { helm: { source: "hashicorp/helm", version: "~> 3.1" } } };
    // On many lines, as Terraform quotes the line of an error.
    const text = JSON.stringify({ terraform: requirements, ...configuration }, undefined, 1);
    writeFileSync(join(folder, "main.tf.json"), text);
    return folder;
  }

  /** Without an account of AWS, unlike other stories. */
  async function terraform(folder: string, command: string, ...args: string[]): Promise<Finished> {
    const options = {
      cwd: folder,
      environment: {
        CHECKPOINT_DISABLE: "1",
        // Helm keeps what it downloads in the workspace, not among the user's files.
        HELM_CACHE_HOME: join(workspace.folder, "helm/cache"),
        HELM_CONFIG_HOME: join(workspace.folder, "helm/config"),
        HELM_DATA_HOME: join(workspace.folder, "helm/data"),
      },
    };
    await run("terraform", ["init", "-no-color", "-input=false"], options);
    return run("terraform", [command, "-no-color", ...args], options);
  }

  async function succeed(folder: string, command: string, ...args: string[]): Promise<string> {
    const { exitCode, output } = await terraform(folder, command, ...args);
    if (exitCode !== 0) {
      throw new Error(`terraform ${command} failed:\n${output.slice(-6000)}`);
    }
    return output;
  }
});

/** A Deployment or a Job. */
interface Workload extends KubernetesObject {
  readonly spec: { readonly template: { readonly spec: PodSpec } };
}

/** A ConfigMap or a Secret. */
interface WithData extends KubernetesObject {
  readonly data: Readonly<Record<string, string>>;
}

interface PodSpec {
  readonly serviceAccountName: string;
  readonly containers: readonly [Container];
}

interface Container {
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly ports?: readonly { readonly containerPort: number }[];
  readonly resources: unknown;
}

const nameOf = ({ metadata }: KubernetesObject): string => metadata.name;
const podOf = ({ spec }: Workload): PodSpec => spec.template.spec;
const containerOf = (workload: Workload): Container => podOf(workload).containers[0];

function objectsIn(manifest: string): KubernetesObject[] {
  return parseAllDocuments(manifest).flatMap((document) => (document.toJS() as KubernetesObject | null) ?? []);
}
