import type {
  EcsServiceConfig,
  EcsServiceDeploymentConfigurationLifecycleHook,
} from "@cdktf/provider-aws/lib/ecs-service";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Annotations, type ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { type Deployment, type DeploymentOptions, deploymentOf, type LifecycleHook } from "../../model/deployment";
import { names } from "../../model/names";
import { compareText } from "../../model/order";
import { elsewhereProblem } from "../../model/place";
import { quote } from "../../model/problem";
import { AwsEnvironment } from "../aws-environment";
import { ifKnown } from "../errors";
import { policyJson } from "../iam/policy-document";
import { trustEcs } from "./trust-ecs";

type DeploymentConfig = Pick<EcsServiceConfig, "alarms" | "deploymentCircuitBreaker" | "deploymentConfiguration">;

/**
 * How a service is deployed, as Terraform has it. Terraform sees nothing to do when a block of it goes, so that each
 * is written out in full, with what is off in it too.
 *
 * @param hooks the hooks as {@link deploymentHooks} gives them
 */
export function deploymentConfig(
  options: DeploymentOptions,
  hooks: readonly EcsServiceDeploymentConfigurationLifecycleHook[],
): DeploymentConfig {
  const deployment = deploymentOf(options);
  const { circuitBreaker, strategy } = deployment;
  const { alarms } = options;
  return {
    deploymentCircuitBreaker: { enable: circuitBreaker !== "off", rollback: circuitBreaker === "rollback" },
    deploymentConfiguration: {
      strategy,
      ...shiftConfig(deployment),
      ...(hooks.length === 0 ? {} : { lifecycleHook: [...hooks] }),
    },
    ...(alarms === undefined
      ? {}
      : {
          alarms: {
            alarmNames: [...alarms.names].sort(compareText),
            enable: alarms.enabled ?? true,
            rollback: alarms.rollback ?? true,
          },
        }),
  };
}

function shiftConfig({ strategy, bakeTimeInMinutes, linear, canary }: Deployment) {
  if (strategy === "ROLLING") {
    return {};
  }
  return {
    // The provider has minutes as text, to tell 0 from nothing.
    bakeTimeInMinutes: String(bakeTimeInMinutes),
    ...(strategy === "LINEAR"
      ? {
          linearConfiguration: {
            stepPercent: linear.stepPercent,
            stepBakeTimeInMinutes: String(linear.stepBakeTimeInMinutes),
          },
        }
      : {}),
    ...(strategy === "CANARY"
      ? {
          canaryConfiguration: {
            canaryPercent: canary.percent,
            canaryBakeTimeInMinutes: String(canary.bakeTimeInMinutes),
          },
        }
      : {}),
  };
}

/** Hooks as Terraform has them, and what has to be there before ECS calls them. */
export interface DeploymentHooks {
  readonly config: readonly EcsServiceDeploymentConfigurationLifecycleHook[];
  readonly ready: readonly ITerraformDependable[];
}

/** The hooks of a service's deployments, each with a role that may call its function alone. */
export function deploymentHooks(
  scope: Construct,
  serviceName: string,
  hooks: DeploymentOptions["hooks"] = {},
): DeploymentHooks {
  const made = Object.entries(hooks)
    .sort(([a], [b]) => compareText(a, b))
    .map(([key, hook]) => ({ hook, ...hookRole(scope, serviceName, key, hook) }));
  return {
    config: made.map(({ hook: { lambdaArn, stages }, roleArn }) => ({
      hookTargetArn: lambdaArn,
      lifecycleStages: [...stages],
      roleArn,
    })),
    ready: made.flatMap(({ ready }) => ready),
  };
}

function hookRole(
  scope: Construct,
  serviceName: string,
  key: string,
  { lambdaArn, roleArn }: LifecycleHook,
): { roleArn: string; ready: readonly ITerraformDependable[] } {
  const elsewhere = ifKnown(lambdaArn, (arn) =>
    elsewhereProblem("lambdaArn", arn, AwsEnvironment.of(scope).place, ["region"], "service"),
  );
  if (elsewhere !== undefined) {
    // AWS says nowhere that ECS calls functions of its Region alone.
    Annotations.of(scope).addWarning(`hook ${quote(key)} may not be called: ${elsewhere}`);
  }
  if (roleArn !== undefined) {
    return { roleArn, ready: [] };
  }
  const role = new IamRole(scope, `hook-role-${key}`, {
    name: names.deploymentHookRole(serviceName, key),
    description: `Calls ${key} in deployments of ECS service ${serviceName}`,
    assumeRolePolicy: policyJson([trustEcs(scope)]),
  });
  const policy = new IamRolePolicy(scope, `hook-policy-${key}`, {
    role: role.name,
    name: "invoke",
    policy: policyJson([{ actions: ["lambda:InvokeFunction"], resources: [lambdaArn] }]),
  });
  return { roleArn: role.arn, ready: [policy] };
}
