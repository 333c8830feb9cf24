import { DEPLOYMENT, edited, find, GOOD, names, read, readOne, stream, told } from "./reading";

const TEMPLATE =
  "template: {metadata: {labels: {app: x}, annotations: {a: b}}, spec: {containers: [{name: a, image: b}]}}";

const object = (apiVersion: string, kind: string, spec: string, metadata = "{name: x, namespace: web}") =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: ${metadata}\nspec: {${spec}}\n`;

describe("every kind that makes pods is read:", () => {
  test.each([
    ["apps/v1", "Deployment"],
    ["apps/v1beta1", "Deployment"],
    ["extensions/v1beta1", "Deployment"],
    ["apps/v1", "ReplicaSet"],
    ["apps/v1", "StatefulSet"],
    ["apps/v1", "DaemonSet"],
    ["v1", "ReplicationController"],
    ["batch/v1", "Job"],
    ["argoproj.io/v1alpha1", "Rollout"],
    ["serving.knative.dev/v1", "Service"],
    ["example.com/v1", "Worker"],
  ])("%s %s", (apiVersion, kind) => {
    const workload = readOne(object(apiVersion, kind, TEMPLATE));
    expect(workload).toMatchObject({
      apiVersion,
      kind,
      namespace: "web",
      name: "x",
      podPath: ["spec", "template", "spec"],
    });
    expect(workload.podLabels.app).toBe("x");
    expect(workload.podAnnotations).toEqual({ a: "b" });
    expect(workload.pod.containers[0]).toMatchObject({ name: "a", image: "b", index: 0 });
  });

  test("a Pod, whose labels are its own", () => {
    const text = `apiVersion: v1\nkind: Pod\nmetadata: {name: x, labels: {app: y}, annotations: {c: d}}\nspec: {containers: [{name: a}]}\n`;
    expect(readOne(text)).toMatchObject({ podPath: ["spec"], podLabels: { app: "y" }, podAnnotations: { c: "d" } });
  });

  test("a CronJob, with the template of its Jobs", () => {
    const { podPath, podLabels } = readOne(
      object("batch/v1", "CronJob", `schedule: "@daily", jobTemplate: {spec: {${TEMPLATE}}}`),
    );
    expect([podPath, podLabels]).toEqual([["spec", "jobTemplate", "spec", "template", "spec"], { app: "x" }]);
  });

  test("other objects of Kubernetes are no workloads", () => {
    for (const kind of [
      "v1\nkind: PodTemplate",
      "apps/v1\nkind: ControllerRevision",
      "kyverno.io/v1\nkind: ClusterPolicy",
    ]) {
      const text = `apiVersion: ${kind}\nmetadata: {name: x}\nspec: {${TEMPLATE}}\n`;
      expect(read(text)).toMatchObject({ workloads: [], problems: [] });
    }
  });
});

describe("names and namespaces", () => {
  test("the namespace is that of the object, else the one that is given, else default", () => {
    expect(readOne(DEPLOYMENT, { namespace: "given" }).namespace).toBe("web");
    expect(readOne(GOOD, { namespace: "given" }).namespace).toBe("given");
    expect(readOne(GOOD).namespace).toBe("default");
    expect(readOne(edited("namespace: web", 'namespace: ""')).namespace).toBe("default");
  });

  test("a name that Kubernetes makes up ends in an asterisk, and may be there twice", () => {
    const job = object("batch/v1", "Job", TEMPLATE, "{generateName: import-}");
    const { workloads, problems } = read(stream(job, job));
    expect([problems, workloads.map(({ name, podLabels }) => [name, podLabels])]).toEqual([
      [],
      [
        ["import-*", { app: "x" }],
        ["import-*", { app: "x" }],
      ],
    ]);
  });

  test("an object that is there twice counts once, and both places are told", () => {
    expect(told(stream(DEPLOYMENT, edited("apps/v1", "extensions/v1beta1")))).toEqual([
      '2, 16: Deployment web/api: the same object is there before, in "a.yaml", document 1, line 1, and only that one counts; keep one',
    ]);
    expect(names(read(stream(DEPLOYMENT, edited("api\n", "api2\n"), edited("web", "web2"))))).toHaveLength(3);
  });

  test("a Service that is there twice is told too", () => {
    const service = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n";
    expect([told(stream(service, service)).length, read(stream(service, service)).services.length]).toEqual([1, 1]);
  });
});

describe("labels that Kubernetes adds", () => {
  test("a Job's pods have its name", () => {
    expect(readOne(object("batch/v1", "Job", TEMPLATE)).podLabels).toEqual({
      app: "x",
      "job-name": "x",
      "batch.kubernetes.io/job-name": "x",
    });
  });

  test("a Knative Service's pods have its name", () => {
    expect(readOne(object("serving.knative.dev/v1", "Service", TEMPLATE)).podLabels).toEqual({
      app: "x",
      "serving.knative.dev/service": "x",
    });
  });
});

describe("replicas", () => {
  const replicas = (apiVersion: string, kind: string, spec: string) => {
    const { min, max, from } = readOne(object(apiVersion, kind, `${spec}${TEMPLATE}`)).replicas;
    return `${min}-${max} from ${from}`;
  };

  test.each([
    ["apps/v1", "Deployment", "", "1-1 from the default of 1"],
    ["apps/v1", "Deployment", "replicas: null, ", "1-1 from the default of 1"],
    ["apps/v1", "Deployment", "replicas: 0, ", "0-0 from spec.replicas"],
    ["apps/v1", "StatefulSet", "replicas: 3, ", "3-3 from spec.replicas"],
    ["apps/v1", "DaemonSet", "", "1-1 from one for each node"],
    ["batch/v1", "Job", "", "1-1 from the default of 1"],
    ["batch/v1", "Job", "parallelism: 4, ", "4-4 from spec.parallelism"],
    ["batch/v1", "Job", "parallelism: 4, completions: 2, ", "2-2 from spec.completions"],
    ["batch/v1", "Job", "completions: 2, ", "1-1 from the default of 1"],
    ["batch/v1", "Job", "parallelism: 4, suspend: true, ", "0-0 from spec.suspend"],
    ["example.com/v1", "Worker", "replicas: 7, ", "7-7 from spec.replicas"],
  ])("%s %s with %j has %s", (apiVersion, kind, spec, expected) => {
    expect(replicas(apiVersion, kind, spec)).toBe(expected);
  });

  test("a CronJob has those of its Jobs, and none while it is suspended", () => {
    const cronJob = (spec: string) =>
      readOne(
        object("batch/v1", "CronJob", `schedule: "@daily", ${spec}jobTemplate: {spec: {parallelism: 2, ${TEMPLATE}}}`),
      ).replicas;
    expect(cronJob("")).toEqual({ min: 2, max: 2, from: "spec.jobTemplate.spec.parallelism" });
    expect(cronJob("suspend: true, ")).toEqual({ min: 0, max: 0, from: "spec.suspend" });
  });

  test("a Knative Service has none up to one that stands for no bound, unless annotations say otherwise", () => {
    const scale = (annotations: string) => {
      const { min, max, from } = readOne(
        object(
          "serving.knative.dev/v1",
          "Service",
          `template: {metadata: {annotations: {${annotations}}}, spec: {containers: [{image: a}]}}`,
        ),
      ).replicas;
      return [min, max, from];
    };
    expect(scale("")).toEqual([0, 1, "the defaults of Knative"]);
    expect(scale('autoscaling.knative.dev/min-scale: "3"')).toEqual([3, 3, "annotations min-scale"]);
    expect(scale('autoscaling.knative.dev/maxScale: "3"')).toEqual([0, 3, "annotations max-scale"]);
    expect(scale('autoscaling.knative.dev/min-scale: "2", autoscaling.knative.dev/max-scale: "0"')).toEqual([
      2,
      2,
      "annotations min-scale",
    ]);
    // The autoscaler that makes a HorizontalPodAutoscaler cannot scale to none.
    expect(scale("autoscaling.knative.dev/class: hpa.autoscaling.knative.dev")).toEqual([
      1,
      1,
      "the defaults of Knative",
    ]);
    expect(
      told(
        object(
          "serving.knative.dev/v1",
          "Service",
          'template: {metadata: {annotations: {autoscaling.knative.dev/min-scale: "2", autoscaling.knative.dev/max-scale: "1"}}, spec: {containers: [{image: a}]}}',
        ),
      ),
    ).toEqual([expect.stringContaining("2, got 1; raise it")]);
  });
});

test("containers of a Knative Service need no names, and init containers neither", () => {
  const spec = "template: {spec: {initContainers: [{image: i}], containers: [{image: a}]}}";
  const { pod } = readOne(object("serving.knative.dev/v1", "Service", spec));
  expect([...pod.initContainers, ...pod.containers].map(({ name }) => name)).toEqual([
    "init-container",
    "user-container",
  ]);
  expect(told(object("apps/v1", "Deployment", spec))).toHaveLength(2);
});

describe("a Rollout", () => {
  const deployment = object("apps/v1", "Deployment", `replicas: 5, ${TEMPLATE}`, "{name: web, namespace: web}");
  const rollout = object("argoproj.io/v1alpha1", "Rollout", "replicas: 3, workloadRef: {kind: Deployment, name: web}");

  test("takes the template of the Deployment that it names, which has no pods then", () => {
    for (const text of [stream(rollout, deployment), stream(deployment, rollout)]) {
      const inventory = read(text);
      expect(inventory.problems).toEqual([]);
      const rolled = find(inventory, "Rollout web/x");
      const named = find(inventory, "Deployment web/web");
      expect(rolled).toMatchObject({
        replicas: { min: 3, max: 3 },
        podLabels: { app: "x" },
        podPath: ["spec", "template", "spec"],
      });
      expect(rolled.source.line).toBe(named.source.line);
      expect(named.replicas).toEqual({ min: 0, max: 0, from: "Rollout x" });
    }
  });

  test("does not take that of another namespace", () => {
    const other = deployment.replace("namespace: web", "namespace: other");
    expect(told(stream(rollout, other))).toEqual([
      expect.stringMatching(/^1, 4: Rollout web\/x, spec\.workloadRef: .* give its manifest too$/),
    ]);
  });

  test("with a template of its own does not need another", () => {
    expect(
      readOne(object("argoproj.io/v1alpha1", "Rollout", `${TEMPLATE}, workloadRef: {kind: Deployment, name: web}`))
        .replicas.max,
    ).toBe(1);
  });
});

describe("a StatefulSet", () => {
  test("has claims for each pod, with their storage classes", () => {
    const claims =
      "volumeClaimTemplates: [{metadata: {name: data}, spec: {storageClassName: gp3}}, {metadata: {name: log}}], ";
    expect(readOne(object("apps/v1", "StatefulSet", claims + TEMPLATE)).claimTemplates).toEqual([
      { name: "data", storageClassName: "gp3" },
      { name: "log" },
    ]);
    expect(readOne(object("apps/v1", "StatefulSet", TEMPLATE)).claimTemplates).toEqual([]);
  });
});

describe("kinds that are not known", () => {
  const POD = "{spec: {containers: [{name: a, image: b}]}}";

  test("are found by their template, wherever it is", () => {
    const { podPath, name } = readOne(object("example.com/v1", "Batch", `podTemplate: ${POD}`));
    expect([podPath, name]).toEqual([["spec", "podTemplate", "spec"], "x"]);
    expect(
      readOne(
        object("example.com/v1", "Direct", "containers: [{name: a, resources: {}}]", "{name: x, labels: {app: y}}"),
      ),
    ).toMatchObject({ podPath: ["spec"], podLabels: { app: "y" } });
  });

  test("with several templates are several workloads, named by their places", () => {
    const text = object(
      "kubeflow.org/v1",
      "TFJob",
      `tfReplicaSpecs: {Worker: {replicas: 3, template: ${POD}}, Chief: {template: ${POD}}}`,
    );
    const { workloads, problems } = read(text);
    expect(problems).toEqual([]);
    expect(workloads.map(({ name, replicas, podPath }) => [name, replicas.max, podPath[2]])).toEqual([
      ["x.tfReplicaSpecs.Chief", 1, "Chief"],
      ["x.tfReplicaSpecs.Worker", 3, "Worker"],
    ]);
  });

  test("whose pods are not started again run once, as Jobs do", () => {
    const batch = (spec: string, metadata?: string) =>
      readOne(
        object("example.com/v1", "Batch", `template: {spec: {containers: [{name: a, image: b}]${spec}}}`, metadata),
      ).runTime;
    expect(batch(", restartPolicy: Never, activeDeadlineSeconds: 60")).toMatchObject({
      kind: "runs",
      secondsPerRun: 60,
    });
    expect(
      batch(", restartPolicy: OnFailure", '{name: x, annotations: {cdktf-eks-fargate/run-time: "2m"}}'),
    ).toMatchObject({ kind: "runs", secondsPerRun: 120 });
    expect(batch(", restartPolicy: Always").kind).toBe("always");
    expect(batch("").kind).toBe("always");
  });

  test("have as many pods as the Jobs in them run at once", () => {
    const job = `template: {spec: {parallelism: 4, template: ${POD}}}`;
    const jobSet = object("jobset.x-k8s.io/v1alpha2", "JobSet", `replicatedJobs: [{replicas: 2, ${job}}, {${job}}]`);
    expect(read(jobSet).workloads.map(({ replicas }) => replicas.max)).toEqual([8, 4]);
  });

  test.each([
    ["without containers", "template: {spec: {containers: []}}"],
    ["whose containers have no name", "template: {spec: {containers: [{image: b}]}}"],
    ["whose containers have neither image nor resources", "template: {spec: {containers: [{name: a}]}}"],
    ["in the status", "a: b}\nstatus: {template: {spec: {containers: [{name: a, image: b}]}}"],
  ])("are no workloads %s", (_what, spec) => {
    expect(read(object("example.com/v1", "Thing", spec))).toMatchObject({ workloads: [], problems: [] });
  });
});
