import {
  APP_RUNNER_SIZES,
  type AppRunnerSize,
  appRunnerSizeOf,
  appRunnerSizeProblems,
  describeAppRunnerSize,
} from "./app-runner-sizes";
import { amountsOf, containerWarnings, type Known } from "./container-spec";
import { domainNameProblem } from "./domain-name";
import { ecrRepositoryOf } from "./ecr-image";
import type { Egress } from "./egress";
import { type FargateSize, roundUpToSize } from "./fargate-sizes";
import { appRunnerContainerProblems } from "./homes/app-runner-container";
import type { HomeContainer } from "./homes/home-data";
import { kmsKeyArnProblem } from "./kms-key";
import { webAclArnProblem } from "./load-balancing";
import { nameProblem } from "./names";
import { elsewhereProblem } from "./place";
import { type Problem, problemAt, quote, under } from "./problem";
import { partitionProblem } from "./regional-services";

/** How many instances App Runner runs, and when it starts another. */
export interface AppRunnerScaling {
  /** Requests at once for which an instance is enough, 1 to 200. @default 100 */
  readonly maxConcurrency?: number;
  /** Instances that are kept, 1 to 25; idle ones cost their memory. @default 1 */
  readonly minSize?: number;
  /** Instances at most. @default 25 */
  readonly maxSize?: number;
}

/** A domain of its own. */
export interface AppRunnerDomain {
  /** Whether `www.` in front of it leads to the service too. @default false */
  readonly enableWwwSubdomain?: boolean;
}

export interface AppRunnerOptions {
  /** What runs. App Runner runs one container, of which it asks one port. */
  readonly container: HomeContainer;
  /** An instance's size. @default - the smallest that has what the container asks for */
  readonly size?: AppRunnerSize;
  /** @default - 1 to 25 instances, each for 100 requests at once */
  readonly scaling?: AppRunnerScaling;
  /** Whether a new image under the same tag is deployed by itself. Only from ECR in the same account. @default false */
  readonly autoDeployments?: boolean;
  /** Where what the container sends goes: straight to the internet, or through the VPC. @default "default" */
  readonly egress?: "default" | "vpc";
  /** Who may call it: everybody, or the VPC alone, by an endpoint in it. @default "public" */
  readonly ingress?: "public" | "private";
  /** `DUAL_STACK` answers by IPv6 too; not when `ingress` is private. @default "IPV4" */
  readonly ipAddressType?: "IPV4" | "DUAL_STACK";
  /** Whether the program may send traces to AWS X-Ray. @default false */
  readonly tracing?: boolean;
  /** ARN of the KMS key that encrypts the copies of image and settings. AWS cannot change it. @default - a key of AWS's */
  readonly kmsKeyArn?: string;
  /** ARNs of the keys of `secrets` that have a key of their own. @default - none: AWS's key */
  readonly secretKeyArns?: readonly string[];
  /** Domains of its own by name. @default - none: App Runner's own domain alone */
  readonly domains?: Readonly<Record<string, AppRunnerDomain>>;
  /** Name of its auto scaling and tracing configurations. @default - the service's name */
  readonly configurationName?: string;
}

/**
 * Sources: API model of App Runner, CreateAutoScalingConfiguration, 2026-11-17; App Runner Developer Guide, "Managing App
 * Runner automatic scaling" (defaults).
 */
const SCALING = { concurrency: { min: 1, max: 200 }, minSize: { min: 1, max: 25 } } as const;

export const DEFAULT_APP_RUNNER_SCALING: Required<AppRunnerScaling> = { maxConcurrency: 100, minSize: 1, maxSize: 25 };

/** Why there may be no service at all. Source: App Runner Developer Guide, "AWS App Runner availability change". */
export const APP_RUNNER_CLOSED =
  "App Runner takes no new customers since 2026-04-30 and gets no new features: the apply fails in an account that had no service of it before; use 'services.*.loadBalancer' in the settings, or LoadBalancedService in code, for what is new";

/** The size of an instance: that which is asked for, or the smallest that has what the container asks for. */
export function appRunnerInstanceSize({ container, size }: AppRunnerOptions): FargateSize | undefined {
  const { cpu, memory } = amountsOf(container);
  return size === undefined ? roundUpToSize(cpu, memory, APP_RUNNER_SIZES) : appRunnerSizeOf(size);
}

/** Why AWS would refuse the name of a service, or those that are derived from it. */
export function appRunnerNameProblems(serviceName: string, { configurationName }: AppRunnerOptions): Problem[] {
  const problem = nameProblem("appRunnerService", serviceName, "choose another 'serviceName'");
  return problem !== undefined
    ? [{ at: ["serviceName"], message: problem }]
    : problemAt(
        ["configurationName"],
        configurationName === undefined
          ? nameProblem("appRunnerConfiguration", serviceName, "give 'configurationName'")
          : nameProblem("appRunnerConfiguration", configurationName, "choose another 'configurationName'"),
      );
}

/** What is wrong with a service. */
export function appRunnerProblems(options: AppRunnerOptions, known: Known = () => true): Problem[] {
  const { container, kmsKeyArn, secretKeyArns = [], domains = {} } = options;
  return [
    ...under("container", appRunnerContainerProblems(container, known)),
    ...sizeProblems(options),
    ...under("scaling", scalingProblems(options.scaling ?? {})),
    ...deploymentProblems(options, known),
    ...problemAt(
      ["ipAddressType"],
      options.ipAddressType === "DUAL_STACK" && options.ingress === "private"
        ? `'ipAddressType' must be "IPV4" where 'ingress' is "private", got "DUAL_STACK"; leave it out`
        : undefined,
    ),
    ...problemAt(
      ["kmsKeyArn"],
      kmsKeyArn === undefined || !known(kmsKeyArn) ? undefined : kmsKeyArnProblem("kmsKeyArn", kmsKeyArn),
    ),
    ...secretKeyArns.flatMap((arn, index) =>
      problemAt(["secretKeyArns", index], known(arn) ? kmsKeyArnProblem("secretKeyArns", arn) : undefined),
    ),
    ...Object.keys(domains).flatMap((name) => problemAt(["domains", name], domainNameProblem("domains", name))),
  ];
}

function sizeProblems({ container, size }: AppRunnerOptions): Problem[] {
  if (size === undefined) {
    return [];
  }
  const chosen = appRunnerSizeOf(size);
  const { cpu, memory } = amountsOf(container);
  return under(
    "size",
    chosen === undefined
      ? appRunnerSizeProblems(size)
      : problemAt(
          [],
          chosen.cpu.covers(cpu) && chosen.memory.covers(memory)
            ? undefined
            : `'size' must have what container ${quote(container.name)} asks for, ${cpu} of CPU and ${memory} of memory, got ${describeAppRunnerSize(chosen)}; choose a larger one, or leave it out`,
        ),
  );
}

function scalingProblems(given: AppRunnerScaling): Problem[] {
  const { maxConcurrency, minSize, maxSize } = { ...DEFAULT_APP_RUNNER_SCALING, ...given };
  return [
    ...boundProblems("maxConcurrency", maxConcurrency, SCALING.concurrency, "requests"),
    ...boundProblems("minSize", minSize, SCALING.minSize, "instances"),
    ...problemAt(
      ["maxSize"],
      Number.isInteger(maxSize) && maxSize >= minSize
        ? undefined
        : `'maxSize' of 'scaling' must be a whole number of instances, and at least 'minSize' (${minSize}), got ${quote(maxSize)}`,
    ),
  ];
}

function boundProblems(
  property: string,
  value: number,
  { min, max }: { readonly min: number; readonly max: number },
  unit: string,
): Problem[] {
  return problemAt(
    [property],
    Number.isInteger(value) && value >= min && value <= max
      ? undefined
      : `'${property}' of 'scaling' must be a whole number of ${unit} from ${min} to ${max}, got ${quote(value)}`,
  );
}

function deploymentProblems({ autoDeployments = false, container }: AppRunnerOptions, known: Known): Problem[] {
  return problemAt(
    ["autoDeployments"],
    !autoDeployments || !known(container.image)
      ? undefined
      : ecrRepositoryOf(container.image) === undefined
        ? `'autoDeployments' are for images of a private repository of ECR, got ${quote(container.image)}; leave it out, or copy the image into one`
        : container.image.includes("@")
          ? `'autoDeployments' wait for another image under the same tag, got an image by its digest, ${quote(container.image)}; name a tag, or leave it out`
          : undefined,
  );
}

/**
 * What App Runner cannot do with what is in another account than the service.
 *
 * @param account of the service
 */
export function appRunnerAccountProblems(
  { container, autoDeployments = false }: AppRunnerOptions,
  account: string,
  known: Known = () => true,
): Problem[] {
  const { image, secrets = {} } = container;
  const owner = known(image) ? ecrRepositoryOf(image)?.account : undefined;
  return [
    ...problemAt(
      ["autoDeployments"],
      !autoDeployments || owner === undefined || owner === account
        ? undefined
        : `'autoDeployments' are for repositories of the service's account, ${account}, got an image of account ${owner}; leave it out`,
    ),
    ...Object.entries(secrets).flatMap(([name, source]) =>
      problemAt(
        ["container", "secrets", name, "parameterArn"],
        !("parameterArn" in source) || !known(source.parameterArn) || accountOf(source.parameterArn) === account
          ? undefined
          : `parameter of secret ${quote(name)} of container ${quote(container.name)} must be in the service's account, ${account}, got ${quote(source.parameterArn)}; copy it there`,
      ),
    ),
  ];
}

function accountOf(arn: string): string | undefined {
  return arn.split(":")[4];
}

/** What App Runner has in its own Region alone, and whether it is there at all. */
export function appRunnerRegionProblems(
  { webAclArn }: { readonly webAclArn?: string },
  region: string,
  known: Known = () => true,
): Problem[] {
  return [
    ...problemAt([], partitionProblem("App Runner", region)),
    ...problemAt(
      ["webAclArn"],
      webAclArn === undefined || !known(webAclArn)
        ? undefined
        : (webAclArnProblem(webAclArn) ?? elsewhereProblem("webAclArn", webAclArn, { region }, ["region"], "service")),
    ),
  ];
}

/**
 * What is wrong with the VPC of a service.
 *
 * @param egress of the VPC; nothing when there is no VPC
 */
export function appRunnerVpcProblems(
  { egress = "default", ingress = "public" }: AppRunnerOptions,
  vpc?: Egress,
): Problem[] {
  return vpc !== undefined
    ? []
    : [
        ...problemAt(
          ["egress"],
          egress === "vpc"
            ? `'egress' "vpc" needs a VPC to send through, and there is none; give one, or leave it out`
            : undefined,
        ),
        ...problemAt(
          ["ingress"],
          ingress === "private"
            ? `'ingress' "private" needs a VPC to be called from, and there is none; give one, or leave it out`
            : undefined,
        ),
      ];
}

/** What to know about a service. */
export function appRunnerWarnings(options: AppRunnerOptions, vpc?: Egress, known: Known = () => true): string[] {
  const { maxSize } = { ...DEFAULT_APP_RUNNER_SCALING, ...options.scaling };
  const { container, egress = "default" } = options;
  return [
    APP_RUNNER_CLOSED,
    ...containerWarnings(container, known),
    ...roundingWarning(options),
    ...(maxSize > DEFAULT_APP_RUNNER_SCALING.maxSize
      ? [
          `'maxSize' of 'scaling' is ${maxSize}, and a service has ${DEFAULT_APP_RUNNER_SCALING.maxSize} instances at most unless AWS has raised the quota`,
        ]
      : []),
    ...(egress === "vpc" && (vpc === "none" || vpc === "endpoints")
      ? [
          `all that the container sends goes through the VPC, which has no way to the internet; give the VPC 'nat', or the container needs none`,
        ]
      : []),
  ];
}

/** App Runner has few sizes: what the container asks for and what is paid for may be far apart. */
function roundingWarning(options: AppRunnerOptions): string[] {
  const { container, size } = options;
  const { cpu, memory } = amountsOf(container);
  const rounded = size === undefined ? appRunnerInstanceSize(options) : undefined;
  return rounded === undefined || (rounded.cpu.millis === cpu.millis && rounded.memory.bytes === memory.bytes)
    ? []
    : [
        `container ${quote(container.name)} asks for ${cpu} of CPU and ${memory} of memory, and becomes an instance of ${describeAppRunnerSize(rounded)}, the smallest that has both; ask for that, or name it in 'size'`,
      ];
}
