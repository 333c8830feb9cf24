import * as v from "valibot";
import {
  certificateProblems,
  KEY_ALGORITHMS,
  privateZoneProblem,
  validationTimeoutProblem,
} from "../../model/certificate";
import { type Problem, quote, quoteAll, under } from "../../model/problem";
import { described, names, text } from "../pieces";
import type { Settings } from "../schema";
import type { HostedZonesSettings } from "./dns";

const certificate = v.strictObject({
  zone: described(text, "Key of the one of 'hostedZones' in which all of the names lie."),
  domainName: described(text, "Such as www.example.com, or *.example.com."),
  subjectAlternativeNames: v.exactOptional(described(names, "Further names.")),
  keyAlgorithm: v.exactOptional(described(v.picklist(KEY_ALGORITHMS), "Default: RSA_2048.")),
  validationTimeoutInMinutes: v.exactOptional(described(v.number(), "Default: 75.")),
});

export const certificatesSchema = described(
  v.record(text, certificate),
  "Certificates of ACM, validated in a hosted zone, by a name of your choice.",
);

type CertificateSettings = v.InferOutput<typeof certificate>;

/** What certificates of the settings are validated in. */
export interface CertificateSection {
  /** Where they stand, such as `inCluster`. */
  readonly section: string;
  readonly certificates?: Readonly<Record<string, CertificateSettings>> | undefined;
  readonly hostedZones?: HostedZonesSettings | undefined;
}

/** What is wrong with the certificates of the cluster. */
export function certificatesProblems({ inCluster }: Settings): Problem[] {
  const { certificates, hostedZones } = inCluster ?? {};
  return certificateSectionProblems({ section: "inCluster", certificates, hostedZones });
}

/** What is wrong with certificates that are validated in hosted zones of the same section. */
export function certificateSectionProblems({
  section,
  certificates = {},
  hostedZones = {},
}: CertificateSection): Problem[] {
  return Object.entries(certificates).flatMap(([key, options]) =>
    under(key, problemsOf(options, hostedZones, section)),
  );
}

function problemsOf(options: CertificateSettings, zones: HostedZonesSettings, section: string): Problem[] {
  const zone = Object.hasOwn(zones, options.zone) ? zones[options.zone] : undefined;
  const timeout =
    options.validationTimeoutInMinutes === undefined
      ? undefined
      : validationTimeoutProblem(options.validationTimeoutInMinutes);
  const place = zone === undefined ? unknownZone(options.zone, Object.keys(zones), section) : undefined;
  const unseen = zone?.private === true ? privateZoneProblem(zone.zoneName) : undefined;
  return [
    ...[place, unseen].flatMap((message) => (message === undefined ? [] : [{ at: ["zone"], message }])),
    ...certificateProblems(options, zone?.zoneName),
    ...(timeout === undefined ? [] : [{ at: ["validationTimeoutInMinutes"], message: timeout }]),
  ];
}

function unknownZone(key: string, there: readonly string[], section: string): string {
  return `'zone' must be a key of '${section}.hostedZones' (${there.length === 0 ? "there are none" : quoteAll(there)}), got ${quote(key)}`;
}
