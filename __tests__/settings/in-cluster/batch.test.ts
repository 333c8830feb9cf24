import { parseSettings } from "../../../src/settings/load";
import { edited, MINIMAL, problems } from "../refusal";

const CONTAINER = "{ name: app, image: 'app:1', cpu: 250m, memory: 256Mi }";
const TEMPLATE = `template: { containers: [${CONTAINER}] }`;
const WITH_DEFAULT = edited("- namespace: kube-system", "- namespace: kube-system\n        - namespace: default");

function jobs(section: string, options: string, before = WITH_DEFAULT) {
  return `${before}inCluster:\n  ${section}:\n    report: { namespace: default, ${options} }\n`;
}

test("a job and a cron job are accepted", () => {
  const settings = parseSettings(jobs("batchJobs", TEMPLATE), "team.yaml");
  expect(settings.inCluster?.batchJobs).toEqual({
    report: {
      namespace: "default",
      template: { containers: [{ name: "app", image: "app:1", cpu: "250m", memory: "256Mi" }] },
    },
  });
  expect(() => parseSettings(jobs("batchCronJobs", `schedule: "@daily", ${TEMPLATE}`), "team.yaml")).not.toThrow();
});

test("jobs that say all are accepted", () => {
  const text = `${WITH_DEFAULT}inCluster:
  batchCronJobs:
    report:
      namespace: default
      labels: { team: shop }
      schedule: "30 2 * * 1-5"
      timeZone: Europe/Berlin
      concurrencyPolicy: Replace
      startingDeadlineSeconds: 60
      successfulJobsHistoryLimit: 1
      failedJobsHistoryLimit: 1
      suspend: true
      ttlSecondsAfterFinished: 600
      backoffLimit: 2
      activeDeadlineSeconds: 900
      parallelism: 2
      completions: 4
      completionMode: Indexed
      restartPolicy: OnFailure
      template:
        labels: { team: shop }
        annotations: { example.com/owner: shop }
        serviceAccountName: report
        automountServiceAccountToken: true
        fsGroup: 2000
        terminationGracePeriodSeconds: 60
        initContainers: [${CONTAINER.replace("app", "init")}]
        containers:
          - name: report
            image: example.com/report:1.0.0
            command: [report]
            args: [--all]
            workingDir: /srv
            environment: { MODE: fast }
            secrets: { TOKEN: { secretName: report, key: token } }
            podFields: { POD: metadata.name }
            ports: { http: 8080, dns: { port: 53, protocol: UDP } }
            cpu: "1"
            memory: 2Gi
            ephemeralStorage: 30Gi
            liveness: { http: { port: http, path: /live }, periodSeconds: 5 }
            readiness: { tcp: { port: 8080 } }
            startup: { exec: [started], failureThreshold: 30 }
            preStop: [sleep, "5"]
            mounts:
              /tmp: { volume: scratch }
              /config: { volume: config, readOnly: true, subPath: a }
              /keys: { volume: keys }
              /pod: { volume: pod }
              /token: { volume: token }
              /data: { volume: data }
            user: 1000
            group: 1000
            readOnlyRootFilesystem: false
            addCapabilities: [CHOWN]
        volumes:
          scratch: { emptyDir: { sizeLimit: 1Gi, medium: Memory } }
          config: { configMap: { name: report, items: { a: b }, optional: true } }
          keys: { secret: { secretName: report } }
          pod: { downwardAPI: { items: { name: metadata.name } } }
          token: { projected: { sources: [{ serviceAccountToken: { path: token, expirationSeconds: 600 } }] } }
          data: { persistentVolumeClaim: { claimName: data, readOnly: true } }
`;
  expect(() => parseSettings(text, "team.yaml")).not.toThrow();
});

test("a job in a tenant's namespace has the tenant's place", () => {
  const tenant = "  tenants:\n    default: { quota: { cpu: '1', memory: 1Gi, pods: 1 } }\n".replaceAll(
    "default",
    "shop",
  );
  const job = jobs("batchJobs", TEMPLATE, MINIMAL).replace("namespace: default", "namespace: shop");
  expect(() => parseSettings(job + tenant, "team.yaml")).not.toThrow();
});

test("a job that no profile takes is refused", () => {
  expect(problems(jobs("batchJobs", TEMPLATE, MINIMAL))).toEqual([
    expect.stringMatching(
      /^line 17, inCluster.batchJobs.report.namespace: no Fargate profile takes the pods of Job report in namespace "default"/,
    ),
  ]);
});

test("a job is refused at the line of what is wrong with it, and with its pods", () => {
  expect(problems(jobs("batchJobs", `parallelism: 0, ${TEMPLATE.replace("256Mi", "256m")}`))).toEqual([
    "line 18, inCluster.batchJobs.report.parallelism: 'parallelism' must be a whole number of at least 1, got 0",
    `line 18, inCluster.batchJobs.report.template.containers.0.memory: 'memory' of container "app" must be a Kubernetes quantity of at least 1Mi, like "512Mi" or "2Gi", got "256m"`,
  ]);
});

test("a cron job is refused with its schedule and its time zone", () => {
  expect(problems(jobs("batchCronJobs", `schedule: daily, timeZone: CEST, ${TEMPLATE}`))).toEqual([
    expect.stringMatching(
      /^line 18, inCluster.batchCronJobs.report.schedule: 'schedule' must have the five fields of cron/,
    ),
    expect.stringMatching(
      /^line 18, inCluster.batchCronJobs.report.timeZone: 'timeZone' must be a name of the time zone/,
    ),
  ]);
});

test("a name that is too long, or no name, is refused", () => {
  const named = (name: string) => jobs("batchJobs", TEMPLATE).replace("report:", `${name}:`);
  expect(problems(named("a".repeat(53)))).toEqual([
    expect.stringMatching(/: 'name' of a job must be at most 52 characters/),
  ]);
  expect(problems(named("Report"))).toEqual([expect.stringMatching(/: 'name' of a Job must be a Kubernetes name/)]);
});

test("a volume of no type, or a probe of two, is refused in the model's words", () => {
  const container = `${CONTAINER.slice(0, -2)}, mounts: { /a: { volume: a } }, liveness: { exec: [a], tcp: { port: 1 } } }`;
  const template = `template: { containers: [${container}], volumes: { a: {} } }`;
  expect(problems(jobs("batchJobs", template))).toEqual([
    expect.stringMatching(
      /'liveness' of container "app" must have one of 'http', 'tcp' and 'exec', got "exec", "tcp"$/,
    ),
    expect.stringMatching(/'port' of 'liveness' of container "app" must be one of the container's TCP ports/),
    expect.stringMatching(/volume "a" must be of one type that Fargate mounts .* got none/),
  ]);
});

test("a pod that the quota of its tenant has no room for is refused", () => {
  const text = (cpu: string) => `${MINIMAL}inCluster:
  tenants: { shop: { quota: { cpu: "1", memory: 1Gi, pods: 5 } } }
  batchJobs:
    report: { namespace: shop, template: { containers: [{ name: app, image: "app:1", cpu: "${cpu}", memory: 1Gi }] } }
`;
  expect(() => parseSettings(text("1"), "team.yaml")).not.toThrow();
  expect(problems(text("1500m"))).toEqual([
    `line 18, inCluster.batchJobs.report.template.containers: the pod requests 1500m of CPU and 1Gi of memory, and the quota of tenant "shop" has "1" and "1Gi" for all of its pods, so that it would never start; request less, or raise the quota`,
  ]);
});
