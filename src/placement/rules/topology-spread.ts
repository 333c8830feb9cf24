import { quote } from "../../model/problem";
import type { Rule } from "../rule";
import { FARGATE_PROFILE_GUIDE } from "./support/sources";

export const topologySpread: Rule = {
  id: "topology-spread",
  severity: "warning",
  title: "Pods do not rely on topology spread constraints",
  reason: "Fargate does not support them, and does not promise an even spread over the profile's subnets",
  fix: "remove the constraint; for a share in each zone, run one Deployment per zone on a profile with that zone's subnet",
  source: FARGATE_PROFILE_GUIDE,
  check: ({ pod, podPath }) =>
    pod.topologySpreadConstraints.map(({ topologyKey, whenUnsatisfiable }, index) => ({
      at: [...podPath, "topologySpreadConstraints", index],
      message: `the pods are to be spread over ${quote(topologyKey)} (${whenUnsatisfiable})`,
    })),
};
