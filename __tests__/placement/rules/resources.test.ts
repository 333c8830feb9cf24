import fc from "fast-check";
import { describeSize, FARGATE_POD_OVERHEAD, FARGATE_POD_SIZES, roundUpToSize } from "../../../src/model/fargate-sizes";
import { Cpu } from "../../../src/units/cpu";
import { Memory } from "../../../src/units/memory";
import { findingsOf, foundBy } from "../../support/rules";
import { type Amounts, container, resources, workload, workloadWith } from "../../support/workloads";

fc.configureGlobal({ seed: 20261121, numRuns: 400 });

const requesting = (requests: Amounts, limits?: Amounts) => workloadWith({ resources: resources(requests, limits) });

describe("gpu and extended-resource", () => {
  test.each([
    "nvidia.com/gpu",
    "nvidia.com/mig-1g.5gb",
    "amd.com/gpu",
    "aws.amazon.com/neuron",
    "aws.amazon.com/neuroncore",
  ])("%s is an accelerator", (name) => {
    const pods = requesting({ cpu: "1", [name]: "2" });
    expect(foundBy("gpu", pods)).toEqual([`error: container "app" asks for 2 of ${name}`]);
    expect(foundBy("extended-resource", pods)).toEqual([]);
  });

  test.each(["hugepages-2Mi", "smarter-devices/fuse", "vpc.amazonaws.com/efa"])("%s is another resource", (name) => {
    const pods = requesting({ [name]: "1" });
    expect(foundBy("extended-resource", pods)).toEqual([`error: container "app" asks for 1 of ${name}`]);
    expect(foundBy("gpu", pods)).toEqual([]);
  });

  test("a resource is told once, where it is requested or else where it is limited", () => {
    const [both] = findingsOf("gpu", requesting({ "nvidia.com/gpu": "1" }));
    const [limited] = findingsOf("gpu", requesting({}, { "nvidia.com/gpu": "1" }));
    expect([both, limited].map((finding) => finding?.at.slice(-2))).toEqual([
      ["requests", "nvidia.com/gpu"],
      ["limits", "nvidia.com/gpu"],
    ]);
    expect(findingsOf("gpu", requesting({ "nvidia.com/gpu": "1" }))).toHaveLength(1);
  });

  test("an amount of 0 asks for nothing", () => {
    expect(foundBy("gpu", requesting({ "nvidia.com/gpu": "0" }))).toEqual([]);
  });

  test("CPU, memory and ephemeral storage are fine", () => {
    expect(foundBy("extended-resource", requesting({ cpu: "1", memory: "1Gi", "ephemeral-storage": "1Gi" }))).toEqual(
      [],
    );
  });

  test("the pod as a whole can ask too", () => {
    const pods = workload({ pod: { resources: resources({ "hugepages-2Mi": "1Gi" }) } });
    expect(foundBy("extended-resource", pods)).toEqual(["error: the pod asks for 1Gi of hugepages-2Mi"]);
  });
});

describe("ephemeral-storage", () => {
  const half = container({ resources: resources({ "ephemeral-storage": "88Gi" }) });

  test("more than 175 GiB of all containers together are refused", () => {
    expect(foundBy("ephemeral-storage", workload({ pod: { containers: [half, half] } }))).toEqual([
      "error: a pod requests 176Gi of ephemeral storage",
    ]);
  });

  test("175 GiB are fine", () => {
    expect(foundBy("ephemeral-storage", requesting({ "ephemeral-storage": "175Gi" }))).toEqual([]);
    expect(foundBy("ephemeral-storage", requesting({ "ephemeral-storage": `${175 * 2 ** 30 + 1}` }))).toHaveLength(1);
  });
});

describe("pod-size", () => {
  test("what leaves room for Fargate's own in the largest size is fine", () => {
    expect(foundBy("pod-size", requesting({ cpu: "16", memory: `${120 * 1024 - 256}Mi` }))).toEqual([]);
  });

  test("a MiB more is refused, and so is more CPU", () => {
    expect(foundBy("pod-size", requesting({ cpu: "1", memory: `${120 * 1024 - 255}Mi` }))).toEqual([
      "error: a pod requests 1 of CPU and 122625Mi of memory",
    ]);
    expect(foundBy("pod-size", requesting({ cpu: "16001m", memory: "1Gi" }))).toHaveLength(1);
  });
});

describe("no-requests", () => {
  test("a pod that requests nothing is told the size that it gets", () => {
    expect(foundBy("no-requests", workloadWith({ resources: resources({}) }))).toEqual([
      "warning: no container requests CPU or memory, so that a pod gets 0.25vCPU 0.5GB whatever it needs",
    ]);
  });

  test("a container that requests nothing beside others is told by itself", () => {
    const containers = [container(), container({ name: "proxy", resources: resources({}) })];
    expect(foundBy("no-requests", workload({ pod: { containers } }))).toEqual([
      'warning: container "proxy" requests no CPU and no memory',
    ]);
  });

  test("what is missing is named", () => {
    expect(foundBy("no-requests", requesting({ cpu: "1" }))).toEqual(['warning: container "app" requests no memory']);
  });

  test("a container with requests is fine, whatever its limits", () => {
    expect(foundBy("no-requests", requesting({ cpu: "1", memory: "1Gi" }, {}))).toEqual([]);
  });

  test("requests of the pod as a whole count for all of its containers", () => {
    const pod = {
      resources: resources({ cpu: "1", memory: "1Gi" }),
      containers: [container({ resources: resources({}) })],
    };
    expect(foundBy("no-requests", workload({ pod }))).toEqual([]);
  });

  test("init containers that end need none", () => {
    const initContainers = [container({ resources: resources({}) })];
    expect(foundBy("no-requests", workload({ pod: { initContainers } }))).toEqual([]);
  });
});

describe("burstable", () => {
  test("limits above the requests are a warning, one for the container", () => {
    expect(foundBy("burstable", requesting({ cpu: "250m", memory: "256Mi" }, { cpu: "1", memory: "1Gi" }))).toEqual([
      'warning: container "app" requests 250m of CPU with a limit of 1 and 256Mi of memory with a limit of 1Gi',
    ]);
  });

  test("missing limits are a warning", () => {
    expect(foundBy("burstable", requesting({ cpu: "250m", memory: "256Mi" }, { memory: "256Mi" }))).toEqual([
      'warning: container "app" requests 250m of CPU without a limit',
    ]);
  });

  test("limits that are the requests are fine, however they are written", () => {
    expect(foundBy("burstable", requesting({ cpu: "1000m", memory: "1024Mi" }, { cpu: "1", memory: "1Gi" }))).toEqual(
      [],
    );
  });

  test("what is not requested is no matter of this rule", () => {
    expect(foundBy("burstable", requesting({}, {}))).toEqual([]);
    expect(foundBy("burstable", requesting({}, { cpu: "1" }))).toEqual([]);
  });

  test("where the pod as a whole requests, its own limits count", () => {
    const pod = {
      resources: resources({ cpu: "1", memory: "1Gi" }, { cpu: "2", memory: "1Gi" }),
      containers: [container({ resources: resources({ cpu: "250m" }, {}) })],
    };
    expect(foundBy("burstable", workload({ pod }))).toEqual(["warning: the pod requests 1 of CPU with a limit of 2"]);
  });

  test("init containers that end are fine, sidecars are not", () => {
    const init = container({ name: "init", resources: resources({ cpu: "1" }, { cpu: "2" }) });
    const pod = { initContainers: [init, { ...init, name: "proxy", restartable: true }] };
    expect(foundBy("burstable", workload({ pod }))).toEqual([
      'warning: sidecar "proxy" requests 1 of CPU with a limit of 2',
    ]);
  });
});

describe("size-jump", () => {
  const advice = (cpu: string, memory: string) =>
    findingsOf("size-jump", requesting({ cpu, memory })).map(({ message }) => message.split("; ")[1]);

  test.each([
    ["1", "2Gi", "with 256Mi less it would get 1vCPU 2GB"],
    ["1", "8Gi", "with 256Mi less it would get 1vCPU 8GB"],
    ["250m", "1Gi", "with 256Mi less it would get 0.25vCPU 1GB"],
    ["250m", "257Mi", "with 1Mi less it would get 0.25vCPU 0.5GB"],
    ["250m", `${257 * 2 ** 20 + 1}`, "with 2Mi less it would get 0.25vCPU 0.5GB"],
    ["4", "30Gi", "with 256Mi less it would get 4vCPU 30GB"],
    ["8", "33Gi", "with 1280Mi less it would get 8vCPU 32GB"],
    ["260m", "256Mi", "with 10m of CPU less it would get 0.25vCPU 0.5GB"],
    ["1100m", "1792Mi", "with 100m of CPU less it would get 1vCPU 2GB"],
  ])("%s and %s: %s", (cpu, memory, expected) => {
    expect(advice(cpu, memory)).toEqual([expected.replace("Mi less", "Mi of memory less")]);
  });

  test.each([
    ["what fills its size", "1", "1792Mi"],
    ["what would have to give up a quarter of its CPU", "330m", "256Mi"],
    ["what would have to give up half of its memory", "250m", "512Mi"],
    ["what would get back no more than it gives up", "1", "7500Mi"],
    ["what is the smallest size anyway", "100m", "64Mi"],
    ["what fits no size", "17", "1Gi"],
  ])("%s is fine", (_, cpu, memory) => {
    expect(advice(cpu, memory)).toEqual([]);
  });

  test("the message has requests and size", () => {
    expect(findingsOf("size-jump", requesting({ cpu: "1", memory: "2Gi" }))[0]?.message).toBe(
      "a pod requests 1 of CPU and 2Gi of memory and gets 1vCPU 3GB; with 256Mi of memory less it would get 1vCPU 2GB; the whole size is billed",
    );
  });

  test("what is told does give the smaller size, and a MiB or a thousandth less does not", () => {
    const requested = fc.record({
      millis: fc.integer({ min: 1, max: 16_000 }),
      mib: fc.integer({ min: 1, max: 122_624 }),
    });
    let told = 0;
    fc.assert(
      fc.property(requested, ({ millis, mib }) => {
        const [message] = advice(`${millis}m`, `${mib}Mi`);
        const [, amount = "", of, size] =
          /^with (\d+)(?:Mi|m) of (memory|CPU) less it would get (.+)$/.exec(message ?? "") ?? [];
        if (of === undefined) {
          return;
        }
        told++;
        const sizeWith = (less: number) =>
          roundUpToSize(
            Cpu.ofMillis(millis - (of === "CPU" ? less : 0)),
            Memory.ofMib(mib - (of === "memory" ? less : 0)).plus(FARGATE_POD_OVERHEAD),
          ) ?? FARGATE_POD_SIZES.at(-1);
        const [reached, before] = [sizeWith(Number(amount)), sizeWith(Number(amount) - 1)];
        expect(reached === undefined ? undefined : describeSize(reached)).toBe(size);
        expect(before).not.toEqual(reached);
      }),
    );
    expect(told).toBeGreaterThan(20);
  });
});

describe("native-sidecar", () => {
  test("an init container that is restarted is an advice", () => {
    const initContainers = [container({ name: "migrate" }), container({ name: "proxy", restartable: true })];
    expect(foundBy("native-sidecar", workload({ pod: { initContainers } }))).toEqual([
      `advice: sidecar "proxy" is an init container with 'restartPolicy' Always`,
    ]);
  });
});

describe("pod-level-resources", () => {
  test("resources of the pod as a whole are a warning", () => {
    expect(foundBy("pod-level-resources", workload({ pod: { resources: resources({ cpu: "1" }) } }))).toEqual([
      "warning: the pod as a whole has resources ('spec.resources')",
    ]);
  });

  test("those of containers are fine", () => {
    expect(foundBy("pod-level-resources", workload())).toEqual([]);
  });
});

describe("memory-milli-bytes", () => {
  test.each([
    ["512m", "1 byte"],
    ["512", "512 bytes"],
    ["512k", "512000 bytes"],
  ])("a request of %s is a warning", (memory, amount) => {
    expect(foundBy("memory-milli-bytes", requesting({ memory }, {}))).toEqual([
      `warning: container "app" requests ${amount} of memory`,
    ]);
  });

  test("a limit is one too", () => {
    expect(foundBy("memory-milli-bytes", requesting({ memory: "1Gi" }, { memory: "1024m" }))).toEqual([
      'warning: container "app" is limited to 2 bytes of memory',
    ]);
  });

  test.each(["1Mi", "512Mi", "1e9", "0"])("%s is fine", (memory) => {
    expect(foundBy("memory-milli-bytes", requesting({ memory }))).toEqual([]);
  });
});
