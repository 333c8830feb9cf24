import type { CapacityOption, Comparison, CostLine, Decision, MoneyRange } from "../../src/cost/cost";
import type { Price, PriceKey } from "../../src/pricing/price";
import { Cpu } from "../../src/units/cpu";
import { Memory } from "../../src/units/memory";
import { Money } from "../../src/units/money";
import { FINDINGS, WORKLOADS } from "./shop-workloads";

export const REGION = "eu-west-1";

/** Prices of the fixture. The last has a caveat; one for ARM is missing. */
export const PRICES: readonly Price[] = [
  price("fargate/x86/vcpu-hour", "0.04048", "2026-10-20", "AWS Price List AmazonEKS"),
  price("fargate/x86/gib-hour", "0.004445", "2026-10-20", "AWS Price List AmazonEKS"),
  {
    ...price("eks/cluster-hour", "0.10", "2026-09-29", "aws.amazon.com/eks/pricing"),
    caveat: "read from a page that shows it for another region",
  },
];

function price(key: PriceKey, usd: string, date: string, from: string): Price {
  return { key, region: REGION, usd: Money.usd(usd), date, source: from };
}

const usd = (min: string, max = min): MoneyRange => ({ min: Money.usd(min), max: Money.usd(max) });

const one = { min: 1, max: 1 };
const CONTROL_PLANE: CostLine = { what: "EKS control plane", quantity: one, month: usd("73"), missing: [] };
const NAT: CostLine = {
  what: "NAT gateway",
  quantity: { min: 2, max: 2 },
  month: usd("70.08"),
  missing: [],
  note: "without the data that it processes",
};

function option(
  id: string,
  title: string,
  compute: CostLine,
  platform: readonly CostLine[],
  month: MoneyRange,
): CapacityOption {
  return { id, title, compute: [compute], platform, month, leftOut: compute.month === undefined ? 1 : 0, notes: [] };
}

export const COMPARISON: Comparison = {
  region: REGION,
  compared: [
    WORKLOADS.coredns,
    WORKLOADS.api,
    WORKLOADS.cart,
    WORKLOADS.catalog,
    WORKLOADS.frontend,
    WORKLOADS.pricing,
  ],
  leftOut: [
    { workload: WORKLOADS.fluentBit, reason: "a DaemonSet is counted on every node" },
    { workload: WORKLOADS.ledger, reason: "Fargate refuses it: ebs-claim" },
  ],
  options: [
    option(
      "eks-fargate",
      "EKS on Fargate",
      { what: "pods", quantity: { min: 23, max: 37 }, month: usd("2339.81", "2912.44"), missing: [] },
      [CONTROL_PLANE, NAT],
      usd("2482.89", "3055.52"),
    ),
    option(
      "ecs-fargate-x86",
      "ECS on Fargate, x86",
      { what: "tasks", quantity: { min: 23, max: 37 }, month: usd("2280.10", "2840.02"), missing: [] },
      [NAT],
      usd("2350.18", "2910.10"),
    ),
    option(
      "ecs-fargate-arm",
      "ECS on Fargate, ARM",
      { what: "tasks", quantity: { min: 23, max: 37 }, missing: ["fargate/arm/vcpu-hour", "fargate/arm/gib-hour"] },
      [NAT],
      usd("70.08"),
    ),
    {
      ...option(
        "eks-nodes/m6i.2xlarge",
        "EKS on m6i.2xlarge nodes",
        { what: "m6i.2xlarge", quantity: { min: 8, max: 10 }, month: usd("2499.52", "3124.40"), missing: [] },
        [
          CONTROL_PLANE,
          NAT,
          { what: "gp3 volumes of 20 GiB", quantity: { min: 8, max: 10 }, month: usd("14.08", "17.60"), missing: [] },
        ],
        usd("2656.68", "3285.08"),
      ),
      notes: ["spread over 2 zones"],
      nodes: {
        instanceType: "m6i.2xlarge",
        count: { min: 8, max: 10 },
        usable: { cpu: Cpu.ofMillis(7910), memory: Memory.ofMib(29_500), pods: 56 },
        cpuUse: 0.82,
        memoryUse: 0.64,
        breakEven: 0.88,
        unfit: [],
      },
    },
    {
      ...option(
        "eks-nodes/t3.medium",
        "EKS on t3.medium nodes",
        { what: "t3.medium", quantity: { min: 14, max: 22 }, month: usd("466.03", "732.34"), missing: [] },
        [CONTROL_PLANE, NAT],
        usd("609.11", "875.42"),
      ),
      nodes: {
        instanceType: "t3.medium",
        count: { min: 14, max: 22 },
        usable: { cpu: Cpu.ofMillis(1930), memory: Memory.ofMib(3300), pods: 15 },
        cpuUse: 0.58,
        memoryUse: 0.91,
        unfit: [{ workload: WORKLOADS.pricing, reason: "a pod requests 16 of CPU, and a node has 1930m" }],
      },
    },
  ],
  prices: PRICES,
  discounts: { fargate: 20, ec2: 27 },
  assumptions: [
    "A month has 730 hours.",
    "Nodes are packed by requests, the largest pods first.",
    "Data transfer is not counted.",
  ],
};

export const DECISION: Decision = {
  choice: "both",
  because: "4 of 6 workloads cost less on Fargate or at most 10% more, and 2 cannot run there",
  workloads: [
    {
      workload: WORKLOADS.coredns,
      choice: "fargate",
      fargateMonth: usd("18.02"),
      nodesShare: Money.usd("12.40"),
      reasons: ["it resolves names for the other pods on Fargate"],
      against: ["$5.62 a month more than on nodes"],
      findings: [],
    },
    {
      workload: WORKLOADS.fluentBit,
      choice: "nodes",
      reasons: ["a DaemonSet runs on every node"],
      against: [],
      findings: [],
    },
    {
      workload: WORKLOADS.api,
      choice: "fargate",
      fargateMonth: usd("72.08", "360.40"),
      nodesShare: Money.usd("80.11"),
      reasons: ["costs less on Fargate"],
      against: ["two profiles take its pods"],
      findings: [FINDINGS.ambiguous],
    },
    {
      workload: WORKLOADS.pricing,
      choice: "nodes",
      fargateMonth: usd("2106.33"),
      nodesShare: Money.usd("1530"),
      reasons: ["costs 27% less on nodes"],
      against: ["nodes have to be patched"],
      findings: [],
    },
    {
      workload: WORKLOADS.search,
      choice: "neither",
      reasons: ["not on Fargate: 'nodeSelector' asks for kubernetes.io/arch=arm64 (arm64)"],
      against: [],
      findings: [],
    },
  ],
  leftOut: [
    { workload: WORKLOADS.search, reason: "not on m6i.2xlarge: 'nodeSelector' asks for kubernetes.io/arch=arm64" },
  ],
  comparison: COMPARISON,
  against: ["two kinds of capacity have to be looked after"],
  plans: [
    {
      choice: "nodes",
      compute: [{ what: "m6i.2xlarge", quantity: { min: 8, max: 10 }, month: usd("2499.52", "3124.40"), missing: [] }],
      platform: [CONTROL_PLANE, NAT],
      month: usd("2656.68", "3285.08"),
      leftOut: 0,
      weighed: Money.usd("2656.68"),
      nodes: {
        instanceType: "m6i.2xlarge",
        count: { min: 8, max: 10 },
        cpuUse: 0.82,
        memoryUse: 0.64,
        unfit: [],
      },
    },
    {
      choice: "both",
      compute: [
        { what: "pods", quantity: { min: 9, max: 23 }, month: usd("233.48", "806.11"), missing: [] },
        { what: "m6i.2xlarge", quantity: { min: 5, max: 5 }, month: usd("1562.20"), missing: [] },
      ],
      platform: [CONTROL_PLANE, NAT],
      month: usd("1890.10", "2410.66"),
      leftOut: 0,
      weighed: Money.usd("1868.87"),
      nodes: { instanceType: "m6i.2xlarge", count: { min: 5, max: 5 }, cpuUse: 0.8, memoryUse: 0.7, unfit: [] },
    },
  ],
  instanceType: "m6i.2xlarge",
  acceptedPremium: 10,
  months: { fargate: usd("2482.89", "3055.52"), nodes: usd("2656.68", "3285.08"), decided: usd("1890.10", "2410.66") },
};
