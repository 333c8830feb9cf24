import type { Accelerator, Architecture } from "./instance-type";
import { isWindows, type NodeOperatingSystem, smallestVolumeInGib } from "./node-ami";

/**
 * Systems of EC2 instances for which ECS has AMIs: the same as EKS has.
 *
 * As of 2026-11-21. Sources: Amazon ECS Developer Guide, "Retrieving Amazon ECS-optimized Linux AMI metadata", "… Windows
 * AMI metadata" and "… Bottlerocket AMI metadata"; public parameters of AWS Systems Manager as moto 5.2 records them.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-optimized_AMI.html
 */
export type InstanceOperatingSystem = NodeOperatingSystem;

/** GiB of the root volume in the AMI, below which EC2 starts no instance. */
const AMAZON_LINUX_VOLUME = 30;

/** What the path of AL2023's parameter has for a processor or an accelerator. */
const AMAZON_LINUX_VARIANT = { nvidia: "/gpu", neuron: "/neuron" } as const;

/**
 * The parameter of AWS Systems Manager that holds the id of the newest AMI for ECS, or `undefined` when there is none.
 * Each is public, and the same in every Region.
 */
export function amiParameterOf(
  os: InstanceOperatingSystem,
  architecture: Architecture,
  accelerator: Accelerator | undefined,
): string | undefined {
  if (isWindows(os)) {
    return architecture === "arm64" || accelerator !== undefined ? undefined : windowsParameter(os);
  }
  if (os === "bottlerocket") {
    const variant = accelerator === undefined ? "aws-ecs-2" : "aws-ecs-2-nvidia";
    return accelerator === "neuron"
      ? undefined
      : `/aws/service/bottlerocket/${variant}/${architecture === "arm64" ? "arm64" : "x86_64"}/latest/image_id`;
  }
  if (architecture === "arm64" && accelerator !== undefined) {
    return undefined;
  }
  const variant =
    accelerator === undefined ? (architecture === "arm64" ? "/arm64" : "") : AMAZON_LINUX_VARIANT[accelerator];
  return `/aws/service/ecs/optimized-ami/amazon-linux-2023${variant}/recommended/image_id`;
}

/** `windows-core-2022` is `Windows_Server-2022-English-Core-ECS_Optimized`. */
function windowsParameter(os: string): string {
  const [, edition = "", year = ""] = os.split("-");
  const name = `Windows_Server-${year}-English-${edition === "core" ? "Core" : "Full"}-ECS_Optimized`;
  return `/aws/service/ami-windows-latest/${name}/image_id`;
}

/** The smallest volume that takes the AMI, in GiB; the one that an instance has when none is given. */
export function smallestInstanceVolumeInGib(os: InstanceOperatingSystem): number {
  return os === "al2023" ? AMAZON_LINUX_VOLUME : smallestVolumeInGib(os);
}
