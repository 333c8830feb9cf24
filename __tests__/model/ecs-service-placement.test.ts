import { daemonProblems, externalProblems, instanceMixProblems } from "../../src/model/ecs-service-instances";
import {
  type PlacementOptions,
  placementProblems,
  rebalancingProblem,
  type Scheduling,
} from "../../src/model/ecs-service-placement";

const ZONES = "attribute:ecs.availability-zone";
const said = (options: PlacementOptions, scheduling: Scheduling = "REPLICA") =>
  placementProblems(options, scheduling).map(({ message }) => message);
const rebalancing = (options: PlacementOptions, facts: Partial<Parameters<typeof rebalancingProblem>[1]> = {}) =>
  rebalancingProblem(options, { scheduling: "REPLICA", maximumPercent: 200, external: false, ...facts });

describe("the places of tasks on instances", () => {
  test("are chosen by at most 5 strategies and 10 conditions", () => {
    const conditions = Array.from({ length: 10 }, (_, index) => `attribute:rack == ${index}`);
    expect(said({ placementStrategies: Array(5).fill("random"), memberOf: conditions })).toEqual([]);
    expect(
      said({ placementStrategies: Array(6).fill("random"), memberOf: conditions, distinctInstances: true }),
    ).toEqual([
      "'placementStrategies' must hold at most 5 strategies, got 6; leave the last ones out",
      "'memberOf' and 'distinctInstances' must be at most 10 conditions together, got 11; join some with \"and\"",
    ]);
    expect(said({ memberOf: ["a", "a"] })).toEqual([`'memberOf' must hold "a" once, got it twice; remove one`]);
  });

  test("are chosen by strategies that there are", () => {
    expect(said({ placementStrategies: [{ spread: ZONES }, { binpack: "cpu" }, "random"] })).toEqual([]);
    expect(said({ placementStrategies: ["first" as never, { binpack: "disk" as never }, {} as never] })).toEqual([
      `'placementStrategies' must hold "random", { spread: … } or { binpack: … }, got "first"`,
      `'binpack' must be "cpu", "memory", got "disk"`,
      `'placementStrategies' must hold "random", { spread: … } or { binpack: … }, got {}`,
    ]);
  });

  test("are spread over instances or an attribute of them", () => {
    expect(
      said({
        placementStrategies: [{ spread: "host" }, { spread: "instanceId" }, { spread: "attribute:shop/rack_1.a" }],
      }),
    ).toEqual([]);
    for (const spread of ["az", "attribute.ecs.availability-zone", "attribute:", "attribute:a b", "zone:a"]) {
      expect(placementProblems({ placementStrategies: ["random", { spread }] }, "REPLICA")).toEqual([
        {
          at: ["placementStrategies", 1, "spread"],
          message: `'spread' must be "instanceId", "host" or an attribute of instances, like "${ZONES}", got "${spread}"`,
        },
      ]);
      expect(placementProblems({ placementStrategies: [{ spread }] }, "REPLICA", () => false)).toEqual([]);
    }
  });

  test("are all instances for a daemon", () => {
    expect(said({ placementStrategies: ["random"], distinctInstances: true, memberOf: ["a"] }, "DAEMON")).toEqual([
      `'placementStrategies' are for 'scheduling' "REPLICA", got "DAEMON", which runs a task on each instance; leave them out`,
      `'distinctInstances' is for 'scheduling' "REPLICA", got "DAEMON", which never runs two tasks on an instance; leave it out`,
    ]);
    expect(
      daemonProblems({
        desiredCount: 2,
        capacity: true,
        scaling: {},
        deployment: { maximumPercent: 150, minimumHealthyPercent: 100 },
      }).map(({ at }) => at.join(".")),
    ).toEqual(["desiredCount", "capacity", "scaling", "deployment.maximumPercent", "deployment.minimumHealthyPercent"]);
    expect(daemonProblems({ capacity: false, deployment: { minimumHealthyPercent: 50 } })).toEqual([]);
  });

  test("move between zones unless something else decides the zone", () => {
    expect(rebalancing({})).toBeUndefined();
    expect(rebalancing({ placementStrategies: [{ spread: ZONES }, { binpack: "cpu" }] })).toBeUndefined();
    expect(rebalancing({ placementStrategies: [{ binpack: "cpu" }] })).toContain(
      `needs { spread: "${ZONES}" } as the first of 'placementStrategies', got {"binpack":"cpu"}`,
    );
    expect(rebalancing({ memberOf: [`${ZONES} == eu-west-1a`] })).toContain(`'memberOf' names "${ZONES}" too`);
    expect(rebalancing({}, { maximumPercent: 100 })).toContain("needs a 'maximumPercent' above 100, got 100");
    expect(rebalancing({}, { scheduling: "DAEMON" })).toContain(`is for 'scheduling' "REPLICA", got "DAEMON"`);
    expect(rebalancing({}, { external: true })).toContain("external ones lie in no zone");
  });

  test("are on Auto Scaling groups that are told, unless there is one", () => {
    expect(instanceMixProblems({ general: {} }, ["general"])).toEqual([]);
    expect(instanceMixProblems(undefined, []).map(({ message }) => message)).toEqual([
      expect.stringContaining("and the cluster has none that is known"),
    ]);
    expect(instanceMixProblems(undefined, ["b", "a"]).map(({ message }) => message)).toEqual([
      `'capacity' must say on which of the cluster's Auto Scaling groups tasks run, as it has several: "a", "b"`,
    ]);
    expect(instanceMixProblems({ FARGATE: {} }, []).map(({ message }) => message)).toEqual([
      expect.stringContaining(`'capacity' of a service on instances must name Auto Scaling groups, got "FARGATE"`),
    ]);
  });

  test("outside AWS have no part in what is AWS's", () => {
    const all = { targets: true, serviceConnect: true, discovery: true, capacity: true };
    expect(externalProblems(all).map(({ at }) => at)).toEqual([
      ["targets"],
      ["serviceConnect"],
      ["discovery"],
      ["capacity"],
    ]);
    expect(externalProblems({ targets: false, serviceConnect: false, discovery: false, capacity: false })).toEqual([]);
  });
});
