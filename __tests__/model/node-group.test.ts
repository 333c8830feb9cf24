import fc from "fast-check";
import { DEFAULT_NODE_GROUP_LIMITS } from "../../src/model/limits";
import {
  desiredSizeOf,
  hasRoomForAddOns,
  hasWindowsNodes,
  type NodeGroupOptions,
  type NodeGroupSpec,
  volumeSizeOf,
} from "../../src/model/node-group";
import {
  nodeGroupNameProblem,
  nodeGroupProblems,
  nodeGroupSetProblems,
  nodeGroupWarnings,
  windowsProblems,
} from "../../src/model/node-group-rules";

fc.configureGlobal({ seed: 20261121, numRuns: 300 });

const GROUP: NodeGroupSpec = { key: "web", instanceTypes: ["m6i.large"], minSize: 1, maxSize: 3 };

const problems = (changes: Partial<NodeGroupSpec>) =>
  nodeGroupProblems({ ...GROUP, ...changes }, DEFAULT_NODE_GROUP_LIMITS).map(({ message }) => message);
const warnings = (changes: Partial<NodeGroupSpec>) => nodeGroupWarnings({ ...GROUP, ...changes });

test("a group needs instance types and its bounds", () => {
  expect(problems({})).toEqual([]);
});

test("a group may say everything", () => {
  const all: Required<NodeGroupOptions> = {
    os: "bottlerocket",
    instanceTypes: ["g5g.xlarge", "g5g.2xlarge"],
    accelerator: "nvidia",
    minSize: 0,
    maxSize: 450,
    desiredSize: 2,
    volumeSizeInGib: 20,
    zones: ["eu-west-1a"],
    spot: true,
    labels: { team: "web" },
    taints: [{ key: "gpu", value: "true", effect: "NO_SCHEDULE" }],
    tags: { team: "web" },
    maxUnavailablePercentage: 100,
  };
  expect(problems(all)).toEqual([]);
  expect(warnings(all)).toEqual([]);
});

describe("instance types", () => {
  test.each([
    [[], 'got 0; name one, like "m7g.large"'],
    [Array.from({ length: 21 }, (_, index) => `m${index}i.large`), "got 21"],
  ])("of a group are 1 to 20: %j is refused", (instanceTypes, end) => {
    expect(problems({ instanceTypes })).toEqual([
      `'instanceTypes' of node group "web" must hold 1 to 20 entries, ${end}`,
    ]);
  });

  test("that are none are refused at their place", () => {
    expect(nodeGroupProblems({ ...GROUP, instanceTypes: ["m6i.large", "large"] }, DEFAULT_NODE_GROUP_LIMITS)).toEqual([
      {
        at: ["instanceTypes", 1],
        message: `'instanceTypes' must hold names of EC2 instance types, like "m7g.large", got "large"`,
      },
    ]);
  });

  test("are named once each", () => {
    expect(problems({ instanceTypes: ["m6i.large", "m6i.large"] })).toEqual([
      `'instanceTypes' holds "m6i.large" twice; name each type once`,
    ]);
  });

  test("are of one architecture", () => {
    expect(problems({ instanceTypes: ["m6i.large", "m7g.large", "m6g.large"] })).toEqual([
      `'instanceTypes' of node group "web" must be of one architecture, as a group has one AMI, got "m6g.large", "m7g.large" of arm64 and "m6i.large" of amd64; make a group of each`,
    ]);
  });

  test("that are not known yet are left to AWS", () => {
    expect(
      nodeGroupProblems({ ...GROUP, instanceTypes: ["not known"] }, DEFAULT_NODE_GROUP_LIMITS, () => false),
    ).toEqual([]);
  });

  test("of arm64 have no Windows", () => {
    expect(problems({ os: "windows-core-2022", instanceTypes: ["m7g.large"] })).toEqual([
      `EKS has no AMI of "windows-core-2022" for arm64, which node group "web" asks for; choose another 'os', or other 'instanceTypes'`,
    ]);
  });

  test("of arm64 have no AMI for Neuron", () => {
    expect(problems({ accelerator: "neuron", instanceTypes: ["m7g.large"] })).toEqual([
      `EKS has no AMI of "al2023" for arm64 with accelerator "neuron", which node group "web" asks for; choose another 'os', or other 'instanceTypes'`,
    ]);
  });
});

describe("sizes", () => {
  test.each([
    [{ minSize: 4 }, `'minSize' of node group "web" must be at most 'maxSize' 3, got 4`],
    [{ minSize: -1 }, `'minSize' of node group "web" must be a whole number of at least 0, got -1`],
    [{ minSize: 0.5 }, `'minSize' of node group "web" must be a whole number of at least 0, got 0.5`],
    [
      { minSize: 0, maxSize: 0 },
      `'maxSize' of node group "web" must be a whole number from 1 to 450, got 0; leave the group out to have no nodes`,
    ],
    [
      { maxSize: 451 },
      `'maxSize' of node group "web" must be a whole number from 1 to 450, got 451; make another group, or raise 'nodesPerGroup' when AWS has raised your quota`,
    ],
    [
      { desiredSize: 0 },
      `'desiredSize' of node group "web" must be a whole number from 'minSize' 1 to 'maxSize' 3, got 0`,
    ],
    [
      { desiredSize: 4 },
      `'desiredSize' of node group "web" must be a whole number from 'minSize' 1 to 'maxSize' 3, got 4`,
    ],
    [
      { desiredSize: 1.5 },
      `'desiredSize' of node group "web" must be a whole number from 'minSize' 1 to 'maxSize' 3, got 1.5`,
    ],
  ])("%j are refused", (changes, message) => {
    expect(problems(changes)).toEqual([message]);
  });

  test("may be as many as a raised quota allows", () => {
    expect(nodeGroupProblems({ ...GROUP, maxSize: 1000 }, { groupsPerCluster: 30, nodesPerGroup: 1000 })).toEqual([]);
  });

  test("are in order exactly when none is refused", () => {
    const size = fc.integer({ min: -2, max: 12 });
    fc.assert(
      fc.property(size, size, fc.option(size, { nil: undefined }), (minSize, maxSize, desired) => {
        const desiredSize = desired ?? minSize;
        const inOrder = 0 <= minSize && minSize <= desiredSize && desiredSize <= maxSize && maxSize >= 1;
        const given = { minSize, maxSize, ...(desired === undefined ? {} : { desiredSize: desired }) };
        expect(problems(given).length === 0).toBe(inOrder);
      }),
    );
  });

  test("begin with the fewest nodes", () => {
    expect(desiredSizeOf(GROUP)).toBe(1);
    expect(desiredSizeOf({ ...GROUP, desiredSize: 2 })).toBe(2);
  });
});

describe("volumes", () => {
  test("have the size that the AMI needs unless more is asked for", () => {
    expect(volumeSizeOf(GROUP)).toBe(20);
    expect(volumeSizeOf({ ...GROUP, os: "windows-core-2022" })).toBe(50);
    expect(volumeSizeOf({ ...GROUP, volumeSizeInGib: 100 })).toBe(100);
  });

  test.each([
    ["al2023", 19, 20],
    ["bottlerocket", 19, 20],
    ["windows-full-2025", 49, 50],
    ["al2023", 20.5, 20],
  ] as const)("of %s with %d GiB are refused", (os, volumeSizeInGib, least) => {
    expect(problems({ os, volumeSizeInGib })).toEqual([
      `'volumeSizeInGib' of node group "web" must be a whole number of at least ${least}, which the AMI of "${os}" needs, got ${volumeSizeInGib}`,
    ]);
  });
});

test("labels and taints are checked", () => {
  expect(problems({ labels: { "a b": "x" }, taints: [{ key: "c d", effect: "NO_SCHEDULE" }] })).toEqual([
    expect.stringMatching(/^label key "a b" must be/),
    expect.stringMatching(/^taint key "c d" must be/),
  ]);
});

describe("tags", () => {
  test("of AWS's own are refused", () => {
    expect(problems({ tags: { "AWS:x": "y" } })).toEqual([
      `tag "AWS:x" of node group "web" must not begin with "aws:", which AWS keeps for itself`,
    ]);
  });

  test("are 50 at most", () => {
    const tags = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`t${index}`, "x"]));
    expect(problems({ tags })).toEqual([`'tags' of node group "web" must hold at most 50 entries, got 51`]);
  });
});

test.each([0, 101, 1.5])("an update of %d percent of the nodes at a time is refused", (maxUnavailablePercentage) => {
  expect(problems({ maxUnavailablePercentage })).toEqual([
    `'maxUnavailablePercentage' of node group "web" must be a whole number from 1 to 100, got ${maxUnavailablePercentage}`,
  ]);
});

describe("the groups of a cluster", () => {
  const set = (key: string, ...others: string[]) =>
    nodeGroupSetProblems(
      { key },
      others.map((other) => ({ key: other })),
      DEFAULT_NODE_GROUP_LIMITS,
    ).map(({ message }) => message);

  test("have a key each", () => {
    expect(set("web", "api")).toEqual([]);
    expect(set("web", "api", "web")).toEqual(['node group "web" is there already; give each group a name of its own']);
  });

  test("are 30 at most", () => {
    const others = Array.from({ length: 30 }, (_, index) => `g${index}`);
    expect(set("web", ...others.slice(1))).toEqual([]);
    expect(set("web", ...others)).toEqual([
      `a cluster must have at most 30 node groups, "web" would be number 31; merge groups, or raise 'groupsPerCluster' when AWS has raised your quota`,
    ]);
  });
});

describe("the name of a group", () => {
  const allowed = `(letters, digits, "-" and "_", beginning with a letter or digit)`;

  test("has 63 characters at most, and fewer where a hash comes behind it", () => {
    expect(nodeGroupNameProblem("n".repeat(63), false, "x")).toBeUndefined();
    expect(nodeGroupNameProblem("n".repeat(64), false, "give 'nodeGroupName'")).toBe(
      `the name of an EKS node group must be 1 to 63 characters ${allowed}, got "${"n".repeat(64)}" (64); give 'nodeGroupName'`,
    );
    expect(nodeGroupNameProblem("n".repeat(54), true, "x")).toBeUndefined();
    expect(nodeGroupNameProblem("n".repeat(55), true, "x")).toContain(`must be 1 to 54 characters ${allowed}`);
  });

  test.each(["-a", "a b", "a.b", ""])("is not %j", (name) => {
    expect(nodeGroupNameProblem(name, false, "x")).toContain(`${allowed}, got "${name}"`);
  });
});

describe("warnings", () => {
  test("are of types that end in no size that EC2 has", () => {
    expect(warnings({ instanceTypes: ["m6i.lrage"] })).toEqual([
      expect.stringContaining('instance type "m6i.lrage" ends in no size that EC2 had as of'),
    ]);
  });

  test("say that Spot Instances of one type go at once", () => {
    expect(warnings({ spot: true })).toEqual([
      'node group "web" asks for Spot Instances of one type, "m6i.large": when EC2 runs short of it, all nodes go at once; name several types of the same size',
    ]);
    expect(warnings({ spot: true, instanceTypes: ["m6i.large", "m5.large"] })).toEqual([]);
  });

  test("say which accelerator the AMI has no drivers for", () => {
    expect(warnings({ instanceTypes: ["g5.xlarge"] })).toEqual([
      `instance type "g5.xlarge" of node group "web" has an accelerator that its AMI has no drivers for; set 'accelerator' to "nvidia" to use it`,
    ]);
  });

  test("do not ask for drivers that no AMI has", () => {
    expect(warnings({ os: "bottlerocket", instanceTypes: ["inf2.xlarge"] })).toEqual([]);
  });

  test("say that an instance type has no such accelerator", () => {
    expect(warnings({ accelerator: "nvidia" })).toEqual([
      `node group "web" has an AMI for "nvidia", and instance type "m6i.large" is not known to have such an accelerator; leave 'accelerator' out unless you know better`,
    ]);
  });
});

describe("Windows nodes", () => {
  const WINDOWS: NodeGroupSpec = { ...GROUP, os: "windows-core-2022" };
  const windows = (group: NodeGroupSpec, linuxNodes: boolean, region = "eu-west-1") =>
    windowsProblems(group, linuxNodes, region).map(({ message }) => message);

  test("are those of the Windows operating systems", () => {
    expect(hasWindowsNodes(WINDOWS)).toBe(true);
    expect(hasWindowsNodes(GROUP)).toBe(false);
  });

  test("need Linux nodes beside them", () => {
    expect(windows(WINDOWS, true)).toEqual([]);
    expect(windows(WINDOWS, false)).toEqual([
      `node group "web" has Windows nodes, and the cluster has no Linux ones, on which the pods of the system run; add a group with 'os' "al2023" or "bottlerocket"`,
    ]);
  });

  test.each(["cn-north-1", "us-gov-west-1"])("are not offered in %s", (region) => {
    expect(windows(WINDOWS, true, region)).toEqual([
      `node group "web" has Windows nodes, which EKS offers in the commercial Regions of AWS only, not in "${region}"; use a Linux operating system`,
    ]);
  });

  test("are no matter to Linux nodes", () => {
    expect(windows(GROUP, false, "cn-north-1")).toEqual([]);
  });
});

describe("room for the pods of add-ons", () => {
  test.each<[boolean, string, Partial<NodeGroupOptions>]>([
    [true, "Linux nodes", {}],
    [false, "Windows nodes", { os: "windows-core-2022" }],
    [false, "a group that begins without nodes", { minSize: 0 }],
    [true, "a group that begins with more than its fewest", { minSize: 0, desiredSize: 1 }],
    [false, "a taint that they do not tolerate", { taints: [{ key: "a", effect: "NO_SCHEDULE" }] }],
    [false, "a taint that evicts them", { taints: [{ key: "a", effect: "NO_EXECUTE" }] }],
    [true, "a taint that is a wish", { taints: [{ key: "a", effect: "PREFER_NO_SCHEDULE" }] }],
    [true, "a taint for them", { taints: [{ key: "CriticalAddonsOnly", effect: "NO_SCHEDULE" }] }],
  ])("is %s on %s", (room, _, changes) => {
    expect(hasRoomForAddOns({ ...GROUP, ...changes })).toBe(room);
  });
});
