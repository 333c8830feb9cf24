import { INSTANCE_TYPES, instanceType } from "../../src/pricing/instance-types";
import { Cpu } from "../../src/units/cpu";
import { Memory } from "../../src/units/memory";

test.each([
  ["t3.small", "amd64", 2, 2048, 11, 1930, 1418],
  ["m6i.large", "amd64", 2, 8192, 29, 1930, 6903],
  ["m5.4xlarge", "amd64", 16, 65536, 234, 15890, 57691],
  ["c5.2xlarge", "amd64", 8, 16384, 58, 7910, 14162],
  ["r6g.large", "arm64", 2, 16384, 29, 1930, 14422],
])("%s is %s with %d vCPU, %d MiB and %d pods, of which %dm and %d MiB are allocatable", (name, ...facts) => {
  const [arch, vcpu, mib, maxPods, allocatableMillis, allocatableMib] = facts;
  expect(instanceType(name)).toMatchObject({
    name,
    arch,
    cpu: Cpu.ofVcpu(vcpu),
    memory: Memory.ofMib(mib),
    maxPods,
    allocatable: { cpu: Cpu.ofMillis(allocatableMillis), memory: Memory.ofMib(allocatableMib) },
  });
});

test.each(["m6i.huge", "", "constructor"])("%j is not known", (name) => {
  expect(instanceType(name)).toBeUndefined();
});

test.each(INSTANCE_TYPES.map((type) => [type.name, type] as const))("%s is plausible", (name, type) => {
  expect(name).toMatch(/^[a-z]\d[a-z]*\.\d?x?(small|medium|large)$/);
  expect(type.arch).toBe(/^[a-z]\dg/.test(name) ? "arm64" : "amd64");
  expect(type.cpu.millis).toBeGreaterThan(type.allocatable.cpu.millis);
  expect(type.memory.bytes).toBeGreaterThan(type.allocatable.memory.bytes);
  expect(type.allocatable.cpu.millis / type.cpu.millis).toBeGreaterThan(0.9);
  expect(type.allocatable.memory.bytes / type.memory.bytes).toBeGreaterThan(0.6);
  expect(type.source).not.toBe("");
  expect(type.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
});

test("each type stands once", () => {
  expect(new Set(INSTANCE_TYPES.map(({ name }) => name)).size).toBe(INSTANCE_TYPES.length);
  expect(INSTANCE_TYPES).toHaveLength(41);
});
