import { SchedulerScheduleGroup } from "@cdktf/provider-aws/lib/scheduler-schedule-group";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { nameProblem, names } from "../../model/names";
import { AwsEnvironment } from "../aws-environment";
import type { IEcsCluster } from "../ecs/iecs-cluster";
import { ifKnown, isKnown, refuse } from "../errors";

/** What a `ScheduleGroup` is told. */
export interface ScheduleGroupProps {
  /** 1 to 64 letters, digits, `-`, `_` and `.`. */
  readonly scheduleGroupName: string;
}

/** A group of schedules of EventBridge Scheduler: one of ours, or one that is there already. */
export interface IScheduleGroup {
  /** Name of the group. */
  readonly scheduleGroupName: string;
  /** ARN of the group, which the roles of its schedules trust. */
  readonly scheduleGroupArn: string;
}

/**
 * A group of schedules. The Scheduler assumes the roles of schedules in the name of their group, so that a group is
 * what such a role trusts.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-group.html
 * @example
 * const scheduleGroup = new ScheduleGroup(this, "schedules", { scheduleGroupName: "shop" });
 */
export class ScheduleGroup extends Construct implements IScheduleGroup {
  readonly scheduleGroupName: string;
  readonly scheduleGroupArn: string;

  constructor(scope: Construct, id: string, props: ScheduleGroupProps) {
    super(scope, id);
    refuse(this, [
      ifKnown(props.scheduleGroupName, (name) =>
        name === "default"
          ? `'scheduleGroupName' must not be "default", which every account has; use ScheduleGroup.fromName`
          : nameProblem("scheduleGroup", name, "choose another 'scheduleGroupName'"),
      ),
    ]);
    const group = new SchedulerScheduleGroup(this, "group", { name: props.scheduleGroupName });
    this.scheduleGroupName = group.name;
    this.scheduleGroupArn = group.arn;
  }

  /**
   * A group that is there already, in the stack's account and Region.
   *
   * @throws InvalidPropsError when no group can be called so
   */
  static fromName(scope: Construct, scheduleGroupName: string): IScheduleGroup {
    refuse(scope, [ifKnown(scheduleGroupName, (name) => nameProblem("scheduleGroup", name, "name another"))]);
    const scheduleGroupArn = AwsEnvironment.of(scope).arn("scheduler", `schedule-group/${scheduleGroupName}`);
    return { scheduleGroupName, scheduleGroupArn };
  }

  /**
   * The group of a cluster's schedules, one in a stack: the first of them creates it.
   *
   * @throws InvalidPropsError when the cluster's name is known to Terraform alone
   */
  static ofCluster(scope: Construct, { clusterName }: IEcsCluster): IScheduleGroup {
    if (!isKnown(clusterName)) {
      refuse(scope, [
        "the name of the cluster is known to Terraform alone; give the group of its schedules as 'group'",
      ]);
    }
    const stack = TerraformStack.of(scope);
    const id = `schedules-of-${clusterName}`;
    const there = stack.node.tryFindChild(id);
    return there instanceof ScheduleGroup
      ? there
      : new ScheduleGroup(stack, id, { scheduleGroupName: names.scheduleGroup(clusterName) });
  }
}
