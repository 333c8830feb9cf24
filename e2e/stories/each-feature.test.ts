import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { ROOT } from "../support/project";
import type { Terraform } from "../support/terraform";
import { setTwoStackStage, synthesizeTwoStacks } from "../support/two-stacks";

const EVERYTHING = parse(readFileSync(join(ROOT, "settings/everything.yaml"), "utf8")) as {
  readonly inCluster: Readonly<Record<string, unknown>>;
};

/** What a feature cannot be without. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  autoscaling: ["metricsServer", "verticalPodAutoscaler"],
  batchCronJobs: ["tenants"],
  batchJobs: ["tenants"],
  externalDns: ["hostedZones"],
  certificates: ["hostedZones"],
  efs: ["tenants"],
  ingresses: ["albController", "certificates", "hostedZones", "webAcl"],
  ingressNginx: ["albController"],
  kubeResourceReport: ["metricsServer"],
  networkLoadBalancers: ["albController"],
  podSecurityGroups: ["tenants"],
};

/** The settings with one feature on, and what it cannot be without. */
function only(feature: string): string {
  const wanted = [feature, ...(NEEDS[feature] ?? [])];
  const inCluster = Object.fromEntries(wanted.map((key) => [key, EVERYTHING.inCluster[key]]));
  return stringify({ ...EVERYTHING, inCluster });
}

describe("each feature alone, one after the other on one cluster", () => {
  const stage = setTwoStackStage();
  const features = Object.keys(EVERYTHING.inCluster);
  let cluster: Terraform;
  let inCluster: Terraform;

  beforeAll(async () => {
    ({ cluster, inCluster } = await synthesizeTwoStacks(stage, only(features[0] ?? "")));
    await cluster.init();
    await cluster.apply();
    await inCluster.init();
  });

  // What the feature before it had goes in the same run.
  test.each(features)("%s applies, after which a second plan has no changes", async (feature) => {
    await synthesizeTwoStacks(stage, only(feature));
    await inCluster.apply();
    expect(await inCluster.plan()).toEqual([]);
    expect(await stage.api.problems()).toEqual({});
  });

  test("nothing is left of them", async () => {
    await inCluster.destroy();
    expect(await stage.api.loadBalancers()).toEqual([]);
    await cluster.destroy();
    expect(await stage.emulator.leftovers()).toEqual({});
  });
});
