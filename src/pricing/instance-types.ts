import { instanceSize } from "../model/instance-sizes";
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

type Row = [name: string, arch: "amd64" | "arm64", maxPods: number, cpu: number, mib: number];

/** The last two columns are allocatable: millis of CPU, and MiB. */
const ROWS: readonly Row[] = [
  ["t3.small", "amd64", 11, 1930, 1418],
  ["t3.medium", "amd64", 17, 1930, 3246],
  ["t3.large", "amd64", 35, 1930, 6837],
  ["t3.xlarge", "amd64", 58, 3920, 14162],
  ["t3.2xlarge", "amd64", 58, 7910, 29317],
  ["t3a.medium", "amd64", 17, 1930, 3246],
  ["t3a.large", "amd64", 35, 1930, 6837],
  ["t4g.medium", "arm64", 17, 1930, 3187],
  ["t4g.large", "arm64", 35, 1930, 6778],
  ["m5.large", "amd64", 29, 1930, 6903],
  ["m5.xlarge", "amd64", 58, 3920, 14162],
  ["m5.2xlarge", "amd64", 58, 7910, 29317],
  ["m5.4xlarge", "amd64", 234, 15890, 57691],
  ["m5a.large", "amd64", 29, 1930, 6903],
  ["m5a.xlarge", "amd64", 58, 3920, 14162],
  ["m6i.large", "amd64", 29, 1930, 6903],
  ["m6i.xlarge", "amd64", 58, 3920, 14162],
  ["m6i.2xlarge", "amd64", 58, 7910, 29317],
  ["m6a.large", "amd64", 29, 1930, 6903],
  ["m6a.xlarge", "amd64", 58, 3920, 14162],
  ["m6g.large", "arm64", 29, 1930, 6844],
  ["m6g.xlarge", "arm64", 58, 3920, 14103],
  ["m7i.large", "amd64", 29, 1930, 6903],
  ["m7i.xlarge", "amd64", 58, 3920, 14162],
  ["m7g.large", "arm64", 29, 1930, 6844],
  ["m7g.xlarge", "arm64", 58, 3920, 14103],
  ["c5.large", "amd64", 29, 1930, 3114],
  ["c5.xlarge", "amd64", 58, 3920, 6584],
  ["c5.2xlarge", "amd64", 58, 7910, 14162],
  ["c6i.large", "amd64", 29, 1930, 3114],
  ["c6i.xlarge", "amd64", 58, 3920, 6584],
  ["c6i.2xlarge", "amd64", 58, 7910, 14162],
  ["c6g.large", "arm64", 29, 1930, 3055],
  ["c7g.large", "arm64", 29, 1930, 3055],
  ["r5.large", "amd64", 29, 1930, 14481],
  ["r5.xlarge", "amd64", 58, 3920, 29317],
  ["r5.2xlarge", "amd64", 58, 7910, 59627],
  ["r6i.large", "amd64", 29, 1930, 14481],
  ["r6i.xlarge", "amd64", 58, 3920, 29317],
  ["r6i.2xlarge", "amd64", 58, 7910, 59627],
  ["r6g.large", "arm64", 29, 1930, 14422],
];

/** The known instance types, by family and size. */
export const INSTANCE_TYPES: readonly InstanceType[] = ROWS.flatMap(
  ([name, arch, maxPods, allocatableMillis, allocatableMib]) => {
    const size = instanceSize(name);
    return size === undefined
      ? []
      : [
          {
            name,
            arch,
            ...size,
            maxPods,
            allocatable: { cpu: Cpu.ofMillis(allocatableMillis), memory: Memory.ofMib(allocatableMib) },
            source: SOURCE,
            date: DATE,
          },
        ];
  },
);

const BY_NAME: ReadonlyMap<string, InstanceType> = new Map(INSTANCE_TYPES.map((type) => [type.name, type]));

/** The instance type of that name, or `undefined` when its size is not known. */
export function instanceType(name: string): InstanceType | undefined {
  return BY_NAME.get(name);
}
