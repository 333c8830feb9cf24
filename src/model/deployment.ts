import { choiceProblem } from "./choice";
import type { Known } from "./container-spec";
import { type Problem, problemAt, quote, under } from "./problem";

/** How ECS replaces a service's tasks by new ones. */
export const DEPLOYMENT_STRATEGIES = ["ROLLING", "BLUE_GREEN", "LINEAR", "CANARY"] as const;

/** How the requests come to the new tasks. */
export type DeploymentStrategy = (typeof DEPLOYMENT_STRATEGIES)[number];

/** What happens when new tasks fail again and again: the service goes back, the deployment stops, or nothing. */
export const CIRCUIT_BREAKERS = ["rollback", "stop", "off"] as const;

/** What happens to a rolling deployment whose tasks do not become steady. */
export type CircuitBreaker = (typeof CIRCUIT_BREAKERS)[number];

export const LIFECYCLE_STAGES = [
  "RECONCILE_SERVICE",
  "PRE_SCALE_UP",
  "POST_SCALE_UP",
  "TEST_TRAFFIC_SHIFT",
  "POST_TEST_TRAFFIC_SHIFT",
  "PRODUCTION_TRAFFIC_SHIFT",
  "POST_PRODUCTION_TRAFFIC_SHIFT",
] as const;

/** A moment of a deployment at which hooks are asked. */
export type LifecycleStage = (typeof LIFECYCLE_STAGES)[number];

/** How a service replaces its tasks by new ones. */
export interface DeploymentOptions {
  /**
   * `ROLLING` replaces tasks one by one. The others start a second set of tasks beside the first, for which a load
   * balancer needs a second target group, and move the requests: all at once (`BLUE_GREEN`), in equal steps
   * (`LINEAR`), or a small share first (`CANARY`).
   * @default "ROLLING"
   */
  readonly strategy?: DeploymentStrategy;
  /** Least tasks that run during a rolling deployment, in percent of the desired count, rounded up. @default 100 */
  readonly minimumHealthyPercent?: number;
  /** Most tasks that run during a rolling deployment, in percent of the desired count, rounded down. @default 200 */
  readonly maximumPercent?: number;
  /** What happens when new tasks fail again and again. @default "rollback", "off" unless the strategy is "ROLLING" */
  readonly circuitBreaker?: CircuitBreaker;
  /** Alarms of CloudWatch that end a deployment. @default - none */
  readonly alarms?: DeploymentAlarms;
  /** Minutes for which the old tasks stay after the requests have moved, 0 to 1440. @default 5 */
  readonly bakeTimeInMinutes?: number;
  /** Steps of strategy `LINEAR`. @default - 10 percent every 6 minutes */
  readonly linear?: LinearShift;
  /** First share of strategy `CANARY`. @default - 5 percent for 10 minutes */
  readonly canary?: CanaryShift;
  /** Lambda functions that ECS asks at stages of a deployment, by a name of your choice. @default - none */
  readonly hooks?: Readonly<Record<string, LifecycleHook>>;
}

/** Alarms of CloudWatch that end a deployment. */
export interface DeploymentAlarms {
  /** Names of alarms of CloudWatch in the stack's account and Region. */
  readonly names: readonly string[];
  /** Whether a deployment that an alarm ends is rolled back. @default true */
  readonly rollback?: boolean;
  /** Terraform cannot take alarms away again: `false` tells ECS to look at them no more. @default true */
  readonly enabled?: boolean;
}

/** How a linear deployment moves the requests: as many at each step. */
export interface LinearShift {
  /** Percent of the requests in each step, 3 to 100 in tenths. @default 10 */
  readonly stepPercent?: number;
  /** Minutes between two steps, 0 to 1440. @default 6 */
  readonly stepBakeTimeInMinutes?: number;
}

/** How a canary deployment moves the requests: a few at first, then all. */
export interface CanaryShift {
  /** Percent of the requests that move first, 0.1 to 100 in tenths. @default 5 */
  readonly percent?: number;
  /** Minutes until the others move, 0 to 1440. @default 10 */
  readonly bakeTimeInMinutes?: number;
}

/** A Lambda function that a deployment asks whether it may go on. */
export interface LifecycleHook {
  /** ARN of the Lambda function. It answers whether the deployment goes on. */
  readonly lambdaArn: string;
  /** When it is asked. */
  readonly stages: readonly LifecycleStage[];
  /** Role by which ECS calls the function. @default - one of its own, for this function alone */
  readonly roleArn?: string;
}

/** A deployment with all that was left open decided. */
export interface Deployment {
  readonly strategy: DeploymentStrategy;
  readonly minimumHealthyPercent: number;
  readonly maximumPercent: number;
  readonly circuitBreaker: CircuitBreaker;
  readonly bakeTimeInMinutes: number;
  readonly linear: Required<LinearShift>;
  readonly canary: Required<CanaryShift>;
}

const BAKE_TIME = { max: 1440, default: 5 } as const;
const LINEAR = { min: 3, stepPercent: 10, stepBakeTimeInMinutes: 6 } as const;
const CANARY = { min: 0.1, percent: 5, bakeTimeInMinutes: 10 } as const;
const ROLLING = { minimumHealthyPercent: 100, maximumPercent: 200 } as const;

export function deploymentOf(options: DeploymentOptions): Deployment {
  const { strategy = "ROLLING" } = options;
  return {
    strategy,
    minimumHealthyPercent: options.minimumHealthyPercent ?? ROLLING.minimumHealthyPercent,
    maximumPercent: options.maximumPercent ?? ROLLING.maximumPercent,
    circuitBreaker: options.circuitBreaker ?? (strategy === "ROLLING" ? "rollback" : "off"),
    bakeTimeInMinutes: options.bakeTimeInMinutes ?? BAKE_TIME.default,
    linear: {
      stepPercent: options.linear?.stepPercent ?? LINEAR.stepPercent,
      stepBakeTimeInMinutes: options.linear?.stepBakeTimeInMinutes ?? LINEAR.stepBakeTimeInMinutes,
    },
    canary: {
      percent: options.canary?.percent ?? CANARY.percent,
      bakeTimeInMinutes: options.canary?.bakeTimeInMinutes ?? CANARY.bakeTimeInMinutes,
    },
  };
}

/**
 * Whether a rolling deployment of so many tasks can neither start a task nor stop one. What blocks a number of tasks
 * blocks every smaller one, so that the least that a service may have decides.
 */
export function blocksDeployment(
  tasks: number,
  { minimumHealthyPercent, maximumPercent }: Pick<Deployment, "minimumHealthyPercent" | "maximumPercent">,
): boolean {
  const most = Math.floor((tasks * maximumPercent) / 100);
  const least = Math.ceil((tasks * minimumHealthyPercent) / 100);
  return tasks > 0 && most <= tasks && least >= tasks;
}

/**
 * What is wrong with the deployments of a service.
 *
 * As of 2026-11-21. Source: Amazon ECS API Reference, DeploymentConfiguration, LinearConfiguration and
 * CanaryConfiguration; API model of 2026-11-17.
 * @param tasks the least tasks, other than none, that the service may have
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
export function deploymentProblems(options: DeploymentOptions, tasks: number, known: Known = () => true): Problem[] {
  const { strategy } = deploymentOf(options);
  const unknown = choiceProblem("'strategy'", DEPLOYMENT_STRATEGIES, strategy);
  if (unknown !== undefined) {
    return problemAt(["strategy"], unknown);
  }
  return [
    ...percentProblems(options, tasks),
    ...circuitBreakerProblems(options),
    ...strangeProblems(options, strategy),
    ...minuteProblems(["bakeTimeInMinutes"], "'bakeTimeInMinutes'", options.bakeTimeInMinutes),
    ...under("linear", [
      ...shareProblems("stepPercent", "linear", options.linear?.stepPercent, LINEAR.min),
      ...minuteProblems(
        ["stepBakeTimeInMinutes"],
        "'stepBakeTimeInMinutes' of 'linear'",
        options.linear?.stepBakeTimeInMinutes,
      ),
    ]),
    ...under("canary", [
      ...shareProblems("percent", "canary", options.canary?.percent, CANARY.min),
      ...minuteProblems(["bakeTimeInMinutes"], "'bakeTimeInMinutes' of 'canary'", options.canary?.bakeTimeInMinutes),
    ]),
    ...alarmProblems(options.alarms),
    ...hookProblems(options.hooks, known),
  ];
}

function percentProblems(options: DeploymentOptions, tasks: number): Problem[] {
  const deployment = deploymentOf(options);
  const { minimumHealthyPercent: least, maximumPercent: most } = deployment;
  const malformed = [
    ...problemAt(
      ["minimumHealthyPercent"],
      Number.isInteger(least) && least >= 0 && least <= 100
        ? undefined
        : `'minimumHealthyPercent' must be a whole number from 0 to 100, got ${quote(least)}`,
    ),
    ...problemAt(
      ["maximumPercent"],
      Number.isInteger(most) && most >= 100
        ? undefined
        : `'maximumPercent' must be a whole number of at least 100, got ${quote(most)}`,
    ),
  ];
  return malformed.length > 0 || deployment.strategy !== "ROLLING" || !blocksDeployment(tasks, deployment)
    ? malformed
    : problemAt(
        [options.maximumPercent === undefined ? "minimumHealthyPercent" : "maximumPercent"],
        `'minimumHealthyPercent' ${least} and 'maximumPercent' ${most} let a deployment of ${tasks} ${tasks === 1 ? "task" : "tasks"} neither start a new task nor stop an old one, so that it would never end; raise 'maximumPercent' to 200, or lower 'minimumHealthyPercent' to 0`,
      );
}

function circuitBreakerProblems(options: DeploymentOptions): Problem[] {
  const { strategy, circuitBreaker } = deploymentOf(options);
  return problemAt(
    ["circuitBreaker"],
    choiceProblem("'circuitBreaker'", CIRCUIT_BREAKERS, circuitBreaker) ??
      (strategy !== "ROLLING" && circuitBreaker !== "off"
        ? `'circuitBreaker' is for 'strategy' "ROLLING", got ${quote(circuitBreaker)} with ${quote(strategy)}; leave it out, and let 'alarms' or 'hooks' end the deployment`
        : undefined),
  );
}

/** Settings of another strategy than the one that was chosen. */
function strangeProblems(options: DeploymentOptions, strategy: DeploymentStrategy): Problem[] {
  const { bakeTimeInMinutes, linear, canary } = options;
  return [
    ...problemAt(
      ["bakeTimeInMinutes"],
      bakeTimeInMinutes !== undefined && strategy === "ROLLING"
        ? `'bakeTimeInMinutes' is for 'strategy' "BLUE_GREEN", "CANARY" or "LINEAR", got "ROLLING", which stops old tasks as new ones start; leave it out, or choose one of them`
        : undefined,
    ),
    ...problemAt(["linear"], linear === undefined ? undefined : strange("linear", "LINEAR", strategy)),
    ...problemAt(["canary"], canary === undefined ? undefined : strange("canary", "CANARY", strategy)),
  ];
}

function strange(property: string, of: DeploymentStrategy, strategy: DeploymentStrategy): string | undefined {
  return of === strategy
    ? undefined
    : `'${property}' is for 'strategy' ${quote(of)}, got ${quote(strategy)}; leave it out, or choose ${quote(of)}`;
}

function minuteProblems(at: Problem["at"], what: string, minutes: number | undefined): Problem[] {
  return problemAt(
    at,
    minutes === undefined || (Number.isInteger(minutes) && minutes >= 0 && minutes <= BAKE_TIME.max)
      ? undefined
      : `${what} must be a whole number of 0 to ${BAKE_TIME.max} minutes, got ${quote(minutes)}`,
  );
}

function shareProblems(property: string, of: string, percent: number | undefined, min: number): Problem[] {
  return problemAt(
    [property],
    percent === undefined || (percent >= min && percent <= 100 && isTenths(percent))
      ? undefined
      : `'${property}' of '${of}' must be ${min} to 100 in steps of 0.1, got ${quote(percent)}`,
  );
}

function isTenths(percent: number): boolean {
  return Math.abs(percent * 10 - Math.round(percent * 10)) < 1e-9;
}

function alarmProblems(alarms: DeploymentAlarms | undefined): Problem[] {
  if (alarms === undefined) {
    return [];
  }
  return under(
    ["alarms", "names"],
    [
      ...problemAt(
        [],
        alarms.names.length > 0
          ? undefined
          : "'names' of 'alarms' must name at least one alarm of CloudWatch, got none",
      ),
      ...alarms.names.flatMap((name, index) =>
        problemAt(
          [index],
          name.startsWith("arn:")
            ? `'names' of 'alarms' must hold names of alarms of the service's own account and Region, got the ARN ${quote(name)}; give what stands behind "alarm:"`
            : alarms.names.indexOf(name) === index
              ? undefined
              : `'names' of 'alarms' must hold ${quote(name)} once, got it twice; remove one`,
        ),
      ),
    ],
  );
}

const HOOK_KEY = /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/;

/** Source: API models of Lambda (FunctionArn) and IAM (arnType), 2026-11-17. */
const FUNCTION_ARN = /^arn:[\w-]+:lambda:[a-z0-9-]+:\d{12}:function:[\w-]{1,64}(:[\w$-]{1,128})?$/;
const ROLE_ARN = /^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/;

function hookArnProblems(key: string, { lambdaArn, roleArn }: LifecycleHook, known: Known): Problem[] {
  return [
    ...problemAt(
      ["lambdaArn"],
      !known(lambdaArn) || FUNCTION_ARN.test(lambdaArn)
        ? undefined
        : `'lambdaArn' of hook ${quote(key)} must be the ARN of a Lambda function, like "arn:aws:lambda:eu-west-1:111122223333:function:smoke-test", got ${quote(lambdaArn)}`,
    ),
    ...problemAt(
      ["roleArn"],
      roleArn === undefined || !known(roleArn) || ROLE_ARN.test(roleArn)
        ? undefined
        : `'roleArn' of hook ${quote(key)} must be the ARN of an IAM role, like "arn:aws:iam::111122223333:role/hooks", got ${quote(roleArn)}`,
    ),
  ];
}

function hookProblems(hooks: DeploymentOptions["hooks"] = {}, known: Known): Problem[] {
  return Object.entries(hooks).flatMap(([key, hook]) => {
    const { stages } = hook;
    return under(
      ["hooks", key],
      [
        ...problemAt(
          [],
          HOOK_KEY.test(key)
            ? undefined
            : `the name of a hook must be 1 to 40 lower-case letters, digits and "-", beginning with a letter and ending with a letter or digit, got ${quote(key)}`,
        ),
        ...hookArnProblems(key, hook, known),
        ...problemAt(
          ["stages"],
          stages.length > 0 ? undefined : `'stages' of hook ${quote(key)} must name at least one stage, got none`,
        ),
        ...stages.flatMap((stage, index) =>
          problemAt(
            ["stages", index],
            choiceProblem(`'stages' of hook ${quote(key)}`, LIFECYCLE_STAGES, stage) ??
              (stages.indexOf(stage) === index
                ? undefined
                : `'stages' of hook ${quote(key)} must hold ${quote(stage)} once, got it twice; remove one`),
          ),
        ),
      ],
    );
  });
}
