import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { HostedZone, type HostedZoneProps } from "../../../src/constructs/traffic/hosted-zone";
import { vpcOf } from "../../support/constructs";
import { refusal, resolved, resource, stackFor, synth } from "../../support/stack";

function build(props: HostedZoneProps) {
  const stack = stackFor();
  const zone = new HostedZone(stack, "dns", props);
  return { stack, zone, text: synth(stack) };
}

describe("HostedZone", () => {
  test("is public, and keeps records that Terraform does not know", () => {
    const { stack, zone, text } = build({ zoneName: "apps.example.com" });
    expect(resource(text, Route53Zone)).toEqual({ name: "apps.example.com", force_destroy: false });
    expect(zone.isPrivate).toBe(false);
    expect(zone.zoneName).toBe("apps.example.com");
    expect(resolved(stack, zone.zoneId)).toBe("${aws_route53_zone.dns_zone.zone_id}");
    expect(resolved(stack, zone.nameServers)).toBe("${aws_route53_zone.dns_zone.name_servers}");
  });

  test("is private to the VPCs that it is given", () => {
    const { zone, text } = build({
      zoneName: "internal.example.com",
      vpcs: [vpcOf(), vpcOf("eu-west-1", { vpcId: "vpc-2" })],
      forceDestroy: true,
    });
    expect(resource(text, Route53Zone)).toEqual({
      name: "internal.example.com",
      force_destroy: true,
      vpc: [{ vpc_id: "vpc-1" }, { vpc_id: "vpc-2" }],
    });
    expect(zone.isPrivate).toBe(true);
  });

  test("may exist already", () => {
    const attributes = { zoneId: "Z0123456789", zoneName: "example.com" };
    expect(HostedZone.fromAttributes(attributes)).toEqual({ ...attributes, isPrivate: false });
    expect(HostedZone.fromAttributes({ ...attributes, isPrivate: true }).isPrivate).toBe(true);
  });

  test.each(["example.com.", "Example.com", "example", "", "a..b", "-a.com", "*.example.com", `${"a".repeat(64)}.com`])(
    "the name %j is refused",
    (zoneName) => {
      const message = `'zoneName' must be a domain name in lower case without a dot at its end, like "example.com", got ${JSON.stringify(zoneName)}`;
      expect(refusal(() => new HostedZone(stackFor(), "dns", { zoneName }))).toBe(`[test/dns] ${message}`);
      expect(refusal(() => HostedZone.fromAttributes({ zoneId: "Z0123456789", zoneName }))).toBe(message);
    },
  );

  test("an id that is none is refused", () => {
    expect(refusal(() => HostedZone.fromAttributes({ zoneId: "/hostedzone/Z1", zoneName: "example.com" }))).toBe(
      `'zoneId' must be the id of a hosted zone, like "Z0123456789ABCDEFGHIJ", got "/hostedzone/Z1"`,
    );
  });

  test("a private zone without a VPC is refused", () => {
    expect(refusal(() => new HostedZone(stackFor(), "dns", { zoneName: "a.example.com", vpcs: [] }))).toBe(
      "[test/dns] 'vpcs' must hold at least one VPC, got none; leave it out for a public zone",
    );
  });
});
