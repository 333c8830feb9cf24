import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Annotations } from "cdktf";
import { Construct } from "constructs";
import {
  type CertificateNames,
  certificateProblems,
  certificateWarning,
  type KeyAlgorithm,
  keyAlgorithmProblem,
  privateZoneProblem,
  validatedDomains,
  validationTimeoutProblem,
} from "../../model/certificate";
import { isKnown, refuse } from "../errors";
import type { IHostedZone } from "./hosted-zone";

/** What a certificate may be told beside its zone. */
export interface CertificateOptions extends CertificateNames {
  /** `RSA_2048`, which every client knows, or an elliptic curve. @default "RSA_2048" */
  readonly keyAlgorithm?: KeyAlgorithm;
  /** How long Terraform waits for ACM to see the records. @default 75 */
  readonly validationTimeoutInMinutes?: number;
}

/** What a `Certificate` is told. */
export interface CertificateProps extends CertificateOptions {
  /** Public zone in which all of the names lie. */
  readonly zone: IHostedZone;
}

const VALIDATION_TIMEOUT_IN_MINUTES = 75;
const RECORD_TTL_IN_SECONDS = 300;

/**
 * A certificate of ACM, validated by records in a hosted zone, which also let ACM renew it. Load balancers use it in
 * the same Region.
 *
 * ACM cannot change the names of a certificate: another one takes over before the old one is deleted. Names that both
 * have keep their records.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 * @example
 * new Certificate(this, "certificate", { zone, domainName: "example.com", subjectAlternativeNames: ["*.example.com"] });
 */
export class Certificate extends Construct {
  /** ARN of the certificate once ACM has issued it. */
  readonly certificateArn: string;

  constructor(scope: Construct, id: string, props: CertificateProps) {
    super(scope, id);
    this.validateProps(props);
    const { zone, domainName, subjectAlternativeNames = [], keyAlgorithm = "RSA_2048" } = props;
    const certificate = new AcmCertificate(this, "certificate", {
      domainName,
      ...(subjectAlternativeNames.length === 0 ? {} : { subjectAlternativeNames: [...subjectAlternativeNames].sort() }),
      validationMethod: "DNS",
      keyAlgorithm,
      lifecycle: { createBeforeDestroy: true },
    });
    const records = validatedDomains(props).map((domain) => validationRecord(this, domain, zone, certificate));
    this.certificateArn = new AcmCertificateValidation(this, "validation", {
      certificateArn: certificate.arn,
      validationRecordFqdns: records.map(({ fqdn }) => fqdn),
      timeouts: { create: `${props.validationTimeoutInMinutes ?? VALIDATION_TIMEOUT_IN_MINUTES}m` },
    }).certificateArn;
  }

  /** What makes the AWS Load Balancer Controller serve an Ingress with the certificate. */
  get ingressAnnotations(): Readonly<Record<string, string>> {
    return { "alb.ingress.kubernetes.io/certificate-arn": this.certificateArn };
  }

  private validateProps(props: CertificateProps): void {
    const { zone, domainName, subjectAlternativeNames = [] } = props;
    const known = [domainName, ...subjectAlternativeNames].every(isKnown);
    refuse(this, [
      known
        ? undefined
        : "the names of a certificate must be known when the app runs, because its records are derived from them; give them as text",
      zone.isPrivate ? privateZoneProblem(zone.zoneName) : undefined,
      keyAlgorithmProblem(props.keyAlgorithm ?? "RSA_2048"),
      validationTimeoutProblem(props.validationTimeoutInMinutes ?? VALIDATION_TIMEOUT_IN_MINUTES),
      ...(known ? certificateProblems(props, isKnown(zone.zoneName) ? zone.zoneName : undefined) : []),
    ]);
    const warning = certificateWarning(props);
    if (warning !== undefined) {
      Annotations.of(this).addWarning(warning);
    }
  }
}

/**
 * The record by which ACM validates one domain. An account has the same one for all certificates of the domain, so it
 * stays as it is when the certificate is replaced: what the new one says is unknown when Terraform plans, and would
 * delete a record that ACM still needs.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
function validationRecord(
  scope: Construct,
  domain: string,
  { zoneId }: IHostedZone,
  { domainValidationOptions }: AcmCertificate,
): Route53Record {
  const option = `[for option in ${domainValidationOptions.fqn} : option if trimprefix(option.domain_name, "*.") == "${domain}"][0]`;
  // Dots would become hyphens in the address, in which a-b.example.com and a.b.example.com are the same.
  return new Route53Record(scope, `record-${domain.replaceAll(".", "_")}`, {
    zoneId,
    name: `\${${option}.resource_record_name}`,
    type: "CNAME",
    ttl: RECORD_TTL_IN_SECONDS,
    records: [`\${${option}.resource_record_value}`],
    allowOverwrite: true,
    lifecycle: { ignoreChanges: ["name", "records"] },
  });
}
