import { quote } from "./problem";

/** Architecture of a processor, as Kubernetes names it in `kubernetes.io/arch`. */
export type Architecture = "amd64" | "arm64";

/** What makes a node fast at more than general work, and wants an AMI with its drivers. */
export type Accelerator = "nvidia" | "neuron";

/** Family, dot, size: `m6i.large`, `m7i-flex.xlarge`, `u-6tb1.56xlarge`, `c7g.metal`. */
const INSTANCE_TYPE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*$/;

/** Series, generation, and what is special about it: `m`, `7`, `gd`. */
const FAMILY = /^(?<series>[a-z]+)\d+(?<options>[a-z]*)/;

/** The first generation of Graviton, older than the naming convention. */
const FIRST_ARM_FAMILY = "a1";

/** Its graphics processors are of AMD, for which EKS has no AMI. */
const AMD_GRAPHICS = /^g4ad\./;

/** Why `type` cannot be the name of an EC2 instance type, or `undefined`. Whether EC2 has it is AWS's to say. */
export function instanceTypeProblem(type: string): string | undefined {
  return INSTANCE_TYPE.test(type)
    ? undefined
    : `'instanceTypes' must hold names of EC2 instance types, like "m7g.large", got ${quote(type)}`;
}

/**
 * Sizes behind the dot: words, `12xlarge`, `metal`, `metal-24xl`.
 *
 * As of 2026-11-22. Source: Amazon EC2 Instance Types, "Instance type naming conventions", and the sizes of its tables.
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
const SIZE = /\.(nano|micro|small|medium|large|(\d+)?xlarge|metal(-\d+xl)?)$/;

/** Why there is probably no such instance type, or `undefined`; AWS may name a new size in a new way. */
export function instanceTypeWarning(type: string): string | undefined {
  return instanceTypeProblem(type) !== undefined || SIZE.test(type)
    ? undefined
    : `instance type ${quote(type)} ends in no size that EC2 had as of 2026-11-22, such as "large" or "2xlarge"; check its name`;
}

/**
 * The architecture of an instance type. EC2 names every family with a Graviton processor by a `g` behind the generation.
 *
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function architectureOf(type: string): Architecture {
  const [family = ""] = type.split(".");
  return family === FIRST_ARM_FAMILY || FAMILY.exec(family)?.groups?.options?.includes("g") ? "arm64" : "amd64";
}

/** The accelerator that an instance type has and that EKS has an AMI for, or `undefined`. */
export function acceleratorOf(type: string): Accelerator | undefined {
  const series = FAMILY.exec(type)?.groups?.series ?? "";
  if (/^(inf|trn)$/.test(series)) {
    return "neuron";
  }
  return /^(g|gr|p)$/.test(series) && !AMD_GRAPHICS.test(type) ? "nvidia" : undefined;
}
