import type { Construct } from "constructs";
import { type IScheduleGroup, ScheduleGroup } from "../../constructs/serverless/schedule-group";

/** A schedule of the settings with the group that it names, as the constructs take it. */
export function withGroup<T extends { readonly group?: string }>(
  scope: Construct,
  { group, ...schedule }: T,
): Omit<T, "group"> & { readonly group?: IScheduleGroup } {
  return group === undefined ? schedule : { ...schedule, group: ScheduleGroup.fromName(scope, group) };
}
