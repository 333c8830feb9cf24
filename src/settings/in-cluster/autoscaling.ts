import * as v from "valibot";
import {
  type Autoscaler,
  autoscalerConflicts,
  horizontalResources,
  horizontalScalingProblems,
  SCALABLE_KINDS,
  targetProblems,
} from "../../model/autoscaling";
import { dnsLabelProblem, dnsSubdomainProblem } from "../../model/kubernetes-names";
import { type Problem, problemAt, under } from "../../model/problem";
import {
  VERTICAL_KINDS,
  verticalNameProblem,
  verticalResources,
  verticalScalingProblems,
} from "../../model/vertical-scaling";
import { described, text } from "../pieces";
import type { Settings } from "../schema";

const target = described(
  v.strictObject({ kind: text, name: text }),
  "The workload: a Deployment or a StatefulSet; vertically a CronJob, too.",
);

const rules = v.strictObject({
  stabilizationWindowSeconds: v.exactOptional(v.number()),
  selectPolicy: v.exactOptional(v.picklist(["Max", "Min", "Disabled"])),
  policies: v.exactOptional(
    v.array(v.strictObject({ type: v.picklist(["Pods", "Percent"]), value: v.number(), periodSeconds: v.number() })),
  ),
});

const horizontal = v.strictObject({
  namespace: text,
  target,
  minReplicas: v.exactOptional(described(v.number(), "Default: 1.")),
  maxReplicas: v.number(),
  cpuUtilization: v.exactOptional(
    described(v.number(), "Percent of the requested CPU that pods shall use on average."),
  ),
  memoryUtilization: v.exactOptional(described(v.number(), "Likewise of the requested memory.")),
  behavior: v.exactOptional(
    described(
      v.strictObject({ scaleUp: v.exactOptional(rules), scaleDown: v.exactOptional(rules) }),
      "How fast it may go. Default: up at once, down after five minutes.",
    ),
  ),
});

const amounts = v.strictObject({ cpu: v.exactOptional(text), memory: v.exactOptional(text) });

const vertical = v.strictObject({
  namespace: text,
  target,
  updateMode: described(
    v.picklist(["Off", "Initial", "Recreate"]),
    "When a recommendation takes effect: never, when a pod starts, or also by evicting pods.",
  ),
  controlledResources: v.exactOptional(described(v.array(v.picklist(["cpu", "memory"])), "Default: both.")),
  minAllowed: v.exactOptional(described(amounts, "Least that a container requests.")),
  maxAllowed: v.exactOptional(described(amounts, "Most that a container requests.")),
  minReplicas: v.exactOptional(described(v.number(), "Pods that there must be for one to be evicted. Default: 2.")),
});

export const autoscalingSchema = described(
  v.strictObject({
    horizontal: v.exactOptional(
      described(v.record(text, horizontal), "More or fewer pods, by name; needs a metrics server."),
    ),
    vertical: v.exactOptional(
      described(v.record(text, vertical), "Larger or smaller pods, by name; needs verticalPodAutoscaler."),
    ),
  }),
  "How workloads scale.",
);

type Autoscaling = v.InferOutput<typeof autoscalingSchema>;

/** What is wrong with the autoscalers, each by itself and with each other. */
export function autoscalingProblems({ inCluster }: Settings): Problem[] {
  const { horizontal: horizontals = {}, vertical: verticals = {} } = inCluster?.autoscaling ?? {};
  return [
    ...Object.entries(horizontals).flatMap(([name, options]) =>
      under(
        ["horizontal", name],
        [
          ...problemAt([], dnsSubdomainProblem("'name' of a HorizontalPodAutoscaler", name)),
          ...problemAt(["namespace"], dnsLabelProblem("'namespace'", options.namespace)),
          ...targetProblems(options.target, SCALABLE_KINDS),
          ...horizontalScalingProblems(options),
        ],
      ),
    ),
    ...Object.entries(verticals).flatMap(([name, options]) =>
      under(
        ["vertical", name],
        [
          ...problemAt([], dnsLabelProblem("'name' of a VerticalPodAutoscaler", name) ?? verticalNameProblem(name)),
          ...problemAt(["namespace"], dnsLabelProblem("'namespace'", options.namespace)),
          ...targetProblems(options.target, VERTICAL_KINDS),
          ...verticalScalingProblems(options.target.kind, options),
        ],
      ),
    ),
    ...conflicts({ horizontal: horizontals, vertical: verticals }),
  ];
}

function conflicts({ horizontal: horizontals, vertical: verticals }: Required<Autoscaling>): Problem[] {
  const all: { path: string[]; autoscaler: Autoscaler }[] = [
    ...Object.entries(horizontals).map(([name, { namespace, target: scaled, ...options }]) => ({
      path: ["horizontal", name],
      autoscaler: {
        kind: "HorizontalPodAutoscaler" as const,
        namespace,
        name,
        target: scaled,
        resources: horizontalResources(options),
      },
    })),
    ...Object.entries(verticals).map(([name, { namespace, target: scaled, ...options }]) => ({
      path: ["vertical", name],
      autoscaler: {
        kind: "VerticalPodAutoscaler" as const,
        namespace,
        name,
        target: scaled,
        resources: verticalResources(options),
      },
    })),
  ];
  return all.flatMap(({ path, autoscaler }, index) =>
    under(
      path,
      autoscalerConflicts(
        autoscaler,
        all.slice(0, index).map((other) => other.autoscaler),
      ),
    ),
  );
}
