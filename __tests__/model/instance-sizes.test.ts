import { instanceSize } from "../../src/model/instance-sizes";
import { Cpu } from "../../src/units/cpu";
import { Memory } from "../../src/units/memory";

test.each([
  ["t3.small", 2, 2048],
  ["m5.4xlarge", 16, 65_536],
  ["c5.2xlarge", 8, 16_384],
  ["r6g.large", 2, 16_384],
])("%s has %d vCPU and %d MiB", (type, vcpu, mib) => {
  expect(instanceSize(type)).toEqual({ cpu: Cpu.ofVcpu(vcpu), memory: Memory.ofMib(mib) });
});

test.each(["m6i.huge", "", "constructor"])("%j is not known", (type) => {
  expect(instanceSize(type)).toBeUndefined();
});
