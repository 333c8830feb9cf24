import { unmetByType } from "../../src/cost/node-fit";
import type { NodeRequirement, PodSpec } from "../../src/model/pod";
import { container, resources, workload } from "../support/workloads";

/** What keeps the pods off nodes of amd64, and off those of arm64. */
function unmet(pod: Partial<PodSpec>) {
  return (["amd64", "arm64"] as const).map((arch) => unmetByType(workload({ pod }), { arch }));
}

function required(...requiredNodeTerms: NodeRequirement[][]): Partial<PodSpec> {
  return {
    affinity: { requiredNodeTerms, preferredNodeTerms: [], requiredPodAffinity: [], requiredPodAntiAffinity: [] },
  };
}

function arch(operator: string, ...values: string[]): NodeRequirement {
  return { key: "kubernetes.io/arch", operator, values };
}

const ZONE: NodeRequirement = { key: "topology.kubernetes.io/zone", operator: "In", values: ["eu-west-1a"] };

describe("a type of nodes takes", () => {
  test.each<[string, Partial<PodSpec>]>([
    ["pods that ask for nothing", {}],
    ["pods that ask for labels which are neither architecture nor system", { nodeSelector: { team: "shop" } }],
    [
      "pods for Linux",
      { nodeSelector: { "kubernetes.io/os": "linux", "beta.kubernetes.io/os": "linux" }, os: "linux" },
    ],
    ["pods that ask for one of both architectures", required([arch("In", "amd64", "arm64")])],
    ["pods of which one term asks for another architecture and one does not", required([arch("In", "s390x")], [ZONE])],
    ["pods that ask for any architecture", required([arch("Exists")])],
    ["pods with an extended resource that a plugin may bring", gpu("example.com/fuse")],
    ["pods that ask for no accelerator at all", gpu("nvidia.com/gpu", "0")],
  ])("%s", (_, pod) => {
    expect(unmet(pod)).toEqual([undefined, undefined]);
  });
});

describe("a type of nodes does not take pods", () => {
  const arm = "'nodeSelector' asks for kubernetes.io/arch=arm64";
  const system = (text: string) => [text, text];
  test.each<[string, Partial<PodSpec>, (string | undefined)[]]>([
    [
      "whose selector asks for the other architecture",
      { nodeSelector: { "kubernetes.io/arch": "arm64" } },
      [arm, undefined],
    ],
    [
      "whose selector asks for it by the old label",
      { nodeSelector: { "beta.kubernetes.io/arch": "amd64" } },
      [undefined, "'nodeSelector' asks for beta.kubernetes.io/arch=amd64"],
    ],
    [
      "whose affinity asks for it in each term",
      required([arch("In", "arm64"), ZONE], [arch("In", "arm64", "s390x")]),
      [
        "the required node affinity asks for kubernetes.io/arch In [arm64] or kubernetes.io/arch In [arm64, s390x]",
        undefined,
      ],
    ],
    [
      "whose affinity has a term that holds nowhere beside one for another architecture",
      required([], [arch("In", "arm64")]),
      ["the required node affinity asks for kubernetes.io/arch In [arm64]", undefined],
    ],
    [
      "whose affinity shuns the architecture",
      required([arch("NotIn", "amd64")]),
      ["the required node affinity asks for kubernetes.io/arch NotIn [amd64]", undefined],
    ],
    [
      "whose affinity asks for nodes without the label",
      required([arch("DoesNotExist")]),
      system("the required node affinity asks for kubernetes.io/arch DoesNotExist"),
    ],
    ["for Windows, by their specification", { os: "windows" }, system("its pods are for Windows")],
    ["for Windows, as host processes", { hostProcess: true }, system("its pods are for Windows")],
    [
      "for Windows, by their selector",
      { nodeSelector: { "kubernetes.io/os": "windows" } },
      system("'nodeSelector' asks for kubernetes.io/os=windows"),
    ],
    ["that ask for a GPU", gpu("nvidia.com/gpu"), system('container "app" asks for 1 of nvidia.com/gpu')],
  ])("%s", (_, pod, expected) => {
    expect(unmet(pod)).toEqual(expected);
  });
});

function gpu(name: string, amount = "1"): Partial<PodSpec> {
  return { containers: [container({ resources: resources({ [name]: amount }) })] };
}
