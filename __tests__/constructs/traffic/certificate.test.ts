import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Certificate, type CertificateOptions } from "../../../src/constructs/traffic/certificate";
import { HostedZone } from "../../../src/constructs/traffic/hosted-zone";
import { addresses, refusal, resolved, resource, resources, stackFor, synth, warnings } from "../../support/stack";

const zone = HostedZone.fromAttributes({ zoneId: "Z0123456789", zoneName: "example.com" });
const minimal: CertificateOptions = { domainName: "www.example.com" };

function build(options: CertificateOptions = minimal) {
  const stack = stackFor();
  const certificate = new Certificate(stack, "tls", { zone, ...options });
  return { stack, certificate, text: synth(stack) };
}

const refused = (options: Partial<CertificateOptions>, given = zone) =>
  refusal(() => new Certificate(stackFor(), "tls", { zone: given, ...minimal, ...options }));

/** The option that ACM answers for a domain, whichever of its names was asked for. */
const optionOf = (domain: string) =>
  `[for option in tolist(aws_acm_certificate.tls_certificate.domain_validation_options) : option if trimprefix(option.domain_name, "*.") == "${domain}"][0]`;

describe("Certificate", () => {
  test("is validated by a record in the zone, and is there once ACM has issued it", () => {
    const { stack, certificate, text } = build();
    expect(resource(text, AcmCertificate)).toEqual({
      domain_name: "www.example.com",
      key_algorithm: "RSA_2048",
      validation_method: "DNS",
      lifecycle: { create_before_destroy: true },
    });
    expect(resource(text, Route53Record)).toEqual({
      zone_id: "Z0123456789",
      name: `\${${optionOf("www.example.com")}.resource_record_name}`,
      type: "CNAME",
      ttl: 300,
      records: [`\${${optionOf("www.example.com")}.resource_record_value}`],
      allow_overwrite: true,
      lifecycle: { ignore_changes: ["name", "records"] },
    });
    expect(resource(text, AcmCertificateValidation)).toEqual({
      certificate_arn: "${aws_acm_certificate.tls_certificate.arn}",
      validation_record_fqdns: ["${aws_route53_record.tls_record-www_example_com.fqdn}"],
      timeouts: { create: "75m" },
    });
    expect(resolved(stack, certificate.certificateArn)).toBe(
      "${aws_acm_certificate_validation.tls_validation.certificate_arn}",
    );
  });

  test("takes every option at once", () => {
    const { text } = build({
      domainName: "example.com",
      subjectAlternativeNames: ["www.example.com", "*.example.com"],
      keyAlgorithm: "EC_prime256v1",
      validationTimeoutInMinutes: 10,
    });
    expect(text).toHaveResourceWithProperties(AcmCertificate, {
      domain_name: "example.com",
      subject_alternative_names: ["*.example.com", "www.example.com"],
      key_algorithm: "EC_prime256v1",
    });
    expect(text).toHaveResourceWithProperties(AcmCertificateValidation, { timeouts: { create: "10m" } });
  });

  test("has one record for a domain and its wildcard", () => {
    const { text } = build({ domainName: "*.example.com", subjectAlternativeNames: ["example.com"] });
    expect(Object.keys(resources(text, Route53Record))).toEqual(["tls_record-example_com"]);
  });

  test("has an address of its own for each domain, whatever dots and hyphens are in it", () => {
    const { text } = build({ domainName: "a-b.example.com", subjectAlternativeNames: ["a.b.example.com"] });
    expect(Object.keys(resources(text, Route53Record))).toEqual([
      "tls_record-a-b_example_com",
      "tls_record-a_b_example_com",
    ]);
  });

  test("keeps the addresses of all others when a name is added in the middle", () => {
    const before = build({ domainName: "a.example.com", subjectAlternativeNames: ["c.example.com"] });
    const after = build({ domainName: "a.example.com", subjectAlternativeNames: ["b.example.com", "c.example.com"] });
    expect(addresses(after.text)).toEqual(
      [...addresses(before.text), "aws_route53_record.tls_record-b_example_com"].sort(),
    );
    const records = resources(after.text, Route53Record);
    expect(records).toMatchObject(resources(before.text, Route53Record));
  });

  test("is the same to the byte in whatever order further names are given", () => {
    const names = ["c.example.com", "b.example.com"];
    expect(build({ ...minimal, subjectAlternativeNames: names }).text).toBe(
      build({ ...minimal, subjectAlternativeNames: [...names].reverse() }).text,
    );
  });

  test("serves an Ingress by an annotation", () => {
    const { stack, certificate } = build();
    expect(resolved(stack, certificate.ingressAnnotations)).toEqual({
      "alb.ingress.kubernetes.io/certificate-arn": "${aws_acm_certificate_validation.tls_validation.certificate_arn}",
    });
  });

  test("warns of more names than ACM's first quota", () => {
    const subjectAlternativeNames = Array.from({ length: 10 }, (_, index) => `a${index}.example.com`);
    expect(warnings(build({ ...minimal, subjectAlternativeNames }).stack)).toEqual([
      '[test/tls] the certificate holds 11 names; ACM\'s quota is 10 until AWS raises it (Service Quotas, "Domain names per ACM certificate")',
    ]);
    expect(warnings(build({ ...minimal, subjectAlternativeNames: subjectAlternativeNames.slice(1) }).stack)).toEqual(
      [],
    );
  });
});

describe("refused is", () => {
  test("a name outside of the zone", () => {
    expect(refused({ subjectAlternativeNames: ["www.example.org"] })).toBe(
      `[test/tls] 'subjectAlternativeNames' must lie in the hosted zone "example.com", where it is validated, got "www.example.org"; give it a certificate of its own with its own zone`,
    );
  });

  test("a private zone", () => {
    expect(refused({}, { ...zone, isPrivate: true })).toBe(
      `[test/tls] 'zone' must be a public hosted zone, because ACM does not see the private zone "example.com"; validate the certificate in the public zone above it`,
    );
  });

  test("a name that is not known at synth", () => {
    expect(refused({ domainName: "${var.domain}" })).toContain('got "${var.domain}"');
    expect(refused({ domainName: "${TfToken[TOKEN.0]}" })).toBe(
      "[test/tls] the names of a certificate must be known when the app runs, because its records are derived from them; give them as text",
    );
  });

  test("a key that ACM does not issue certificates for", () => {
    expect(refused({ keyAlgorithm: "RSA_4096" as never })).toBe(
      `[test/tls] 'keyAlgorithm' must be one of "RSA_2048", "EC_prime256v1", "EC_secp384r1", got "RSA_4096"; other keys can only be imported`,
    );
  });

  test.each([0, 1.5, Number.NaN])("a wait of %p minutes", (validationTimeoutInMinutes) => {
    expect(refused({ validationTimeoutInMinutes })).toBe(
      `[test/tls] 'validationTimeoutInMinutes' must be a whole number of at least 1, got ${validationTimeoutInMinutes}`,
    );
  });

  test("nothing of a zone whose name only Terraform knows", () => {
    const tokenZone = { ...zone, zoneName: "${TfToken[TOKEN.0]}" };
    expect(() => new Certificate(stackFor(), "tls", { zone: tokenZone, ...minimal })).not.toThrow();
  });
});
