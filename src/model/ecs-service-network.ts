import type { Known } from "./container-spec";
import { type Egress, egressProblem } from "./egress";
import { compareText } from "./order";
import { type Problem, problemAt, quote, under } from "./problem";
import { podTrafficProblems, type TrafficRule } from "./security-group-rules";

/** Where tasks lie in the VPC, and whom they may reach. */
export interface TaskNetworkOptions {
  /** Subnets of the VPC in which tasks run, or ids of subnets. @default "private" */
  readonly subnets?: "private" | "public" | readonly string[];
  /** Security groups beside the service's own, five together. @default - none */
  readonly additionalSecurityGroupIds?: readonly string[];
  /** What the tasks may reach, by a name of your choice. @default - everything, by IPv4 */
  readonly egress?: Readonly<Record<string, TrafficRule>>;
}

/** Source: Amazon ECS API Reference, AwsVpcConfiguration, 2026-11-17. */
const MAX_SUBNETS = 16;
const MAX_GROUPS = 5;

const SUBNET_ID = /^subnet-[0-9a-z]+$/;

/** The VPC as far as the rules ask about it. */
export interface TaskVpc {
  readonly egress: Egress;
  readonly privateSubnets: readonly unknown[];
  readonly publicSubnets: readonly unknown[];
}

/** What is wrong with the network of a service's tasks, seen from the service. */
export function taskNetworkProblems(
  { subnets = "private", additionalSecurityGroupIds: groups = [], egress = {} }: TaskNetworkOptions,
  vpc: TaskVpc | undefined,
  known: Known = () => true,
): Problem[] {
  return [
    ...subnetProblems(subnets, vpc, known),
    ...podTrafficProblems({ egress, additionalSecurityGroupIds: groups.slice(0, MAX_GROUPS - 1) }, known),
    ...problemAt(
      ["additionalSecurityGroupIds"],
      groups.length < MAX_GROUPS
        ? undefined
        : `a task must have at most ${MAX_GROUPS} security groups, the service's own among them, got ${groups.length + 1}; put the rules of some into one`,
    ),
  ];
}

function subnetProblems(
  subnets: NonNullable<TaskNetworkOptions["subnets"]>,
  vpc: TaskVpc | undefined,
  known: Known,
): Problem[] {
  const number =
    typeof subnets === "string"
      ? { private: vpc?.privateSubnets, public: vpc?.publicSubnets }[subnets]?.length
      : subnets.length;
  return [
    ...problemAt(
      ["subnets"],
      number === 0
        ? typeof subnets === "string"
          ? `'subnets' must be subnets that the VPC has, got ${quote(subnets)}, of which it has none; ${subnets === "private" ? `name some in its 'privateSubnetIds', or choose "public" with 'assignPublicIp'` : "have some, or leave 'subnets' out"}`
          : "'subnets' must hold at least one id of a subnet, got none"
        : number !== undefined && number > MAX_SUBNETS
          ? `'subnets' must hold at most ${MAX_SUBNETS} subnets, got ${number}; name some of them by their ids`
          : undefined,
    ),
    ...(typeof subnets === "string"
      ? []
      : under(
          "subnets",
          subnets.flatMap((id, index) =>
            problemAt(
              [index],
              !known(id) || SUBNET_ID.test(id)
                ? undefined
                : `'subnets' must be "private", "public" or ids of subnets, like "subnet-0a1b2c3d4e5f60718", got ${quote(id)}`,
            ),
          ),
        )),
  ];
}

/**
 * Why tasks on Fargate could not pull their images, seen from the service. What is not known, as of subnets of somebody
 * else's, is left to AWS.
 */
export function fargateEgressProblems(
  { subnets = "private" }: TaskNetworkOptions,
  assignPublicIp: boolean,
  vpc: Pick<TaskVpc, "egress"> | undefined,
): Problem[] {
  if (subnets === "private" && assignPublicIp) {
    return problemAt(
      ["assignPublicIp"],
      `'assignPublicIp' is for subnets with a route to an internet gateway, got true with 'subnets' "private", where the address would lead nowhere; leave it out, or choose "public"`,
    );
  }
  if (vpc === undefined) {
    return [];
  }
  if (subnets === "private") {
    return problemAt(["subnets"], egressProblem(vpc.egress, "task"));
  }
  return problemAt(
    ["subnets"],
    subnets === "public" && !assignPublicIp && vpc.egress !== "endpoints"
      ? `'subnets' "public" without 'assignPublicIp' leaves tasks on Fargate no way to pull their images, as a public subnet leads out by public addresses alone; set 'assignPublicIp' to true, or leave 'subnets' out`
      : undefined,
  );
}

/** One rule for what tasks may reach, as it is created. */
export interface EgressRule {
  /** As the options have it. */
  readonly name: string;
  readonly key: string;
  readonly description: string;
  readonly ipProtocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
  /** Of the three exactly one; `self` are the tasks themselves. */
  readonly self?: boolean;
  readonly cidr?: string;
  readonly securityGroupId?: string;
}

const MAX_PORT = 65_535;

/** The rules of the security group for what tasks may reach, in the order of their names. */
export function egressRules(egress: TaskNetworkOptions["egress"]): EgressRule[] {
  if (egress === undefined) {
    return [{ name: "egress", key: "egress", description: "Everything", ipProtocol: "-1", cidr: "0.0.0.0/0" }];
  }
  return Object.entries(egress)
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, { port = { from: 0, to: MAX_PORT }, protocol = "tcp", ...peer }]) => {
      const { from, to } = typeof port === "number" ? { from: port, to: port } : port;
      return {
        name,
        key: `egress-${name}`,
        description: name,
        ...(protocol === "all" ? { ipProtocol: "-1" } : { ipProtocol: protocol, fromPort: from, toPort: to }),
        ...peer,
      };
    });
}

/** Whether one of the rules is about this TCP port of the security group's members, so that AWS would refuse another. */
export function reachesGroup(
  egress: NonNullable<TaskNetworkOptions["egress"]>,
  securityGroupId: string,
  tcpPort: number,
): boolean {
  return Object.values(egress).some(
    ({ securityGroupId: group, port = { from: 0, to: MAX_PORT }, protocol = "tcp" }) => {
      const { from, to } = typeof port === "number" ? { from: port, to: port } : port;
      return (
        group === securityGroupId && protocol !== "udp" && (protocol === "all" || (from <= tcpPort && tcpPort <= to))
      );
    },
  );
}
