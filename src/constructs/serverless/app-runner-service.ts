import { ApprunnerAutoScalingConfigurationVersion } from "@cdktf/provider-aws/lib/apprunner-auto-scaling-configuration-version";
import { ApprunnerObservabilityConfiguration } from "@cdktf/provider-aws/lib/apprunner-observability-configuration";
import {
  ApprunnerService,
  type ApprunnerServiceNetworkConfiguration,
  type ApprunnerServiceSourceConfiguration,
} from "@cdktf/provider-aws/lib/apprunner-service";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { Annotations, type IResolvable } from "cdktf";
import { Construct } from "constructs";
import {
  type AppRunnerOptions,
  appRunnerAccountProblems,
  appRunnerInstanceSize,
  appRunnerNameProblems,
  appRunnerProblems,
  appRunnerRegionProblems,
  appRunnerVpcProblems,
  appRunnerWarnings,
  DEFAULT_APP_RUNNER_SCALING,
} from "../../model/app-runner";
import { APP_RUNNER_ARNS } from "../../model/arn-places";
import type { ContainerSpec } from "../../model/container-spec";
import { ecrRepositoryOf } from "../../model/ecr-image";
import { appRunnerHealthCheck, appRunnerPort } from "../../model/homes/app-runner-container";
import { plainVariables } from "../../model/homes/home-features";
import { compareText } from "../../model/order";
import { arnPlaceProblems } from "../../model/place";
import { appRunnerRegionWarning } from "../../model/regional-services";
import { valueFrom } from "../../model/secret-source";
import { AwsEnvironment } from "../aws-environment";
import type { IContainerRepository } from "../ecs/container-repository";
import { ifKnown, isKnown, refuse } from "../errors";
import type { PolicyStatement } from "../iam/policy-document";
import type { IVpc } from "../network/ivpc";
import { takenNameProblem } from "../taken-names";
import { AppRunnerCustomDomain, type AppRunnerDomainOptions } from "./app-runner-domain";
import { AppRunnerEgress, AppRunnerIngress } from "./app-runner-network";
import { AppRunnerRoles } from "./app-runner-roles";

/** What an `AppRunnerService` is told. */
export interface AppRunnerServiceProps extends Omit<AppRunnerOptions, "domains"> {
  /** 4 to 40 letters, digits, `-` and `_`. AWS cannot change it. */
  readonly serviceName: string;
  /** The VPC for `egress` "vpc" and `ingress` "private". @default - none */
  readonly vpc?: IVpc;
  /** Repository of the container's image. @default - read from the image's name, which must be known then */
  readonly repository?: IContainerRepository;
  /** Domains of its own by name. @default - none: App Runner's own domain alone */
  readonly domains?: Readonly<Record<string, AppRunnerDomainOptions>>;
  /** ARN of a web ACL of AWS WAF that looks at requests first. @default - none */
  readonly webAclArn?: string;
}

/**
 * A container that answers HTTP, run by AWS App Runner: HTTPS, load balancing and scaling by requests come with it, and
 * there is no cluster and, unless it is asked for, no VPC. App Runner takes no new customers since 2026-04-30, of which
 * synthesis warns: `LoadBalancedService` is the way on.
 *
 * The image comes from Amazon ECR or ECR Public. App Runner has few sizes, to the next of which what the container asks
 * for is rounded up. It writes its logs to log groups that it makes itself and that keep them for good.
 *
 * @throws InvalidPropsError with everything of the container that App Runner cannot do, and which home can
 * @see https://docs.aws.amazon.com/apprunner/latest/dg/what-is-apprunner.html
 * @example
 * new AppRunnerService(this, "web", {
 *   serviceName: "shop-web",
 *   container: {
 *     name: "web",
 *     image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1.4.2",
 *     cpu: "250m",
 *     memory: "512Mi",
 *     ports: { http: 8080 },
 *     readiness: { http: { port: "http", path: "/health" } },
 *   },
 * });
 */
export class AppRunnerService extends Construct {
  /** Name of the service. */
  readonly serviceName: string;
  /** ARN of the service. */
  readonly serviceArn: string;
  /** Where it answers, without `https://`: for everybody, or in the VPC alone. */
  readonly domainName: string;
  /** Security group of what it sends through the VPC, for others to let in; nothing with `egress` "default". */
  readonly securityGroupId: string | undefined;
  private readonly roles: AppRunnerRoles;
  private readonly customDomains: ReadonlyMap<string, AppRunnerCustomDomain>;

  constructor(scope: Construct, id: string, props: AppRunnerServiceProps) {
    super(scope, id);
    this.validate(props);
    const { serviceName, container, vpc, secretKeyArns = [], tracing = false } = props;
    this.serviceName = serviceName;
    this.roles = new AppRunnerRoles(this, "roles", {
      serviceName,
      repositoryArn: this.repositoryArn(props),
      secrets: container.secrets ?? {},
      secretKeyArns,
      tracing,
    });
    const egress =
      props.egress === "vpc" && vpc !== undefined
        ? new AppRunnerEgress(this, "egress", { serviceName, vpc })
        : undefined;
    this.securityGroupId = egress?.securityGroupId;
    const service = this.createService(props, egress);
    this.serviceArn = service.arn;
    this.domainName =
      props.ingress === "private" && vpc !== undefined
        ? new AppRunnerIngress(this, "ingress", { serviceName, serviceArn: service.arn, vpc }).domainName
        : service.serviceUrl;
    this.customDomains = this.createDomains(props.domains ?? {});
    if (props.webAclArn !== undefined) {
      new Wafv2WebAclAssociation(this, "web-acl", { resourceArn: service.arn, webAclArn: props.webAclArn });
    }
  }

  /** The domains of its own, in alphabetical order. */
  get domainNames(): string[] {
    return [...this.customDomains.keys()];
  }

  /** The records by which App Runner validates a domain, which is known after the apply; nothing where there is none. */
  validationRecords(domainName: string): IResolvable | undefined {
    return this.customDomains.get(domainName)?.validationRecords;
  }

  /**
   * Lets the program do something in AWS.
   *
   * @param key name of the policy among its role's, from which its id is derived
   */
  grant(key: string, statements: readonly PolicyStatement[]): void {
    this.roles.grant(key, statements);
  }

  private validate(props: AppRunnerServiceProps): void {
    const { serviceName, container, vpc, repository } = props;
    refuse(this, [
      ...(isKnown(serviceName) ? appRunnerNameProblems(serviceName, props) : []),
      ...appRunnerProblems(props, isKnown),
      takenNameProblem(this, "App Runner service", serviceName, "serviceName"),
      ...arnPlaceProblems(props, APP_RUNNER_ARNS, AwsEnvironment.of(this).place, isKnown),
      ...appRunnerVpcProblems(props, vpc?.egress),
      ...appRunnerRegionProblems(props, AwsEnvironment.of(this).region, isKnown),
      ...(ifKnown(AwsEnvironment.of(this).account, (account) => appRunnerAccountProblems(props, account, isKnown)) ??
        []),
      isKnown(container.image) || repository !== undefined
        ? undefined
        : "'image' of the container is known to Terraform alone, so that its repository cannot be read from it; give 'repository'",
    ]);
    const inRegion = appRunnerRegionWarning(AwsEnvironment.of(this).region);
    for (const warning of [
      ...appRunnerWarnings(props, vpc?.egress, isKnown),
      ...(inRegion === undefined ? [] : [inRegion]),
    ]) {
      Annotations.of(this).addWarning(warning);
    }
  }

  /** ARN of the image's repository; nothing for one of ECR Public, which is open to all. */
  private repositoryArn({ container: { image }, repository }: AppRunnerServiceProps): string | undefined {
    const named = isKnown(image) ? ecrRepositoryOf(image) : undefined;
    return (
      repository?.repositoryArn ??
      (named && `arn:${named.partition}:ecr:${named.region}:${named.account}:repository/${named.repository}`)
    );
  }

  private createService(props: AppRunnerServiceProps, egress: AppRunnerEgress | undefined): ApprunnerService {
    const { serviceName, kmsKeyArn } = props;
    const size = appRunnerInstanceSize(props);
    const tracing = this.createTracing(props);
    return new ApprunnerService(this, "service", {
      serviceName,
      sourceConfiguration: this.source(props),
      instanceConfiguration: {
        ...(size === undefined ? {} : { cpu: String(size.cpu.vcpu * 1024), memory: String(size.memory.mib) }),
        instanceRoleArn: this.roles.instanceRoleArn,
      },
      healthCheckConfiguration: appRunnerHealthCheck(props.container),
      autoScalingConfigurationArn: this.createScaling(props),
      networkConfiguration: networkOf(props, egress),
      ...(tracing === undefined
        ? {}
        : { observabilityConfiguration: { observabilityEnabled: true, observabilityConfigurationArn: tracing } }),
      ...(kmsKeyArn === undefined ? {} : { encryptionConfiguration: { kmsKey: kmsKeyArn } }),
      ...(this.roles.ready.length === 0 ? {} : { dependsOn: [...this.roles.ready] }),
    });
  }

  private source({ container, autoDeployments = false }: AppRunnerServiceProps): ApprunnerServiceSourceConfiguration {
    const { accessRoleArn } = this.roles;
    const { args } = container;
    return {
      autoDeploymentsEnabled: autoDeployments,
      ...(accessRoleArn === undefined ? {} : { authenticationConfiguration: { accessRoleArn } }),
      imageRepository: {
        imageIdentifier: container.image,
        imageRepositoryType: accessRoleArn === undefined ? "ECR_PUBLIC" : "ECR",
        imageConfiguration: {
          port: String(appRunnerPort(container)),
          ...(args === undefined ? {} : { startCommand: args.join(" ") }),
          ...unlessEmpty("runtimeEnvironmentVariables", plainVariables(container)),
          ...unlessEmpty("runtimeEnvironmentSecrets", secretsOf(container)),
        },
      },
    };
  }

  /** Configurations cannot be changed: another revision takes over before the old one is deleted. */
  private createScaling({ serviceName, configurationName = serviceName, scaling }: AppRunnerServiceProps): string {
    return new ApprunnerAutoScalingConfigurationVersion(this, "scaling", {
      autoScalingConfigurationName: configurationName,
      ...DEFAULT_APP_RUNNER_SCALING,
      ...scaling,
      lifecycle: { createBeforeDestroy: true },
    }).arn;
  }

  private createTracing({ serviceName, configurationName = serviceName, tracing }: AppRunnerServiceProps) {
    return tracing === true
      ? new ApprunnerObservabilityConfiguration(this, "tracing", {
          observabilityConfigurationName: configurationName,
          traceConfiguration: { vendor: "AWSXRAY" },
          lifecycle: { createBeforeDestroy: true },
        }).arn
      : undefined;
  }

  private createDomains(domains: Readonly<Record<string, AppRunnerDomainOptions>>): Map<string, AppRunnerCustomDomain> {
    return new Map(
      Object.entries(domains)
        .sort(([a], [b]) => compareText(a, b))
        .map(([domainName, options]) => [
          domainName,
          // Dots would become hyphens in the address, in which a-b.example.com and a.b.example.com are the same.
          new AppRunnerCustomDomain(this, `domain-${domainName.replaceAll(".", "_")}`, {
            ...options,
            domainName,
            serviceArn: this.serviceArn,
          }),
        ]),
    );
  }
}

/** App Runner says nothing of what is empty, which Terraform would take for a change. */
function unlessEmpty(key: string, record: Readonly<Record<string, string>>): object {
  return Object.keys(record).length === 0 ? {} : { [key]: record };
}

function secretsOf({ secrets = {} }: ContainerSpec): Record<string, string> {
  return Object.fromEntries(
    Object.entries(secrets).flatMap(([name, source]) => {
      const from = valueFrom(source);
      return from === undefined ? [] : [[name, from]];
    }),
  );
}

function networkOf(
  { ingress = "public", ipAddressType = "IPV4" }: AppRunnerServiceProps,
  egress: AppRunnerEgress | undefined,
): ApprunnerServiceNetworkConfiguration {
  return {
    ipAddressType,
    ingressConfiguration: { isPubliclyAccessible: ingress === "public" },
    egressConfiguration:
      egress === undefined ? { egressType: "DEFAULT" } : { egressType: "VPC", vpcConnectorArn: egress.vpcConnectorArn },
  };
}
