import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { InterfaceEndpoints } from "../../../src/constructs/network/vpc-endpoints";
import { refusal, resources, stackFor, synthIn } from "../../support/stack";

const minimal = {
  vpcId: "vpc-1",
  vpcName: "platform",
  vpcCidr: "10.0.0.0/16",
  subnetIds: ["subnet-a", "subnet-b"],
  services: ["sts"],
};

describe("InterfaceEndpoints", () => {
  test("stand in every subnet with private DNS names, behind one security group", () => {
    const text = synthIn("eu-west-1", (stack) => new InterfaceEndpoints(stack, "endpoints", minimal));
    expect(resources(text, VpcEndpoint)).toEqual({
      endpoints_sts: {
        vpc_id: "vpc-1",
        vpc_endpoint_type: "Interface",
        service_name: "com.amazonaws.eu-west-1.sts",
        subnet_ids: ["subnet-a", "subnet-b"],
        security_group_ids: ["${aws_security_group.endpoints_security-group.id}"],
        private_dns_enabled: true,
        tags: { Name: "platform-sts" },
      },
    });
    expect(text).toHaveResourceWithProperties(SecurityGroup, { name: "platform-vpc-endpoints", vpc_id: "vpc-1" });
  });

  test("are reached by HTTPS from within the VPC only", () => {
    const text = synthIn("eu-west-1", (stack) => new InterfaceEndpoints(stack, "endpoints", minimal));
    expect(Object.values(resources(text, VpcSecurityGroupIngressRule))).toEqual([
      {
        security_group_id: "${aws_security_group.endpoints_security-group.id}",
        description: "HTTPS from the VPC",
        cidr_ipv4: "10.0.0.0/16",
        ip_protocol: "tcp",
        from_port: 443,
        to_port: 443,
      },
    ]);
    expect(text).not.toHaveResource(VpcSecurityGroupEgressRule);
  });

  test("are one for each service, however often and in whatever order services are named", () => {
    const services = ["sts", "ecr.dkr", "sts", "ecr.api"];
    const text = synthIn("eu-west-1", (stack) => new InterfaceEndpoints(stack, "endpoints", { ...minimal, services }));
    const again = synthIn(
      "eu-west-1",
      (stack) => new InterfaceEndpoints(stack, "endpoints", { ...minimal, services: ["ecr.api", "ecr.dkr", "sts"] }),
    );
    expect(Object.keys(resources(text, VpcEndpoint))).toEqual([
      "endpoints_ecr.api",
      "endpoints_ecr.dkr",
      "endpoints_sts",
    ]);
    expect(text).toBe(again);
  });

  test.each([
    ["cn-north-1", "cn.com.amazonaws.cn-north-1.ecr.api", "com.amazonaws.cn-north-1.logs"],
    ["us-gov-west-1", "com.amazonaws.us-gov-west-1.ecr.api", "com.amazonaws.us-gov-west-1.logs"],
  ])("in %s have the names that AWS gives services there", (region, images, logs) => {
    const services = ["ecr.api", "logs"];
    const text = synthIn(region, (stack) => new InterfaceEndpoints(stack, "endpoints", { ...minimal, services }));
    expect(text).toHaveResourceWithProperties(VpcEndpoint, { service_name: images });
    expect(text).toHaveResourceWithProperties(VpcEndpoint, { service_name: logs });
  });

  test.each(["", "com.amazonaws.eu-west-1.sts", "cn.com.amazonaws.cn-north-1.sts", "STS"])(
    "a service called %j is refused",
    (service) => {
      const props = { ...minimal, services: ["sts", service] };
      expect(refusal(() => new InterfaceEndpoints(stackFor(), "endpoints", props))).toBe(
        `[test/endpoints] 'interfaceEndpoints' must name services by the end of their endpoint service's name, like "ecr.api", got ${JSON.stringify(service)}`,
      );
    },
  );
});
