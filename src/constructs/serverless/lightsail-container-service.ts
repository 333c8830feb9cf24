import { EcrRepositoryPolicy } from "@cdktf/provider-aws/lib/ecr-repository-policy";
import { LightsailCertificate as AwsLightsailCertificate } from "@cdktf/provider-aws/lib/lightsail-certificate";
import { LightsailContainerService as AwsLightsailContainerService } from "@cdktf/provider-aws/lib/lightsail-container-service";
import {
  LightsailContainerServiceDeploymentVersion,
  type LightsailContainerServiceDeploymentVersionContainer,
} from "@cdktf/provider-aws/lib/lightsail-container-service-deployment-version";
import { Annotations, type IResolvable, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { PULL_ACTIONS } from "../../model/container-repository";
import { type ContainerSpec, portsOf } from "../../model/container-spec";
import { plainVariables } from "../../model/homes/home-features";
import { lightsailHealthCheck } from "../../model/homes/lightsail-container";
import {
  DEFAULT_LIGHTSAIL_SCALE,
  type LightsailOptions,
  lightsailEndpoint,
  lightsailNameProblem,
  lightsailPower,
  lightsailProblems,
  lightsailWarnings,
  pullsFromEcr,
} from "../../model/lightsail";
import { names } from "../../model/names";
import { compareText } from "../../model/order";
import { partitionProblem } from "../../model/regional-services";
import { AwsEnvironment } from "../aws-environment";
import type { IContainerRepository } from "../ecs/container-repository";
import { ifKnown, isKnown, refuse } from "../errors";
import { policyJson } from "../iam/policy-document";
import { takenNameProblem } from "../taken-names";

/** What a `LightsailContainerService` is told. */
export interface LightsailContainerServiceProps extends LightsailOptions {
  /** 1 to 63 lower-case letters, digits and `-` between them. AWS cannot change it. */
  readonly serviceName: string;
  /**
   * Private repositories of the containers' images by a key of your choice, each of which gets a policy that lets the
   * service pull. A repository has one policy: leave out those that have one already, such as with `pullAccounts`.
   * @default - none: nobody but you lets the service in
   */
  readonly repositories?: Readonly<Record<string, IContainerRepository>>;
}

/**
 * Containers on Amazon Lightsail: nodes of a fixed size for a fixed price each month, with HTTPS and load balancing
 * included; no VPC, no IAM role, and variables in plain text alone.
 *
 * What the containers ask for cannot be reserved there. All of a node's containers share it, so their sum has to fit into
 * its power. Another deployment is a new version, and the old one goes on until the new one is well.
 *
 * @throws InvalidPropsError with everything of the containers that Lightsail cannot do, and which home can
 * @see https://docs.aws.amazon.com/lightsail/latest/userguide/amazon-lightsail-container-services.html
 * @example
 * new LightsailContainerService(this, "web", {
 *   serviceName: "shop-web",
 *   containers: [
 *     { name: "web", image: "public.ecr.aws/nginx/nginx:1.29", cpu: "250m", memory: "512Mi", ports: { http: 80 } },
 *   ],
 * });
 */
export class LightsailContainerService extends Construct {
  /** Name of the service. */
  readonly serviceName: string;
  /** ARN of the service. */
  readonly serviceArn: string;
  /** Where it answers, with `https://`; a service without a public endpoint answers nobody there. */
  readonly url: string;
  /** The role by which Lightsail pulls from private repositories of ECR; nothing where it pulls from none. */
  readonly imagePullerRoleArn: string | undefined;
  /** The records by which Lightsail validates the certificate: domain, name, type and value; nothing without one. */
  readonly validationRecords: IResolvable | undefined;

  constructor(scope: Construct, id: string, props: LightsailContainerServiceProps) {
    super(scope, id);
    this.validate(props);
    const { serviceName, certificate, disabled = false, scale = DEFAULT_LIGHTSAIL_SCALE } = props;
    const { name: power } = lightsailPower(props) ?? { name: "nano" };
    const pulls = pullsFromEcr(props, isKnown) || Object.keys(props.repositories ?? {}).length > 0;
    const created = this.createCertificate(props);
    this.serviceName = serviceName;
    const service = new AwsLightsailContainerService(this, "service", {
      name: serviceName,
      power,
      scale,
      isDisabled: disabled,
      ...(pulls ? { privateRegistryAccess: { ecrImagePullerRole: { isActive: true } } } : {}),
      ...(created === undefined || certificate?.attached !== true
        ? {}
        : {
            publicDomainNames: {
              certificate: [{ certificateName: created.name, domainNames: domainsOf(certificate) }],
            },
          }),
    });
    this.serviceArn = service.arn;
    this.url = service.url;
    this.imagePullerRoleArn = pulls ? service.privateRegistryAccess.ecrImagePullerRole.principalArn : undefined;
    this.validationRecords = created?.interpolationForAttribute("domain_validation_options");
    this.deploy(props, service, this.letIn(props.repositories ?? {}));
  }

  private validate(props: LightsailContainerServiceProps): void {
    refuse(this, [
      ifKnown(props.serviceName, lightsailNameProblem),
      partitionProblem("Lightsail", AwsEnvironment.of(this).region),
      ...lightsailProblems(props, isKnown),
      takenNameProblem(this, "Lightsail container service", props.serviceName, "serviceName"),
    ]);
    for (const warning of lightsailWarnings(props, isKnown)) {
      Annotations.of(this).addWarning(warning);
    }
  }

  private createCertificate({ serviceName, certificate }: LightsailContainerServiceProps) {
    return certificate === undefined
      ? undefined
      : new AwsLightsailCertificate(this, "certificate", {
          name: names.lightsailCertificate(serviceName),
          domainName: certificate.domainName,
          subjectAlternativeNames: domainsOf(certificate),
        });
  }

  private letIn(repositories: Readonly<Record<string, IContainerRepository>>): ITerraformDependable[] {
    return Object.entries(repositories)
      .sort(([a], [b]) => compareText(a, b))
      .map(
        ([key, { repositoryName }]) =>
          new EcrRepositoryPolicy(this, `repository-${key}`, {
            repository: repositoryName,
            policy: policyJson([
              { sid: "Lightsail", actions: PULL_ACTIONS, principal: { aws: this.imagePullerRoleArn ?? "" } },
            ]),
          }),
      );
  }

  private deploy(
    props: LightsailContainerServiceProps,
    service: AwsLightsailContainerService,
    ready: ITerraformDependable[],
  ): void {
    const endpoint = lightsailEndpoint(props);
    new LightsailContainerServiceDeploymentVersion(this, "deployment", {
      serviceName: service.name,
      container: [...props.containers]
        .sort((a, b) => compareText(a.name, b.name))
        .map((container) => containerOf(container, endpoint?.container === container ? endpoint.port : undefined)),
      ...(endpoint === undefined
        ? {}
        : {
            publicEndpoint: {
              containerName: endpoint.container.name,
              containerPort: endpoint.port,
              healthCheck: lightsailHealthCheck(endpoint.container),
            },
          }),
      ...(ready.length === 0 ? {} : { dependsOn: ready }),
    });
  }
}

function domainsOf({
  domainName,
  subjectAlternativeNames = [],
}: NonNullable<LightsailOptions["certificate"]>): string[] {
  return [domainName, ...[...subjectAlternativeNames].sort(compareText)];
}

/** @param answersHttp number of the port that everybody reaches, which Lightsail has to know as one of HTTP */
function containerOf(
  container: ContainerSpec,
  answersHttp: number | undefined,
): LightsailContainerServiceDeploymentVersionContainer {
  const { name, image, args } = container;
  const environment = plainVariables(container);
  const ports = portsOf(container).map(([, { port, protocol }]) => [
    String(port),
    port === answersHttp ? "HTTP" : protocol,
  ]);
  return {
    containerName: name,
    image,
    ...(args === undefined ? {} : { command: [...args] }),
    ...(Object.keys(environment).length === 0 ? {} : { environment }),
    ...(ports.length === 0 ? {} : { ports: Object.fromEntries(ports) }),
  };
}
