import type { ScaledService, WatchedMetric } from "../../src/model/scaling-metrics";
import { type ServiceScalingOptions, serviceScalingProblems } from "../../src/model/service-scaling";

export const BEHIND_ALB: ScaledService = { hasRequestCounter: true, clusterName: "shop", serviceName: "shop-web" };
export const ALONE: ScaledService = { ...BEHIND_ALB, hasRequestCounter: false };
export const CPU: NonNullable<ServiceScalingOptions["targetTracking"]> = { cpu: { metric: "cpu", target: 60 } };
export const LOAD = { namespace: "Shop", name: "Load" };
export const UP = [{ to: 10 }, { from: 10, change: 1 }];
export const DOWN = [{ to: 5, change: -1 }, { from: 5 }];

export const problems = (options: Partial<ServiceScalingOptions>, service = BEHIND_ALB) =>
  serviceScalingProblems({ minimum: 1, maximum: 10, targetTracking: CPU, ...options }, service);
export const messages = (options: Partial<ServiceScalingOptions>, service = BEHIND_ALB) =>
  problems(options, service).map(({ message }) => message);
export const tracking = (metric: WatchedMetric, service = BEHIND_ALB, more: object = {}) =>
  messages({ targetTracking: { one: { metric, target: 10, ...more } } }, service);

export const SPELLED = {
  namespace: "AWS/ECS",
  name: "CPUUtilization",
  dimensions: { ServiceName: "shop-web", ClusterName: "shop" },
};
export const REQUESTS = {
  namespace: "AWS/ApplicationELB",
  name: "RequestCountPerTarget",
  dimensions: { TargetGroup: "targetgroup/web/2", LoadBalancer: "app/shop/1" },
};
export const COUNTED: ScaledService = {
  ...BEHIND_ALB,
  requestCounter: { loadBalancerArnSuffix: "app/shop/1", targetGroupArnSuffix: "targetgroup/web/2" },
};
