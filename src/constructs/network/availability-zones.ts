import { DataAwsAvailabilityZone } from "@cdktf/provider-aws/lib/data-aws-availability-zone";
import { DataAwsAvailabilityZones } from "@cdktf/provider-aws/lib/data-aws-availability-zones";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { type ZoneRule, zoneRule } from "../../model/regions";
import { type ZoneLookup, zoneKeys, zonesProblems } from "../../model/zones";
import { AwsEnvironment } from "../aws-environment";
import { refuse } from "../errors";

/**
 * The zones of a VPC. Their keys (names, or numbers of looked-up zones) make up ids and CIDR blocks, so they alone
 * decide what belongs to which zone.
 */
export class AvailabilityZones extends Construct {
  /** Names, or `1` to the count when looked up; sorted. */
  readonly keys: readonly string[];
  /**
   * Whether AWS chooses the zones. A subnet then keeps the zone that it was created in, whatever AWS lists later.
   */
  readonly lookedUp: boolean;
  private readonly lookup: DataAwsAvailabilityZones | undefined;

  constructor(scope: Construct, id: string, zones: readonly string[] | ZoneLookup) {
    super(scope, id);
    refuse(this, zonesProblems(AwsEnvironment.of(this).region, zones));
    this.keys = zoneKeys(zones);
    this.lookedUp = "count" in zones;
    if ("count" in zones) {
      this.lookup = this.lookUp(zones.count);
    } else {
      this.proveAllowed();
    }
  }

  /** Name of the zone: as given, or an expression that Terraform resolves. */
  zoneName(key: string): string {
    return this.lookup === undefined ? key : Fn.element(this.lookup.names, Number(key) - 1);
  }

  private lookUp(count: number): DataAwsAvailabilityZones {
    const rule = zoneRule(AwsEnvironment.of(this).region);
    return new DataAwsAvailabilityZones(this, "available", {
      state: "available",
      ...(rule.kind === "except" ? { excludeZoneIds: [...rule.zoneIds] } : {}),
      filter: [
        { name: "opt-in-status", values: ["opt-in-not-required"] },
        ...(rule.kind === "only" ? [{ name: "zone-id", values: [...rule.zoneIds] }] : []),
      ],
      lifecycle: {
        postcondition: [
          {
            condition: `\${length(self.names) >= ${count}}`,
            errorMessage: `this account has fewer than ${count} zones that EKS with Fargate accepts in this Region; ask for fewer in 'zones'`,
          },
        ],
      },
    });
  }

  /** Which name stands for which zone id differs by account, so only Terraform can tell that a named zone is allowed. */
  private proveAllowed(): void {
    const rule = zoneRule(AwsEnvironment.of(this).region);
    if (rule.kind === "all") {
      return;
    }
    for (const zone of this.keys) {
      new DataAwsAvailabilityZone(this, zone, {
        name: zone,
        lifecycle: {
          postcondition: [
            {
              condition: allowedCondition(rule),
              errorMessage: `zone "${zone}" is ${describeRule(rule)} in this account, where EKS with Fargate does not run; name another zone in 'zones'`,
            },
          ],
        },
      });
    }
  }
}

function allowedCondition(rule: Exclude<ZoneRule, { kind: "all" }>): string {
  const contains = `contains(${JSON.stringify(rule.zoneIds)}, self.zone_id)`;
  return rule.kind === "only" ? `\${${contains}}` : `\${!${contains}}`;
}

function describeRule(rule: Exclude<ZoneRule, { kind: "all" }>): string {
  return rule.kind === "only" ? `none of ${rule.zoneIds.join(", ")}` : `one of ${rule.zoneIds.join(", ")}`;
}
