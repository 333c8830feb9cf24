import { describeSize } from "../../src/model/fargate-sizes";
import {
  type PodTemplate,
  podAmounts,
  podLabels,
  podTemplateProblems,
  podTemplateSize,
  podTemplateWarnings,
} from "../../src/model/pod-template";
import { containerSpec, FULL_TEMPLATE, podTemplate } from "../support/pod-templates";

function problems(template: Partial<PodTemplate>) {
  return podTemplateProblems("web", podTemplate(template)).map(({ at, message }) => [at.join("."), message]);
}

describe("a pod", () => {
  test("may say little or all", () => {
    expect(problems({})).toEqual([]);
    expect(problems(FULL_TEMPLATE)).toEqual([]);
    expect(podTemplateWarnings(FULL_TEMPLATE)).toEqual([]);
  });

  test("has a container", () => {
    expect(problems({ containers: [] })).toEqual([
      ["containers", "'containers' of a pod must hold at least one container, got none"],
    ]);
  });

  test("tells of each container what is wrong with it, and where", () => {
    const wrong = containerSpec({ name: "other", cpu: "0" });
    expect(problems({ containers: [containerSpec(), wrong], initContainers: [{ ...wrong, name: "init" }] })).toEqual([
      [
        "containers.1.cpu",
        `'cpu' of container "other" must be a Kubernetes quantity above 0, like "250m" or "1", got "0"`,
      ],
      [
        "initContainers.0.cpu",
        `'cpu' of container "init" must be a Kubernetes quantity above 0, like "250m" or "1", got "0"`,
      ],
    ]);
  });

  test("warns of each container", () => {
    const template = podTemplate({ initContainers: [containerSpec({ name: "init", image: "app:latest" })] });
    expect(podTemplateWarnings(template)).toEqual([
      `'image' of container "init" "app:latest" has the tag "latest", so that pods which start later may run another version; name one exact tag or a digest`,
    ]);
  });

  test("calls its containers by different names", () => {
    expect(problems({ containers: [containerSpec(), containerSpec()], initContainers: [containerSpec()] })).toEqual([
      ["containers.1.name", `two containers of the pod are called "app"; give each a name of its own`],
      ["initContainers.0.name", `two containers of the pod are called "app"; give each a name of its own`],
    ]);
  });

  test("has each port once, as its containers share an address", () => {
    const containers = [
      containerSpec({ ports: { http: 8080 } }),
      containerSpec({ name: "proxy", ports: { web: 8080, dns: { port: 8080, protocol: "UDP" } } }),
    ];
    expect(problems({ containers })).toEqual([
      [
        "containers.1.ports.web",
        `containers "app" and "proxy" both listen on port 8080, and the containers of a pod share one address; change one`,
      ],
    ]);
    const [first, second] = containers;
    expect(problems({ containers: [first as never], initContainers: [second as never] })).toEqual([]);
  });

  test.each(["liveness", "readiness", "startup"] as const)("does not ask an init container for %s", (probe) => {
    expect(problems({ initContainers: [containerSpec({ name: "init", [probe]: { exec: ["true"] } })] })).toEqual([
      [`initContainers.0.${probe}`, `init container "init" must not have '${probe}', as it has to end; leave it out`],
    ]);
  });
});

describe("volumes", () => {
  const volumes = { cache: { emptyDir: {} } };
  const mounting = (volume: string) => [containerSpec({ mounts: { "/cache": { volume } } })];

  test("are mounted, and what is mounted is there", () => {
    expect(problems({ volumes, containers: mounting("cache") })).toEqual([]);
    expect(problems({ volumes, initContainers: [{ ...mounting("cache")[0], name: "init" } as never] })).toEqual([]);
  });

  test("that are not there cannot be mounted", () => {
    expect(problems({ containers: mounting("cache") })).toEqual([
      [
        "containers.0.mounts./cache.volume",
        `container "app" mounts volume "cache" on "/cache", which is not among 'volumes'; add it there`,
      ],
    ]);
    expect(
      problems({ volumes, containers: [...mounting("cache"), { ...mounting("cash")[0], name: "b" } as never] }),
    ).toEqual([
      [
        "containers.1.mounts./cache.volume",
        `container "b" mounts volume "cash" on "/cache", which is not among 'volumes' ("cache"); add it there`,
      ],
    ]);
  });

  test("that nobody mounts are a slip", () => {
    expect(problems({ volumes })).toEqual([
      ["volumes.cache", `no container mounts volume "cache"; mount it, or remove it`],
    ]);
  });

  test("have Kubernetes names, and a type that Fargate mounts", () => {
    const found = problems({ volumes: { Cache: { hostPath: {} } as never }, containers: mounting("Cache") });
    expect(found.map(([at]) => at)).toEqual(["volumes.Cache", "volumes.Cache"]);
    expect(found[0]?.[1]).toMatch(/^the name of a volume must be a Kubernetes name/);
    expect(found[1]?.[1]).toMatch(/^volume "Cache" must be of one type that Fargate mounts/);
  });
});

describe("the size", () => {
  const of = (cpu: string, memory: string, name = "app") => containerSpec({ name, cpu, memory });

  test("is that of the containers together, and of Fargate's own part, rounded up", () => {
    const template = podTemplate({ containers: [of("250m", "512Mi"), of("250m", "512Mi", "b")] });
    expect(describeSize(podTemplateSize(template) as never)).toBe("0.5vCPU 2GB");
  });

  test("is that of the largest init container where that is more, for CPU and memory each", () => {
    const template = podTemplate({
      containers: [of("1", "512Mi")],
      initContainers: [of("250m", "2Gi", "a"), of("500m", "1Gi", "b")],
    });
    const { cpu, memory } = podAmounts(template);
    expect([cpu, memory].map(String)).toEqual(["1", "2Gi"]);
  });

  test("may be the largest of Fargate and no larger", () => {
    expect(problems({ containers: [of("16", "122624Mi")] })).toEqual([]);
    expect(problems({ containers: [of("16", "120Gi")] })).toEqual([
      [
        "containers",
        "a pod's containers must fit into the largest size of Fargate, 16vCPU 120GB, with 256Mi for Fargate itself, got 16 of CPU and 120Gi of memory; request less, or split the pod",
      ],
    ]);
    expect(problems({ containers: [of("8500m", "1Gi"), of("8", "1Gi", "b")] })).toHaveLength(1);
  });

  test("of ephemeral storage has a limit as well", () => {
    const storing = (ephemeralStorage: string, name = "app") => containerSpec({ name, ephemeralStorage });
    expect(problems({ containers: [storing("175Gi")] })).toEqual([]);
    expect(problems({ containers: [storing("100Gi"), storing("100Gi", "b")] })).toEqual([
      [
        "containers",
        "a pod on Fargate has at most 175Gi of ephemeral storage, got 200Gi; request less, and keep large data in EFS or S3",
      ],
    ]);
  });
});

describe("labels and the like", () => {
  test("have the workload's name among them, by which it finds its pods", () => {
    expect(podLabels("web", podTemplate({ labels: { team: "a" } }))).toEqual({
      team: "a",
      "app.kubernetes.io/name": "web",
    });
    expect(problems({ labels: { "app.kubernetes.io/name": "web" } })).toEqual([]);
    expect(problems({ labels: { "app.kubernetes.io/name": "api" } })).toEqual([
      [
        "labels.app.kubernetes.io/name",
        `label "app.kubernetes.io/name" must be "web", by which the workload finds its pods, got "api"; leave it out`,
      ],
    ]);
  });

  test("are those that Kubernetes takes", () => {
    const wrong = problems({ labels: { "a b": "c" }, annotations: { "c d": "" }, serviceAccountName: "E" });
    expect(wrong.map(([at]) => at)).toEqual(["labels.a b", "annotations.c d", "serviceAccountName"]);
  });

  test.each(["fsGroup", "terminationGracePeriodSeconds"])("%s is a whole number", (property) => {
    expect(problems({ [property]: 0 })).toEqual([]);
    expect(problems({ [property]: -1 })).toEqual([
      [property, `'${property}' must be a whole number from 0 to 2147483647, got -1`],
    ]);
  });
});
