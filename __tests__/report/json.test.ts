import { costJson } from "../../src/report/cost-json";
import { decisionJson } from "../../src/report/decision-json";
import { fitJson } from "../../src/report/fit-json";
import { expectGolden } from "../support/golden";
import { shopReport } from "./shop";
import { COMPARISON, DECISION } from "./shop-options";

const GENERATOR = "cdktf-eks-fargate 0.2.0";

test("the answer of fit", () => {
  expectGolden("report/fit.json.txt", fitJson(shopReport()));
});

test("the answer of cost", () => {
  expectGolden("report/cost.json.txt", costJson(COMPARISON, GENERATOR));
});

test("the decision", () => {
  expectGolden("report/decision.json.txt", decisionJson(DECISION, GENERATOR));
});

test("every workload has the same keys, whatever is known of it", () => {
  const { workloads } = JSON.parse(fitJson(shopReport()));
  const shapes = new Set(workloads.map((each: object) => JSON.stringify(keysOf(each))));
  expect(shapes.size).toBe(1);
});

test("what a workload on nodes would meet on Fargate is there, apart from its findings", () => {
  const { workloads } = JSON.parse(fitJson(shopReport()));
  const agent = workloads.find(({ name }: { name: string }) => name === "fluent-bit");
  expect([agent.findings, agent.fargateFindings.map(({ rule }: { rule: string }) => rule)]).toEqual([
    [],
    ["daemonset"],
  ]);
});

test("amounts are texts with all digits, and a missing one is null", () => {
  const { workloads } = JSON.parse(fitJson(shopReport()));
  const cost = (name: string) => workloads.find((each: { name: string }) => each.name === name).cost;
  expect(cost("coredns").podHour).toBe("0.0123425");
  expect(cost("search")).toMatchObject({
    podHour: null,
    month: null,
    missingPrices: ["fargate/arm/vcpu-hour", "fargate/arm/gib-hour"],
    inTotal: false,
  });
});

/** Keys of an object and of the objects in it; lists and what is null are not looked into. */
function keysOf(value: object): unknown {
  return Object.entries(value).map(([key, inner]) => [
    key,
    key === "outcome" || key === "cost" || key === "requests" ? Object.keys(inner) : "",
  ]);
}
