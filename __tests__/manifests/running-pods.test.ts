import { find, names, read, readOne, stream } from "./reading";

/** A pod as `kubectl get pods -o yaml` shows it, made by `owner`. */
const pod = (name: string, owner: string, rest = "") =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}${owner === "" ? "" : `, ownerReferences: [{${owner}, controller: true}]`}}\nspec: {containers: [{name: a, image: b}]}\n${rest}`;

describe("of the pods of a cluster", () => {
  test.each(["Succeeded", "Failed"])("one that has %s counts as none", (phase) => {
    const { replicas } = readOne(pod("done", "", `status: {phase: ${phase}}\n`));
    expect(replicas).toEqual({ min: 0, max: 0, from: `status.phase, ${phase}` });
  });

  test.each(["Running", "Pending", "Unknown"])("one that is %s counts", (phase) => {
    const { replicas } = readOne(pod("web", "", `status: {phase: ${phase}}\n`));
    expect(replicas).toEqual({ min: 1, max: 1, from: "a pod by itself" });
  });

  test("a static pod, which belongs to its node, is left out", () => {
    const mirror = pod("etcd-node-1", "apiVersion: v1, kind: Node, name: node-1");
    expect(read(mirror)).toMatchObject({ workloads: [], problems: [] });
  });

  test("one whose controller is not there counts, and knows it", () => {
    const { controller, replicas } = readOne(pod("agent-x7k2p", "apiVersion: apps/v1, kind: DaemonSet, name: agent"));
    expect([controller, replicas.from]).toEqual([{ kind: "DaemonSet", name: "agent" }, "a pod of DaemonSet agent"]);
    expect(readOne(pod("web", ""))).not.toHaveProperty("controller");
  });

  test("what Knative makes for a Service counts with it, though revisions are not there", () => {
    const template = "template: {spec: {containers: [{name: a, image: b}]}}";
    const service = `apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: web}\nspec: {${template}}\n`;
    const deployment = (made: string) =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web-00001-deployment, labels: {serving.knative.dev/service: ${made}}, ownerReferences: [{apiVersion: serving.knative.dev/v1, kind: Revision, name: web-00001, controller: true}]}\nspec: {${template}}\n`;
    expect(names(read(stream(service, deployment("web"))))).toEqual(["Service default/web"]);
    const other = read(stream(service, deployment("other")));
    expect(find(other, "Deployment default/web-00001-deployment").replicas.max).toBe(1);
  });
});
