import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { findManifests } from "../../src/manifests/find-files";
import { readManifests } from "../../src/manifests/read-manifests";
import { find, names } from "./reading";

const { texts } = findManifests(["__tests__/fixtures/manifests/shop"], () => new Uint8Array());
const shop = readManifests(texts);

test("what helm, kustomize and kubectl print of a whole application is read without problems", () => {
  expect(shop.problems).toEqual([]);
  expect(shop.counts).toEqual({ files: 8, documents: 28, objects: 32 });
  expect(names(shop)).toEqual([
    "DaemonSet monitoring/fluent-bit",
    "Pod monitoring/toolbox",
    "Deployment shop/catalog",
    "Deployment shop/checkout",
    "Rollout shop/checkout",
    "Deployment shop/mailer",
    "Deployment shop/orders",
    "Rollout shop/search",
    "Deployment shop/storefront",
    "Service shop/thumbnails",
    "StatefulSet shop-data/postgres",
    "CronJob shop-jobs/daily-report",
    "Job shop-jobs/import-products",
    "ScaledJob shop-jobs/invoices",
  ]);
});

test("every workload is on the line where its object begins, and its pod where its containers are", () => {
  for (const { source, podPath, kind } of shop.workloads.filter((each) => each.kind !== "Rollout")) {
    const lines = readFileSync(source.file, "utf8").split("\n");
    const around = lines.slice(source.line - 1, source.line + 3).join("\n");
    expect([basename(source.file), around]).toEqual([basename(source.file), expect.stringContaining(kind)]);
    const firstContainer = lines[source.lineOf([...podPath, "containers", 0, "image"]) - 1];
    expect(firstContainer).toMatch(/"?image"?: /);
  }
});

test("the replicas are those that autoscalers and Rollouts set", () => {
  const range = (described: string) => {
    const { min, max } = find(shop, described).replicas;
    return [min, max];
  };
  expect(range("Deployment shop/storefront")).toEqual([2, 12]);
  expect(range("Deployment shop/mailer")).toEqual([0, 20]);
  expect(range("Deployment shop/checkout")).toEqual([0, 0]);
  expect(range("Rollout shop/checkout")).toEqual([4, 4]);
  expect(range("Service shop/thumbnails")).toEqual([1, 8]);
});

test("a container without amounts has those of its namespace's LimitRange", () => {
  const [container] = find(shop, "Job shop-jobs/import-products").pod.containers;
  expect([container?.resources.requests.cpu?.toString(), container?.resources.requests.memory?.toString()]).toEqual([
    "100m",
    "512Mi",
  ]);
});

test("the same input gives the same answer, whatever the order of the files", () => {
  const strip = (inventory: typeof shop) => JSON.stringify(inventory);
  expect(strip(readManifests([...texts].reverse()))).toBe(strip(shop));
});

test("problems are in the order of the files, their documents and lines", () => {
  const broken = texts
    .map(({ file, text }) => ({
      file,
      text: Buffer.from(text)
        .toString()
        .replaceAll("kind: Deployment", "kind: [")
        .replaceAll("cpu: 500m", "cpu: 500 m"),
    }))
    .reverse();
  const { problems } = readManifests(broken);
  const order = broken.map(({ file }) => file);
  const places = problems.map(({ file, document = 0, line = 0 }) => order.indexOf(file) * 1e9 + document * 1e5 + line);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(problems.length).toBeGreaterThan(4);
});
