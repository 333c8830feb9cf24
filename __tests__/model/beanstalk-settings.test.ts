import fc from "fast-check";
import { beanstalkProblems, beanstalkWarnings } from "../../src/model/beanstalk-rules";
import { beanstalkSettings } from "../../src/model/beanstalk-settings";
import type { ContainerSpec } from "../../src/model/container-spec";
import { CERTIFICATE, MINIMAL, PLACE, settings, WEB } from "../support/beanstalk";

describe("an application of Elastic Beanstalk", () => {
  test("needs a container with a port and a certificate", () => {
    expect(beanstalkProblems(MINIMAL)).toEqual([]);
    expect(beanstalkWarnings(MINIMAL)).toEqual([]);
  });

  test("has everything on when nothing is said", () => {
    expect(settings()).toEqual({
      "aws:autoscaling:asg": { MinSize: "2", MaxSize: "4" },
      "aws:autoscaling:launchconfiguration": {
        DisableIMDSv1: "true",
        IamInstanceProfile: "profile",
        RootVolumeSize: "30",
        RootVolumeType: "gp3",
      },
      "aws:autoscaling:trigger": {
        LowerThreshold: "30",
        MeasureName: "CPUUtilization",
        Statistic: "Average",
        Unit: "Percent",
        UpperThreshold: "70",
      },
      "aws:autoscaling:updatepolicy:rollingupdate": { RollingUpdateEnabled: "true", RollingUpdateType: "Immutable" },
      "aws:ec2:instances": { InstanceTypes: "t3.small", SupportedArchitectures: "x86_64" },
      "aws:ec2:vpc": {
        AssociatePublicIpAddress: "false",
        ELBScheme: "internal",
        ELBSubnets: "subnet-c,subnet-d",
        Subnets: "subnet-a,subnet-b",
        VPCId: "vpc-1",
      },
      "aws:elasticbeanstalk:cloudwatch:logs": {
        DeleteOnTerminate: "false",
        RetentionInDays: "365",
        StreamLogs: "true",
      },
      "aws:elasticbeanstalk:cloudwatch:logs:health": {
        DeleteOnTerminate: "false",
        HealthStreamingEnabled: "true",
        RetentionInDays: "365",
      },
      "aws:elasticbeanstalk:command": { DeploymentPolicy: "Immutable" },
      "aws:elasticbeanstalk:environment": {
        EnvironmentType: "LoadBalanced",
        LoadBalancerType: "application",
        ServiceRole: "role",
      },
      "aws:elasticbeanstalk:environment:process:default": { Port: "80", Protocol: "HTTP" },
      "aws:elasticbeanstalk:healthreporting:system": { EnhancedHealthAuthEnabled: "true", SystemType: "enhanced" },
      "aws:elasticbeanstalk:managedactions": {
        ManagedActionsEnabled: "true",
        PreferredStartTime: "Sun:03:00",
        ServiceRoleForManagedUpdates: "role",
      },
      "aws:elasticbeanstalk:managedactions:platformupdate": { InstanceRefreshEnabled: "false", UpdateLevel: "minor" },
      "aws:elbv2:listener:443": {
        ListenerEnabled: "true",
        Protocol: "HTTPS",
        SSLCertificateArns: CERTIFICATE,
        SSLPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      },
      "aws:elbv2:listener:default": { ListenerEnabled: "false" },
    });
  });

  test("has its options in order, whatever the order of what is said", () => {
    const named = beanstalkSettings(MINIMAL, PLACE).map(({ namespace, name }) => `${namespace} ${name}`);
    expect(named).toEqual([...named].sort());
  });

  test("updates in batches, or leaves the platform to Terraform, when it is told to", () => {
    const { "aws:elasticbeanstalk:command": command, ...all } = settings({
      updates: "rolling-with-additional-batch",
      batchPercentage: 50,
      managedUpdates: false,
    });
    expect(command).toEqual({
      DeploymentPolicy: "RollingWithAdditionalBatch",
      BatchSizeType: "Percentage",
      BatchSize: "50",
    });
    expect(all["aws:autoscaling:updatepolicy:rollingupdate"]?.RollingUpdateType).toBe("Health");
    expect(all["aws:elasticbeanstalk:managedactions"]).toEqual({ ManagedActionsEnabled: "false" });
    expect(all).not.toHaveProperty("aws:elasticbeanstalk:managedactions:platformupdate");
  });

  test("asks the target's readiness probe, within what a load balancer can", () => {
    const asked = (readiness: ContainerSpec["readiness"]) =>
      settings({ containers: [{ ...WEB, readiness: readiness as NonNullable<typeof readiness> }] })[
        "aws:elasticbeanstalk:environment:process:default"
      ];
    expect(asked({ http: { port: "http", path: "/healthz" } })).toEqual({
      Port: "80",
      Protocol: "HTTP",
      HealthCheckPath: "/healthz",
      HealthCheckInterval: "10",
      HealthCheckTimeout: "1",
      HealthyThresholdCount: "2",
      UnhealthyThresholdCount: "3",
      MatcherHTTPCode: "200-399",
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 1, max: 1000 }),
        (periodSeconds, timeoutSeconds) => {
          const probe = asked({ http: { port: "http" }, periodSeconds, timeoutSeconds });
          expect(Number(probe?.HealthCheckTimeout)).toBeLessThan(Number(probe?.HealthCheckInterval));
        },
      ),
    );
  });

  test("answers HTTP alone when it is told to, and keeps records where it is told to", () => {
    const { certificateArn: _, ...plain } = MINIMAL;
    expect(beanstalkProblems({ ...plain, plainHttp: true })).toEqual([]);
    const all = beanstalkSettings({ ...plain, plainHttp: true, accessLogBucket: "records" }, PLACE);
    expect(all).toContainEqual({ namespace: "aws:elbv2:listener:default", name: "ListenerEnabled", value: "true" });
    expect(all).toContainEqual({ namespace: "aws:elbv2:loadbalancer", name: "AccessLogsS3Bucket", value: "records" });
    expect(all.map(({ namespace }) => namespace)).not.toContain("aws:elbv2:listener:443");
  });

  test("has the first types of instances it can get, on the architecture of all", () => {
    expect(settings({ instanceTypes: ["t4g.small", "m7g.large"] })["aws:ec2:instances"]).toEqual({
      InstanceTypes: "t4g.small,m7g.large",
      SupportedArchitectures: "arm64",
    });
  });
});
