import fc from "fast-check";
import {
  type CapacityMix,
  type CapacityProvider,
  type ClusterCapacity,
  capacityMixProblems,
  capacityOf,
  capacityProviderStrategyOf,
  FARGATE,
  FARGATE_SPOT,
  isFargateMix,
  type PlacedTask,
  withCapacity,
} from "../../src/model/ecs-capacity";

const GENERAL: CapacityProvider = { name: "shop-general", kind: "ec2" };
const GPU: CapacityProvider = { name: "shop-gpu", kind: "ec2" };
const ALL = [FARGATE, FARGATE_SPOT, GENERAL, GPU];

const problems = (mix: CapacityMix, available: readonly CapacityProvider[] = ALL) =>
  capacityMixProblems("capacity", mix, available).map(({ message }) => message);

const share = fc.record({ weight: fc.integer({ min: 1, max: 1000 }) });
const fargateMix = fc.record({ FARGATE: share, FARGATE_SPOT: share }, { requiredKeys: ["FARGATE"] });

describe("a mix of capacity", () => {
  test("is a strategy in the order of names, with a weight of 1 and no base where nothing is said", () => {
    const mix: CapacityMix = { FARGATE_SPOT: { weight: 3 }, FARGATE: { base: 2 } };
    expect(capacityProviderStrategyOf(mix)).toEqual([
      { capacityProvider: "FARGATE", base: 2, weight: 1 },
      { capacityProvider: "FARGATE_SPOT", base: 0, weight: 3 },
    ]);
    expect(problems(mix)).toEqual([]);
  });

  test("is Fargate's, or that of Auto Scaling groups", () => {
    expect(isFargateMix({ FARGATE: {}, FARGATE_SPOT: {} })).toBe(true);
    expect(isFargateMix({ "shop-general": {} })).toBe(false);
    expect(problems({ "shop-general": { base: 1 }, "shop-gpu": { weight: 0 } })).toEqual([]);
  });

  test("is not both at once", () => {
    expect(problems({ FARGATE: {}, "shop-general": {}, "shop-gpu": {} })).toEqual([
      `'capacity' must name providers of Fargate or of Auto Scaling groups, not both, got "FARGATE" and "shop-general", "shop-gpu"; the cluster may have both, and each service or task uses one of the two`,
    ]);
  });

  test("names what the cluster has", () => {
    expect(capacityMixProblems("capacity", { "shop-web": {} }, [FARGATE, GENERAL])).toEqual([
      {
        at: ["capacity", "shop-web"],
        message: `'capacity' must name capacity providers of the cluster, got "shop-web"; it has "FARGATE", "shop-general"`,
      },
    ]);
  });

  test("may name anything of a cluster of which nothing is known", () => {
    expect(problems({ theirs: {} }, [])).toEqual([]);
    expect(problems({ theirs: {}, FARGATE: {} }, [])).toEqual([expect.stringContaining("not both")]);
  });

  test("names something", () => {
    expect(problems({})).toEqual([
      `'capacity' must name at least one capacity provider, got {}; give one, like "FARGATE": {}`,
    ]);
    expect(problems({}, [GPU])).toEqual([expect.stringContaining(`like "shop-gpu": {}`)]);
  });

  test("has numbers that ECS takes", () => {
    expect(capacityMixProblems("capacity", { FARGATE: { weight: 1001, base: 100_001 } }, ALL)).toEqual([
      {
        at: ["capacity", "FARGATE", "weight"],
        message: `'weight' of "FARGATE" in 'capacity' must be a whole number of 0 to 1000, got 1001; only what the weights are to each other counts`,
      },
      {
        at: ["capacity", "FARGATE", "base"],
        message: `'base' of "FARGATE" in 'capacity' must be a whole number of 0 to 100000 tasks, got 100001`,
      },
    ]);
    expect(problems({ FARGATE: { weight: 0.5 } })).toEqual([expect.stringContaining("got 0.5")]);
    expect(problems({ FARGATE: { base: -1 } })).toEqual([expect.stringContaining("got -1")]);
    expect(problems({ FARGATE: { weight: 1000, base: 100_000 } })).toEqual([]);
  });

  test("has a base of one provider alone", () => {
    expect(capacityMixProblems("capacity", { FARGATE_SPOT: { base: 1 }, FARGATE: { base: 2 } }, ALL)).toEqual([
      {
        at: ["capacity", "FARGATE_SPOT", "base"],
        message: `'base' may be above 0 for one capacity provider of 'capacity', got 2 for "FARGATE" and 1 for "FARGATE_SPOT"; leave it to one, and share the rest by 'weight'`,
      },
    ]);
    expect(problems({ FARGATE_SPOT: { base: 0 }, FARGATE: { base: 2 } })).toEqual([]);
  });

  test("has a weight above 0", () => {
    expect(problems({ FARGATE: { base: 3, weight: 0 }, FARGATE_SPOT: { weight: 0 } })).toEqual([
      `'capacity' must give at least one capacity provider a 'weight' above 0, got 0 for "FARGATE", "FARGATE_SPOT"; without one no task finds a place`,
    ]);
  });

  test("names at most 20 providers", () => {
    const many = Array.from({ length: 21 }, (_, index): CapacityProvider => ({ name: `p${index}`, kind: "ec2" }));
    const mixOf = (count: number): CapacityMix =>
      Object.fromEntries(many.slice(0, count).map(({ name }) => [name, {}]));
    expect(problems(mixOf(20), many)).toEqual([]);
    expect(problems(mixOf(21), many)).toEqual([
      "'capacity' must name at most 20 capacity providers, got 21; leave some out",
    ]);
  });

  test("leaves no trace of the order in which it was written", () => {
    fc.assert(
      fc.property(fargateMix, (mix) => {
        const turned = Object.fromEntries(Object.entries(mix).reverse()) as CapacityMix;
        expect(capacityProviderStrategyOf(turned)).toEqual(capacityProviderStrategyOf(mix));
        expect(problems(mix)).toEqual([]);
      }),
    );
  });
});

describe("the capacity of a task that names none", () => {
  const fargate: PlacedTask = { launch: "FARGATE", operatingSystem: "linux" };
  const onInstances: PlacedTask = { launch: "EC2", operatingSystem: "linux" };
  const external: PlacedTask = { launch: "EXTERNAL", operatingSystem: "linux" };
  const clusterWith = (defaultCapacity: CapacityMix, capacityProviders = ALL): ClusterCapacity => ({
    capacityProviders,
    defaultCapacity,
  });
  const spot: CapacityMix = { FARGATE: { base: 1 }, FARGATE_SPOT: {} };
  const groups: CapacityMix = { "shop-general": {}, "shop-gpu": {} };

  test("is the cluster's default, if all of that suits it", () => {
    expect(capacityOf(undefined, fargate, clusterWith(spot))).toBe(spot);
    expect(capacityOf(undefined, onInstances, clusterWith(groups))).toBe(groups);
  });

  test("is Fargate's or the instances' own where the default does not suit it", () => {
    expect(capacityOf(undefined, fargate, clusterWith(groups))).toBeUndefined();
    expect(capacityOf(undefined, { ...fargate, operatingSystem: "windows" }, clusterWith(spot))).toBeUndefined();
    expect(capacityOf(undefined, onInstances, clusterWith(spot))).toBeUndefined();
    expect(capacityOf(undefined, external, clusterWith(groups))).toBeUndefined();
  });

  test("is the only Auto Scaling group of the cluster, which then starts instances for it", () => {
    expect(capacityOf(undefined, onInstances, clusterWith(spot, [FARGATE, GENERAL]))).toEqual({ "shop-general": {} });
    expect(capacityOf(undefined, onInstances, { capacityProviders: [] })).toBeUndefined();
  });

  test("is never that of a task that names its own", () => {
    const own: CapacityMix = { FARGATE: {} };
    expect(capacityOf(own, fargate, clusterWith(spot))).toBe(own);
    const run: { taskCount: number; capacity?: CapacityMix } = { taskCount: 2 };
    expect(withCapacity({ ...run, capacity: own }, fargate, clusterWith(spot))).toEqual({ ...run, capacity: own });
    expect(withCapacity(run, fargate, clusterWith(spot))).toEqual({ ...run, capacity: spot });
    expect(withCapacity(run, fargate, clusterWith(groups))).toEqual(run);
  });
});
