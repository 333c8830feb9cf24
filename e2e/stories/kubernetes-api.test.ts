import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { KubernetesApi, type KubernetesObject } from "../support/kubernetes";
import { ROOT } from "../support/project";
import { run } from "../support/run";
import { setStage } from "../support/story";
import { Terraform } from "../support/terraform";

const CLUSTER_NAME = "platform";
const TOKEN_CALL = `aws eks get-token --region eu-west-1 --cluster-name ${CLUSTER_NAME} --output json`;

/** Name of the namespace, once that is there. */
const WEB = "${kubernetes_namespace_v1.web.metadata[0].name}";

const named = (name: string, namespace?: string) => ({ name, ...(namespace === undefined ? {} : { namespace }) });

/** Where a block of Terraform may come more than once, JSON has a list. */
const pods = (name: string, more: object = {}) => ({
  metadata: { labels: { app: name } },
  spec: { container: [{ name, image: `${name}:1` }], ...more },
});

const workload = (name: string, more: object = {}) => ({
  metadata: named(name, WEB),
  spec: { selector: { match_labels: { app: name } }, template: pods(name), ...more },
});

/** What the stand-in needs of the chart aws-load-balancer-controller, and that Helm waits for it. */
const CHART: Readonly<Record<string, string>> = {
  "Chart.yaml": "apiVersion: v2\nname: tiny\nversion: 1.2.3\n",
  "templates/controller.yaml": `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
  labels: { app.kubernetes.io/name: aws-load-balancer-controller }
spec:
  selector: { matchLabels: { app: controller } }
  template:
    metadata: { labels: { app: controller } }
    spec:
      serviceAccountName: {{ .Release.Name }}
      containers: [{ name: controller, image: controller:1 }]
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: {{ .Release.Name }} }
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: alb }
spec: { controller: ingress.k8s.aws/alb }
`,
};

/** Providers that authenticate as ours do. */
function byAws({ url, certificateAuthority }: KubernetesApi): object {
  const cluster = {
    host: url,
    cluster_ca_certificate: `\${base64decode("${certificateAuthority}")}`,
    exec: {
      api_version: "client.authentication.k8s.io/v1beta1",
      command: "aws",
      args: TOKEN_CALL.split(" ").slice(1),
    },
  };
  return { kubernetes: cluster, helm: { kubernetes: cluster } };
}

/** Providers that authenticate by a kubeconfig and one of its contexts. */
function byKubeconfig({ kubeconfig: { path, context } }: KubernetesApi): object {
  const cluster = { config_path: path, config_context: context };
  return { kubernetes: cluster, helm: { kubernetes: cluster } };
}

const REQUIRED = {
  kubernetes: { source: "hashicorp/kubernetes", version: "2.38.0" },
  helm: { source: "hashicorp/helm", version: "3.1.1" },
};

const VOLUMES = {
  kubernetes_persistent_volume_v1: {
    data: {
      metadata: named("data"),
      spec: {
        capacity: { storage: "5Gi" },
        access_modes: ["ReadWriteMany"],
        storage_class_name: "efs",
        persistent_volume_source: { csi: { driver: "efs.csi.aws.com", volume_handle: "fs-0123456789abcdef0" } },
      },
    },
  },
  kubernetes_persistent_volume_claim_v1: {
    data: {
      metadata: named("data", WEB),
      spec: {
        access_modes: ["ReadWriteMany"],
        storage_class_name: "efs",
        volume_name: "${kubernetes_persistent_volume_v1.data.metadata[0].name}",
        resources: { requests: { storage: "5Gi" } },
      },
    },
  },
};

const TRAFFIC = {
  kubernetes_service_v1: {
    shop: {
      metadata: named("shop", WEB),
      spec: { type: "LoadBalancer", selector: { app: "shop" }, port: [{ port: 80 }] },
      depends_on: ["helm_release.controller"],
    },
  },
  kubernetes_ingress_v1: {
    shop: {
      metadata: named("shop", WEB),
      wait_for_load_balancer: true,
      spec: {
        ingress_class_name: "alb",
        default_backend: { service: { name: "shop", port: { number: 80 } } },
      },
      depends_on: ["helm_release.controller"],
    },
  },
};

const EVERYTHING = {
  kubernetes_namespace_v1: { web: { metadata: named("web") } },
  kubernetes_config_map_v1: {
    shop: { metadata: named("shop", WEB), data: { greeting: "hello" } },
  },
  kubernetes_resource_quota_v1: {
    web: {
      metadata: named("web", WEB),
      spec: { hard: { "count/services": "5" } },
    },
  },
  kubernetes_deployment_v1: {
    shop: workload("shop", {
      replicas: 2,
      template: pods("shop", {
        volume: [
          { name: "data", persistent_volume_claim: { claim_name: "data" } },
          { name: "settings", config_map: { name: "shop" } },
        ],
      }),
    }),
  },
  kubernetes_stateful_set_v1: { queue: workload("queue", { service_name: "queue", replicas: 3 }) },
  kubernetes_daemon_set_v1: { agent: workload("agent") },
  kubernetes_job_v1: {
    migrate: { ...workload("migrate"), spec: { template: pods("migrate", { restart_policy: "Never" }) } },
  },
  helm_release: {
    controller: { name: "controller", namespace: "kube-system", chart: "./tiny", wait: true },
  },
  ...VOLUMES,
  ...TRAFFIC,
};

describe("a Kubernetes API with the controllers of a cluster", () => {
  const stage = setStage();
  let api: KubernetesApi;

  beforeAll(async () => {
    api = await KubernetesApi.start();
  });
  afterAll(() => api?.stop());

  /** Terraform in a folder of its own, with the chart beside it. */
  function configure(name: string, provider: object, resource: object): Terraform {
    const folder = join(stage.workspace.folder, name);
    mkdirSync(join(folder, "tiny/templates"), { recursive: true });
    for (const [file, text] of Object.entries(CHART)) {
      writeFileSync(join(folder, "tiny", file), text);
    }
    const configuration = { terraform: { required_providers: REQUIRED }, provider, resource };
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(configuration));
    return new Terraform(folder, stage.emulator, "terraform", api);
  }

  /** Waits until the API has come to a state, for some seconds. */
  async function comes<State>(look: () => Promise<State>, isReached: (state: State) => boolean): Promise<State> {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const state = await look();
      if (isReached(state)) {
        return state;
      }
      await sleep(100);
    }
    throw new Error(`it never came; ${await api.explain()}`);
  }

  const problemOf = (title: RegExp): Promise<string | undefined> =>
    api.problems().then((problems) => Object.entries(problems).find(([key]) => title.test(key))?.[1]);

  const comesToProblem = (title: RegExp, problem: string) =>
    comes(
      () => problemOf(title),
      (found) => found?.includes(problem) === true,
    );

  const namespace = (name: string, labels = {}) =>
    api.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels } });

  const deployment = (name: string, inNamespace: string, spec: object): KubernetesObject => ({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: named(name, inNamespace),
    spec: {
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [{ name, image: name }], ...spec } },
    },
  });

  const readyReplicas = (name: string, inNamespace: string) =>
    api
      .find<KubernetesObject & { status: { readyReplicas?: number } }>("Deployment", name, inNamespace)
      .then((found) => found?.status.readyReplicas);

  test("has the custom kinds that EKS installs", async () => {
    const kinds = await api.list("CustomResourceDefinition");
    expect(kinds.map(({ metadata }) => metadata.name)).toEqual([
      "cninodes.vpcresources.k8s.aws",
      "eniconfigs.crd.k8s.amazonaws.com",
      "securitygrouppolicies.vpcresources.k8s.aws",
    ]);
  });

  describe("with everything that Terraform and Helm wait for", () => {
    let terraform: Terraform;

    test("lets Terraform apply, after which a second plan has no changes", async () => {
      terraform = configure("everything", byAws(api), EVERYTHING);
      await terraform.init();
      await terraform.apply();
      expect(await terraform.plan()).toEqual([]);
      expect(await api.problems()).toEqual({});
    });

    test("gives Terraform its token by the AWS CLI", () => {
      expect(new Set(api.awsCalls())).toEqual(new Set([TOKEN_CALL]));
    });

    test("rolls out what was asked for", async () => {
      expect(await readyReplicas("shop", "web")).toBe(2);
      const claim = await api.find("PersistentVolumeClaim", "data", "web");
      expect(claim).toMatchObject({ spec: { volumeName: "data" }, status: { phase: "Bound" } });
      expect(await api.find("Job", "migrate", "web")).toMatchObject({ status: { succeeded: 1 } });
      expect(await api.loadBalancers()).toEqual(["Ingress web/shop", "Service web/shop"]);
      const service = await api.find("Service", "shop", "web");
      expect(service).toMatchObject({ metadata: { finalizers: ["service.k8s.aws/resources"] } });
    });

    test("is left as it was once Terraform has destroyed it", async () => {
      await terraform.destroy();
      expect(await api.leftovers()).toEqual([]);
      expect(await api.loadBalancers()).toEqual([]);
    });
  });

  test("leaves a load balancer behind when its controller goes first", async () => {
    const { kubernetes_namespace_v1, helm_release } = EVERYTHING;
    const shop = { ...EVERYTHING.kubernetes_service_v1.shop, depends_on: [] };
    const resources = { kubernetes_namespace_v1, helm_release, kubernetes_service_v1: { shop } };
    const terraform = configure("order", byKubeconfig(api), resources);
    await terraform.init();
    await terraform.apply();
    await terraform.destroy("-target=helm_release.controller");
    await api.delete("Namespace", "web");
    await comesToProblem(/^Service web\/shop$/, "no AWS Load Balancer Controller runs");
    await comesToProblem(/^Namespace web$/, "Service web/shop");
    expect(await api.loadBalancers()).toEqual(["Service web/shop"]);
    await terraform.apply("-target=helm_release.controller");
    await comes(
      () => api.find("Namespace", "web"),
      (found) => found === undefined,
    );
    expect(await api.loadBalancers()).toEqual([]);
  });

  test("refuses every other call of the AWS CLI, and names it", async () => {
    const { environment } = api;
    for (const args of ["eks get-token --cluster-name platform", "sts get-caller-identity"]) {
      const { exitCode, output } = await run("e2e/kubernetes/bin/aws", args.split(" "), { cwd: ROOT, environment });
      expect(output).toContain(`has no answer to: aws ${args}\n`);
      expect(exitCode).not.toBe(0);
    }
  });

  test("runs no pods that its admission refuses", async () => {
    await namespace("strict", { "pod-security.kubernetes.io/enforce": "restricted" });
    await api.apply(deployment("root", "strict", {}));
    await comesToProblem(/^ReplicaSet strict\/root-/, 'violates PodSecurity "restricted:latest"');
    await api.apply(deployment("guest", "strict", { serviceAccountName: "missing" }));
    await comesToProblem(/^ReplicaSet strict\/guest-/, 'serviceaccount "missing" not found');
    expect(await readyReplicas("root", "strict")).toBeUndefined();
  });

  test("has pods wait for what they mount and read", async () => {
    await namespace("waiting");
    await api.apply(deployment("reader", "waiting", { volumes: [{ name: "a", configMap: { name: "a" } }] }));
    await comesToProblem(/^ReplicaSet waiting\/reader-/, "its pods wait for ConfigMap waiting/a");
    await api.apply({ apiVersion: "v1", kind: "ConfigMap", metadata: named("a", "waiting") });
    await comes(
      () => readyReplicas("reader", "waiting"),
      (replicas) => replicas === 1,
    );
  });

  test("deletes a namespace with everything in it", async () => {
    await api.delete("Namespace", "strict");
    await api.delete("Namespace", "waiting");
    await comes(
      () => api.list("Namespace"),
      (found) => !found.some(({ metadata: { name } }) => ["strict", "waiting"].includes(name)),
    );
    expect(await api.list("ReplicaSet", "waiting")).toEqual([]);
  });

  test.each(["Foreground", "Background", "Orphan"])("collects garbage: %s", async (propagationPolicy) => {
    const name = propagationPolicy.toLowerCase();
    await api.apply(deployment(name, "default", {}));
    await comes(
      () => readyReplicas(name, "default"),
      (replicas) => replicas === 1,
    );
    await api.delete("Deployment", name, "default", propagationPolicy);
    const left = await comes(
      () => Promise.all([api.find("Deployment", name, "default"), api.list("ReplicaSet", "default")]),
      ([owner, dependents]) =>
        owner === undefined && dependents.every(({ metadata }) => metadata.ownerReferences === undefined),
    );
    expect(left[1].length).toBe(propagationPolicy === "Orphan" ? 1 : 0);
  });
});

describe("the process of a Kubernetes API", () => {
  test("ends with the process that started it, even with one that is killed", async () => {
    const program = `
      const { KubernetesApi } = require("./e2e/support/kubernetes.ts");
      KubernetesApi.start().then((api) => {
        console.log(JSON.stringify({ url: api.url, file: api.kubeconfig.path }));
        process.kill(process.pid, "SIGKILL");
      });`;
    const { output } = await run(process.execPath, ["--require", "tsx/cjs", "-e", program], { cwd: ROOT });
    const { url, file } = JSON.parse(output) as { url: string; file: string };
    for (let attempt = 0; existsSync(file) && attempt < 100; attempt += 1) {
      await sleep(100);
    }
    expect(existsSync(dirname(file))).toBe(false);
    await expect(fetch(url)).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
  });
});
