import fc from "fast-check";
import { blocksDeployment, type DeploymentOptions, deploymentOf, deploymentProblems } from "../../src/model/deployment";

const messages = (options: DeploymentOptions, tasks = 2) =>
  deploymentProblems(options, tasks).map(({ message }) => message);

describe("deployments of a service", () => {
  test("roll, between all of the tasks and twice as many, and go back when they fail", () => {
    expect(deploymentOf({})).toMatchObject({
      strategy: "ROLLING",
      minimumHealthyPercent: 100,
      maximumPercent: 200,
      circuitBreaker: "rollback",
    });
    expect(messages({}, 1)).toEqual([]);
  });

  test("have no circuit breaker unless they roll", () => {
    expect(deploymentOf({ strategy: "BLUE_GREEN" }).circuitBreaker).toBe("off");
    expect(messages({ strategy: "BLUE_GREEN", circuitBreaker: "rollback" })).toEqual([
      `'circuitBreaker' is for 'strategy' "ROLLING", got "rollback" with "BLUE_GREEN"; leave it out, and let 'alarms' or 'hooks' end the deployment`,
    ]);
  });

  test.each([
    [2, 100, 100],
    [1, 50, 150],
    [1, 1, 199],
    [3, 80, 133],
  ])("of %i tasks are refused when %i and %i percent let them neither start nor stop one", (tasks, least, most) => {
    expect(messages({ minimumHealthyPercent: least, maximumPercent: most }, tasks)).toEqual([
      `'minimumHealthyPercent' ${least} and 'maximumPercent' ${most} let a deployment of ${tasks} ${tasks === 1 ? "task" : "tasks"} neither start a new task nor stop an old one, so that it would never end; raise 'maximumPercent' to 200, or lower 'minimumHealthyPercent' to 0`,
    ]);
  });

  test.each([
    [1, 0, 100],
    [1, 100, 200],
    [2, 50, 100],
    [4, 75, 100],
    [3, 100, 134],
  ])("of %i tasks may keep %i percent and reach %i", (tasks, minimumHealthyPercent, maximumPercent) => {
    expect(messages({ minimumHealthyPercent, maximumPercent }, tasks)).toEqual([]);
  });

  test("end, step by step, whenever they are not refused", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 100, max: 400 }),
        (tasks, minimumHealthyPercent, maximumPercent) => {
          const most = Math.floor((tasks * maximumPercent) / 100);
          const least = Math.ceil((tasks * minimumHealthyPercent) / 100);
          let [before, after] = [tasks, 0];
          for (let step = 0; step < 3 * tasks && before > 0; step += 1) {
            after += Math.min(most - before - after, tasks - after);
            before -= Math.max(0, Math.min(before, before + after - least));
            after += Math.min(most - before - after, tasks - after);
          }
          const ended = before === 0 && after === tasks;
          expect(blocksDeployment(tasks, { minimumHealthyPercent, maximumPercent })).toBe(!ended);
        },
      ),
    );
  });

  test("are blocked for every number of tasks below one for which they are", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 100, max: 300 }),
        (tasks, minimumHealthyPercent, maximumPercent) => {
          const percents = { minimumHealthyPercent, maximumPercent };
          fc.pre(blocksDeployment(tasks, percents));
          expect(tasks === 1 || blocksDeployment(tasks - 1, percents)).toBe(true);
        },
      ),
    );
  });

  test("have whole percents within what AWS takes", () => {
    expect(messages({ minimumHealthyPercent: 101, maximumPercent: 99.5 })).toEqual([
      "'minimumHealthyPercent' must be a whole number from 0 to 100, got 101",
      "'maximumPercent' must be a whole number of at least 100, got 99.5",
    ]);
    expect(messages({ minimumHealthyPercent: -1 })).toHaveLength(1);
  });

  test("have no settings of another strategy", () => {
    expect(messages({ bakeTimeInMinutes: 5, linear: {}, canary: {} })).toEqual([
      `'bakeTimeInMinutes' is for 'strategy' "BLUE_GREEN", "CANARY" or "LINEAR", got "ROLLING", which stops old tasks as new ones start; leave it out, or choose one of them`,
      `'linear' is for 'strategy' "LINEAR", got "ROLLING"; leave it out, or choose "LINEAR"`,
      `'canary' is for 'strategy' "CANARY", got "ROLLING"; leave it out, or choose "CANARY"`,
    ]);
    expect(messages({ strategy: "LINEAR", linear: {}, bakeTimeInMinutes: 0 })).toEqual([]);
    expect(messages({ strategy: "LINEAR", canary: {} })).toHaveLength(1);
  });

  test("move requests in tenths of a percent, and wait a day at most", () => {
    expect(
      messages({
        strategy: "LINEAR",
        linear: { stepPercent: 2.9, stepBakeTimeInMinutes: 1441 },
        bakeTimeInMinutes: -1,
      }),
    ).toEqual([
      "'bakeTimeInMinutes' must be a whole number of 0 to 1440 minutes, got -1",
      "'stepPercent' of 'linear' must be 3 to 100 in steps of 0.1, got 2.9",
      "'stepBakeTimeInMinutes' of 'linear' must be a whole number of 0 to 1440 minutes, got 1441",
    ]);
    expect(messages({ strategy: "CANARY", canary: { percent: 0.15, bakeTimeInMinutes: 1.5 } })).toEqual([
      "'percent' of 'canary' must be 0.1 to 100 in steps of 0.1, got 0.15",
      "'bakeTimeInMinutes' of 'canary' must be a whole number of 0 to 1440 minutes, got 1.5",
    ]);
    for (const percent of [0.1, 0.3, 33.3, 99.9, 100]) {
      expect(messages({ strategy: "CANARY", canary: { percent } })).toEqual([]);
    }
  });

  test("name each alarm once, and at least one", () => {
    expect(messages({ alarms: { names: [] } })).toEqual([
      "'names' of 'alarms' must name at least one alarm of CloudWatch, got none",
    ]);
    expect(messages({ alarms: { names: ["errors", "errors"] } })).toEqual([
      `'names' of 'alarms' must hold "errors" once, got it twice; remove one`,
    ]);
  });

  test("watch alarms by their names", () => {
    const alarm = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:errors";
    expect(messages({ alarms: { names: [alarm] } })).toEqual([
      `'names' of 'alarms' must hold names of alarms of the service's own account and Region, got the ARN "${alarm}"; give what stands behind "alarm:"`,
    ]);
  });

  test("ask hooks by the ARNs of functions and roles, once at a stage", () => {
    const lambdaArn = "arn:aws:lambda:eu-west-1:111122223333:function:smoke";
    const stages = ["PRE_SCALE_UP"] as const;
    for (const version of ["", ":1", ":$LATEST", ":live"]) {
      expect(messages({ hooks: { smoke: { lambdaArn: `${lambdaArn}${version}`, stages } } })).toEqual([]);
    }
    expect(messages({ hooks: { smoke: { lambdaArn: "smoke", stages } } })).toEqual([
      expect.stringContaining(`'lambdaArn' of hook "smoke" must be the ARN of a Lambda function`),
    ]);
    const roleArn = "arn:aws:iam::111122223333:user/smoke";
    expect(messages({ hooks: { smoke: { lambdaArn, stages, roleArn } } })).toEqual([
      expect.stringContaining(`'roleArn' of hook "smoke" must be the ARN of an IAM role`),
    ]);
    expect(messages({ hooks: { smoke: { lambdaArn, stages: [...stages, ...stages] } } })).toEqual([
      `'stages' of hook "smoke" must hold "PRE_SCALE_UP" once, got it twice; remove one`,
    ]);
    const token = { hooks: { smoke: { lambdaArn: "token", stages, roleArn: "token" } } };
    expect(deploymentProblems(token, 2, () => false)).toEqual([]);
  });

  test("ask hooks with names of their own at stages that there are", () => {
    const hook = { lambdaArn: "arn:aws:lambda:eu-west-1:111122223333:function:smoke" };
    expect(messages({ hooks: { Smoke: { ...hook, stages: [] } } })).toEqual([
      `the name of a hook must be 1 to 40 lower-case letters, digits and "-", beginning with a letter and ending with a letter or digit, got "Smoke"`,
      `'stages' of hook "Smoke" must name at least one stage, got none`,
    ]);
    expect(messages({ hooks: { smoke: { ...hook, stages: ["BEFORE" as never] } } })).toEqual([
      expect.stringContaining(`'stages' of hook "smoke" must be one of "POST_PRODUCTION_TRAFFIC_SHIFT"`),
    ]);
  });

  test("name a strategy and a circuit breaker that there are", () => {
    expect(messages({ strategy: "FAST" as never })).toEqual([
      `'strategy' must be one of "BLUE_GREEN", "CANARY", "LINEAR", "ROLLING", got "FAST"`,
    ]);
    expect(messages({ circuitBreaker: "on" as never })).toEqual([
      `'circuitBreaker' must be one of "off", "rollback", "stop", got "on"`,
    ]);
  });
});
