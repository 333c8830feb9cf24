import { Release } from "@cdktf/provider-helm/lib/release";
import { VpaController, type VpaControllerOptions } from "../../../src/constructs/addons/vpa-controller";
import { Mirrors } from "../../../src/constructs/kubernetes/mirrors";
import { importedClusterIn } from "../../support/constructs";
import { refusal, resource, stackFor, synth } from "../../support/stack";

function build(options: VpaControllerOptions = {}, mirror?: string, namespace = "kube-system") {
  const stack = stackFor();
  Mirrors.set(stack, mirror === undefined ? {} : { images: mirror });
  const profile = { key: "system", name: "system", hashed: false, selectors: [{ namespace }] };
  new VpaController(stack, "vpa", { cluster: importedClusterIn(stack, { fargateProfiles: [profile] }), ...options });
  return resource(synth(stack), Release);
}

const values = (...args: Parameters<typeof build>): unknown => JSON.parse((build(...args).values as string[])[0] ?? "");

describe("VpaController", () => {
  test("is the chart in the version of the project", () => {
    expect(build()).toMatchObject({ name: "vpa", chart: "vpa", version: "5.0.0", namespace: "kube-system" });
  });

  test("has pods that fill sizes of Fargate, with limits equal to requests", () => {
    const large = { cpu: "250m", memory: "768Mi" };
    const small = { cpu: "250m", memory: "256Mi" };
    const both = (size: unknown) => ({ resources: { requests: size, limits: size } });
    expect(values()).toMatchObject({
      recommender: both(large),
      updater: both(large),
      admissionController: { ...both(small), certGen: both(small) },
    });
  });

  test("recommends nothing below Fargate's smallest size", () => {
    expect(values()).toMatchObject({
      recommender: {
        extraArgs: { "pod-recommendation-min-cpu-millicores": 250, "pod-recommendation-min-memory-mb": 256 },
      },
    });
  });

  test("takes all its images from the mirror, that of the chart's tests too", () => {
    const image = (name: string) => ({
      image: { repository: `mirror.example.com/autoscaling/vpa-${name}`, tag: "1.7.1" },
    });
    expect(values({}, "mirror.example.com")).toMatchObject({
      recommender: image("recommender"),
      updater: image("updater"),
      admissionController: {
        ...image("admission-controller"),
        certGen: { image: { repository: "mirror.example.com/ingress-nginx/kube-webhook-certgen" } },
      },
      tests: { image: { repository: "mirror.example.com/alpine/kubectl", tag: "1.36.2" } },
    });
  });

  test("has the three programs in the tag that is asked for, and the job and the tests in their own", () => {
    expect(values({ image: { registry: "other.example.com", tag: "1.8.0" } })).toMatchObject({
      updater: { image: { repository: "other.example.com/autoscaling/vpa-updater", tag: "1.8.0" } },
      admissionController: {
        certGen: {
          image: {
            repository: "other.example.com/ingress-nginx/kube-webhook-certgen",
            tag: expect.stringMatching(/^v2023/),
          },
        },
      },
      tests: { image: { repository: "other.example.com/alpine/kubectl", tag: "1.36.2" } },
    });
  });

  test("keeps a pod that writes recommendations while another is moved, when there are more", () => {
    expect(values()).toMatchObject({ admissionController: { replicaCount: 1, podDisruptionBudget: {} } });
    expect(values({ replicas: 2 })).toMatchObject({
      admissionController: { replicaCount: 2, podDisruptionBudget: { minAvailable: 1 } },
    });
  });

  test("has one pod that recommends and one that evicts, which could not agree on who works", () => {
    expect(values({ replicas: 2 })).toMatchObject({ recommender: { replicaCount: 1 }, updater: { replicaCount: 1 } });
  });

  test("is refused where no profile takes its pods", () => {
    expect(refusal(() => build({}, undefined, "web"))).toBe(
      `[test/vpa] no Fargate profile takes the pods of the Vertical Pod Autoscaler in namespace "kube-system", and there are no nodes, so they would stay Pending; add a selector { namespace: "kube-system" } to a profile`,
    );
  });
});
