import { createHash } from "node:crypto";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DataAwsElasticBeanstalkSolutionStack } from "@cdktf/provider-aws/lib/data-aws-elastic-beanstalk-solution-stack";
import { ElasticBeanstalkApplication } from "@cdktf/provider-aws/lib/elastic-beanstalk-application";
import { ElasticBeanstalkApplicationVersion } from "@cdktf/provider-aws/lib/elastic-beanstalk-application-version";
import { ElasticBeanstalkEnvironment } from "@cdktf/provider-aws/lib/elastic-beanstalk-environment";
import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { Annotations, Fn, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { BEANSTALK_ARNS } from "../../model/arn-places";
import {
  type BeanstalkOptions,
  beanstalkDefaults,
  beanstalkNameProblems,
  beanstalkSecrets,
} from "../../model/beanstalk";
import { dockerrunJson } from "../../model/beanstalk-bundle";
import { beanstalkProblems, beanstalkVpcProblems, beanstalkWarnings } from "../../model/beanstalk-rules";
import { beanstalkSettings } from "../../model/beanstalk-settings";
import { names } from "../../model/names";
import { arnPlaceProblems } from "../../model/place";
import { AwsEnvironment } from "../aws-environment";
import { executionStatements } from "../ecs/execution-statements";
import { isKnown, refuse } from "../errors";
import type { PolicyStatement } from "../iam/policy-document";
import type { IVpc } from "../network/ivpc";
import { takenNameProblem } from "../taken-names";
import { BeanstalkRoles } from "./beanstalk-roles";
import { BeanstalkVersions } from "./beanstalk-versions";

/** What a `BeanstalkContainerApp` is told. */
export interface BeanstalkContainerAppProps extends BeanstalkOptions {
  /** At most 100 characters. */
  readonly applicationName: string;
  /** 4 to 40 letters, digits and `-`; no other environment of the account in the Region has it. @default - `applicationName` */
  readonly environmentName?: string;
  /** The VPC of its instances, which are in private subnets, and of its load balancer. */
  readonly vpc: IVpc;
}

/** The newest version of the platform. Its number changes every few weeks. */
const PLATFORM = "^64bit Amazon Linux 2023 (.*) running ECS$";

/** Enough that two versions of one application do not meet. */
const HASH_LENGTH = 12;

/** How cdktf marks in a text what Terraform alone knows. */
const TOKEN = /\$\{TfToken\[[^\]]*\]\}/g;

/** New instances start beside the old ones, are asked until they are well, and the old ones are drained. */
const TIMEOUT = "60m";

/**
 * Containers on instances that AWS Elastic Beanstalk keeps, with the platform "ECS on Amazon Linux 2023": an application,
 * its current version, and one environment with a load balancer. The version is a file that says which containers run;
 * another file is another version, which replaces the old one without a moment in which nobody answers.
 *
 * All containers run on each instance, and what they may do in AWS the instance may, so that they share a role.
 *
 * @see https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/create_deploy_docker_ecs.html
 * @example
 * new BeanstalkContainerApp(this, "shop", {
 *   applicationName: "shop",
 *   vpc,
 *   containers: [{ name: "web", image: "registry.example.com/web:1.4.2", ports: { http: 8080 }, cpu: "500m", memory: "512Mi" }],
 *   certificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012",
 * });
 */
export class BeanstalkContainerApp extends Construct {
  /** Name of the application. */
  readonly applicationName: string;
  /** Name of the environment. */
  readonly environmentName: string;
  /** Id of the environment, `e-…`. */
  readonly environmentId: string;
  /** Its domain below `elasticbeanstalk.com`, to which names of your own can lead. */
  readonly domainName: string;
  /** Label of the version that runs. */
  readonly versionLabel: string;
  /** Where what the containers write goes. */
  readonly logGroupName: string;
  private readonly roles: BeanstalkRoles;

  constructor(scope: Construct, id: string, props: BeanstalkContainerAppProps) {
    super(scope, id);
    const { applicationName, environmentName = applicationName } = props;
    this.validate(props, environmentName);
    this.applicationName = applicationName;
    this.environmentName = environmentName;
    const { account, region } = AwsEnvironment.of(this);
    const versions = new BeanstalkVersions(this, "versions", names.beanstalkBucket(environmentName, account, region));
    const logs = new CloudwatchLogGroup(this, "logs", {
      name: names.beanstalkLogGroup(environmentName),
      retentionInDays: beanstalkDefaults(props).logRetentionInDays,
    });
    this.logGroupName = logs.name;
    this.roles = this.createRoles(props, versions.bucketArn, logs.arn);
    const application = this.createApplication(props);
    const version = this.createVersion(props, application, versions);
    this.versionLabel = version.name;
    const environment = this.createEnvironment(props, application, version, [...this.roles.ready, logs]);
    this.environmentId = environment.id;
    this.domainName = environment.cname;
  }

  /**
   * Lets the programs of all containers do something in AWS.
   *
   * @param key name of the policy among the role's, from which its id is derived
   */
  grant(key: string, statements: readonly PolicyStatement[]): void {
    this.roles.grant(`program-${key}`, statements);
  }

  private validate(props: BeanstalkContainerAppProps, environmentName: string): void {
    const { applicationName, vpc } = props;
    const named = isKnown(applicationName) && isKnown(environmentName);
    refuse(this, [
      named
        ? undefined
        : "'applicationName' and 'environmentName' must be known when Terraform is written, as other names are derived from them; give the texts themselves",
      ...(named ? beanstalkNameProblems(applicationName, environmentName, AwsEnvironment.of(this).region) : []),
      ...beanstalkProblems(props, isKnown),
      takenNameProblem(this, "Elastic Beanstalk application", applicationName, "applicationName"),
      takenNameProblem(this, "Elastic Beanstalk environment", environmentName, "environmentName"),
      ...arnPlaceProblems(props, BEANSTALK_ARNS, AwsEnvironment.of(this).place, isKnown),
      ...beanstalkVpcProblems(props, {
        egress: vpc.egress,
        ...(vpc.endpointServices === undefined ? {} : { endpointServices: vpc.endpointServices }),
        publicSubnets: vpc.publicSubnets.length,
        privateSubnets: vpc.privateSubnets.length,
      }),
    ]);
    for (const warning of beanstalkWarnings(props, isKnown)) {
      Annotations.of(this).addWarning(warning);
    }
  }

  private createRoles(props: BeanstalkContainerAppProps, bucketArn: string, logGroupArn: string): BeanstalkRoles {
    const { containers, secretKeyArns } = props;
    return new BeanstalkRoles(this, "roles", {
      environmentName: this.environmentName,
      bucketArn,
      startStatements: executionStatements(
        { containers, ...(secretKeyArns === undefined ? {} : { secretKeyArns }) },
        AwsEnvironment.of(this),
        logGroupArn,
      ),
      secrets: beanstalkSecrets(props).length > 0,
      managedUpdates: beanstalkDefaults(props).managedUpdates !== undefined,
    });
  }

  private createApplication(props: BeanstalkContainerAppProps): ElasticBeanstalkApplication {
    return new ElasticBeanstalkApplication(this, "application", {
      name: this.applicationName,
      appversionLifecycle: {
        serviceRole: this.roles.serviceRoleArn,
        maxCount: beanstalkDefaults(props).maxVersions,
        deleteSourceFromS3: true,
      },
      dependsOn: [...this.roles.ready],
    });
  }

  /** A file, and a version that is called as its content. The new ones are there before the old ones go. */
  private createVersion(
    props: BeanstalkContainerAppProps,
    application: ElasticBeanstalkApplication,
    versions: BeanstalkVersions,
  ): ElasticBeanstalkApplicationVersion {
    const content = dockerrunJson(props, {
      logGroupName: names.beanstalkLogGroup(this.environmentName),
      region: AwsEnvironment.of(this).region,
      executionRoleArn: this.roles.executionRoleArn,
    });
    const hash = hashOf(content);
    const bundle = new S3Object(this, "bundle", {
      bucket: versions.bucketName,
      key: `${this.environmentName}/${hash}/Dockerrun.aws.json`,
      content,
      contentType: "application/json",
      lifecycle: { createBeforeDestroy: true },
      dependsOn: [...versions.ready],
    });
    return new ElasticBeanstalkApplicationVersion(this, "version", {
      application: application.name,
      name: `${this.environmentName}-${hash}`,
      bucket: bundle.bucket,
      key: bundle.key,
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private createEnvironment(
    props: BeanstalkContainerAppProps,
    application: ElasticBeanstalkApplication,
    version: ElasticBeanstalkApplicationVersion,
    ready: readonly ITerraformDependable[],
  ): ElasticBeanstalkEnvironment {
    const { vpc, cnamePrefix } = props;
    const { scheme, managedUpdates } = beanstalkDefaults(props);
    const idsOf = (subnets: IVpc["privateSubnets"]) => subnets.map(({ subnetId }) => subnetId);
    return new ElasticBeanstalkEnvironment(this, "environment", {
      name: this.environmentName,
      application: application.name,
      ...(cnamePrefix === undefined ? {} : { cnamePrefix }),
      solutionStackName: new DataAwsElasticBeanstalkSolutionStack(this, "platform", {
        mostRecent: true,
        nameRegex: PLATFORM,
      }).name,
      versionLabel: version.name,
      waitForReadyTimeout: TIMEOUT,
      setting: beanstalkSettings(props, {
        vpcId: vpc.vpcId,
        instanceSubnetIds: idsOf(vpc.privateSubnets),
        loadBalancerSubnetIds: idsOf(scheme === "internal" ? vpc.privateSubnets : vpc.publicSubnets),
        instanceProfile: this.roles.instanceProfileName,
        serviceRole: this.roles.serviceRoleArn,
      }),
      // AWS moves the platform on in its window, and Terraform would do so whenever it is applied.
      ...(managedUpdates === undefined ? {} : { lifecycle: { ignoreChanges: ["solution_stack_name"] } }),
      dependsOn: [...ready, ...vpc.proofs],
    });
  }
}

/**
 * A hash of the content: of what is known, and behind it one by Terraform of what Terraform alone knows. Terraform's
 * functions take no text with quotes, so that it cannot make one of all.
 */
function hashOf(content: string): string {
  const known = createHash("sha256").update(content.replaceAll(TOKEN, "?")).digest("hex").slice(0, HASH_LENGTH);
  const unknown = content.match(TOKEN) ?? [];
  return unknown.length === 0 ? known : `${known}-${Fn.substr(Fn.sha256(Fn.join(",", [...unknown])), 0, HASH_LENGTH)}`;
}
