import type { Comparison, Decision, FargateCost } from "../cost/cost";
import type { NamedFargateProfile } from "../model/fargate-profile";
import type { Finding } from "../model/finding";
import type { Inventory } from "../model/inventory";
import type { Placement } from "../placement/placement";

/** Everything that a report shows. */
export interface FitReport {
  readonly inventory: Inventory;
  /** The capacity that the workloads were placed on. */
  readonly target: ReportTarget;
  /** In the order in which every output lists them. */
  readonly placements: readonly Placement[];
  /** Of the same workloads, in the same order. */
  readonly cost: FargateCost;
  /** Findings that no placement holds, such as that nodes cost less. */
  readonly extraFindings: readonly Finding[];
  readonly comparison?: Comparison;
  readonly decision?: Decision;
  /** Name and version of what made the report: `cdktf-eks-fargate 0.2.0`. */
  readonly generator: string;
}

export interface ReportTarget {
  readonly profiles: readonly NamedFargateProfile[];
  /** Whether the cluster has nodes as well. */
  readonly nodes: boolean;
  /** Where the profiles were read: `settings/development.yaml`. */
  readonly from: string;
}

/** How a report is laid out on a terminal. */
export interface TerminalLayout {
  readonly colors: boolean;
  /** Characters on a line. */
  readonly columns: number;
}
