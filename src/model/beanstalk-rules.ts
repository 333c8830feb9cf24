import { BEANSTALK_UPDATES, type BeanstalkOptions, beanstalkDefaults, beanstalkTarget, tcpPorts } from "./beanstalk";
import { beanstalkRoomProblems } from "./beanstalk-room";
import { choiceProblem } from "./choice";
import { containerWarnings, type Known } from "./container-spec";
import { AGENT_ENDPOINT_SERVICES } from "./ecs-instances-rules";
import type { KnownEgress } from "./egress";
import { beanstalkContainerProblems } from "./homes/beanstalk-container";
import { architectureOf, instanceTypeProblem, instanceTypeWarning } from "./instance-type";
import { kmsKeyArnProblem } from "./kms-key";
import { certificateArnProblems, schemeProblem } from "./load-balancing";
import { nameProblem } from "./names";
import { type Problem, problemAt, quote, quoteAll, under } from "./problem";
import { valueFrom } from "./secret-source";
import { tlsPolicyProblem } from "./tls-policies";
import { wholeProblems } from "./whole-number";

const MAX_CONTAINERS = 10;

/** Sources: Elastic Beanstalk Developer Guide, "General options for all environments"; API model, 2026-11-17. */
const BOUNDS = {
  size: [1, 10_000],
  percent: [1, 100],
  rootVolumeInGib: [10, 16_384],
  maxVersions: [1, 1000],
} as const;
const RETENTION_DAYS: readonly number[] = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1827, 3653];
const CNAME_PREFIX = /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/;
const WINDOW = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun):([01]\d|2[0-3]):[0-5]\d$/;
const VOLUME = /^[\w-]{1,255}$/;

/** What is wrong with an application. */
export function beanstalkProblems(options: BeanstalkOptions, known: Known = () => true): Problem[] {
  return [
    ...containersProblems(options, known),
    ...targetProblems(options),
    ...variableProblems(options),
    ...volumeProblems(options),
    ...instanceProblems(options),
    ...beanstalkRoomProblems(options),
    ...updateProblems(options),
    ...loadBalancerProblems(options, known),
    ...keyProblems(options, known),
    ...bucketProblems(options, known),
    ...otherProblems(options),
  ];
}

function containersProblems({ containers, plainText = [] }: BeanstalkOptions, known: Known): Problem[] {
  const all = containers.map(({ name }) => name);
  return [
    ...problemAt(
      ["containers"],
      containers.length >= 1 && containers.length <= MAX_CONTAINERS
        ? undefined
        : `'containers' must hold 1 to ${MAX_CONTAINERS} containers, got ${containers.length}`,
    ),
    ...containers.flatMap((container, index) =>
      under(
        ["containers", index],
        [
          ...beanstalkContainerProblems(
            container,
            known,
            plainText.filter((name) => Object.hasOwn(container.environment ?? {}, name)),
          ),
          ...problemAt(
            ["name"],
            all.indexOf(container.name) < index
              ? `two containers are called ${quote(container.name)}; rename one`
              : undefined,
          ),
        ],
      ),
    ),
    ...plainText.flatMap((name, index) =>
      problemAt(
        ["plainText", index],
        containers.some(({ environment = {} }) => Object.hasOwn(environment, name))
          ? undefined
          : `'plainText' must hold names of variables in 'environment' of a container, got ${quote(name)}; remove it`,
      ),
    ),
  ];
}

function targetProblems(options: BeanstalkOptions): Problem[] {
  const { containers, target, targetPort } = options;
  if (containers.length === 0 || beanstalkTarget(options) !== undefined) {
    return [];
  }
  const able = containers.filter((container) => tcpPorts(container).length > 0);
  const there = quoteAll(able.map(({ name }) => name));
  if (able.length === 0) {
    return [
      { at: ["containers"], message: "no container has a TCP port, to which requests could go; give one its 'ports'" },
    ];
  }
  const chosen =
    target === undefined ? (able.length === 1 ? able[0] : undefined) : able.find(({ name }) => name === target);
  if (chosen === undefined) {
    return [
      {
        at: ["target"],
        message:
          target === undefined
            ? `'target' must name the container that gets the requests, as several have ports (${there})`
            : `'target' must name a container with a TCP port (${there}), got ${quote(target)}`,
      },
    ];
  }
  return [
    {
      at: ["targetPort"],
      message: `'targetPort' must name the port of container ${quote(chosen.name)} that gets the requests (${quoteAll(tcpPorts(chosen).map(([name]) => name))}), got ${targetPort === undefined ? "none" : quote(targetPort)}`,
    },
  ];
}

/** Beanstalk has variables with secrets for all containers, and what a container says itself would be hidden. */
function variableProblems({ containers }: BeanstalkOptions): Problem[] {
  const seen = new Map<string, { readonly from: string | undefined; readonly container: string }>();
  return containers.flatMap((container, index) =>
    Object.entries(container.secrets ?? {}).flatMap(([name, source]) => {
      const from = valueFrom(source);
      const other = seen.get(name) ?? { from, container: container.name };
      seen.set(name, other);
      const plain = containers.find(({ environment = {} }) => Object.hasOwn(environment, name));
      return problemAt(
        ["containers", index, "secrets", name],
        other.from !== from
          ? `secret ${quote(name)} of container ${quote(container.name)} is another one than in container ${quote(other.container)}, and Elastic Beanstalk gives every container all secrets; rename one`
          : plain === undefined || plain.name === container.name
            ? undefined
            : `secret ${quote(name)} of container ${quote(container.name)} is a plain variable of container ${quote(plain.name)}, and Elastic Beanstalk gives every container all secrets; rename one`,
      );
    }),
  );
}

function volumeProblems({ containers, volumes = {} }: BeanstalkOptions): Problem[] {
  return [
    ...Object.entries(volumes).flatMap(([name, { hostPath }]) => [
      ...problemAt(
        ["volumes", name],
        VOLUME.test(name)
          ? undefined
          : `'volumes' must have names of 1 to 255 letters, digits, "-" and "_", got ${quote(name)}`,
      ),
      ...problemAt(
        ["volumes", name, "hostPath"],
        hostPath === undefined || hostPath.startsWith("/")
          ? undefined
          : `'hostPath' of volume ${quote(name)} must be an absolute path of the instance, got ${quote(hostPath)}`,
      ),
    ]),
    ...containers.flatMap(({ name, mounts = {} }, index) =>
      Object.entries(mounts).flatMap(([path, { volume }]) =>
        problemAt(
          ["containers", index, "mounts", path, "volume"],
          Object.hasOwn(volumes, volume)
            ? undefined
            : `'volume' of mount ${quote(path)} of container ${quote(name)} must be one of 'volumes' (${Object.keys(volumes).length === 0 ? "there are none" : quoteAll(Object.keys(volumes))}), got ${quote(volume)}`,
        ),
      ),
    ),
  ];
}

function bucketProblems({ accessLogBucket: bucket }: BeanstalkOptions, known: Known): Problem[] {
  return problemAt(
    ["accessLogBucket"],
    bucket === undefined || !known(bucket) ? undefined : nameProblem("bucket", bucket, "give the bucket's name alone"),
  );
}

function instanceProblems(options: BeanstalkOptions): Problem[] {
  const { instanceTypes, minSize, maxSize, scaling, rootVolumeInGib } = beanstalkDefaults(options);
  const architectures = new Set(instanceTypes.map(architectureOf));
  return [
    ...problemAt(
      ["instanceTypes"],
      instanceTypes.length === 0
        ? `'instanceTypes' must hold at least one instance type, like "t3.small", got none`
        : architectures.size > 1
          ? `'instanceTypes' must be of one architecture, for which the images are made, got ${quoteAll(instanceTypes)}; leave out the others`
          : undefined,
    ),
    ...instanceTypes.flatMap((type, index) => problemAt(["instanceTypes", index], instanceTypeProblem(type))),
    ...wholeProblems("minSize", minSize, BOUNDS.size),
    ...problemAt(
      ["maxSize"],
      Number.isInteger(maxSize) && maxSize >= minSize && maxSize <= BOUNDS.size[1]
        ? undefined
        : `'maxSize' must be a whole number from 'minSize' (${minSize}) to ${BOUNDS.size[1]}, got ${quote(maxSize)}`,
    ),
    ...wholeProblems("rootVolumeInGib", rootVolumeInGib, BOUNDS.rootVolumeInGib),
    ...under("scaling", [
      ...wholeProblems("cpuBelow", scaling.cpuBelow, BOUNDS.percent),
      ...wholeProblems("cpuAbove", scaling.cpuAbove, BOUNDS.percent),
      ...problemAt(
        ["cpuBelow"],
        scaling.cpuBelow >= scaling.cpuAbove
          ? `'cpuBelow' must be less than 'cpuAbove' (${scaling.cpuAbove}), got ${quote(scaling.cpuBelow)}: instances would come and go for ever`
          : undefined,
      ),
    ]),
  ];
}

function updateProblems(options: BeanstalkOptions): Problem[] {
  const { updates, batchPercentage, managedUpdates } = beanstalkDefaults(options);
  return [
    ...problemAt(["updates"], choiceProblem("'updates'", BEANSTALK_UPDATES, updates)),
    ...wholeProblems("batchPercentage", batchPercentage, BOUNDS.percent),
    ...problemAt(
      ["batchPercentage"],
      options.batchPercentage !== undefined && updates === "immutable"
        ? `'batchPercentage' is for 'updates' that are rolling, got "immutable"; remove it`
        : undefined,
    ),
    ...(managedUpdates === undefined
      ? []
      : under("managedUpdates", [
          ...problemAt(
            ["start"],
            WINDOW.test(managedUpdates.start)
              ? undefined
              : `'start' of 'managedUpdates' must be a day and a time in UTC, like "Sun:03:00", got ${quote(managedUpdates.start)}`,
          ),
          ...problemAt(
            ["level"],
            ["patch", "minor"].includes(managedUpdates.level)
              ? undefined
              : `'level' of 'managedUpdates' must be "patch" or "minor", got ${quote(managedUpdates.level)}`,
          ),
        ])),
  ];
}

function loadBalancerProblems(options: BeanstalkOptions, known: Known): Problem[] {
  const { scheme, certificateArn, plainHttp = false, sslPolicy } = options;
  return [
    ...problemAt(["scheme"], scheme === undefined ? undefined : schemeProblem(scheme)),
    ...problemAt(
      ["certificateArn"],
      certificateArn === undefined && !plainHttp
        ? "'certificateArn' is needed for HTTPS, got none; give the ARN of a certificate of ACM, or say 'plainHttp' where nobody else listens"
        : certificateArn !== undefined && plainHttp
          ? "'plainHttp' is HTTP without encryption, and there is a 'certificateArn'; remove one of the two"
          : undefined,
    ),
    ...(certificateArn === undefined || !known(certificateArn)
      ? []
      : certificateArnProblems("certificateArn", [certificateArn]).map(({ message }) => ({
          at: ["certificateArn"],
          message,
        }))),
    ...problemAt(
      ["sslPolicy"],
      sslPolicy === undefined
        ? undefined
        : plainHttp
          ? "'sslPolicy' is for HTTPS, and 'plainHttp' is true; remove one of the two"
          : tlsPolicyProblem(sslPolicy),
    ),
  ];
}

function keyProblems({ containers, secretKeyArns = [] }: BeanstalkOptions, known: Known): Problem[] {
  const none = containers.every(({ secrets = {} }) => Object.keys(secrets).length === 0);
  return none && secretKeyArns.length > 0
    ? [
        {
          at: ["secretKeyArns"],
          message: "'secretKeyArns' are keys of 'secrets', of which no container has any; remove them",
        },
      ]
    : secretKeyArns.flatMap((arn, index) =>
        problemAt(["secretKeyArns", index], known(arn) ? kmsKeyArnProblem("secretKeyArns", arn) : undefined),
      );
}

function otherProblems(options: BeanstalkOptions): Problem[] {
  const { logRetentionInDays, maxVersions } = beanstalkDefaults(options);
  const { cnamePrefix } = options;
  return [
    ...problemAt(
      ["logRetentionInDays"],
      RETENTION_DAYS.includes(logRetentionInDays)
        ? undefined
        : `'logRetentionInDays' must be one of ${RETENTION_DAYS.join(", ")} days for Elastic Beanstalk, got ${quote(logRetentionInDays)}`,
    ),
    ...wholeProblems("maxVersions", maxVersions, BOUNDS.maxVersions),
    ...problemAt(
      ["cnamePrefix"],
      cnamePrefix === undefined ||
        (CNAME_PREFIX.test(cnamePrefix) && cnamePrefix.length >= 4 && cnamePrefix.length <= 63)
        ? undefined
        : `'cnamePrefix' must be 4 to 63 letters, digits and "-" between them, got ${quote(cnamePrefix)}`,
    ),
  ];
}

/** The VPC, as far as the rules ask about it. */
export interface BeanstalkVpc extends KnownEgress {
  readonly publicSubnets: number;
  readonly privateSubnets: number;
}

/** Why the application could not run in the VPC. */
export function beanstalkVpcProblems(options: BeanstalkOptions, vpc: BeanstalkVpc): Problem[] {
  const { scheme } = beanstalkDefaults(options);
  const subnets = scheme === "internal" ? vpc.privateSubnets : vpc.publicSubnets;
  const kind = scheme === "internal" ? "private" : "public";
  return [
    ...problemAt([], wayOutProblem(vpc)),
    ...problemAt(
      ["scheme"],
      subnets >= 2
        ? undefined
        : `'scheme' ${quote(scheme)} needs ${kind} subnets in two zones for the load balancer, and the VPC has ${subnets}; give the VPC another zone${scheme === "internal" ? "" : ", or 'scheme' \"internal\""}`,
    ),
  ];
}

/**
 * Through what its instances tell Elastic Beanstalk that they are well. They are container instances of ECS too.
 *
 * @see https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/vpc.html
 */
const BEANSTALK_ENDPOINT_SERVICES = [...AGENT_ENDPOINT_SERVICES, "elasticbeanstalk", "elasticbeanstalk-health"];

function wayOutProblem({ egress, endpointServices: services }: BeanstalkVpc): string | undefined {
  const missing = BEANSTALK_ENDPOINT_SERVICES.filter(
    (service) => services !== undefined && !services.includes(service),
  );
  if (egress === "endpoints" && missing.length > 0) {
    return `instances reach Elastic Beanstalk and ECS through interface endpoints in a VPC without NAT, and 'interfaceEndpoints' has none for ${quoteAll(missing)}, so that every environment would fail; add them there, or a NAT gateway`;
  }
  return egress === "none"
    ? 'the VPC has neither a NAT gateway nor interface endpoints, so no instance could reach Elastic Beanstalk, and every environment would fail; set \'nat\' of the VPC to "single" or "per-zone"'
    : undefined;
}

/** What to know about an application. */
export function beanstalkWarnings(options: BeanstalkOptions, known: Known = () => true): string[] {
  const { minSize, updates, instanceTypes } = beanstalkDefaults(options);
  return [
    ...instanceTypes.flatMap((type) => (known(type) ? (instanceTypeWarning(type) ?? []) : [])),
    ...options.containers.flatMap((container) => containerWarnings(container, known, "instances")),
    ...(minSize === 1 && updates === "rolling"
      ? [
          "'updates' \"rolling\" takes the only instance out of service, so that nobody is answered meanwhile; set 'minSize' to 2, or leave 'updates' out",
        ]
      : []),
  ];
}
