import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { domainNameProblem, zoneIdProblem } from "../../model/domain-name";
import { quote } from "../../model/problem";
import { InvalidPropsError, ifKnown, refuse } from "../errors";
import type { IVpc } from "../network/ivpc";
import { takeName } from "../taken-names";

/** A Route 53 hosted zone that records are written into. */
export interface IHostedZone {
  /** Id of the zone, `Z…`. */
  readonly zoneId: string;
  /** Domain name, such as `example.com`. */
  readonly zoneName: string;
  /** Whether only VPCs see the zone, so that nobody outside can validate anything by it. */
  readonly isPrivate: boolean;
}

/** What has to be known of a hosted zone that is there already. */
export interface HostedZoneAttributes {
  /** Id of the zone, `Z…`. */
  readonly zoneId: string;
  /** Domain of the zone: `example.com`. */
  readonly zoneName: string;
  /** @default false */
  readonly isPrivate?: boolean;
}

/** What a `HostedZone` is told. */
export interface HostedZoneProps {
  /** Domain name, such as `apps.example.com`; in lower case, without a dot at its end. */
  readonly zoneName: string;
  /** VPCs that alone see the zone. @default - none: the zone is public */
  readonly vpcs?: readonly IVpc[];
  /**
   * Whether records that Terraform does not know, such as those of ExternalDNS, are deleted with the zone.
   * @default false: AWS refuses to delete a zone that has some
   */
  readonly forceDestroy?: boolean;
}

/**
 * A Route 53 hosted zone: public, or private to VPCs. A public zone answers nobody until the zone above it delegates
 * to its name servers.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zones-working-with.html
 * @example
 * const zone = HostedZone.fromAttributes({ zoneId: "Z0123456789ABCDEFGHIJ", zoneName: "example.com" });
 */
export class HostedZone extends Construct implements IHostedZone {
  /**
   * A zone that exists already.
   *
   * @throws InvalidPropsError when it is none
   */
  static fromAttributes({ zoneId, zoneName, isPrivate = false }: HostedZoneAttributes): IHostedZone {
    const problems = [
      ifKnown(zoneId, zoneIdProblem),
      ifKnown(zoneName, (name) => domainNameProblem("zoneName", name)),
    ].filter((problem) => problem !== undefined);
    if (problems.length > 0) {
      throw new InvalidPropsError(problems.join("\n"));
    }
    return { zoneId, zoneName, isPrivate };
  }

  readonly zoneId: string;
  readonly zoneName: string;
  readonly isPrivate: boolean;
  /** What the zone above has to delegate to; none of a private zone's. */
  readonly nameServers: readonly string[];

  constructor(scope: Construct, id: string, { zoneName, vpcs, forceDestroy = false }: HostedZoneProps) {
    super(scope, id);
    refuse(this, [
      ifKnown(zoneName, (name) => domainNameProblem("zoneName", name)),
      vpcs?.length === 0 ? "'vpcs' must hold at least one VPC, got none; leave it out for a public zone" : undefined,
    ]);
    const twin = ifKnown(zoneName, (name) => takeName(this, vpcs === undefined ? "public zone" : "private zone", name));
    if (twin !== undefined) {
      Annotations.of(this).addWarning(
        `there is a zone ${quote(zoneName)} already, as ${quote(twin)}, and AWS makes a second one, to which nothing leads unless the zone above delegates to it too; use the first`,
      );
    }
    const zone = new Route53Zone(this, "zone", {
      name: zoneName,
      forceDestroy,
      ...(vpcs === undefined ? {} : { vpc: vpcs.map(({ vpcId }) => ({ vpcId })) }),
    });
    this.zoneId = zone.zoneId;
    this.zoneName = zoneName;
    this.isPrivate = vpcs !== undefined;
    this.nameServers = zone.nameServers;
  }
}
