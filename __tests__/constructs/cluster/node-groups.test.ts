import { NodeGroups } from "../../../src/constructs/cluster/node-groups";
import { importedClusterIn } from "../../support/constructs";
import { GROUP, groupIn, networkingIn } from "../../support/nodes";
import { refusal, stackFor } from "../../support/stack";

const WINDOWS = { key: "windows", os: "windows-core-2022" } as const;

function clusterWith(...groups: Parameters<typeof groupIn>[2][]) {
  const stack = stackFor();
  const cluster = importedClusterIn(stack, {
    roleName: "platform-cluster",
    nodeGroups: { limits: { groupsPerCluster: 2 } },
  });
  networkingIn(stack, cluster, { windows: true });
  for (const props of groups) {
    groupIn(stack, cluster, props);
  }
  return { stack, cluster, nodeGroups: cluster.nodeGroups };
}

describe("the node groups of a cluster", () => {
  test("are none in the beginning", () => {
    const nodeGroups = new NodeGroups();
    expect(nodeGroups.specs).toEqual([]);
    expect(nodeGroups.hasLinuxNodes).toBe(false);
    expect(nodeGroups.hasOtherNodes).toBe(false);
    expect(nodeGroups.haveRoomForAddOns).toBe(false);
    expect(nodeGroups.network).toBeUndefined();
  });

  test("may have others beside them that this app does not define", () => {
    const nodeGroups = new NodeGroups(true);
    expect(nodeGroups.hasLinuxNodes).toBe(true);
    expect(nodeGroups.hasOtherNodes).toBe(true);
    expect(nodeGroups.haveRoomForAddOns).toBe(true);
    expect(nodeGroups.groupsForAddOns()).toEqual([]);
  });

  test("have Linux nodes once there is such a group", () => {
    expect(clusterWith(WINDOWS).nodeGroups.hasLinuxNodes).toBe(false);
    expect(clusterWith(WINDOWS, {}).nodeGroups.hasLinuxNodes).toBe(true);
  });

  test("are known in the order in which they were added, by a list that changes nothing", () => {
    const { nodeGroups } = clusterWith({}, WINDOWS);
    nodeGroups.specs.pop();
    expect(nodeGroups.specs.map(({ key }) => key)).toEqual([GROUP.key, "windows"]);
  });

  test("have a network that knows of Windows", () => {
    expect(clusterWith().nodeGroups.network).toMatchObject({ windows: true, resources: [{}, {}] });
  });

  test("are as many as the quota allows", () => {
    const { stack, cluster } = clusterWith({}, WINDOWS);
    expect(refusal(() => groupIn(stack, cluster, { key: "third" }))).toBe(
      `[test/nodes-third] a cluster must have at most 2 node groups, "third" would be number 3; merge groups, or raise 'groupsPerCluster' when AWS has raised your quota`,
    );
  });
});
