import { localStatePath, type StatePlace, s3StateKey, sharedStateProblems } from "../../src/model/state";

const cluster = (backend: StatePlace) => ({ stackId: "shop-cluster", backend });
const problems = (backend: StatePlace, other: StatePlace) =>
  sharedStateProblems({ stackId: "shop-in-cluster", backend }, cluster(other));

test("a state is named after its stack unless it is told otherwise", () => {
  expect(localStatePath({}, "shop-cluster")).toBe("../../../terraform.shop-cluster.tfstate");
  expect(localStatePath({ path: "x.tfstate" }, "shop-cluster")).toBe("x.tfstate");
  expect(s3StateKey({}, "shop-cluster")).toBe("shop-cluster.tfstate");
  expect(s3StateKey({ key: "x.tfstate" }, "shop-cluster")).toBe("x.tfstate");
});

test("two stacks must not share a state", () => {
  expect(problems({ type: "s3", bucket: "b", key: "x" }, { type: "s3", bucket: "b", key: "x" })).toEqual([
    {
      at: ["key"],
      message: `'key' must be another than that of stack "shop-cluster", or each apply would destroy what the other stack has, got "x"; leave it out for one derived from the stack's name`,
    },
  ]);
  expect(problems({ type: "local", path: "x" }, { type: "local", path: "x" })).toMatchObject([{ at: ["path"] }]);
});

test("the state that another stack has by default is taken, too", () => {
  expect(problems({ type: "s3", bucket: "b", key: "shop-cluster.tfstate" }, { type: "s3", bucket: "b" })).toHaveLength(
    1,
  );
});

test.each<[StatePlace, StatePlace]>([
  [
    { type: "s3", bucket: "b" },
    { type: "s3", bucket: "b" },
  ],
  [
    { type: "s3", bucket: "b", key: "x" },
    { type: "s3", bucket: "c", key: "x" },
  ],
  [{ type: "local" }, { type: "local" }],
  [
    { type: "local", path: "x" },
    { type: "s3", bucket: "b", key: "x" },
  ],
])("%j and %j are two", (backend, other) => {
  expect(problems(backend, other)).toEqual([]);
});
