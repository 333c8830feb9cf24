import { edited, read, told } from "./reading";

const RESOURCES = "{requests: {cpu: 250m, memory: 512Mi}}";

const wrong = (resources: string) =>
  told(edited(RESOURCES, resources)).map((problem) => problem.replace(/^.*resources\./, ""));

describe("a request above its limit is a problem, as Kubernetes refuses it", () => {
  test.each([
    ["{requests: {cpu: 2}, limits: {cpu: 1500m}}", "cpu", "1500m", "2"],
    ["{requests: {memory: 1Gi}, limits: {memory: 1G}}", "memory", "1G", "1Gi"],
    ["{requests: {ephemeral-storage: 2Gi}, limits: {ephemeral-storage: 1Gi}}", "ephemeral-storage", "1Gi", "2Gi"],
    ["{requests: {example.com/card: 2}, limits: {example.com/card: 1}}", "example.com/card", "1", "2"],
  ])("%s", (resources, resource, limit, request) => {
    expect(wrong(resources)).toEqual([
      `requests.${resource}: the request for '${resource}' must be at most its limit, "${limit}", got "${request}"; request less or raise the limit`,
    ]);
  });

  test("of the pod as a whole too", () => {
    const text = edited("containers:", "resources: {requests: {cpu: 2}, limits: {cpu: 1}}\n      containers:");
    expect(told(text)).toEqual([expect.stringContaining("spec.template.spec.resources.requests.cpu: the request")]);
    expect(read(text).workloads).toEqual([]);
  });

  test("not where it is the limit in other words, or there is no limit", () => {
    expect(wrong("{requests: {cpu: 1, memory: 1Gi}, limits: {cpu: 1000m, memory: 1024Mi}}")).toEqual([]);
    expect(wrong("{requests: {cpu: 1, memory: 1Gi}, limits: {cpu: 2}}")).toEqual([]);
    expect(wrong("{limits: {cpu: 2}}")).toEqual([]);
  });

  test("not told of what is no quantity, which is told instead", () => {
    expect(wrong("{requests: {cpu: 2}, limits: {cpu: many}}")).toEqual([
      expect.stringMatching(/^limits.cpu: .*"many"/),
    ]);
  });
});
