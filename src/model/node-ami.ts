import type { Accelerator, Architecture } from "./instance-type";

/**
 * Operating systems of nodes for which EKS has AMIs, and what differs between them.
 *
 * As of 2026-11-21. Sources: API model of EKS, AMITypes, 2026-11-17; EKS API Reference, CreateNodegroup `diskSize`;
 * eksctl block_device_mapping.go and defaults.go at 99984adb (devices).
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html
 */
export const NODE_OPERATING_SYSTEMS = [
  "al2023",
  "bottlerocket",
  "windows-core-2019",
  "windows-full-2019",
  "windows-core-2022",
  "windows-full-2022",
  "windows-core-2025",
  "windows-full-2025",
] as const;

export type NodeOperatingSystem = (typeof NODE_OPERATING_SYSTEMS)[number];

/** The operating system of a group for which none is given. */
export const DEFAULT_NODE_OPERATING_SYSTEM: NodeOperatingSystem = "al2023";

/** A volume of a node. */
export interface NodeVolume {
  /** As EC2 names it in the AMI. */
  readonly deviceName: string;
  /** Whether pods, images and logs are on it, so that it has the size that is asked for; otherwise that of the AMI. */
  readonly data: boolean;
}

const LINUX_ROOT = "/dev/xvda";
const WINDOWS_ROOT = "/dev/sda1";
/** Bottlerocket keeps its own files on the root volume, which nothing else writes to, and all others on this one. */
const BOTTLEROCKET_DATA = "/dev/xvdb";

/** GiB that the AMI needs, which is also what EKS gives to a node when nobody says otherwise. */
const LINUX_VOLUME = 20;
const WINDOWS_VOLUME = 50;

const X86_OR_ARM: Readonly<Record<Architecture, string>> = { amd64: "x86_64", arm64: "ARM_64" };

export function isWindows(os: NodeOperatingSystem): boolean {
  return os.startsWith("windows-");
}

/** EKS's name of the AMI, or `undefined` when it has none. */
export function amiType(
  os: NodeOperatingSystem,
  architecture: Architecture,
  accelerator: Accelerator | undefined,
): string | undefined {
  const variant = accelerator?.toUpperCase();
  if (isWindows(os)) {
    const none = architecture === "arm64" || variant !== undefined;
    return none ? undefined : `${os.toUpperCase().replaceAll("-", "_")}_x86_64`;
  }
  if (os === "bottlerocket") {
    const base = `BOTTLEROCKET_${X86_OR_ARM[architecture]}`;
    return variant === undefined ? base : accelerator === "nvidia" ? `${base}_${variant}` : undefined;
  }
  return architecture === "arm64" && accelerator === "neuron"
    ? undefined
    : `AL2023_${X86_OR_ARM[architecture]}_${variant ?? "STANDARD"}`;
}

/** The volumes that a node of this operating system has. */
export function nodeVolumes(os: NodeOperatingSystem): readonly NodeVolume[] {
  if (isWindows(os)) {
    return [{ deviceName: WINDOWS_ROOT, data: true }];
  }
  return os === "bottlerocket"
    ? [
        { deviceName: LINUX_ROOT, data: false },
        { deviceName: BOTTLEROCKET_DATA, data: true },
      ]
    : [{ deviceName: LINUX_ROOT, data: true }];
}

/** The smallest volume that takes the AMI, in GiB; the one that a group has when none is given. */
export function smallestVolumeInGib(os: NodeOperatingSystem): number {
  return isWindows(os) ? WINDOWS_VOLUME : LINUX_VOLUME;
}
