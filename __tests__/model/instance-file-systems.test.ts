import type { CapacityMix, CapacityProvider, InstanceMachine } from "../../src/model/ecs-capacity";
import { instanceFileSystemProblem, type MountingTask, mountingProviders } from "../../src/model/instance-file-systems";

const group = (name: string, options: Partial<CapacityProvider> = {}): CapacityProvider => ({
  name,
  kind: "ec2",
  ...options,
});
const FARGATE: CapacityProvider = { name: "FARGATE", kind: "fargate" };
const WINDOWS: InstanceMachine = { architecture: "X86_64", operatingSystem: "windows" };
const closed = { securityGroupUnknown: true };

const task = (options: Partial<MountingTask> = {}): MountingTask => ({
  family: "shop-web",
  launch: "EC2",
  operatingSystem: "linux",
  containers: [],
  ownNetworkInterface: false,
  fileSystems: ["shared"],
  ...options,
});

const problem = (
  available: readonly CapacityProvider[],
  capacity?: CapacityMix,
  options: Partial<MountingTask> = {},
): string | undefined => instanceFileSystemProblem(task(options), capacity, available);

const unknown = (names: string) =>
  `task definition "shop-web" mounts EFS by the network of its instances, whose security groups the file system has to let in, and those of ${names} are not known; give them in 'instanceSecurityGroupIds' of the cluster, or choose 'networkMode' "awsvpc" of the task definition`;

describe("file systems of tasks in the network of their instances", () => {
  test("are reached by the instances that the mix names, or by all on which the task can run", () => {
    const available = [FARGATE, group("a"), group("b"), group("c", { machine: WINDOWS })];
    const names = (capacity?: CapacityMix) => mountingProviders(task(), capacity, available).map(({ name }) => name);
    expect(names({ b: {} })).toEqual(["b"]);
    expect(names()).toEqual(["a", "b"]);
    expect(problem(available)).toBeUndefined();
    expect(problem(available, { b: {} })).toBeUndefined();
  });

  test("are not reached by instances whose security group nobody has told", () => {
    const available = [group("a", closed), group("b"), group("c", closed)];
    expect(problem(available)).toBe(unknown('"a", "c"'));
    expect(problem(available, { a: {}, b: {} })).toBe(unknown('"a"'));
    expect(problem(available, { b: {} })).toBeUndefined();
  });

  test("are not reached in a cluster of which nothing is known", () => {
    expect(problem([], { theirs: {} })).toBe(unknown('"theirs"'));
    const none =
      'task definition "shop-web" mounts EFS by the network of its instances, and the cluster has none that are known; add an Auto Scaling group to it, or choose \'networkMode\' "awsvpc" of the task definition';
    expect(problem([])).toBe(none);
    expect(problem([FARGATE])).toBe(none);
  });

  test("are no concern of tasks that mount none, have a network interface of their own, or run elsewhere", () => {
    expect(problem([], undefined, { fileSystems: [] })).toBeUndefined();
    expect(problem([], undefined, { ownNetworkInterface: true })).toBeUndefined();
    expect(problem([], undefined, { launch: "EXTERNAL" })).toBeUndefined();
    const { ownNetworkInterface: _, fileSystems: __, ...unsaid } = task();
    expect(instanceFileSystemProblem(unsaid, undefined, [])).toBeUndefined();
  });

  test("are said nothing of where the mix itself is wrong", () => {
    expect(problem([], { FARGATE: {} })).toBeUndefined();
    expect(problem([group("a")], { b: {} })).toBeUndefined();
    expect(problem([group("a", { machine: WINDOWS })])).toBeUndefined();
  });
});
