import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { names } from "../../model/names";
import { quote } from "../../model/problem";
import { AwsEnvironment } from "../aws-environment";
import { refuse } from "../errors";

const SERVICE_NAME = /^(?!(cn\.)?com\.amazonaws\.)[a-z][a-z0-9.-]*$/;

export interface InterfaceEndpointsProps {
  readonly vpcId: string;
  readonly vpcName: string;
  /** Network whose addresses may use the endpoints. */
  readonly vpcCidr: string;
  /** One subnet for each zone. */
  readonly subnetIds: readonly string[];
  /** Services by the last part of their endpoint service's name. */
  readonly services: readonly string[];
}

/**
 * Interface endpoints with private DNS names, reachable by HTTPS from within the VPC only.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
 */
export class InterfaceEndpoints extends Construct {
  constructor(scope: Construct, id: string, props: InterfaceEndpointsProps) {
    super(scope, id);
    const { vpcId, vpcName, services } = props;
    refuse(
      this,
      services
        .filter((service) => !SERVICE_NAME.test(service))
        .map(
          (service) =>
            `'interfaceEndpoints' must name services by the end of their endpoint service's name, like "ecr.api", got ${quote(service)}`,
        ),
    );
    const securityGroup = new SecurityGroup(this, "security-group", {
      name: names.endpointSecurityGroup(vpcName),
      description: "HTTPS from the VPC to its interface endpoints",
      vpcId,
      tags: { Name: names.endpointSecurityGroup(vpcName) },
    });
    new VpcSecurityGroupIngressRule(this, "https", {
      securityGroupId: securityGroup.id,
      description: "HTTPS from the VPC",
      cidrIpv4: props.vpcCidr,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    });
    for (const service of [...new Set(services)].sort()) {
      new VpcEndpoint(this, service, {
        vpcId,
        vpcEndpointType: "Interface",
        serviceName: AwsEnvironment.of(this).endpointServiceName(service),
        subnetIds: [...props.subnetIds],
        securityGroupIds: [securityGroup.id],
        privateDnsEnabled: true,
        tags: { Name: names.vpcEndpoint(vpcName, service) },
      });
    }
  }
}
