import * as v from "valibot";
import { type BeanstalkOptions, beanstalkNameProblems } from "../../model/beanstalk";
import { beanstalkVpcProblems, beanstalkProblems as modelProblems } from "../../model/beanstalk-rules";
import { names } from "../../model/names";
import { roleStatementProblems } from "../../model/policy-statements";
import { type Problem, problemAt, under } from "../../model/problem";
import { described, statement, text, names as texts } from "../pieces";
import { containerEntries, containerOf, imageRepositoryProblems } from "./containers";
import { missingProblem } from "./references";
import type { EcsSettings } from "./schema";
import { knownEgressOf, taskVpcOf } from "./task-vpc";

const app = v.strictObject({
  applicationName: v.exactOptional(described(text, "Default: the name of the settings, - and the key.")),
  environmentName: v.exactOptional(described(text, "4 to 40 characters. Default: the application's name.")),
  containers: described(v.array(v.strictObject(containerEntries)), "1 to 10 containers, all on each instance."),
  target: v.exactOptional(described(text, "Container that gets the requests. Default: the one that has ports.")),
  targetPort: v.exactOptional(described(text, "Name of its port. Default: its only one.")),
  volumes: v.exactOptional(
    described(
      v.record(
        text,
        v.strictObject({
          hostPath: v.exactOptional(described(text, "Directory of the instance. Default: scratch space.")),
        }),
      ),
      "Volumes by name.",
    ),
  ),
  secretKeyArns: v.exactOptional(described(texts, "KMS keys that encrypt the secrets, where they are not AWS's own.")),
  policy: v.exactOptional(described(v.array(statement), "What the programs may do in AWS. Default: nothing.")),
  instanceTypes: v.exactOptional(described(texts, "Of one architecture. Default: [t3.small].")),
  minSize: v.exactOptional(described(v.number(), "Instances at least. Default: 2.")),
  maxSize: v.exactOptional(described(v.number(), "Instances at most. Default: 4.")),
  scaling: v.exactOptional(
    v.strictObject({
      cpuBelow: v.exactOptional(described(v.number(), "Percent below which an instance is taken away. Default: 30.")),
      cpuAbove: v.exactOptional(described(v.number(), "Percent above which an instance is added. Default: 70.")),
    }),
  ),
  updates: v.exactOptional(
    described(v.picklist(["immutable", "rolling", "rolling-with-additional-batch"]), "Default: immutable."),
  ),
  batchPercentage: v.exactOptional(described(v.number(), "Instances at once, when updates are rolling. Default: 30.")),
  managedUpdates: v.exactOptional(
    described(
      v.union([
        v.literal(false),
        v.strictObject({
          start: v.exactOptional(described(text, "Day and time in UTC. Default: Sun:03:00.")),
          level: v.exactOptional(described(v.picklist(["patch", "minor"]), "Default: minor.")),
          instanceRefresh: v.exactOptional(
            described(v.boolean(), "Whether instances are replaced every week. Default: false."),
          ),
        }),
      ]),
      "Updates of the platform by AWS; false for Terraform's alone.",
    ),
  ),
  rootVolumeInGib: v.exactOptional(described(v.number(), "Disk of an instance, 10 to 16384. Default: 30.")),
  logRetentionInDays: v.exactOptional(described(v.number(), "Default: 365.")),
  scheme: v.exactOptional(described(v.picklist(["internal", "internet-facing"]), "Default: internal.")),
  certificateArn: v.exactOptional(described(text, "Certificate for HTTPS.")),
  certificate: v.exactOptional(described(text, "Key of one of 'certificates', in place of 'certificateArn'.")),
  sslPolicy: v.exactOptional(described(text, "Default: ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09.")),
  plainHttp: v.exactOptional(described(v.boolean(), "HTTP without encryption, and no HTTPS. Default: false.")),
  accessLogBucket: v.exactOptional(described(text, "Bucket for records of the requests. Default: no records.")),
  cnamePrefix: v.exactOptional(described(text, "First part of the domain at elasticbeanstalk.com. Default: AWS's.")),
  maxVersions: v.exactOptional(described(v.number(), "Versions that are kept, 1 to 1000. Default: 50.")),
});

export const beanstalkSchema = described(v.record(text, app), "Applications of AWS Elastic Beanstalk, by name.");

export type BeanstalkSettings = v.InferOutput<typeof app>;

/** Stands for the URL of any repository where containers are checked. */
const SOME_REPOSITORY = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/repository";

/** Stands for the certificate of the settings, whose ARN is known to Terraform alone. */
const SOME_CERTIFICATE = "arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012";

/**
 * The options as the model has them, but for a certificate of the settings.
 *
 * @param urlOf URL of a repository by its key
 */
export function beanstalkOptions(settings: BeanstalkSettings, urlOf: (repository: string) => string): BeanstalkOptions {
  const { applicationName: _, environmentName: __, policy: ___, certificate: ____, containers, ...options } = settings;
  return {
    ...options,
    containers: containers.map((container) => containerOf(container, urlOf)),
    plainText: [...new Set(containers.flatMap(({ plainText = [] }) => plainText))].sort(),
  };
}

/** Names of the application and its environment. */
export function beanstalkNames(name: string, key: string, settings: BeanstalkSettings) {
  const { applicationName = names.beanstalkApplication(name, key), environmentName = applicationName } = settings;
  return { applicationName, environmentName };
}

/** What is wrong with them, seen from 'ecs'. */
export function beanstalkProblems(settings: EcsSettings): Problem[] {
  return Object.entries(settings.ecs.beanstalk ?? {}).flatMap(([key, each]) =>
    under(["beanstalk", key], ofApp(settings, key, each)),
  );
}

function ofApp(settings: EcsSettings, key: string, each: BeanstalkSettings): Problem[] {
  const { applicationName, environmentName } = beanstalkNames(settings.name, key, each);
  const ofSettings = each.certificate === undefined ? {} : { certificateArn: SOME_CERTIFICATE };
  return [
    // A name that is not given is told of the application itself.
    ...beanstalkNameProblems(applicationName, environmentName, settings.region).map(({ at, message }) => ({
      at: at.filter((property) => Object.hasOwn(each, property)),
      message,
    })),
    ...modelProblems({ ...beanstalkOptions(each, () => SOME_REPOSITORY), ...ofSettings }).map(plainTextPlace),
    ...certificateProblems(settings, each),
    ...under("containers", imageRepositoryProblems(each.containers, settings.ecs.repositories)),
    ...under("policy", roleStatementProblems(each.policy ?? [])),
    ...vpcProblems(settings, each),
  ];
}

/** 'plainText' stands in each container here. */
function plainTextPlace({ at, message }: Problem): Problem {
  return at[0] === "plainText" ? { at: ["containers"], message } : { at, message };
}

function certificateProblems({ ecs }: EcsSettings, { certificate, certificateArn }: BeanstalkSettings): Problem[] {
  return problemAt(
    ["certificate"],
    certificate === undefined
      ? undefined
      : certificateArn !== undefined
        ? "'certificate' and 'certificateArn' are both given; keep one"
        : missingProblem("'certificate'", "certificates", ecs.certificates, certificate),
  );
}

function vpcProblems(settings: EcsSettings, each: BeanstalkSettings): Problem[] {
  const vpc = settings.network?.existing === undefined ? taskVpcOf(settings.network) : undefined;
  return vpc === undefined
    ? []
    : beanstalkVpcProblems(
        beanstalkOptions(each, () => SOME_REPOSITORY),
        {
          ...knownEgressOf(settings),
          publicSubnets: vpc.publicSubnets.length,
          privateSubnets: vpc.privateSubnets.length,
        },
      );
}
