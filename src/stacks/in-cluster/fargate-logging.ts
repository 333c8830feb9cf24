import { Annotations, Lazy, TerraformOutput } from "cdktf";
import { FargateLogging } from "../../constructs/observability/fargate-logging";
import { unreachableLogWarnings } from "../../model/fargate-logging-network";
import { podExecutionRoleNames } from "../../settings/in-cluster/fargate-logging";
import type { InClusterContext } from "./context";

/** Before all other features: their pods wait for it, and log from their first line on. */
export function addFargateLogging({ stack, cluster, settings, inCluster }: InClusterContext): void {
  if (inCluster.fargateLogging === undefined) {
    return;
  }
  const { podExecutionRoleNames: _, ...options } = inCluster.fargateLogging;
  const logging = new FargateLogging(stack, "fargate-logging", {
    ...options,
    cluster,
    podExecutionRoleNames: podExecutionRoleNames(settings),
  });
  const context = { clusterName: settings.name, region: settings.region };
  const network = settings.network.existing === undefined ? settings.network : undefined;
  for (const warning of network === undefined ? [] : unreachableLogWarnings(options, context, network)) {
    Annotations.of(logging).addWarning(warning);
  }
  new TerraformOutput(stack, "fargate_logging_restart", {
    description:
      "Pods keep the log configuration that they were started with: whenever 'configuration' changes, and the first time, restart those that ran before",
    value: {
      configuration: logging.configurationHash,
      // Tenants, which are added later, bring profiles.
      commands: Lazy.listValue({ produce: () => logging.restartCommands }),
    },
  });
}
