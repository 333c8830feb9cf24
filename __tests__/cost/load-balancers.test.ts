import { loadBalancersOf } from "../../src/cost/load-balancers";
import type { Ingress } from "../../src/model/inventory";
import { object, service } from "../support/workloads";

const ingress = (
  name: string,
  ingressClassName: string | undefined,
  annotations: Record<string, string> = {},
): Ingress => ({
  ...object(name),
  ...(ingressClassName === undefined ? {} : { ingressClassName }),
  annotations,
  services: [],
});

test("a Service of type LoadBalancer makes one, any other Service none", () => {
  expect(loadBalancersOf({ services: [service({ type: "LoadBalancer" }), service()], ingresses: [] })).toBe(1);
});

test("each Ingress of class alb makes one, whichever way it names its class", () => {
  const ingresses = [ingress("a", "alb"), ingress("b", undefined, { "kubernetes.io/ingress.class": "alb" })];
  expect(loadBalancersOf({ services: [], ingresses })).toBe(2);
});

test("Ingresses of one group share one", () => {
  const group = { "alb.ingress.kubernetes.io/group.name": "public" };
  const ingresses = [ingress("a", "alb", group), ingress("b", "alb", group), ingress("c", "alb")];
  expect(loadBalancersOf({ services: [], ingresses })).toBe(2);
});

test("an Ingress of another class, or of none, makes none", () => {
  expect(loadBalancersOf({ services: [], ingresses: [ingress("a", "nginx"), ingress("b", undefined)] })).toBe(0);
});
