import { LOG_DRIVERS } from "../../src/model/container-logging";
import { type CapacityProvider, FARGATE } from "../../src/model/ecs-capacity";
import { type InstanceTask, taskInstancesProblems } from "../../src/model/task-instances";

const groupOf = (name: string, machine?: CapacityProvider["machine"]): CapacityProvider => ({
  name,
  kind: "ec2",
  ...(machine === undefined ? {} : { machine }),
});

const ARM = groupOf("shop-arm", { architecture: "ARM64", operatingSystem: "linux" });
const X86 = groupOf("shop-x86", { architecture: "X86_64", operatingSystem: "linux" });
const WINDOWS = groupOf("shop-windows", { architecture: "X86_64", operatingSystem: "windows" });
const OTHERS = groupOf("theirs");

const TASK: InstanceTask = {
  launch: "EC2",
  operatingSystem: "linux",
  architecture: "X86_64",
  containers: [{ name: "web" }],
};

const logging = (driver: string) => ({ containers: [{ name: "web", logging: { driver } }] });

const problems = (task: Partial<InstanceTask>, named: readonly CapacityProvider[], more: CapacityProvider[] = []) =>
  taskInstancesProblems(
    { ...TASK, ...task },
    [FARGATE, ...named, ...more],
    Object.fromEntries(named.map(({ name }) => [name, {}])),
  );
const anywhere = (task: Partial<InstanceTask>, available: readonly CapacityProvider[]) =>
  taskInstancesProblems({ ...TASK, ...task }, available, undefined);

describe("the instances of a task", () => {
  test("have its architecture", () => {
    expect(problems({}, [X86])).toEqual([]);
    expect(problems({ architecture: "ARM64" }, [ARM])).toEqual([]);
    expect(problems({}, [ARM])).toEqual([
      {
        at: ["capacity"],
        message: `tasks would wait for ever for an instance of "shop-arm", which is "ARM64", as the task definition is for "X86_64"; set 'architecture' of the task definition to "ARM64", with images that are built for it, or name a group with other 'instanceTypes'`,
      },
    ]);
  });

  test("have its system", () => {
    expect(problems({ operatingSystem: "windows" }, [WINDOWS])).toEqual([]);
    expect(problems({ operatingSystem: "windows" }, [X86])).toEqual([
      {
        at: ["capacity"],
        message: `tasks would wait for ever for an instance of "shop-x86", which runs Linux, as the task definition is for Windows; name a group with that 'os', or choose another 'operatingSystem' of the task definition`,
      },
    ]);
    expect(problems({}, [WINDOWS])).toHaveLength(1);
  });

  test("announce its log drivers: all on Linux, two on Windows", () => {
    for (const driver of LOG_DRIVERS) {
      expect(problems(logging(driver), [X86])).toEqual([]);
    }
    const windows = (driver: string) => problems({ operatingSystem: "windows", ...logging(driver) }, [WINDOWS]);
    expect(windows("json-file")).toEqual([]);
    expect(windows("awslogs")).toEqual([]);
    expect(windows("splunk")).toEqual([
      {
        at: ["capacity"],
        message: `tasks would wait for ever for an instance of "shop-windows", whose agent announces the log drivers "awslogs", "json-file", as container "web" has "splunk"; take one of them, or leave 'logging' out`,
      },
    ]);
  });

  test("suit it in all groups of its mix, and in no other", () => {
    expect(problems({}, [X86, ARM])).toHaveLength(1);
    expect(problems({}, [X86], [ARM, WINDOWS])).toEqual([]);
  });

  test("suit it in some group where it names none, as a daemon runs on those that suit it", () => {
    expect(anywhere({}, [X86, ARM, WINDOWS])).toEqual([]);
    expect(anywhere({}, [ARM, WINDOWS])).toHaveLength(1);
    expect(anywhere({}, [FARGATE])).toEqual([]);
    expect(anywhere({}, [])).toEqual([]);
  });

  test("are left to ECS where nothing is known of them, or of the task", () => {
    const { architecture: _, ...unknown } = TASK;
    expect(problems({}, [OTHERS])).toEqual([]);
    expect(anywhere({}, [ARM, OTHERS])).toEqual([]);
    expect(problems({}, [groupOf("later", { architecture: undefined, operatingSystem: "linux" })])).toEqual([]);
    expect(taskInstancesProblems(unknown, [ARM], { "shop-arm": {} })).toEqual([]);
  });

  test("are none of the cluster's on Fargate and outside AWS", () => {
    expect(anywhere({ launch: "EXTERNAL" }, [ARM])).toEqual([]);
    expect(anywhere({ launch: "FARGATE" }, [ARM])).toEqual([]);
  });
});
