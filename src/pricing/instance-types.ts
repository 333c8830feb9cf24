import { Cpu } from "../units/cpu";
import { Memory } from "../units/memory";

/** An EC2 instance type as a node of an EKS cluster. */
export interface InstanceType {
  /** `m6i.large`. */
  readonly name: string;
  readonly arch: "amd64" | "arm64";
  readonly cpu: Cpu;
  readonly memory: Memory;
  /** Pods that get an address when the VPC CNI runs without prefix delegation. */
  readonly maxPods: number;
  /** What the kubelet, the system and the eviction threshold leave for pods, DaemonSets included. */
  readonly allocatable: { readonly cpu: Cpu; readonly memory: Memory };
  /** Where it is from. */
  readonly source: string;
  /** Day on which the source was read, ISO 8601. */
  readonly date: string;
}

const SOURCE =
  "aws/karpenter-provider-aws instance-types.md at 1d927085 (size, allocatable); aws/amazon-vpc-cni-k8s eni-max-pods.txt at b5218838 (pods)";
const DATE = "2026-08-21";

type Row = [
  name: string,
  vcpu: number,
  mib: number,
  arch: "amd64" | "arm64",
  maxPods: number,
  cpu: number,
  mib: number,
];

/** The last two columns are allocatable: millis of CPU, and MiB. */
const ROWS: readonly Row[] = [
  ["t3.small", 2, 2048, "amd64", 11, 1930, 1418],
  ["t3.medium", 2, 4096, "amd64", 17, 1930, 3246],
  ["t3.large", 2, 8192, "amd64", 35, 1930, 6837],
  ["t3.xlarge", 4, 16384, "amd64", 58, 3920, 14162],
  ["t3.2xlarge", 8, 32768, "amd64", 58, 7910, 29317],
  ["t3a.medium", 2, 4096, "amd64", 17, 1930, 3246],
  ["t3a.large", 2, 8192, "amd64", 35, 1930, 6837],
  ["t4g.medium", 2, 4096, "arm64", 17, 1930, 3187],
  ["t4g.large", 2, 8192, "arm64", 35, 1930, 6778],
  ["m5.large", 2, 8192, "amd64", 29, 1930, 6903],
  ["m5.xlarge", 4, 16384, "amd64", 58, 3920, 14162],
  ["m5.2xlarge", 8, 32768, "amd64", 58, 7910, 29317],
  ["m5.4xlarge", 16, 65536, "amd64", 234, 15890, 57691],
  ["m5a.large", 2, 8192, "amd64", 29, 1930, 6903],
  ["m5a.xlarge", 4, 16384, "amd64", 58, 3920, 14162],
  ["m6i.large", 2, 8192, "amd64", 29, 1930, 6903],
  ["m6i.xlarge", 4, 16384, "amd64", 58, 3920, 14162],
  ["m6i.2xlarge", 8, 32768, "amd64", 58, 7910, 29317],
  ["m6a.large", 2, 8192, "amd64", 29, 1930, 6903],
  ["m6a.xlarge", 4, 16384, "amd64", 58, 3920, 14162],
  ["m6g.large", 2, 8192, "arm64", 29, 1930, 6844],
  ["m6g.xlarge", 4, 16384, "arm64", 58, 3920, 14103],
  ["m7i.large", 2, 8192, "amd64", 29, 1930, 6903],
  ["m7i.xlarge", 4, 16384, "amd64", 58, 3920, 14162],
  ["m7g.large", 2, 8192, "arm64", 29, 1930, 6844],
  ["m7g.xlarge", 4, 16384, "arm64", 58, 3920, 14103],
  ["c5.large", 2, 4096, "amd64", 29, 1930, 3114],
  ["c5.xlarge", 4, 8192, "amd64", 58, 3920, 6584],
  ["c5.2xlarge", 8, 16384, "amd64", 58, 7910, 14162],
  ["c6i.large", 2, 4096, "amd64", 29, 1930, 3114],
  ["c6i.xlarge", 4, 8192, "amd64", 58, 3920, 6584],
  ["c6i.2xlarge", 8, 16384, "amd64", 58, 7910, 14162],
  ["c6g.large", 2, 4096, "arm64", 29, 1930, 3055],
  ["c7g.large", 2, 4096, "arm64", 29, 1930, 3055],
  ["r5.large", 2, 16384, "amd64", 29, 1930, 14481],
  ["r5.xlarge", 4, 32768, "amd64", 58, 3920, 29317],
  ["r5.2xlarge", 8, 65536, "amd64", 58, 7910, 59627],
  ["r6i.large", 2, 16384, "amd64", 29, 1930, 14481],
  ["r6i.xlarge", 4, 32768, "amd64", 58, 3920, 29317],
  ["r6i.2xlarge", 8, 65536, "amd64", 58, 7910, 59627],
  ["r6g.large", 2, 16384, "arm64", 29, 1930, 14422],
];

/** The known instance types, by family and size. */
export const INSTANCE_TYPES: readonly InstanceType[] = ROWS.map(
  ([name, vcpu, mib, arch, maxPods, allocatableMillis, allocatableMib]) => ({
    name,
    arch,
    cpu: Cpu.ofVcpu(vcpu),
    memory: Memory.ofMib(mib),
    maxPods,
    allocatable: { cpu: Cpu.ofMillis(allocatableMillis), memory: Memory.ofMib(allocatableMib) },
    source: SOURCE,
    date: DATE,
  }),
);

const BY_NAME: ReadonlyMap<string, InstanceType> = new Map(INSTANCE_TYPES.map((type) => [type.name, type]));

/** The instance type of that name, or `undefined` when its size is not known. */
export function instanceType(name: string): InstanceType | undefined {
  return BY_NAME.get(name);
}
