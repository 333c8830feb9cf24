import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Construct } from "constructs";
import { type DashboardOptions, dashboardBody, dashboardProblems } from "../../model/dashboard";
import { nameProblem, names } from "../../model/names";
import { AwsEnvironment } from "../aws-environment";
import type { IEksCluster } from "../cluster/ieks-cluster";
import { ifKnown, refuse } from "../errors";
import type { ClusterAlarms } from "./cluster-alarms";

/** What a dashboard shows, and what it is called. */
export interface ClusterDashboardOptions extends DashboardOptions {
  /** Dashboards of an account share their names across Regions. @default - `<cluster>-<region>` */
  readonly dashboardName?: string;
}

/** What a `ClusterDashboard` is told. */
export interface ClusterDashboardProps extends ClusterDashboardOptions {
  readonly cluster: IEksCluster;
  /** Alarms whose states and thresholds it shows. @default - none */
  readonly alarms?: ClusterAlarms;
  /** Name of the web ACL in front of the cluster. @default - none */
  readonly webAclName?: string;
}

/**
 * A dashboard of CloudWatch for one cluster: alarms, pods on Fargate by namespace and the busiest ones, places for
 * pods, load balancers, NAT gateways, web ACL, and the control plane.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Dashboards.html
 * @example
 * new ClusterDashboard(this, "dashboard", { cluster, alarms: new ClusterAlarms(this, "alarms", { cluster }) });
 */
export class ClusterDashboard extends Construct {
  readonly dashboardName: string;

  constructor(scope: Construct, id: string, props: ClusterDashboardProps) {
    super(scope, id);
    const { cluster, alarms, dashboardName, ...options } = props;
    const { region } = AwsEnvironment.of(this);
    this.dashboardName = dashboardName ?? names.dashboard(cluster.clusterName, region);
    refuse(this, [
      ifKnown(this.dashboardName, (name) => nameProblem("dashboard", name, "give another 'dashboardName'")),
      ...dashboardProblems(options),
    ]);
    new CloudwatchDashboard(this, "dashboard", {
      dashboardName: this.dashboardName,
      dashboardBody: JSON.stringify(
        dashboardBody({
          ...options,
          cluster: cluster.clusterName,
          region,
          alarmArns: Object.values(alarms?.alarmArns ?? {}),
          thresholds: alarms?.thresholds ?? {},
        }),
      ),
    });
  }
}
