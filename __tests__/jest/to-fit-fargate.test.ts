import "cdktf-eks-fargate/jest";
import { toFitFargate } from "../../src/jest/to-fit-fargate";

const SHOP = "examples/shop/manifests";
const PROFILES = { web: { selectors: [{ namespace: "web-*" }] } };
const POD = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "app", namespace: "web" },
  spec: { containers: [{ name: "app", resources: { requests: { cpu: "250m", memory: "256Mi" } } }] },
};

test("manifests whose pods all find a place fit: a folder, a file, a list", () => {
  expect(SHOP).toFitFargate(PROFILES);
  expect(`${SHOP}/api.yaml`).toFitFargate(PROFILES);
  expect([`${SHOP}/api.yaml`, `${SHOP}/front.yaml`]).toFitFargate(PROFILES);
});

test("Kubernetes objects fit as files do", () => {
  expect(POD).toFitFargate({ web: { selectors: [{ namespace: "web" }] } });
  expect([POD, SHOP]).toFitFargate({ web: { selectors: [{ namespace: "web*" }] } });
});

test("profiles may be a list, as a cluster of constructs has them", () => {
  expect(POD).toFitFargate([{ key: "web", selectors: [{ namespace: "web" }] }]);
});

test("manifests with a pod that finds no place do not fit", () => {
  expect(POD).not.toFitFargate(PROFILES);
  expect([SHOP, POD]).not.toFitFargate(PROFILES);
});

describe("the message", () => {
  const message = (...args: Parameters<typeof toFitFargate>) => toFitFargate(...args).message();

  test("names each workload that does not fit, with its place, the reason and the fix", () => {
    expect(message([SHOP, POD], PROFILES)).toBe(
      `expected every pod of the manifests to run on Fargate:
  object 1:1: Pod web/app: no selector of the Fargate profiles "web" takes pods in namespace "web", and the cluster has no nodes, so its pods stay Pending; add a selector { namespace: "web" } to a profile`,
    );
  });

  test("of a refused negation says how many fit", () => {
    expect(message(SHOP, PROFILES)).toBe(
      "expected some pod of the manifests to find no place on Fargate, but all 3 workloads fit",
    );
  });

  test("tells a file that is not there", () => {
    expect(message("nowhere", PROFILES)).toMatch(/to run on Fargate:\n {2}nowhere: /);
  });

  test("tells manifests without a workload", () => {
    const service = { apiVersion: "v1", kind: "Service", metadata: { name: "web" }, spec: {} };
    expect(message(service, PROFILES)).toMatch(/\n {2}there is no workload in the manifests$/);
  });
});

test("Jest shows the message of a failed expectation", () => {
  expect(() => expect(POD).toFitFargate(PROFILES)).toThrow(/expected every pod of the manifests to run on Fargate:\n/);
});
