import { Cidr } from "../units/cidr";
import { type Problem, quote } from "./problem";

const PRIVATE_NETWORKS = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((text) => Cidr.parse(text));

/** Networks that are never reachable over the internet, so never a sensible source for a public endpoint. */
const RESERVED_NETWORKS = [
  ...PRIVATE_NETWORKS,
  ...["100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4"].map((text) => Cidr.parse(text)),
];

const EVERYWHERE = "0.0.0.0/0";

/** Most entries that EKS takes. Source: Service Quotas, public endpoint access CIDR ranges per cluster. */
const MAX_PUBLIC_ACCESS_CIDRS = 40;

/**
 * Why EKS would refuse `cidr` for Kubernetes Services, or `undefined`.
 *
 * @param vpcCidr CIDR block of the cluster's VPC, when known; a malformed one is not compared
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html
 */
export function serviceCidrProblem(cidr: string, vpcCidr: string | undefined): string | undefined {
  const malformed = Cidr.problemOf(cidr);
  if (malformed !== undefined) {
    return `'serviceCidr' ${malformed}`;
  }
  const services = Cidr.parse(cidr);
  if (services.prefix < 12 || services.prefix > 24 || !PRIVATE_NETWORKS.some((network) => network.contains(services))) {
    return `'serviceCidr' must be a network from /12 to /24 within ${PRIVATE_NETWORKS.join(", ")}, got ${quote(cidr)}`;
  }
  return vpcCidr !== undefined && Cidr.problemOf(vpcCidr) === undefined && services.overlaps(Cidr.parse(vpcCidr))
    ? `'serviceCidr' ${quote(cidr)} overlaps the VPC's ${quote(vpcCidr)}, so Services could not be reached; use another, like ${quote(freeServiceCidr(vpcCidr))}`
    : undefined;
}

function freeServiceCidr(vpcCidr: string): string {
  const vpc = Cidr.parse(vpcCidr);
  return (
    ["172.20.0.0/16", "10.100.0.0/16", "192.168.0.0/16"].find((text) => !Cidr.parse(text).overlaps(vpc)) ??
    "172.20.0.0/16"
  );
}

/** What EKS would refuse of these sources for the public endpoint, each at its place in the list. */
export function publicAccessProblems(cidrs: readonly string[]): Problem[] {
  const many: Problem[] =
    cidrs.length > MAX_PUBLIC_ACCESS_CIDRS
      ? [
          {
            at: [],
            message: `'publicAccessCidrs' must hold at most ${MAX_PUBLIC_ACCESS_CIDRS} entries, got ${cidrs.length}; merge them into larger networks`,
          },
        ]
      : [];
  return [
    ...many,
    ...cidrs.flatMap((text, index) => {
      const message = sourceProblem(text);
      return message === undefined ? [] : [{ at: [index], message }];
    }),
  ];
}

function sourceProblem(text: string): string | undefined {
  const malformed = Cidr.problemOf(text);
  if (malformed !== undefined) {
    return `'publicAccessCidrs' ${malformed}`;
  }
  const reserved = RESERVED_NETWORKS.find((network) => network.contains(Cidr.parse(text)));
  return reserved === undefined
    ? undefined
    : `'publicAccessCidrs' must hold public networks, got ${quote(text)}, which lies in ${reserved}; clients there reach the private endpoint, so leave it out`;
}

/** What to know about these sources, or `undefined`. */
export function publicAccessWarning(cidrs: readonly string[]): string | undefined {
  return cidrs.includes(EVERYWHERE)
    ? `'publicAccessCidrs' opens the Kubernetes API to the whole internet (${EVERYWHERE}); name your offices' or runners' networks instead`
    : undefined;
}
