import fc from "fast-check";
import type { Service } from "../../src/model/inventory";
import type { Workload } from "../../src/model/workload";
import { ClusterIndex } from "../../src/placement/cluster-index";
import { claim, inventory, object, service, source, workload } from "../support/workloads";

fc.configureGlobal({ seed: 20261121, numRuns: 300 });

const names = (objects: readonly { readonly name: string }[]) => objects.map(({ name }) => name);

describe("servicesOf", () => {
  const servicesOf = (services: readonly Service[], of = workload()) =>
    names(new ClusterIndex(inventory({ services })).servicesOf(of));

  test("a Service is in front of the pods that have all labels of its selector", () => {
    const pods = workload({ podLabels: { app: "api", tier: "backend" } });
    const services = [
      service({ name: "one", selector: { app: "api" } }),
      service({ name: "both", selector: { tier: "backend", app: "api" } }),
      service({ name: "other-value", selector: { app: "web" } }),
      service({ name: "more", selector: { app: "api", track: "canary" } }),
    ];
    expect(servicesOf(services, pods)).toEqual(["one", "both"]);
  });

  test("a Service of another namespace is not in front of them", () => {
    expect(servicesOf([service({ namespace: "shop" })])).toEqual([]);
  });

  test("a Service without selector is in front of nothing", () => {
    expect(servicesOf([service({ selector: {} })])).toEqual([]);
  });

  test("a label named like a method of every object is a label like others", () => {
    expect(servicesOf([service({ selector: { constructor: "api" } })])).toEqual([]);
    expect(
      servicesOf([service({ selector: { constructor: "api" } })], workload({ podLabels: { constructor: "api" } })),
    ).toEqual(["api"]);
  });

  test("it finds what going through all Services finds, in their order", () => {
    const labels = fc.dictionary(fc.constantFrom("app", "tier", "constructor"), fc.constantFrom("a", "b"), {
      maxKeys: 3,
    });
    const namespace = fc.constantFrom("web", "shop");
    const services = fc.array(fc.record({ namespace, selector: labels }), { maxLength: 8 });
    fc.assert(
      fc.property(services, namespace, labels, (selecting, of, podLabels) => {
        const all = selecting.map((each, index) => service({ ...each, name: `s${index}` }));
        const slow = all.filter(
          ({ namespace, selector }) =>
            namespace === of &&
            Object.keys(selector).length > 0 &&
            Object.entries(selector).every((pair) =>
              JSON.stringify(Object.entries(podLabels)).includes(JSON.stringify(pair)),
            ),
        );
        expect(servicesOf(all, workload({ namespace: of, podLabels }))).toEqual(names(slow));
      }),
    );
  });
});

describe("ingressesOf", () => {
  const ingress = (name: string, services: readonly string[]) => ({ ...object(name), annotations: {}, services });

  test("an Ingress reaches the pods through any of their Services, and counts once", () => {
    const cluster = new ClusterIndex(
      inventory({
        services: [service({ name: "a" }), service({ name: "b" })],
        ingresses: [ingress("both", ["a", "b", "a"]), ingress("none", ["c"])],
      }),
    );
    expect(names(cluster.ingressesOf(workload()))).toEqual(["both"]);
  });

  test("an Ingress of another namespace does not reach them", () => {
    const other = { ...ingress("other", ["api"]), namespace: "shop" };
    const cluster = new ClusterIndex(inventory({ services: [service()], ingresses: [other] }));
    expect(cluster.ingressesOf(workload())).toEqual([]);
  });
});

describe("volumeOf", () => {
  const volume = (name: string, more: object = {}) => ({ name, source: source(), driver: "efs.csi.aws.com", ...more });
  const volumeOf = (of: Parameters<typeof claim>[1], volumes: readonly ReturnType<typeof volume>[]) =>
    new ClusterIndex(inventory({ volumes })).volumeOf(claim("data", of))?.name;

  test("it is the one that the claim names", () => {
    const claimed = volume("claimed", { claim: { namespace: "web", name: "data" } });
    expect(volumeOf({ volumeName: "named" }, [claimed, volume("named")])).toBe("named");
    expect(volumeOf({ volumeName: "missing" }, [claimed])).toBeUndefined();
  });

  test("it is the one that names the claim", () => {
    const claimed = (namespace: string) => volume(namespace, { claim: { namespace, name: "data" } });
    expect(volumeOf({}, [claimed("shop"), claimed("web")])).toBe("web");
  });

  test("it is one of the claim's storage class that is free", () => {
    const free = volume("free", { storageClassName: "efs-sc" });
    const taken = volume("taken", { storageClassName: "efs-sc", claim: { namespace: "web", name: "other" } });
    expect(volumeOf({ storageClassName: "efs-sc" }, [free, taken])).toBe("free");
    expect(volumeOf({ storageClassName: "efs-sc" }, [taken])).toBeUndefined();
    expect(volumeOf({}, [free])).toBeUndefined();
  });
});

describe("what belongs to a service account", () => {
  const association = { ...object("a"), serviceAccount: "default" };
  const podIdentityOf = (of: Workload) =>
    new ClusterIndex(inventory({ podIdentities: [association] })).podIdentityOf(of);

  test("pods that name no service account have the one called default", () => {
    expect(podIdentityOf(workload())).toBe(association);
  });

  test("pods of another service account or namespace have no part in it", () => {
    expect(podIdentityOf(workload({ pod: { serviceAccountName: "api" } }))).toBeUndefined();
    expect(podIdentityOf(workload({ namespace: "shop" }))).toBeUndefined();
  });
});

test("claims, storage classes and service accounts are found by name, namespaced ones in their namespace", () => {
  const data = claim("data");
  const gp3 = { name: "gp3", source: source(), provisioner: "ebs.csi.aws.com" };
  const account = { ...object("api"), annotations: {} };
  const cluster = new ClusterIndex(inventory({ claims: [data], storageClasses: [gp3], serviceAccounts: [account] }));
  expect([cluster.claim("web", "data"), cluster.claim("shop", "data")]).toEqual([data, undefined]);
  expect([cluster.storageClass("gp3"), cluster.storageClass("gp2")]).toEqual([gp3, undefined]);
  expect([cluster.serviceAccount("web", "api"), cluster.serviceAccount("shop", "api")]).toEqual([account, undefined]);
});

test("budgets count the pods that their selector takes, all of their namespace when it is empty", () => {
  const budget = (name: string, selector: Record<string, string>) => ({ ...object(name), selector });
  const cluster = new ClusterIndex(
    inventory({ disruptionBudgets: [budget("api", { app: "api" }), budget("web", { app: "web" }), budget("all", {})] }),
  );
  expect(names(cluster.budgetsOf(workload()))).toEqual(["api", "all"]);
  expect(names(cluster.budgetsOf(workload({ namespace: "shop", podLabels: {} })))).toEqual([]);
});

test("the pods that a budget counts are those of all its workloads together", () => {
  const all = { ...object("all"), selector: {} };
  const none = { ...object("none"), selector: { app: "none" } };
  const replicas = (min: number, max: number) => ({ replicas: { min, max, from: "" } });
  const workloads = [workload(replicas(1, 2)), workload({ name: "b", ...replicas(2, 4) })];
  const cluster = new ClusterIndex(inventory({ workloads, disruptionBudgets: [all, none] }));
  expect(cluster.podsCountedBy(all)).toEqual({ workloads: 2, min: 3, max: 6 });
  expect(cluster.podsCountedBy(none)).toEqual({ workloads: 0, min: 0, max: 0 });
});
