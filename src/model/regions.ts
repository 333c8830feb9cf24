import { quote } from "./problem";

/**
 * Regions, partitions and the zones that EKS or Fargate refuse.
 *
 * As of 2026-11-21. Sources: Amazon ECS Developer Guide "Regions for Linux containers on AWS Fargate" (regions, zones);
 * Amazon EKS User Guide "VPC and subnet requirements" (cluster zones); eksctl partitions.go at 99984adb and the AWS SDKs' partitions.json (partitions);
 * `aws ec2 describe-vpc-endpoint-services` in cn-north-1 (endpoint services of the China partition).
 */
const REGIONS_AS_OF = "2026-11-21";

export interface Partition {
  /** As it stands in ARNs: `arn:<name>:…`. */
  readonly name: string;
  /** Domain of regional endpoints and of those service principals that carry it. */
  readonly dnsSuffix: string;
}

interface PartitionFacts extends Partition {
  readonly regionPrefixes: readonly string[];
}

const COMMERCIAL: PartitionFacts = { name: "aws", dnsSuffix: "amazonaws.com", regionPrefixes: [] };

const OTHER_PARTITIONS: readonly PartitionFacts[] = [
  { name: "aws-cn", dnsSuffix: "amazonaws.com.cn", regionPrefixes: ["cn-"] },
  { name: "aws-us-gov", dnsSuffix: "amazonaws.com", regionPrefixes: ["us-gov-"] },
  { name: "aws-eusc", dnsSuffix: "amazonaws.eu", regionPrefixes: ["eusc-"] },
  { name: "aws-iso", dnsSuffix: "c2s.ic.gov", regionPrefixes: ["us-iso-"] },
  { name: "aws-iso-b", dnsSuffix: "sc2s.sgov.gov", regionPrefixes: ["us-isob-"] },
  { name: "aws-iso-e", dnsSuffix: "cloud.adc-e.uk", regionPrefixes: ["eu-isoe-"] },
  { name: "aws-iso-f", dnsSuffix: "csp.hci.ic.gov", regionPrefixes: ["us-isof-"] },
];

const FARGATE_REGIONS: ReadonlySet<string> = new Set([
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
  "ca-central-1",
  "ca-west-1",
  "mx-central-1",
  "sa-east-1",
  "af-south-1",
  "ap-east-1",
  "ap-south-1",
  "ap-south-2",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-southeast-3",
  "ap-southeast-4",
  "ap-southeast-5",
  "ap-southeast-7",
  "eu-central-1",
  "eu-central-2",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "eu-south-1",
  "eu-south-2",
  "eu-north-1",
  "il-central-1",
  "me-south-1",
  "me-central-1",
  "cn-north-1",
  "cn-northwest-1",
  "us-gov-east-1",
  "us-gov-west-1",
]);

/** Whether EKS on Fargate is documented for GovCloud changed between 2024 and 2026 without a statement: a warning only. */
const UNVERIFIED_FARGATE_REGIONS: ReadonlySet<string> = new Set(["us-gov-east-1", "us-gov-west-1"]);

/** Which zone ids of a region take an EKS cluster with Fargate pods. */
export type ZoneRule =
  | { readonly kind: "all" }
  | { readonly kind: "except"; readonly zoneIds: readonly string[] }
  | { readonly kind: "only"; readonly zoneIds: readonly string[] };

const ZONE_RULES: Readonly<Record<string, ZoneRule>> = {
  "us-east-1": { kind: "except", zoneIds: ["use1-az3"] },
  "ca-central-1": { kind: "except", zoneIds: ["cac1-az3"] },
  "us-west-1": { kind: "only", zoneIds: ["usw1-az1", "usw1-az3"] },
  "ap-northeast-1": { kind: "only", zoneIds: ["apne1-az1", "apne1-az2", "apne1-az4"] },
  "cn-north-1": { kind: "only", zoneIds: ["cnn1-az1", "cnn1-az2"] },
};

/** Endpoint services that carry the `cn.` prefix in China; the others are named as elsewhere. */
const CHINA_PREFIXED_SERVICES: ReadonlySet<string> = new Set([
  "autoscaling",
  "ec2",
  "ecr.api",
  "ecr.dkr",
  "elasticfilesystem",
  "monitoring",
  "rds",
  "sqs",
  "states",
  "sts",
  "xray",
]);

const REGION_PATTERN = /^[a-z]{2}(sc)?(-[a-z]+)+-\d+$/;

/** Why `region` cannot be the name of an AWS Region, or `undefined`. */
export function regionProblem(region: string): string | undefined {
  return REGION_PATTERN.test(region) ? undefined : `${quote(region)} is not an AWS Region; write it like "eu-west-1"`;
}

/** What a reader should know about running pods of EKS on Fargate in `region`, or `undefined` when nothing. */
export function podsRegionWarning(region: string): string | undefined {
  return UNVERIFIED_FARGATE_REGIONS.has(region)
    ? `whether EKS runs pods on Fargate in "${region}" is not documented as of ${REGIONS_AS_OF}; ask AWS before you rely on it`
    : undefined;
}

/** What a reader should know about Fargate in `region`, for pods and tasks alike, or `undefined` when nothing. */
export function regionWarning(region: string): string | undefined {
  return FARGATE_REGIONS.has(region)
    ? undefined
    : `"${region}" is not among the Regions with Fargate known as of ${REGIONS_AS_OF}; check its name, and that Fargate is there`;
}

export function partitionOf(region: string): Partition {
  const { name, dnsSuffix } =
    OTHER_PARTITIONS.find(({ regionPrefixes }) => regionPrefixes.some((prefix) => region.startsWith(prefix))) ??
    COMMERCIAL;
  return { name, dnsSuffix };
}

export function zoneRule(region: string): ZoneRule {
  return ZONE_RULES[region] ?? { kind: "all" };
}

/**
 * The name of the endpoint service for an interface or gateway endpoint.
 *
 * @param service as AWS names it in the endpoint service, such as `ecr.api`
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
export function endpointServiceName(region: string, service: string): string {
  const prefix = partitionOf(region).name === "aws-cn" && CHINA_PREFIXED_SERVICES.has(service) ? "cn." : "";
  return `${prefix}com.amazonaws.${region}.${service}`;
}

/** Why `zone` is not the name of an Availability Zone of `region`, or `undefined`. */
export function zoneProblem(region: string, zone: string): string | undefined {
  const letter = zone.slice(region.length);
  if (zone.startsWith(region) && /^[a-z]$/.test(letter)) {
    return undefined;
  }
  return zone.startsWith(`${region}-`)
    ? `"${zone}" is a Local Zone or Wavelength Zone, where Fargate does not run; name Availability Zones like "${region}a"`
    : `"${zone}" is not an Availability Zone of ${region}; name zones like "${region}a"`;
}
