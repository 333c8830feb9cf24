import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ChartRepository } from "../support/charts";
import { KubernetesApi, type KubernetesObject } from "../support/kubernetes";
import { ROOT } from "../support/project";
import { setStage } from "../support/story";
import { Terraform } from "../support/terraform";

const REFERENCE = readFileSync(join(ROOT, "settings/development.yaml"), "utf8");

const settings = (charts: string, image = "example.com/shop:1.0.0") => `${REFERENCE}
inCluster:
  mirrors: { charts: ${charts} }
  metricsServer: {}
  verticalPodAutoscaler: {}
  tenants:
    shop:
      quota: { cpu: 8000m, memory: 32768Mi, pods: 20, ephemeralStorage: 100Gi, loadBalancers: 1 }
      guaranteedOnly: true
      podSecurity: { enforce: restricted }
      serviceAccounts:
        api: { policyArns: { tables: arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess } }
        plain: {}
      access: { developers: { principal: arn:aws:iam::111122223333:role/shop-developer, level: edit } }
  batchJobs:
    migrate:
      namespace: shop
      template:
        serviceAccountName: api
        containers:
          - { name: shop, image: "${image}", command: [sh, -c, "echo \${HOME}"], cpu: "0.25", memory: 1024Mi }
  batchCronJobs:
    report:
      namespace: shop
      schedule: "30 2 * * 1-5"
      timeZone: Europe/Berlin
      template:
        containers:
          - name: report
            image: ${image}
            cpu: 250m
            memory: 256Mi
            mounts: { /tmp: { volume: scratch } }
        volumes: { scratch: { emptyDir: { sizeLimit: 1024Mi } } }
  autoscaling:
    horizontal:
      web:
        namespace: shop
        target: { kind: Deployment, name: web }
        minReplicas: 2
        maxReplicas: 10
        cpuUtilization: 60
        behavior: { scaleDown: { stabilizationWindowSeconds: 600 } }
    vertical:
      web:
        namespace: shop
        target: { kind: Deployment, name: web }
        updateMode: Initial
        controlledResources: [memory]
`;

interface Pods {
  readonly serviceAccountName?: string;
  readonly containers: readonly { readonly command?: readonly string[]; readonly resources: unknown }[];
}

interface Job extends KubernetesObject {
  readonly spec: { readonly ttlSecondsAfterFinished: number; readonly template: { readonly spec: Pods } };
}

interface CronJob extends KubernetesObject {
  readonly spec: { readonly timeZone: string; readonly jobTemplate: { readonly spec: Job["spec"] } };
}

interface Annotated extends KubernetesObject {
  readonly metadata: KubernetesObject["metadata"] & { readonly annotations?: Readonly<Record<string, string>> };
}

describe("a tenant with jobs and autoscalers", () => {
  const stage = setStage();
  let api: KubernetesApi;
  let charts: ChartRepository;
  let inCluster: Terraform;

  const jobs = async () => (await api.list<Job>("Job", "shop")).map(({ metadata: { name } }) => name);

  beforeAll(async () => {
    api = await KubernetesApi.start();
    charts = await ChartRepository.start();
    await stage.emulator.leadsTo(api);
    const [first = "", second = ""] = await stage.workspace.synthesizeStacks(settings(charts.url));
    const cluster = new Terraform(first, stage.emulator);
    inCluster = new Terraform(second, stage.emulator, "terraform", api);
    await cluster.init();
    await cluster.apply();
    await inCluster.init();
  });

  afterAll(async () => {
    charts?.stop();
    await api?.stop();
  });

  test("come in one apply, after which a second plan has no changes", async () => {
    await inCluster.apply();
    expect(await inCluster.plan()).toEqual([]);
    expect(await api.problems()).toEqual({});
  });

  test("stay within bounds that are requests and limits alike", async () => {
    expect(await api.find("ResourceQuota", "tenant", "shop")).toMatchObject({
      spec: {
        hard: {
          "limits.cpu": "8",
          "requests.cpu": "8",
          "limits.memory": "32Gi",
          "requests.memory": "32Gi",
          "requests.ephemeral-storage": "100Gi",
          pods: "20",
          "services.loadbalancers": "1",
        },
      },
    });
    expect(await api.find("LimitRange", "tenant", "shop")).toMatchObject({
      spec: {
        limits: [
          { type: "Container", default: { cpu: "250m", memory: "256Mi" }, maxLimitRequestRatio: { cpu: "1" } },
          { type: "Pod", max: { cpu: "16", memory: "122624Mi" } },
        ],
      },
    });
  });

  test("have service accounts that name their roles to EKS", async () => {
    const account = await api.find<Annotated>("ServiceAccount", "api", "shop");
    expect(account?.metadata.annotations).toEqual({
      "eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/platform-development-shop.api",
    });
  });

  test("run pods that Pod Security's restricted standard takes, with requests that are limits", async () => {
    const [job] = await api.list<Job>("Job", "shop");
    const [container] = job?.spec.template.spec.containers ?? [];
    expect(job?.spec).toMatchObject({
      ttlSecondsAfterFinished: 3600,
      template: { spec: { serviceAccountName: "api" } },
    });
    expect(container?.command).toEqual(["sh", "-c", "echo ${HOME}"]);
    expect(container?.resources).toEqual({
      requests: { cpu: "250m", memory: "1Gi" },
      limits: { cpu: "250m", memory: "1Gi" },
    });
    const cronJob = await api.find<CronJob>("CronJob", "report", "shop");
    expect(cronJob?.spec).toMatchObject({
      timeZone: "Europe/Berlin",
      concurrencyPolicy: "Forbid",
      jobTemplate: { spec: { ttlSecondsAfterFinished: 3600 } },
    });
  });

  test("are scaled by how many and by how large", async () => {
    expect(await api.find("HorizontalPodAutoscaler", "web", "shop")).toMatchObject({
      spec: { minReplicas: 2, maxReplicas: 10, scaleTargetRef: { kind: "Deployment", name: "web" } },
    });
    expect(await api.find("VerticalPodAutoscaler", "web", "shop")).toMatchObject({
      spec: {
        targetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
        updatePolicy: { updateMode: "Initial" },
      },
    });
  });

  test("do not run a job again because its time to live is over", async () => {
    const [name = ""] = await jobs();
    await api.delete("Job", name, "shop");
    expect(await inCluster.plan()).toEqual([]);
    expect(await jobs()).toEqual([]);
  });

  test("run it again with another image, as another job, whether the last one is there or not", async () => {
    for (const image of ["example.com/shop:1.0.1", "example.com/shop:1.0.2"]) {
      const before = await jobs();
      await stage.workspace.synthesizeStacks(settings(charts.url, image));
      await inCluster.apply();
      expect(await jobs()).toEqual([expect.stringMatching(/^migrate-[0-9a-f]{8}$/)]);
      expect(await jobs()).not.toEqual(before);
    }
    expect(await inCluster.plan()).toEqual([]);
  });

  test("are destroyed with nothing left on the cluster but the kinds of the chart", async () => {
    await inCluster.destroy();
    expect((await api.leftovers()).filter((title) => !title.includes("autoscaling.k8s.io"))).toEqual([]);
  });
});
