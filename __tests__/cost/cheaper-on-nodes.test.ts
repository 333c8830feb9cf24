import { cheaperOnNodes } from "../../src/cost/cheaper-on-nodes";
import { compare } from "../../src/cost/compare";
import { fargateCost } from "../../src/cost/fargate-cost";
import type { Placement } from "../../src/placement/placement";
import { costOptions, NO_DISCOUNT, nodeType, placed, priceBook, refused, replicas, without } from "./support";

// 34 x 0.014565 an hour on Fargate; on nodes 17 fill each of two, which are 159.74 a month.
const DENSE = placed({ cpu: "100m", memory: "300Mi" }, { ...replicas(34), name: "dense" });
const API = placed({ cpu: "500m", memory: "1Gi" }, replicas(4));

function advice(placements: readonly Placement[], options = costOptions(), prices = priceBook()) {
  return cheaperOnNodes(compare(placements, prices, options), fargateCost(placements, prices, NO_DISCOUNT));
}

describe("cheaperOnNodes", () => {
  test("names a workload whose share of nodes costs less, with both for a day: 34 x 0.014565 x 24 and 159.74 x 24 / 730", () => {
    expect(advice([DENSE])).toEqual([
      {
        rule: "cheaper-on-nodes",
        severity: "advice",
        workload: DENSE.workload,
        at: [],
        message:
          "it costs $11.89 a day on Fargate and $5.25 a day as its share of 2 m6i.large nodes for all compared workloads; a pod of Fargate pays for its own size, rounded up, where pods on a node share what they request",
        fix: "run it on nodes if the cluster has or gets them, or lower its requests to a smaller size; the share holds only where other workloads fill the nodes",
      },
    ]);
  });

  test("says nothing of a workload that costs less on Fargate", () => {
    expect(advice([API])).toEqual([]);
  });

  test("says nothing of less than 10 percent", () => {
    // 10 pods of 0.5 vCPU and 1 GiB are 180.20 on Fargate; nodes of 159.74 save 11%, and of 163.26 save 9%.
    const close = placed({ cpu: "300m", memory: "600Mi" }, replicas(10));
    expect(advice([close])).toHaveLength(1);
    expect(advice([close], costOptions({ nodeVolumeGib: 40 }))).toEqual([]);
  });

  test("says nothing of less than 1 dollar a month", () => {
    // 0.0123425 an hour is 9.01 a month; a t3.medium that holds 15 such pods is 35.05.
    const one = placed({ cpu: "100m", memory: "100Mi" }, replicas(15));
    const options = costOptions({ instanceTypes: [nodeType("t3.medium")], zones: 1 });
    expect(advice([one], options)).toHaveLength(1);
    const cheap = priceBook({
      "fargate/x86/vcpu-hour": "0.0002",
      "fargate/x86/gib-hour": "0",
      "ec2/t3.medium": "0.0001",
      "ebs/gp3/gib-month": "0",
    });
    expect(advice([one], options, cheap)).toEqual([]);
  });

  test("says nothing of workloads that do not land on Fargate, or are not compared", () => {
    expect(advice([{ ...DENSE, outcome: { kind: "nodes", reason: "no profile takes it" } }])).toEqual([]);
    expect(advice([refused({ cpu: "100m" }, replicas(34))])).toEqual([]);
  });

  test("goes by the nodes that cost least and hold everything", () => {
    const options = costOptions({ instanceTypes: [nodeType("m6i.large"), nodeType("m6g.large")] });
    expect(advice([DENSE], options)[0]?.message).toContain("2 m6g.large nodes");
    const large = placed({ cpu: "1", memory: "5Gi" }, { name: "large" });
    const small = costOptions({ instanceTypes: [nodeType("t3.medium"), nodeType("m6i.large")] });
    expect(advice([DENSE, large], small)[0]?.message).toContain("m6i.large nodes");
  });

  test("says nothing when the nodes have no price", () => {
    expect(advice([DENSE], costOptions(), without("ec2/m6i.large"))).toEqual([]);
  });
});
