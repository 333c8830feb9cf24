import { ApprunnerVpcConnector } from "@cdktf/provider-aws/lib/apprunner-vpc-connector";
import { ApprunnerVpcIngressConnection } from "@cdktf/provider-aws/lib/apprunner-vpc-ingress-connection";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { names } from "../../model/names";
import { AwsEnvironment } from "../aws-environment";
import { refuse } from "../errors";
import type { IVpc } from "../network/ivpc";
import { privateSubnetsProblems } from "../network/private-subnets";

const HTTPS = 443;

interface AppRunnerVpcProps {
  readonly serviceName: string;
  readonly vpc: IVpc;
}

/**
 * The way of what a service sends through the private subnets of a VPC. Connectors cannot be changed: another revision
 * takes over before the old one is deleted.
 *
 * @see https://docs.aws.amazon.com/apprunner/latest/dg/network-vpc.html
 */
export class AppRunnerEgress extends Construct {
  readonly vpcConnectorArn: string;
  readonly securityGroupId: string;

  constructor(scope: Construct, id: string, { serviceName, vpc }: AppRunnerVpcProps) {
    super(scope, id);
    refuse(this, privateSubnetsProblems(vpc, undefined, 1));
    const name = names.appRunnerSecurityGroup(serviceName);
    this.securityGroupId = new SecurityGroup(this, "security-group", {
      name,
      description: `Instances of App Runner service ${serviceName}`,
      vpcId: vpc.vpcId,
      tags: { Name: name },
    }).id;
    new VpcSecurityGroupEgressRule(this, "to-all", {
      securityGroupId: this.securityGroupId,
      description: "Everything that the container sends",
      ipProtocol: "-1",
      cidrIpv4: "0.0.0.0/0",
    });
    this.vpcConnectorArn = new ApprunnerVpcConnector(this, "connector", {
      vpcConnectorName: serviceName,
      subnets: vpc.privateSubnets.map(({ subnetId }) => subnetId),
      securityGroups: [this.securityGroupId],
      lifecycle: { createBeforeDestroy: true },
    }).arn;
  }
}

export interface AppRunnerIngressProps extends AppRunnerVpcProps {
  readonly serviceArn: string;
}

/**
 * An endpoint in a VPC by which alone a private service is called, over HTTPS, from anywhere in the VPC.
 *
 * @see https://docs.aws.amazon.com/apprunner/latest/dg/network-pl.html
 */
export class AppRunnerIngress extends Construct {
  /** Where the service answers in the VPC. */
  readonly domainName: string;

  constructor(scope: Construct, id: string, { serviceName, serviceArn, vpc }: AppRunnerIngressProps) {
    super(scope, id);
    refuse(this, privateSubnetsProblems(vpc, undefined, 1));
    const name = names.appRunnerEndpoint(serviceName);
    const securityGroup = new SecurityGroup(this, "security-group", {
      name,
      description: `Endpoint of App Runner service ${serviceName}`,
      vpcId: vpc.vpcId,
      tags: { Name: name },
    });
    new VpcSecurityGroupIngressRule(this, "from-vpc", {
      securityGroupId: securityGroup.id,
      description: "HTTPS from the VPC",
      cidrIpv4: vpc.cidr,
      ipProtocol: "tcp",
      fromPort: HTTPS,
      toPort: HTTPS,
    });
    const endpoint = new VpcEndpoint(this, "endpoint", {
      vpcId: vpc.vpcId,
      vpcEndpointType: "Interface",
      serviceName: AwsEnvironment.of(this).endpointServiceName("apprunner.requests"),
      subnetIds: vpc.privateSubnets.map(({ subnetId }) => subnetId),
      securityGroupIds: [securityGroup.id],
      // The service has a name of its own, which leads to the endpoint.
      privateDnsEnabled: false,
      tags: { Name: name },
    });
    this.domainName = new ApprunnerVpcIngressConnection(this, "connection", {
      name: serviceName,
      serviceArn,
      ingressVpcConfiguration: { vpcId: vpc.vpcId, vpcEndpointId: endpoint.id },
    }).domainName;
  }
}
