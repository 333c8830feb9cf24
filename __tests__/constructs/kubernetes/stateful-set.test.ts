import { StatefulSet, type StatefulSetProps } from "../../../src/constructs/kubernetes/stateful-set";
import { importedClusterIn } from "../../support/constructs";
import { podTemplate } from "../../support/pod-templates";
import { resource, stackFor, synth } from "../../support/stack";

function build(props: Partial<StatefulSetProps> = {}) {
  const stack = stackFor();
  const statefulSet = new StatefulSet(stack, "queue", {
    cluster: importedClusterIn(stack),
    namespace: "queue",
    name: "queue",
    serviceName: "queue",
    template: podTemplate(),
    ...props,
  });
  return { statefulSet, set: resource(synth(stack), StatefulSet) };
}

describe("StatefulSet", () => {
  test("gives its pods names by a Service, and leaves their number to the cluster", () => {
    const { set } = build();
    expect(set.spec).toEqual([
      {
        service_name: "queue",
        selector: [{ match_labels: { "app.kubernetes.io/name": "queue" } }],
        template: expect.any(Array),
      },
    ]);
    expect(set).not.toHaveProperty("wait_for_rollout");
  });

  test("takes every option at once", () => {
    const { set, statefulSet } = build({ replicas: 3, podManagementPolicy: "Parallel", waitForRollout: false });
    expect(set).toMatchObject({
      spec: [{ replicas: 3, pod_management_policy: "Parallel" }],
      wait_for_rollout: false,
    });
    expect(statefulSet.replicas).toBe(3);
  });
});
