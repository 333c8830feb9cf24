import type { CapacityOption, Comparison, CostLine, NodePlan, Unfit } from "../cost/cost";
import { count, percent, plural, UNKNOWN, workloadLabel } from "./format";
import { leavesOut } from "./summary";

/** What an output shows of one way to run the workloads. */
export interface OptionRow {
  readonly option: CapacityOption;
  /** What it costs more or less than the first option: `+12%`; `-` when one of the two is not complete. */
  readonly difference: string;
  /** `8-10`; empty when there are no nodes. */
  readonly nodes: string;
  /** `cpu 82%, memory 64%`; empty when there are no nodes. */
  readonly use: string;
  /** `88%`; empty when there are no nodes. */
  readonly breakEven: string;
}

/** What the break-even says, in a sentence. */
export const BREAK_EVEN =
  "break-even: while the nodes are used less than this, the same pods cost less on EKS Fargate; over 100%, also when they are full";

/** Whether an option's month is what all compared workloads cost on it: all prices are known, and everything fits. */
export function isComplete({ leftOut, nodes }: CapacityOption): boolean {
  return leftOut === 0 && (nodes === undefined || nodes.unfit.length === 0);
}

/** Why an option's month is not what everything costs on it; nothing when it is. */
export function gaps({ leftOut, nodes }: CapacityOption): string[] {
  const unfit = nodes?.unfit.length ?? 0;
  return [
    ...(leftOut === 0 ? [] : [leavesOut(leftOut, "line").slice(2)]),
    ...(unfit === 0 ? [] : [`without ${plural(unfit, "workload")} that these nodes do not take`]),
  ];
}

/** A row for each option, in the order of the comparison. */
export function optionRows({ options }: Comparison): OptionRow[] {
  return options.map((option) => ({
    option,
    difference: differenceOf(option, options[0]),
    nodes: option.nodes === undefined ? "" : count(option.nodes.count),
    use:
      option.nodes === undefined
        ? ""
        : `cpu ${percent(option.nodes.cpuUse)}, memory ${percent(option.nodes.memoryUse)}`,
    breakEven: option.nodes === undefined ? "" : breakEvenText(option.nodes),
  }));
}

/** `88%`, `over 100%`, or `-` when a price is missing. */
export function breakEvenText({ breakEven }: NodePlan): string {
  if (breakEven === undefined) {
    return UNKNOWN;
  }
  return breakEven > 1 ? "over 100%" : percent(breakEven);
}

/** `2 x NAT gateway`. */
export function lineText({ what, quantity }: CostLine): string {
  return `${count(quantity)} x ${what}`;
}

/** What else an option says: its notes, and what its nodes do not take. */
export function optionNotes({ notes, nodes }: CapacityOption): string[] {
  return [...notes, ...unfitTexts(nodes?.unfit ?? [])];
}

/** A line for each workload that something leaves out. */
export function unfitTexts(unfit: readonly Unfit[]): string[] {
  return unfit.map(({ workload, reason }) => `left out: ${workloadLabel(workload)}, because ${reason}`);
}

/** Why a line has no amount: `no price for ec2/m6i.large`. */
export function missingText(missing: readonly string[]): string {
  return missing.length === 0 ? "" : `no price for ${missing.join(", ")}`;
}

function differenceOf(option: CapacityOption, first: CapacityOption | undefined): string {
  if (option === first) {
    return "";
  }
  const comparable = first !== undefined && isComplete(first) && isComplete(option);
  const ratio = comparable ? option.month.min.ratioTo(first.month.min) : undefined;
  if (ratio === undefined) {
    return UNKNOWN;
  }
  const whole = Math.round((ratio - 1) * 100);
  return whole === 0 ? "the same" : `${whole > 0 ? "+" : ""}${whole}%`;
}
