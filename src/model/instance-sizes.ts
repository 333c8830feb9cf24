import { Cpu } from "../units/cpu";
import { Memory } from "../units/memory";

/** What an EC2 instance type has. */
export interface InstanceSize {
  readonly cpu: Cpu;
  readonly memory: Memory;
}

/** Source: aws/karpenter-provider-aws instance-types.md at 1d927085, 2026-08-21: vCPU and MiB. */
const SIZES: readonly (readonly [type: string, vcpu: number, mib: number])[] = [
  ["t3.small", 2, 2048],
  ["t3.medium", 2, 4096],
  ["t3.large", 2, 8192],
  ["t3.xlarge", 4, 16384],
  ["t3.2xlarge", 8, 32768],
  ["t3a.medium", 2, 4096],
  ["t3a.large", 2, 8192],
  ["t4g.medium", 2, 4096],
  ["t4g.large", 2, 8192],
  ["m5.large", 2, 8192],
  ["m5.xlarge", 4, 16384],
  ["m5.2xlarge", 8, 32768],
  ["m5.4xlarge", 16, 65536],
  ["m5a.large", 2, 8192],
  ["m5a.xlarge", 4, 16384],
  ["m6i.large", 2, 8192],
  ["m6i.xlarge", 4, 16384],
  ["m6i.2xlarge", 8, 32768],
  ["m6a.large", 2, 8192],
  ["m6a.xlarge", 4, 16384],
  ["m6g.large", 2, 8192],
  ["m6g.xlarge", 4, 16384],
  ["m7i.large", 2, 8192],
  ["m7i.xlarge", 4, 16384],
  ["m7g.large", 2, 8192],
  ["m7g.xlarge", 4, 16384],
  ["c5.large", 2, 4096],
  ["c5.xlarge", 4, 8192],
  ["c5.2xlarge", 8, 16384],
  ["c6i.large", 2, 4096],
  ["c6i.xlarge", 4, 8192],
  ["c6i.2xlarge", 8, 16384],
  ["c6g.large", 2, 4096],
  ["c7g.large", 2, 4096],
  ["r5.large", 2, 16384],
  ["r5.xlarge", 4, 32768],
  ["r5.2xlarge", 8, 65536],
  ["r6i.large", 2, 16384],
  ["r6i.xlarge", 4, 32768],
  ["r6i.2xlarge", 8, 65536],
  ["r6g.large", 2, 16384],
];

const BY_TYPE: ReadonlyMap<string, InstanceSize> = new Map(
  SIZES.map(([type, vcpu, mib]) => [type, { cpu: Cpu.ofVcpu(vcpu), memory: Memory.ofMib(mib) }]),
);

/** The size of an instance type, or `undefined` when it is not known. */
export function instanceSize(type: string): InstanceSize | undefined {
  return BY_TYPE.get(type);
}
