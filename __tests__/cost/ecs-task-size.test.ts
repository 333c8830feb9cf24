import { ecsTaskSize } from "../../src/cost/ecs-task-size";
import { placed } from "./support";

describe("ECS task size", () => {
  test("is what the pod requests, rounded up, without the 256 MiB of EKS", () => {
    const { requests, size } = placed({ cpu: "500m", memory: "1Gi" });
    expect([ecsTaskSize(requests)?.memory.gib, size?.memory.gib]).toEqual([1, 2]);
  });

  test("is the smallest when nothing is requested", () => {
    expect(ecsTaskSize(placed({}).requests)).toMatchObject({ cpu: { millis: 250 }, memory: { gib: 0.5 } });
  });

  test("goes up to 32 vCPU and 244 GiB, and no further", () => {
    expect(ecsTaskSize(placed({ cpu: "32", memory: "200Gi" }).requests)?.memory.gib).toBe(244);
    expect(ecsTaskSize(placed({ cpu: "33", memory: "1Gi" }).requests)).toBeUndefined();
  });
});
