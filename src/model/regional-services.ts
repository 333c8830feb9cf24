import { quote } from "./problem";
import { partitionOf } from "./regions";

/**
 * Regions of services that are not everywhere.
 *
 * Source: AWS General Reference, "AWS App Runner endpoints and quotas" and "Amazon Lightsail endpoints and quotas",
 * which name no Region of the partitions of China and of AWS GovCloud.
 */
const REGIONAL_SERVICES_AS_OF = "2026-11-21";

const PARTITIONS_WITHOUT: ReadonlySet<string> = new Set(["aws-cn", "aws-us-gov"]);

const APP_RUNNER_REGIONS: ReadonlySet<string> = new Set([
  "us-east-1",
  "us-east-2",
  "us-west-2",
  "ap-northeast-1",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "eu-central-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
]);

/** Why the Region cannot have the service, or `undefined`. */
export function partitionProblem(service: "App Runner" | "Lightsail", region: string): string | undefined {
  const { name } = partitionOf(region);
  return PARTITIONS_WITHOUT.has(name)
    ? `${service} must be in a Region of partition "aws", got ${quote(region)}, whose partition ${quote(name)} does not have it; run the container on ECS there, as LoadBalancedService does`
    : undefined;
}

/** What to know about App Runner in the Region, or `undefined` when nothing. */
export function appRunnerRegionWarning(region: string): string | undefined {
  return APP_RUNNER_REGIONS.has(region)
    ? undefined
    : `${quote(region)} is not among the Regions with App Runner known as of ${REGIONAL_SERVICES_AS_OF}; check that it is there, or run the container on ECS`;
}
