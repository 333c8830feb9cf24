import fc from "fast-check";
import { fargateCost } from "../../src/cost/fargate-cost";
import type { Placement } from "../../src/placement/placement";
import { cronJob, daemonSet, job } from "../support/workloads";
import { EU_WEST_1, NO_DISCOUNT, ON_FARGATE, placed, priceBook, refused, replicas, without } from "./support";

fc.configureGlobal({ seed: 20261121, numRuns: 200 });

const SMALLEST = { cpu: "250m", memory: "256Mi" };

function cost(placement: Placement, discounts = NO_DISCOUNT, prices = priceBook()) {
  const [workload] = fargateCost([placement], prices, discounts).workloads;
  if (workload === undefined) {
    throw new Error("a placement has no cost");
  }
  return workload;
}

/** The month at the fewest replicas as a decimal text. */
function month(placement: Placement, discounts = NO_DISCOUNT) {
  return cost(placement, discounts).month?.min.toString();
}

describe("the price of a pod", () => {
  test("is its vCPU and its GiB for each hour: 0.25 x 0.04048 + 0.5 x 0.004445", () => {
    expect(cost(placed(SMALLEST)).podHour?.toString()).toBe("0.0123425");
  });

  test("is that of the size and not of the requests: 1 vCPU and 8 GiB become 2 x 0.04048 + 9 x 0.004445", () => {
    expect(cost(placed({ cpu: "1", memory: "8Gi" })).podHour?.toString()).toBe("0.120965");
  });

  test("counts ephemeral storage above 20 GiB: 10 x 0.0001 more for 30 GiB", () => {
    expect(cost(placed({ ...SMALLEST, "ephemeral-storage": "20Gi" })).podHour?.toString()).toBe("0.0123425");
    expect(cost(placed({ ...SMALLEST, "ephemeral-storage": "30Gi" })).podHour?.toString()).toBe("0.0133425");
  });

  test("has the Savings Plans' discount on vCPU and memory, not on ephemeral storage: 0.0123425 x 0.8 + 0.001", () => {
    expect(
      cost(placed({ ...SMALLEST, "ephemeral-storage": "30Gi" }), { fargate: 20, ec2: 50 }).podHour?.toString(),
    ).toBe("0.010874");
  });

  test.each([-1, 100, Number.NaN])("a discount of %p percent is refused", (fargate) => {
    expect(() => cost(placed(SMALLEST), { fargate, ec2: 0 })).toThrow(
      `a discount must be 0 percent or more and less than 100, got ${fargate}`,
    );
  });
});

describe("a month", () => {
  test("has 730 hours: 0.0123425 x 730", () => {
    const { month: range, hour } = cost(placed(SMALLEST));
    expect([range?.min.toString(), hour?.min.toString()]).toEqual(["9.010025", "0.0123425"]);
  });

  test("is a range from the fewest to the most replicas", () => {
    const { month: range, hour } = cost(placed(SMALLEST, replicas(2, 5)));
    expect([range?.min.toString(), range?.max.toString()]).toEqual(["18.02005", "45.050125"]);
    expect([hour?.min.toString(), hour?.max.toString()]).toEqual(["0.024685", "0.0617125"]);
  });

  test("costs nothing with no replicas", () => {
    expect(month(placed(SMALLEST, replicas(0)))).toBe("0");
  });

  test("of a CronJob is its runs, and the time for which each pod is kept: 30 x (600 + 300) s = 7.5 h", () => {
    expect(month(placed(SMALLEST, cronJob()))).toBe("0.09256875");
  });

  test("of a CronJob with several pods a run has that many pods: 3 x 7.5 h", () => {
    expect(month(placed(SMALLEST, { ...cronJob(), ...replicas(3) }))).toBe("0.27770625");
  });

  test("counts a run that is shorter than a minute as a minute: 30 x 60 s = 0.5 h", () => {
    const runTime = { kind: "runs", runsPerMonth: 30, secondsPerRun: 10, from: "test", retained: 0 } as const;
    expect(month(placed(SMALLEST, { ...cronJob(), runTime }))).toBe("0.00617125");
  });

  test("counts a pod that is kept until a minute is over once: 30 x (10 + 50) s = 0.5 h", () => {
    const runTime = {
      kind: "runs",
      runsPerMonth: 30,
      secondsPerRun: 10,
      from: "test",
      keptSeconds: 50,
      retained: 0,
    } as const;
    expect(month(placed(SMALLEST, { ...cronJob(), runTime }))).toBe("0.00617125");
  });

  test("of a CronJob counts each retained pod all the time: 30 x 600 s + 3 x 730 h = 2195 h", () => {
    const runTime = { kind: "runs", runsPerMonth: 30, secondsPerRun: 600, from: "test", retained: 3 } as const;
    expect(month(placed(SMALLEST, { ...cronJob(), runTime }))).toBe("27.0917875");
  });

  test("of a Job is one run: 600 + 300 s = 0.25 h", () => {
    expect(month(placed(SMALLEST, job()))).toBe("0.003085625");
  });

  test("by the hour is the average over the month", () => {
    const { hour, month: range } = cost(placed(SMALLEST, cronJob()));
    expect(hour?.min.times(730).toFixed(12)).toBe(range?.min.toFixed(12));
  });

  test("of a DaemonSet is not known: its pods are as many as nodes", () => {
    const { month: range, podHour } = cost(placed(SMALLEST, daemonSet()));
    expect([range, podHour?.toString()]).toEqual([undefined, "0.0123425"]);
  });
});

describe("waste", () => {
  test("is none when requests and the 256 MiB of Fargate are exactly a size", () => {
    expect(cost(placed(SMALLEST)).wastedMonth?.min.toString()).toBe("0");
  });

  test("is what the size has beyond requests and 256 MiB: (1 x 0.04048 + 0.75 x 0.004445) x 730", () => {
    expect(cost(placed({ cpu: "1", memory: "8Gi" })).wastedMonth?.min.toString()).toBe("31.9840375");
  });

  test("of a pod without requests is not known", () => {
    const { month, wastedMonth } = cost(placed({}));
    expect([month?.min.toString(), wastedMonth]).toEqual(["9.010025", undefined]);
  });

  test("has the discount as well", () => {
    expect(cost(placed({ cpu: "1", memory: "8Gi" }), { fargate: 50, ec2: 0 }).wastedMonth?.min.toString()).toBe(
      "15.99201875",
    );
  });
});

describe("a missing price", () => {
  test("leaves the cost unknown, names the key, and is never 0", () => {
    const answer = cost(placed(SMALLEST), NO_DISCOUNT, without("fargate/x86/gib-hour"));
    expect(answer).toMatchObject({ missing: ["fargate/x86/gib-hour"] });
    expect([answer.podHour, answer.hour, answer.month, answer.wastedMonth]).toEqual(Array(4).fill(undefined));
  });

  test("of ephemeral storage matters only to pods that ask for more than 20 GiB", () => {
    const prices = without("fargate/ephemeral-storage/gib-hour");
    expect(cost(placed(SMALLEST), NO_DISCOUNT, prices)).toMatchObject({ missing: [] });
    expect(cost(placed({ ...SMALLEST, "ephemeral-storage": "21Gi" }), NO_DISCOUNT, prices)).toMatchObject({
      missing: ["fargate/ephemeral-storage/gib-hour"],
    });
  });

  test("is counted by the total, which has the others", () => {
    const total = fargateCost(
      [placed(SMALLEST), placed({ ...SMALLEST, "ephemeral-storage": "21Gi" })],
      without("fargate/ephemeral-storage/gib-hour"),
      NO_DISCOUNT,
    );
    expect([total.month.min.toString(), total.leftOut]).toEqual(["9.010025", 1]);
  });
});

describe("fargateCost", () => {
  test("adds up what lands on Fargate, ambiguous or not, and prices the others as if they did", () => {
    const total = fargateCost(
      [
        placed(SMALLEST),
        placed(SMALLEST, {}, { outcome: { kind: "ambiguous", candidates: [] } }),
        placed(SMALLEST, {}, { outcome: { kind: "nodes", reason: "no profile takes it" } }),
        placed(SMALLEST, {}, { outcome: { kind: "pending", reasons: ["no profile takes it"] } }),
      ],
      priceBook(),
      NO_DISCOUNT,
    );
    expect(total.month.min.toString()).toBe("18.02005");
    expect(total.workloads.map((each) => each.month?.min.toString())).toEqual(Array(4).fill("9.010025"));
  });

  test("leaves out what does not land on Fargate without counting it as a missing price", () => {
    expect(fargateCost([refused(SMALLEST)], without("fargate/x86/vcpu-hour"), NO_DISCOUNT).leftOut).toBe(0);
  });

  test("a workload without a size has no cost", () => {
    const placement = placed(
      { cpu: "64", memory: "1Gi" },
      {},
      { outcome: { kind: "pending", reasons: ["too large"] } },
    );
    expect(fargateCost([placement], priceBook(), NO_DISCOUNT).workloads).toEqual([{ placement, missing: [] }]);
  });

  test("names every price that it used, in the order of keys, and the region", () => {
    const total = fargateCost([placed({ ...SMALLEST, "ephemeral-storage": "21Gi" })], priceBook(), NO_DISCOUNT);
    expect(total.region).toBe("eu-west-1");
    expect(total.prices.map(({ key }) => key)).toEqual([
      "fargate/ephemeral-storage/gib-hour",
      "fargate/x86/gib-hour",
      "fargate/x86/vcpu-hour",
    ]);
  });

  test("agrees with plain fractions", () => {
    const requests = fc.record({
      millis: fc.integer({ min: 0, max: 16_000 }),
      mib: fc.integer({ min: 0, max: 30_000 }),
    });
    const runs = fc.record({ runsPerMonth: fc.nat(40_000), secondsPerRun: fc.nat(5_000), keptSeconds: fc.nat(5_000) });
    fc.assert(
      fc.property(requests, fc.option(runs), fc.nat(300), fc.nat(99), ({ millis, mib }, run, count, fargate) => {
        const placement = placed(
          { cpu: `${millis}m`, memory: `${mib}Mi` },
          {
            ...replicas(count),
            ...(run === null ? {} : { runTime: { kind: "runs", ...run, retained: 0, from: "test" } }),
          },
          { outcome: ON_FARGATE },
        );
        fc.pre(placement.size !== undefined);
        const { size = { cpu: { millis: 0 }, memory: { mib: 0 } } } = placement;
        const seconds =
          run === null ? 730 * 3600 : run.runsPerMonth * Math.max(60, run.secondsPerRun + run.keptSeconds);
        const priced = (cpu: number, memory: number) => slowly(cpu, memory, seconds * count, fargate);
        const answer = cost(placement, { fargate, ec2: 0 });
        expect(answer.month?.min.toFixed(9)).toBe(priced(size.cpu.millis, size.memory.mib));
        expect(answer.wastedMonth?.min.toFixed(9)).toBe(priced(size.cpu.millis - millis, size.memory.mib - mib - 256));
      }),
    );
  });
});

/** A second implementation: one fraction of whole numbers, with 9 decimals. */
function slowly(millis: number, mib: number, seconds: number, discount: number): string {
  const vcpu = BigInt(Number(EU_WEST_1["fargate/x86/vcpu-hour"]) * 1e6);
  const gib = BigInt(Number(EU_WEST_1["fargate/x86/gib-hour"]) * 1e6);
  const numerator =
    (vcpu * BigInt(millis) * 1024n + gib * BigInt(mib) * 1000n) * BigInt(seconds) * BigInt(100 - discount);
  const denominator = 1000n * 1024n * 3600n * 100n * 1_000_000n;
  const scaled = (numerator * 1_000_000_000n * 2n + denominator) / (2n * denominator);
  const digits = scaled.toString().padStart(10, "0");
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`;
}
