import { type ManifestOptions, readManifests } from "../../src/manifests/read-manifests";
import type { Inventory } from "../../src/model/inventory";
import { compareWorkloads, describeWorkload, type Workload } from "../../src/model/workload";

/** A Deployment that nothing is wrong with, `default/good`. */
export const GOOD = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: good
spec:
  template:
    spec:
      containers:
        - name: app
          image: app
`;

/** A Deployment `web/api` on 14 lines; the resources begin on line 14. */
export const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  namespace: web
spec:
  template:
    metadata:
      labels: {app: api}
    spec:
      containers:
        - name: app
          image: app
          resources: {requests: {cpu: 250m, memory: 512Mi}}
`;

/** `DEPLOYMENT` with one piece of text replaced. */
export function edited(piece: string, replacement: string, text = DEPLOYMENT): string {
  expect(text).toContain(piece);
  return text.replace(piece, () => replacement);
}

export function read(text: string | Uint8Array, options: ManifestOptions = {}): Inventory {
  return readManifests([{ file: "a.yaml", text }], options);
}

/** The only workload of a text in which nothing is wrong. */
export function readOne(text: string, options: ManifestOptions = {}): Workload {
  const { workloads, problems } = read(text, options);
  expect(problems).toEqual([]);
  expect(workloads).toHaveLength(1);
  return workloads[0] as Workload;
}

/** The workload of a kind and name. */
export function find({ workloads }: Inventory, described: string): Workload {
  const found = workloads.find((each) => describeWorkload(each) === described);
  expect([described, found !== undefined]).toEqual([described, true]);
  return found as Workload;
}

export function names({ workloads }: Inventory): string[] {
  expect([...workloads].sort(compareWorkloads)).toEqual(workloads);
  return workloads.map(describeWorkload);
}

/** Problems as `document, line: message`. */
export function told(text: string | Uint8Array, options: ManifestOptions = {}): string[] {
  return read(text, options).problems.map(
    ({ document, line, message }) => `${document ?? "-"}, ${line ?? "-"}: ${message}`,
  );
}

/** Documents of a stream. */
export const stream = (...documents: string[]) => documents.join("---\n");
