import fc from "fast-check";
import { describeSize } from "../../src/model/fargate-sizes";
import type { Container } from "../../src/model/pod";
import { podSize } from "../../src/placement/pod-size";
import { podRequests } from "../../src/placement/requests";
import { type Amounts, container, podSpec, resources } from "../support/workloads";

const asking = (requests: Amounts, restartable = false): Container =>
  container({ resources: resources(requests), restartable });

function requested(containers: readonly Container[], initContainers: readonly Container[] = []) {
  const { cpu, memory, ephemeralStorage } = podRequests(podSpec({ containers, initContainers }));
  return [cpu.millis, memory.mib, ephemeralStorage.mib];
}

test("containers run together, so their requests add up", () => {
  const app = asking({ cpu: "250m", memory: "512Mi", "ephemeral-storage": "1Gi" });
  const agent = asking({ cpu: "50m", memory: "64Mi", "ephemeral-storage": "2Gi" });
  expect(requested([app, agent])).toEqual([300, 576, 3072]);
});

test("init containers run one after the other, so only the largest of them counts", () => {
  const init = [asking({ cpu: "1", memory: "128Mi" }), asking({ cpu: "100m", memory: "2Gi" })];
  expect(requested([asking({ cpu: "250m", memory: "512Mi" })], init)).toEqual([1000, 2048, 0]);
});

test("each resource is compared by itself", () => {
  expect(requested([asking({ cpu: "2", memory: "128Mi" })], [asking({ cpu: "1", memory: "1Gi" })])).toEqual([
    2000, 1024, 0,
  ]);
});

test("a sidecar runs beside the containers, and beside the init containers after it, but not those before it", () => {
  const before = asking({ cpu: "500m" });
  const sidecar = asking({ cpu: "100m" }, true);
  const after = asking({ cpu: "450m" });
  expect(requested([asking({ cpu: "200m" })], [before, sidecar, after])[0]).toBe(550);
  expect(requested([asking({ cpu: "480m" })], [before, sidecar, after])[0]).toBe(580);
  expect(requested([asking({ cpu: "1m" })], [before, sidecar])[0]).toBe(500);
});

test("what the pod as a whole requests wins over its containers", () => {
  const pod = podSpec({
    containers: [asking({ cpu: "250m", memory: "512Mi" })],
    resources: resources({ memory: "2Gi" }),
  });
  const { cpu, memory } = podRequests(pod);
  expect([cpu.millis, memory.mib]).toEqual([250, 2048]);
});

test("a pod requests nothing when no container requests CPU or memory", () => {
  const none = (containers: Container[]) => podRequests(podSpec({ containers })).none;
  expect(none([asking({}), asking({ "ephemeral-storage": "1Gi" })])).toBe(true);
  expect(none([asking({}), asking({ cpu: "0" })])).toBe(false);
  expect(podRequests(podSpec({ containers: [asking({})], resources: resources({ cpu: "1" }) })).none).toBe(false);
});

test.each([
  [{}, "0.25vCPU 0.5GB"],
  [{ cpu: "250m", memory: "256Mi" }, "0.25vCPU 0.5GB"],
  [{ cpu: "250m", memory: "257Mi" }, "0.25vCPU 1GB"],
  [{ cpu: "1", memory: "8Gi" }, "2vCPU 9GB"],
  [{ cpu: "250m", memory: "256M" }, "0.25vCPU 0.5GB"],
  [{ cpu: "16", memory: "119.75Gi" }, "16vCPU 120GB"],
])("a pod that requests %j is given %s: Fargate adds 256 MiB", (requests, size) => {
  const given = podSize(podRequests(podSpec({ containers: [asking(requests)] })));
  expect(given === undefined ? undefined : describeSize(given)).toBe(size);
});

test("no size is large enough for more than 16 vCPU, or for 120 GB with what Fargate adds", () => {
  expect(podSize(podRequests(podSpec({ containers: [asking({ cpu: "16001m" })] })))).toBeUndefined();
  expect(podSize(podRequests(podSpec({ containers: [asking({ memory: "120Gi" })] })))).toBeUndefined();
});

/** The most CPU in use at any moment, watched moment by moment: each init step, then the containers. */
function slowly(init: readonly (readonly [number, boolean])[], apps: readonly number[]): number {
  const moments = init.map(([own], index) => {
    const running = init.slice(0, index).filter(([, sidecar]) => sidecar);
    return running.reduce((sum, [millis]) => sum + millis, own);
  });
  const sidecars = init.filter(([, sidecar]) => sidecar).reduce((sum, [millis]) => sum + millis, 0);
  return Math.max(...moments, sidecars + apps.reduce((sum, millis) => sum + millis, 0));
}

test("a pod requests the most that it uses at any moment", () => {
  const amount = fc.nat(4000);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(amount, fc.boolean()), { maxLength: 6 }),
      fc.array(amount, { minLength: 1, maxLength: 4 }),
      (init, apps) => {
        const [cpu] = requested(
          apps.map((millis) => asking({ cpu: `${millis}m` })),
          init.map(([millis, sidecar]) => asking({ cpu: `${millis}m` }, sidecar)),
        );
        expect(cpu).toBe(slowly(init, apps));
      },
    ),
  );
});
