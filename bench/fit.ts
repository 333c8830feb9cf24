/**
 * Places and prices 100,000 pods of 5,000 workloads against 10 profiles, and packs them on nodes; prints as JSON how long
 * each step took, reading the manifests by itself, and how much memory the process had at its peak. Run by bench/run.ts
 * in a process of its own.
 */
import { compare } from "../src/cost/compare";
import { fargateCost } from "../src/cost/fargate-cost";
import { readManifests } from "../src/manifests/read-manifests";
import type { NamedFargateProfile } from "../src/model/fargate-profile";
import { place } from "../src/placement/place";
import { instanceType } from "../src/pricing/instance-types";
import { PriceBook } from "../src/pricing/price-book";

const WORKLOADS = 5000;
const REPLICAS = 20;
const PROFILES = 10;
const SELECTORS = 5;
const NAMESPACES = PROFILES * SELECTORS;

/** Workloads of many sizes, with a sidecar, in every namespace in turn. */
function manifest(index: number): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: app-${index}, namespace: team-${index % NAMESPACES} }
spec:
  replicas: ${REPLICAS}
  selector: { matchLabels: { app: app-${index} } }
  template:
    metadata: { labels: { app: app-${index}, tier: t${index % 3}, stage: production } }
    spec:
      containers:
        - name: app
          image: example.com/app:1.${index % 10}
          ports: [{ containerPort: 8080 }]
          resources:
            requests: { cpu: ${100 * (1 + (index % 20))}m, memory: ${128 * (1 + (index % 30))}Mi }
            limits: { cpu: ${100 * (1 + (index % 20))}m, memory: ${128 * (1 + (index % 30))}Mi }
        - name: proxy
          image: example.com/proxy:2
          resources:
            requests: { cpu: 50m, memory: 64Mi }
            limits: { cpu: 50m, memory: 64Mi }
`;
}

const profiles: NamedFargateProfile[] = Array.from({ length: PROFILES }, (_, profile) => ({
  key: `profile-${profile}`,
  name: `profile-${profile}`,
  hashed: false,
  selectors: Array.from({ length: SELECTORS }, (_, selector) => ({
    namespace: `team-${profile * SELECTORS + selector}`,
    labels: { stage: "prod*", tier: "t?" },
  })),
}));

/** What `step` gives, and how many milliseconds it took. */
function timed<T>(step: () => T): [T, number] {
  const start = performance.now();
  const result = step();
  return [result, performance.now() - start];
}

const text = Array.from({ length: WORKLOADS }, (_, index) => manifest(index)).join("---\n");
const [inventory, reading] = timed(() => readManifests([{ file: "workloads.yaml", text }]));
const prices = PriceBook.builtIn("eu-west-1");
const discounts = { fargate: 0, ec2: 0 };
const [placements, placing] = timed(() => {
  const placed = place(inventory, { profiles, nodes: false });
  fargateCost(placed, prices, discounts);
  return placed;
});
const peakMegabytes = process.resourceUsage().maxRSS / 1024;
const type = instanceType("m6i.xlarge");
const [, comparing] = timed(() =>
  compare(placements, prices, {
    instanceTypes: type === undefined ? [] : [type],
    zones: 3,
    network: { natGateways: 1, interfaceEndpoints: 0 },
    loadBalancers: 1,
    extendedSupport: false,
    discounts,
  }),
);
const placed = placements.filter(({ outcome }) => outcome.kind === "fargate").length;
process.stdout.write(JSON.stringify({ reading, placing, comparing, peakMegabytes, placed }));
