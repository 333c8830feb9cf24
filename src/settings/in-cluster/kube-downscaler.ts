import * as v from "valibot";
import { DOWNSCALED_KINDS, downscaleProblems } from "../../model/kube-downscaler";
import type { Problem } from "../../model/problem";
import { chart, described, image, names, text } from "../pieces";
import type { Settings } from "../schema";

const WHEN = "always, never, or times like Mon-Fri 08:00-19:00 Europe/Berlin, with commas between them.";

export const kubeDownscalerSchema = described(
  v.strictObject({
    defaultUptime: v.exactOptional(described(text, `When workloads run: ${WHEN} Default: always.`)),
    defaultDowntime: v.exactOptional(described(text, `When they do not: ${WHEN} Default: never.`)),
    gracePeriodInSeconds: v.exactOptional(
      described(v.number(), "How long a new workload runs in any case. Default: 900."),
    ),
    intervalInSeconds: v.exactOptional(described(v.number(), "How often it looks at the clock. Default: 60.")),
    includeResources: v.exactOptional(
      described(v.array(v.picklist(DOWNSCALED_KINDS)), "Kinds that it scales. Default: deployments and statefulsets."),
    ),
    namespaces: v.exactOptional(
      described(names, "The only namespaces that it may touch, which must be there. Default: all but the excluded."),
    ),
    excludeNamespaces: v.exactOptional(
      described(names, "Namespaces left alone, beside those of Kubernetes and of add-ons. Default: none."),
    ),
    excludeDeployments: v.exactOptional(described(names, "Workloads left alone, by their names. Default: none.")),
    dryRun: v.exactOptional(described(v.boolean(), "Whether it only says what it would do. Default: false.")),
    chart: v.exactOptional(chart),
    image: v.exactOptional(image),
  }),
  "py-kube-downscaler, which scales workloads to nothing outside of working hours.",
);

export function kubeDownscalerProblems({ inCluster }: Settings): Problem[] {
  return downscaleProblems(inCluster?.kubeDownscaler ?? {});
}
