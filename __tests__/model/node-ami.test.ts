import { amiType, isWindows, NODE_OPERATING_SYSTEMS, nodeVolumes, smallestVolumeInGib } from "../../src/model/node-ami";

describe("the AMI type", () => {
  test.each([
    ["al2023", "amd64", undefined, "AL2023_x86_64_STANDARD"],
    ["al2023", "arm64", undefined, "AL2023_ARM_64_STANDARD"],
    ["al2023", "amd64", "nvidia", "AL2023_x86_64_NVIDIA"],
    ["al2023", "arm64", "nvidia", "AL2023_ARM_64_NVIDIA"],
    ["al2023", "amd64", "neuron", "AL2023_x86_64_NEURON"],
    ["bottlerocket", "amd64", undefined, "BOTTLEROCKET_x86_64"],
    ["bottlerocket", "arm64", undefined, "BOTTLEROCKET_ARM_64"],
    ["bottlerocket", "arm64", "nvidia", "BOTTLEROCKET_ARM_64_NVIDIA"],
    ["windows-core-2019", "amd64", undefined, "WINDOWS_CORE_2019_x86_64"],
    ["windows-full-2025", "amd64", undefined, "WINDOWS_FULL_2025_x86_64"],
  ] as const)("of %s for %s with %s is %4$s", (os, architecture, accelerator, type) => {
    expect(amiType(os, architecture, accelerator)).toBe(type);
  });

  test.each([
    ["al2023", "arm64", "neuron"],
    ["bottlerocket", "amd64", "neuron"],
    ["windows-core-2022", "arm64", undefined],
    ["windows-core-2022", "amd64", "nvidia"],
  ] as const)("of %s for %s with %s is none", (os, architecture, accelerator) => {
    expect(amiType(os, architecture, accelerator)).toBeUndefined();
  });
});

describe("the volumes", () => {
  test("of Amazon Linux and Windows are one, of Bottlerocket a second one for data", () => {
    expect(nodeVolumes("al2023")).toEqual([{ deviceName: "/dev/xvda", data: true }]);
    expect(nodeVolumes("windows-core-2022")).toEqual([{ deviceName: "/dev/sda1", data: true }]);
    expect(nodeVolumes("bottlerocket")).toEqual([
      { deviceName: "/dev/xvda", data: false },
      { deviceName: "/dev/xvdb", data: true },
    ]);
  });

  test("have 20 GiB at least, 50 for Windows", () => {
    expect(NODE_OPERATING_SYSTEMS.map(smallestVolumeInGib)).toEqual([20, 20, 50, 50, 50, 50, 50, 50]);
  });
});

test("all operating systems but two are Windows", () => {
  expect(NODE_OPERATING_SYSTEMS.filter((os) => !isWindows(os))).toEqual(["al2023", "bottlerocket"]);
});
