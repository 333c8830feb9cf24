import { find, names, read, stream, told } from "./reading";

const TEMPLATE = "template: {spec: {containers: [{name: a, image: b}]}}";

const object = (apiVersion: string, kind: string, name: string, spec: string, metadata = "") =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: web${metadata}}\nspec: {${spec}}\n`;

const deployment = (spec = "") => object("apps/v1", "Deployment", "api", `${spec}${TEMPLATE}`);

describe("autoscalers", () => {
  const hpa = (spec: string, target = "kind: Deployment, name: api") =>
    object("autoscaling/v2", "HorizontalPodAutoscaler", "scaler", `${spec}, scaleTargetRef: {${target}}`);
  const scaledObject = (spec: string, target = "name: api") =>
    object("keda.sh/v1alpha1", "ScaledObject", "queue", `${spec}scaleTargetRef: {${target}}`);
  const replicas = (...documents: string[]) => {
    const inventory = read(stream(...documents));
    expect(inventory.problems).toEqual([]);
    const { min, max, from } = find(inventory, "Deployment web/api").replicas;
    return `${min}-${max} from ${from}`;
  };

  test("a HorizontalPodAutoscaler gives a range, from 1 unless it says otherwise", () => {
    expect(replicas(hpa("minReplicas: 2, maxReplicas: 5"), deployment())).toBe(
      "2-5 from HorizontalPodAutoscaler scaler",
    );
    expect(replicas(deployment("replicas: 3, "), hpa("maxReplicas: 5"))).toBe(
      "1-5 from HorizontalPodAutoscaler scaler",
    );
    expect(replicas(deployment(), hpa("maxReplicas: 5").replace("v2", "v1"))).toBe(
      "1-5 from HorizontalPodAutoscaler scaler",
    );
  });

  test("it is turned off where spec.replicas is 0", () => {
    expect(replicas(deployment("replicas: 0, "), hpa("maxReplicas: 5"))).toBe("0-0 from spec.replicas");
  });

  test.each([
    ["another kind", "kind: StatefulSet, name: api"],
    ["another name", "kind: Deployment, name: other"],
    ["another API group", "apiVersion: argoproj.io/v1alpha1, kind: Deployment, name: api"],
    ["the core group", "apiVersion: v1, kind: Deployment, name: api"],
  ])("it does not scale %s", (_what, target) => {
    expect(replicas(deployment(), hpa("maxReplicas: 5", target))).toBe("1-1 from the default of 1");
  });

  test("it scales the same kind of any version of the API, in its own namespace only", () => {
    expect(
      replicas(deployment(), hpa("maxReplicas: 5", "apiVersion: apps/v1beta2, kind: Deployment, name: api")),
    ).toMatch(/^1-5/);
    expect(replicas(deployment(), hpa("maxReplicas: 5").replace("namespace: web", "namespace: other"))).toMatch(/^1-1/);
  });

  test("it scales a Rollout", () => {
    const rollout = object("argoproj.io/v1alpha1", "Rollout", "api", TEMPLATE);
    const inventory = read(stream(rollout, hpa("maxReplicas: 5", "kind: Rollout, name: api")));
    expect(find(inventory, "Rollout web/api").replicas.max).toBe(5);
  });

  test("a ScaledObject scales a Deployment from 0 to 100 unless it says otherwise, and wakes one of 0", () => {
    expect(replicas(deployment(), scaledObject(""))).toBe("0-100 from ScaledObject queue");
    expect(replicas(deployment("replicas: 0, "), scaledObject("minReplicaCount: 2, maxReplicaCount: 4, "))).toBe(
      "2-4 from ScaledObject queue",
    );
    expect(replicas(deployment(), scaledObject("minReplicaCount: 2, idleReplicaCount: 0, "))).toBe(
      "0-100 from ScaledObject queue",
    );
  });

  test("one with triggers of CPU and memory alone always has a pod", () => {
    const triggers = (types: string) => `triggers: [${types}], `;
    expect(replicas(deployment(), scaledObject(triggers("{type: cpu}, {type: memory}")))).toMatch(/^1-100/);
    expect(replicas(deployment(), scaledObject(`minReplicaCount: 3, ${triggers("{type: cpu}")}`))).toMatch(/^3-100/);
    expect(replicas(deployment(), scaledObject(triggers("{type: cpu}, {type: aws-sqs-queue}")))).toMatch(/^0-100/);
    expect(replicas(deployment(), scaledObject(triggers("")))).toMatch(/^0-100/);
  });

  describe("a paused ScaledObject", () => {
    const pausedBy = (annotation: string) =>
      scaledObject("").replace("name: queue", `name: queue, annotations: {autoscaling.keda.sh/${annotation}}`);

    test("keeps as many pods as its annotation says", () => {
      expect(replicas(deployment(), pausedBy('paused-replicas: "4"'))).toBe(
        '4-4 from the annotation "autoscaling.keda.sh/paused-replicas" of ScaledObject queue',
      );
      expect(
        replicas(deployment("replicas: 0, "), pausedBy('paused-replicas: "2", autoscaling.keda.sh/paused: x')),
      ).toMatch(/^2-2/);
      expect(told(pausedBy("paused-replicas: many"))).toEqual([
        expect.stringContaining('must be a whole number in quotes, got "many"; write it like "0"'),
      ]);
    });

    test("without a number keeps as many as its target has", () => {
      expect(replicas(deployment("replicas: 3, "), pausedBy('paused: "true"'))).toBe("3-3 from spec.replicas");
      expect(replicas(deployment("replicas: 3, "), pausedBy("paused: whatever"))).toBe("3-3 from spec.replicas");
      expect(replicas(deployment("replicas: 3, "), pausedBy('paused: "false"'))).toMatch(/^0-100/);
    });
  });

  test("a paused ScaledJob starts nothing", () => {
    const job = object("keda.sh/v1alpha1", "ScaledJob", "job", `jobTargetRef: {${TEMPLATE}}`);
    const paused = job.replace("name: job", 'name: job, annotations: {autoscaling.keda.sh/paused: "true"}');
    expect(find(read(job), "ScaledJob web/job").replicas).toMatchObject({ min: 0, max: 100 });
    expect(find(read(paused), "ScaledJob web/job").replicas).toMatchObject({ min: 0, max: 0 });
  });

  test("a ScaledObject counts more than the HorizontalPodAutoscaler that it makes", () => {
    expect(replicas(deployment(), hpa("maxReplicas: 7"), scaledObject("maxReplicaCount: 4, "))).toBe(
      "0-4 from ScaledObject queue",
    );
  });

  test("one without a target that is there is no problem", () => {
    expect(told(stream(hpa("maxReplicas: 5"), scaledObject("")))).toEqual([]);
  });
});

describe("LimitRanges", () => {
  const limitRange = (items: string, name = "limits") => object("v1", "LimitRange", name, `limits: [${items}]`);
  const resources = (own: string, ...ranges: string[]) => {
    const spec = `template: {spec: {initContainers: [{name: i}], containers: [{name: a, resources: ${own}}]}}`;
    const inventory = read(stream(...ranges, object("apps/v1", "Deployment", "api", spec)));
    expect(inventory.problems).toEqual([]);
    const { pod } = find(inventory, "Deployment web/api");
    return [...pod.containers, ...pod.initContainers].map(({ resources: { requests, limits } }) =>
      [requests.cpu, requests.memory, limits.cpu, limits.memory].map((amount) => amount?.toString() ?? "-").join(" "),
    );
  };

  test("give containers and init containers what they do not say themselves", () => {
    const range = limitRange(
      "{type: Container, default: {cpu: 1, memory: 1Gi}, defaultRequest: {cpu: 100m, memory: 256Mi}}",
    );
    expect(resources("{}", range)).toEqual(["100m 256Mi 1 1Gi", "100m 256Mi 1 1Gi"]);
    expect(resources("{requests: {cpu: 500m}, limits: {memory: 4Gi}}", range)[0]).toBe("500m 4Gi 1 4Gi");
  });

  test("come after the request that a limit of the container stands for", () => {
    expect(resources("{limits: {cpu: 2}}", limitRange("{type: Container, defaultRequest: {cpu: 100m}}"))[0]).toBe(
      "2 - 2 -",
    );
  });

  test("without a default request give the default, and without a default the largest", () => {
    expect(resources("{}", limitRange("{type: Container, default: {cpu: 1}, max: {cpu: 4, memory: 2Gi}}"))[0]).toBe(
      "1 2Gi 1 2Gi",
    );
  });

  test("give the smallest where nothing else gives a request", () => {
    expect(resources("{}", limitRange("{type: Container, min: {cpu: 50m}}"))[0]).toBe("50m - - -");
  });

  test("for pods and claims give containers nothing", () => {
    expect(
      resources("{}", limitRange("{type: Pod, max: {cpu: 4}}, {type: PersistentVolumeClaim, min: {storage: 1Gi}}"))[0],
    ).toBe("- - - -");
  });

  test("below a request are a problem, because Kubernetes makes no such pod", () => {
    const range = limitRange("{type: Container, default: {cpu: 1}}");
    const spec = "template: {spec: {containers: [{name: a, resources: {requests: {cpu: 1500m}}}]}}";
    const text = stream(range, object("apps/v1", "Deployment", "api", spec));
    expect(told(text)).toEqual([
      `2, 9: Deployment web/api, spec.template.spec.containers.0.resources.requests.cpu: the request for 'cpu' must be at most the limit that a LimitRange gives, "1", got "1500m"; request less or raise the limit`,
    ]);
    // A Rollout that takes the template does not tell it again.
    const rollout = object("argoproj.io/v1alpha1", "Rollout", "api", "workloadRef: {kind: Deployment, name: api}");
    expect(told(stream(text, rollout))).toHaveLength(1);
  });

  test("of another namespace give nothing", () => {
    const other = limitRange("{type: Container, default: {cpu: 1}}").replace("namespace: web", "namespace: other");
    expect(resources("{}", other)[0]).toBe("- - - -");
  });

  test("of the same namespace are asked in the order of their names", () => {
    const ranges = [
      limitRange("{type: Container, default: {cpu: 1, memory: 1Gi}}", "b"),
      limitRange("{type: Container, default: {cpu: 2}}", "a"),
    ];
    expect(resources("{}", ...ranges)[0]).toBe("2 1Gi 2 1Gi");
  });
});

describe("what another object makes is not counted again", () => {
  const owned = (by: string) => `, ownerReferences: [{${by}, uid: u, controller: true}]`;
  const pod = (name: string, metadata: string) => object("v1", "Pod", name, "containers: [{name: a}]", metadata);
  const replicaSet = object(
    "apps/v1",
    "ReplicaSet",
    "api-5d4",
    TEMPLATE,
    owned("apiVersion: apps/v1, kind: Deployment, name: api"),
  );
  const podOfSet = pod(
    "api-5d4-x",
    `${owned("apiVersion: apps/v1, kind: ReplicaSet, name: api-5d4")}, labels: {pod-template-hash: "5d4"}`,
  );
  const cronJob = object("batch/v1", "CronJob", "report", `schedule: "@daily", jobTemplate: {spec: {${TEMPLATE}}}`);
  const job = object(
    "batch/v1",
    "Job",
    "report-29",
    TEMPLATE,
    owned("apiVersion: batch/v1, kind: CronJob, name: report"),
  );
  const podOfJob = pod("report-29-x", owned("apiVersion: batch/v1, kind: Job, name: report-29"));

  test.each([
    ["the ReplicaSet and Pod of a Deployment", [deployment(), replicaSet, podOfSet], ["Deployment web/api"]],
    ["the Pod of a ReplicaSet alone", [replicaSet, podOfSet], ["ReplicaSet web/api-5d4"]],
    ["the Pod of a Deployment whose ReplicaSet is not there", [deployment(), podOfSet], ["Deployment web/api"]],
    ["a Pod of which no owner is there", [podOfSet], ["Pod web/api-5d4-x"]],
    ["the Job and Pod of a CronJob", [cronJob, job, podOfJob], ["CronJob web/report"]],
    ["the Pod of a CronJob whose Job is not there", [cronJob, podOfJob], ["CronJob web/report"]],
    [
      "what an object makes that has no pods",
      [
        object("example.com/v1", "Cluster", "c", "size: 3"),
        pod("c-0", owned("apiVersion: example.com/v1, kind: Cluster, name: c")),
      ],
      ["Pod web/c-0"],
    ],
    [
      "what is owned, but not controlled",
      [deployment(), pod("x", ", ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: api, uid: u}]")],
      ["Deployment web/api", "Pod web/x"],
    ],
    ["objects that own each other", [pod("a", owned("apiVersion: v1, kind: Pod, name: a"))], ["Pod web/a"]],
  ])("%s", (_what, documents, expected) => {
    for (const text of [stream(...documents), stream(...[...documents].reverse())]) {
      expect(names(read(text))).toEqual(expected);
      expect(told(text)).toEqual([]);
    }
  });
});

describe("other objects", () => {
  const one = (text: string) => {
    const inventory = read(text);
    expect(inventory.problems).toEqual([]);
    return inventory;
  };

  test("Services", () => {
    const text = object(
      "v1",
      "Service",
      "a",
      "type: LoadBalancer, selector: {app: a}, loadBalancerClass: service.k8s.aws/nlb",
      ", annotations: {b: c}",
    );
    expect(one(text).services).toMatchObject([
      {
        namespace: "web",
        name: "a",
        type: "LoadBalancer",
        selector: { app: "a" },
        annotations: { b: "c" },
        loadBalancerClass: "service.k8s.aws/nlb",
      },
    ]);
    expect(one("apiVersion: v1\nkind: Service\nmetadata: {name: a}\n").services).toMatchObject([
      { type: "ClusterIP", selector: {}, annotations: {} },
    ]);
  });

  test("Ingresses, with the Services behind them in every spelling", () => {
    const spec =
      "ingressClassName: alb, defaultBackend: {service: {name: d}}, rules: [{http: {paths: [{backend: {service: {name: b}}}, {backend: {service: {name: a}}}]}}, {host: x}]";
    expect(one(object("networking.k8s.io/v1", "Ingress", "i", spec)).ingresses).toMatchObject([
      { ingressClassName: "alb", services: ["a", "b", "d"] },
    ]);
    const old =
      "backend: {serviceName: e, servicePort: 80}, rules: [{http: {paths: [{backend: {serviceName: f, servicePort: 80}}]}}]";
    expect(one(object("extensions/v1beta1", "Ingress", "i", old)).ingresses[0]?.services).toEqual(["e", "f"]);
  });

  test("claims, volumes and classes of storage", () => {
    const inventory = one(
      stream(
        object("v1", "PersistentVolumeClaim", "c", "storageClassName: gp3, volumeName: v"),
        "apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: v}\nspec: {capacity: {storage: 1Gi}, csi: {driver: efs.csi.aws.com}, claimRef: {name: c, namespace: web}}\n",
        "apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: old}\nspec: {accessModes: [], awsElasticBlockStore: {volumeID: x}}\n",
        "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: gp3}\nprovisioner: ebs.csi.aws.com\n",
      ),
    );
    expect(inventory.claims).toMatchObject([{ namespace: "web", name: "c", storageClassName: "gp3", volumeName: "v" }]);
    expect(inventory.volumes.map(({ name, driver, claim }) => [name, driver, claim])).toEqual([
      ["old", "awsElasticBlockStore", undefined],
      ["v", "efs.csi.aws.com", { namespace: "web", name: "c" }],
    ]);
    expect(inventory.storageClasses).toMatchObject([{ name: "gp3", provisioner: "ebs.csi.aws.com" }]);
  });

  test("disruption budgets, but for those of which no labels are known", () => {
    const budget = (spec: string) => one(object("policy/v1", "PodDisruptionBudget", "p", spec)).disruptionBudgets;
    expect(budget("minAvailable: 50%, selector: {matchLabels: {app: a}}")).toMatchObject([
      { selector: { app: "a" }, minAvailable: "50%" },
    ]);
    expect(budget("maxUnavailable: 1, selector: {}")).toMatchObject([{ selector: {}, maxUnavailable: 1 }]);
    expect(budget("selector: {matchExpressions: [{key: a, operator: Exists}]}")).toEqual([]);
    expect(budget("minAvailable: 1")).toEqual([]);
  });

  test("service accounts, and Pod Identity associations in the namespace of their pods", () => {
    const inventory = one(
      stream(
        "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: s, namespace: web, annotations: {a: b}}\n",
        "apiVersion: eks.services.k8s.aws/v1alpha1\nkind: PodIdentityAssociation\nmetadata: {name: p, namespace: ack}\nspec: {namespace: web, serviceAccount: s}\n",
      ),
    );
    expect(inventory.serviceAccounts).toMatchObject([{ namespace: "web", name: "s", annotations: { a: "b" } }]);
    expect(inventory.podIdentities).toMatchObject([{ namespace: "web", name: "p", serviceAccount: "s" }]);
  });

  test("are in the order of their namespaces and names", () => {
    const account = (namespace: string, name: string) =>
      `apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: ${name}, namespace: ${namespace}}\n`;
    const { serviceAccounts } = one(stream(account("b", "a"), account("a", "b"), account("a", "a"), account("B", "z")));
    expect(serviceAccounts.map(({ namespace, name }) => namespace + name)).toEqual(["Bz", "aa", "ab", "ba"]);
  });
});
