import * as v from "valibot";
import { described, names, text } from "./pieces";

/** The VPC: one to be created, or one that exists already. */
export const networkSchema = v.strictObject({
  cidr: v.exactOptional(described(text, 'IPv4 network of the VPC, /16 to /22. Default: "10.0.0.0/16".')),
  zones: v.exactOptional(
    described(
      v.union([names, v.strictObject({ count: v.number() })]),
      "Availability Zones by name, or how many Terraform looks up.",
    ),
  ),
  subnetCidrs: v.exactOptional(
    described(
      v.record(text, v.strictObject({ private: v.exactOptional(text), public: v.exactOptional(text) })),
      "Networks by zone that replace the derived ones.",
    ),
  ),
  publicSubnets: v.exactOptional(described(v.boolean(), "Subnets for load balancers and NAT gateways. Default: true.")),
  nat: v.exactOptional(described(v.picklist(["none", "single", "per-zone"]), "NAT gateways. Default: single.")),
  natZone: v.exactOptional(described(text, "Zone of the single NAT gateway. Default: the first.")),
  interfaceEndpoints: v.exactOptional(
    described(
      v.union([v.boolean(), names]),
      "Endpoints of AWS services in the VPC: those that a cluster without NAT needs (true), or by name.",
    ),
  ),
  flowLogs: v.exactOptional(
    described(
      v.union([
        v.literal(false),
        v.strictObject({
          retentionInDays: v.exactOptional(v.number()),
          trafficType: v.exactOptional(v.picklist(["ALL", "ACCEPT", "REJECT"])),
        }),
      ]),
      "Flow logs. Default: all traffic, kept one year.",
    ),
  ),
  existing: v.exactOptional(
    described(
      v.strictObject({
        vpcId: text,
        privateSubnetIds: v.exactOptional(v.record(text, text)),
        publicSubnetIds: v.exactOptional(v.record(text, text)),
      }),
      "A VPC that exists already, with its subnets by the name of their zone; instead of all the others.",
    ),
  ),
});

export type NetworkSettings = v.InferOutput<typeof networkSchema>;
