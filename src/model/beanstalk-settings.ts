import { type BeanstalkOptions, beanstalkDefaults, beanstalkSecrets, beanstalkTarget } from "./beanstalk";
import { type HealthProbe, PROBE_DEFAULTS } from "./health-probe";
import { architectureOf } from "./instance-type";
import { compareText } from "./order";
import { DEFAULT_TLS_POLICY } from "./tls-policies";

/** An option of an environment, as Beanstalk has them. */
export interface BeanstalkSetting {
  readonly namespace: string;
  readonly name: string;
  readonly value: string;
}

/** What the environment is put into. */
export interface BeanstalkSurroundings {
  readonly vpcId: string;
  readonly instanceSubnetIds: readonly string[];
  readonly loadBalancerSubnetIds: readonly string[];
  readonly instanceProfile: string;
  readonly serviceRole: string;
}

/** Options of one namespace by their names; what is `undefined` is left to Beanstalk. */
type Namespaces = Readonly<Record<string, Readonly<Record<string, string | number | boolean | undefined>>>>;

/** What a load balancer can do. Source: Elastic Beanstalk Developer Guide, "General options for all environments". */
const INTERVAL = { min: 5, max: 300 } as const;
const TIMEOUT = { min: 1, max: 60 } as const;
const THRESHOLD = { min: 2, max: 10 } as const;

const UPDATES = {
  immutable: { deployment: "Immutable", configuration: "Immutable" },
  rolling: { deployment: "Rolling", configuration: "Health" },
  "rolling-with-additional-batch": { deployment: "RollingWithAdditionalBatch", configuration: "Health" },
} as const;

/**
 * The options that make an environment what the options of the application say, in alphabetical order.
 *
 * @see https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html
 */
export function beanstalkSettings(options: BeanstalkOptions, surroundings: BeanstalkSurroundings): BeanstalkSetting[] {
  const all: Namespaces = {
    ...placeSettings(options, surroundings),
    ...instanceSettings(options, surroundings),
    ...updateSettings(options, surroundings),
    ...logSettings(options),
    ...listenerSettings(options),
    "aws:elasticbeanstalk:environment:process:default": { Port: 80, Protocol: "HTTP", ...healthSettings(options) },
    "aws:elasticbeanstalk:application:environmentsecrets": Object.fromEntries(beanstalkSecrets(options)),
  };
  return Object.entries(all)
    .flatMap(([namespace, named]) =>
      Object.entries(named).flatMap(([name, value]) =>
        value === undefined ? [] : [{ namespace, name, value: String(value) }],
      ),
    )
    .sort((a, b) => compareText(a.namespace, b.namespace) || compareText(a.name, b.name));
}

function placeSettings(options: BeanstalkOptions, surroundings: BeanstalkSurroundings): Namespaces {
  const { scheme } = beanstalkDefaults(options);
  return {
    "aws:ec2:vpc": {
      VPCId: surroundings.vpcId,
      Subnets: surroundings.instanceSubnetIds.join(","),
      ELBSubnets: surroundings.loadBalancerSubnetIds.join(","),
      ELBScheme: scheme === "internal" ? "internal" : "public",
      AssociatePublicIpAddress: false,
    },
    "aws:elasticbeanstalk:environment": {
      EnvironmentType: "LoadBalanced",
      LoadBalancerType: "application",
      ServiceRole: surroundings.serviceRole,
    },
  };
}

function instanceSettings(options: BeanstalkOptions, { instanceProfile }: BeanstalkSurroundings): Namespaces {
  const { instanceTypes, minSize, maxSize, scaling, rootVolumeInGib } = beanstalkDefaults(options);
  return {
    "aws:autoscaling:asg": { MinSize: minSize, MaxSize: maxSize },
    "aws:autoscaling:launchconfiguration": {
      IamInstanceProfile: instanceProfile,
      DisableIMDSv1: true,
      RootVolumeType: "gp3",
      RootVolumeSize: rootVolumeInGib,
    },
    "aws:autoscaling:trigger": {
      MeasureName: "CPUUtilization",
      Statistic: "Average",
      Unit: "Percent",
      LowerThreshold: scaling.cpuBelow,
      UpperThreshold: scaling.cpuAbove,
    },
    "aws:ec2:instances": {
      InstanceTypes: instanceTypes.join(","),
      SupportedArchitectures: instanceTypes.some((type) => architectureOf(type) === "arm64") ? "arm64" : "x86_64",
    },
  };
}

function updateSettings(options: BeanstalkOptions, { serviceRole }: BeanstalkSurroundings): Namespaces {
  const { updates, batchPercentage, managedUpdates } = beanstalkDefaults(options);
  const { deployment, configuration } = UPDATES[updates];
  const rolling = updates !== "immutable";
  return {
    "aws:elasticbeanstalk:command": {
      DeploymentPolicy: deployment,
      BatchSizeType: rolling ? "Percentage" : undefined,
      BatchSize: rolling ? batchPercentage : undefined,
    },
    "aws:autoscaling:updatepolicy:rollingupdate": { RollingUpdateEnabled: true, RollingUpdateType: configuration },
    "aws:elasticbeanstalk:managedactions": {
      ManagedActionsEnabled: managedUpdates !== undefined,
      PreferredStartTime: managedUpdates?.start,
      ServiceRoleForManagedUpdates: managedUpdates === undefined ? undefined : serviceRole,
    },
    "aws:elasticbeanstalk:managedactions:platformupdate": {
      UpdateLevel: managedUpdates?.level,
      InstanceRefreshEnabled: managedUpdates?.instanceRefresh,
    },
  };
}

/** Logs of the instances and of the environment's health; containers have a log group of their own. */
function logSettings(options: BeanstalkOptions): Namespaces {
  const { logRetentionInDays: RetentionInDays } = beanstalkDefaults(options);
  return {
    "aws:elasticbeanstalk:healthreporting:system": { SystemType: "enhanced", EnhancedHealthAuthEnabled: true },
    "aws:elasticbeanstalk:cloudwatch:logs": { StreamLogs: true, DeleteOnTerminate: false, RetentionInDays },
    "aws:elasticbeanstalk:cloudwatch:logs:health": {
      HealthStreamingEnabled: true,
      DeleteOnTerminate: false,
      RetentionInDays,
    },
  };
}

function listenerSettings({ certificateArn, sslPolicy, accessLogBucket }: BeanstalkOptions): Namespaces {
  return {
    "aws:elbv2:listener:default": { ListenerEnabled: certificateArn === undefined },
    ...(certificateArn === undefined
      ? {}
      : {
          "aws:elbv2:listener:443": {
            ListenerEnabled: true,
            Protocol: "HTTPS",
            SSLCertificateArns: certificateArn,
            SSLPolicy: sslPolicy ?? DEFAULT_TLS_POLICY,
          },
        }),
    "aws:elbv2:loadbalancer":
      accessLogBucket === undefined ? {} : { AccessLogsS3Enabled: true, AccessLogsS3Bucket: accessLogBucket },
  };
}

/** What the readiness probe of the target says, within what a load balancer can do; Beanstalk's own without one. */
function healthSettings(options: BeanstalkOptions): Record<string, string | number | undefined> {
  const probe: HealthProbe | undefined = beanstalkTarget(options)?.container.readiness;
  if (probe === undefined || !("http" in probe)) {
    return {};
  }
  const { http, periodSeconds, timeoutSeconds, failureThreshold, successThreshold } = { ...PROBE_DEFAULTS, ...probe };
  const interval = within(INTERVAL, periodSeconds);
  return {
    HealthCheckPath: http.path ?? "/",
    HealthCheckInterval: interval,
    HealthCheckTimeout: Math.min(within(TIMEOUT, timeoutSeconds), interval - 1),
    HealthyThresholdCount: within(THRESHOLD, successThreshold),
    UnhealthyThresholdCount: within(THRESHOLD, failureThreshold),
    // As Kubernetes takes them.
    MatcherHTTPCode: "200-399",
  };
}

function within({ min, max }: { readonly min: number; readonly max: number }, value: number): number {
  return Math.min(max, Math.max(min, Math.ceil(value)));
}
