import type { CapacityProvider } from "../../src/model/ecs-capacity";
import { instanceTargetsProblem, type TargetedTask } from "../../src/model/instance-targets";

const TASK: TargetedTask = {
  launch: "EC2",
  operatingSystem: "linux",
  ownNetworkInterface: false,
  containers: [],
};
const KNOWN: CapacityProvider = { name: "ours", kind: "ec2" };
const CLOSED: CapacityProvider = { name: "theirs", kind: "ec2", securityGroupUnknown: true };
const FIX = `or choose 'networkMode' "awsvpc" of the task definition`;

describe("targets on the network of instances", () => {
  test("are reached where the security groups of the instances are known", () => {
    expect(instanceTargetsProblem(TASK, ["web"], undefined, [KNOWN])).toBeUndefined();
    expect(instanceTargetsProblem(TASK, ["web"], { ours: {} }, [CLOSED, KNOWN])).toBeUndefined();
  });

  test("ask nothing of instances without targets, or with a network interface of the task's own", () => {
    expect(instanceTargetsProblem(TASK, [], undefined, [CLOSED])).toBeUndefined();
    expect(
      instanceTargetsProblem({ ...TASK, ownNetworkInterface: true }, ["web"], undefined, [CLOSED]),
    ).toBeUndefined();
    expect(instanceTargetsProblem({ ...TASK, launch: "FARGATE" }, ["web"], undefined, [])).toBeUndefined();
  });

  test("are refused where a group is unknown on which tasks may run", () => {
    const message = (names: string) =>
      `'targets' are reached by the network of the instances, whose security groups have to let the load balancer in, and those of ${names} are not known; give them in 'instanceSecurityGroupIds' of the cluster, ${FIX}`;
    expect(instanceTargetsProblem(TASK, ["web"], undefined, [CLOSED, KNOWN])).toBe(message('"theirs"'));
    expect(instanceTargetsProblem(TASK, ["web"], { theirs: {} }, [CLOSED, KNOWN])).toBe(message('"theirs"'));
    expect(instanceTargetsProblem(TASK, ["web"], { others: {} }, [])).toBe(message('"others"'));
  });

  test("are refused in a cluster of which no instances are known", () => {
    expect(instanceTargetsProblem(TASK, ["web"], undefined, [])).toBe(
      `'targets' are reached by the network of the instances, and the cluster has none that are known; add an Auto Scaling group to it, ${FIX}`,
    );
  });
});
