import { Annotations } from "cdktf";
import type { Construct } from "constructs";
import { podsRegionWarning } from "../../model/regions";

/** Says what to know about the cluster's Region before one relies on pods on Fargate there. */
export function warnOfRegion(cluster: Construct, region: string): void {
  const warning = podsRegionWarning(region);
  if (warning !== undefined) {
    Annotations.of(cluster).addWarning(warning);
  }
}
