import { type EgressOptions, egressOf, endpointServices } from "./egress";
import { logDestinations, podLogGroups } from "./fargate-logging-destinations";
import type { FargateLoggingOptions, LoggingContext } from "./fargate-logging-options";
import { quote } from "./problem";

/** Interface endpoints of the services that lines go to, by the end of their endpoint service's name. */
const ENDPOINTS = {
  firehose: { service: "kinesis-firehose", what: "Amazon Data Firehose" },
  kinesis: { service: "kinesis-streams", what: "Kinesis Data Streams" },
  logs: { service: "logs", what: "CloudWatch Logs" },
  role: { service: "sts", what: "the account whose role is to be assumed" },
} as const;

/** Destinations that lines cannot reach, in a VPC without NAT whose interface endpoints are known. */
export function unreachableLogWarnings(
  options: FargateLoggingOptions,
  context: LoggingContext,
  network: EgressOptions,
): string[] {
  if (egressOf(network) !== "endpoints") {
    return [];
  }
  const services = endpointServices(network);
  const kinds = new Set([
    ...(podLogGroups(options, context).length > 0 ? ["logs" as const] : []),
    ...logDestinations(options, context).flatMap(({ kind }) => (kind === "openSearch" ? [] : [kind])),
  ]);
  return [...kinds]
    .sort()
    .map((kind) => ENDPOINTS[kind])
    .filter(({ service }) => !services.includes(service))
    .map(
      ({ service, what }) =>
        `the VPC has no NAT gateway and no interface endpoint ${quote(service)}, so no line reaches ${what}; add ${quote(service)} to 'interfaceEndpoints' of the network`,
    );
}
