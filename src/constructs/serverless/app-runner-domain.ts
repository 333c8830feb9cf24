import { ApprunnerCustomDomainAssociation } from "@cdktf/provider-aws/lib/apprunner-custom-domain-association";
import { DataAwsApprunnerHostedZoneId } from "@cdktf/provider-aws/lib/data-aws-apprunner-hosted-zone-id";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import type { IResolvable } from "cdktf";
import { Construct } from "constructs";
import type { AppRunnerDomain } from "../../model/app-runner";
import { liesInZone } from "../../model/domain-name";
import { quote } from "../../model/problem";
import { isKnown, refuse } from "../errors";
import type { IHostedZone } from "../traffic/hosted-zone";
import { takenRecordProblem } from "../traffic/taken-record";

/** A domain of an App Runner service, with the zone in which its records stand. */
export interface AppRunnerDomainOptions extends AppRunnerDomain {
  /** Zone that gets the records which lead to the service. @default - none: they are somebody else's */
  readonly zone?: IHostedZone;
}

export interface AppRunnerDomainProps extends AppRunnerDomainOptions {
  readonly domainName: string;
  readonly serviceArn: string;
}

/**
 * A domain that leads to a service. App Runner gives it a certificate once its validation records stand in DNS; how many
 * there are is known only after the apply, so nobody but people can write them.
 *
 * @see https://docs.aws.amazon.com/apprunner/latest/dg/manage-custom-domains.html
 */
export class AppRunnerCustomDomain extends Construct {
  /** What the domain has to be a CNAME or an alias of. */
  readonly dnsTarget: string;
  /** The records by which App Runner validates the domain: name, type, value and status of each. */
  readonly validationRecords: IResolvable;

  constructor(
    scope: Construct,
    id: string,
    { domainName, serviceArn, zone, enableWwwSubdomain = false }: AppRunnerDomainProps,
  ) {
    super(scope, id);
    refuse(this, [
      zone !== undefined && isKnown(zone.zoneName) && !liesInZone(domainName, zone.zoneName)
        ? `domain ${quote(domainName)} does not lie in zone ${quote(zone.zoneName)}; give the zone that it lies in`
        : undefined,
    ]);
    const association = new ApprunnerCustomDomainAssociation(this, "association", {
      domainName,
      serviceArn,
      enableWwwSubdomain,
    });
    this.dnsTarget = association.dnsTarget;
    this.validationRecords = association.interpolationForAttribute("certificate_validation_records");
    if (zone !== undefined) {
      const hostedZoneId = new DataAwsApprunnerHostedZoneId(this, "hosted-zone").id;
      for (const prefix of enableWwwSubdomain ? ["", "www."] : [""]) {
        refuse(this, [takenRecordProblem(this, zone.zoneId, `${prefix}${domainName}`)]);
        new Route53Record(this, prefix === "" ? "record" : "record-www", {
          zoneId: zone.zoneId,
          name: `${prefix}${domainName}`,
          type: "A",
          alias: { name: association.dnsTarget, zoneId: hostedZoneId, evaluateTargetHealth: true },
        });
      }
    }
  }
}
