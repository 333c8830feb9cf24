import * as v from "valibot";
import { nameProblem, names } from "../../model/names";
import { ownValue } from "../../model/own-value";
import { roleStatementProblems } from "../../model/policy-statements";
import { type Problem, problemAt, quote, quoteAll, under } from "../../model/problem";
import {
  type Ec2TaskOptions,
  ec2TaskProblems,
  type FargateTaskOptions,
  fargateTaskProblems,
} from "../../model/task-definition";
import { OPERATING_SYSTEMS, type TaskLaunch } from "../../model/task-platform";
import { taskRoleProblems } from "../../model/task-roles";
import { described, statement, text, names as texts } from "../pieces";
import { containerOf, imageRepositoryProblems, secretSource, taskContainer } from "./containers";
import { missingProblem } from "./references";
import type { EcsSettings } from "./schema";

const map = v.record(text, v.string());

const volume = v.strictObject({
  bind: v.exactOptional(described(v.strictObject({}), "Scratch space that ends with the task: {}.")),
  efs: v.exactOptional(
    v.strictObject({
      fileSystem: described(text, "Key of one of 'efs'."),
      accessPoint: described(text, "Name of one of its access points."),
    }),
  ),
  hostPath: v.exactOptional(described(text, "Path of the instance, on EC2.")),
  docker: v.exactOptional(
    described(
      v.strictObject({
        scope: v.exactOptional(
          described(v.picklist(["task", "shared"]), "shared stays on the instance after the task. Default: task."),
        ),
        autoprovision: v.exactOptional(
          described(v.boolean(), "Whether Docker makes a shared one that is not there. Default: true."),
        ),
        driver: v.exactOptional(described(text, "Default: local.")),
        driverOptions: v.exactOptional(described(map, "Options of the driver. Default: none.")),
        labels: v.exactOptional(described(map, "Labels of the volume. Default: none.")),
      }),
      "Volume of Docker, on EC2.",
    ),
  ),
});

const logs = v.strictObject({
  retentionInDays: v.exactOptional(described(v.number(), "Default: 365.")),
  kmsKeyArn: v.exactOptional(described(text, "Default: AWS's own key.")),
  mode: v.exactOptional(
    described(
      v.picklist(["non-blocking", "blocking"]),
      "Whether output is lost or the container waits when the log cannot be written. Default: non-blocking.",
    ),
  ),
  bufferInMib: v.exactOptional(described(v.number(), "Default: 25.")),
});

const fireLens = v.strictObject({
  outputs: described(
    v.record(
      text,
      v.strictObject({
        options: v.exactOptional(map),
        secrets: v.exactOptional(v.record(text, secretSource)),
      }),
    ),
    "Outputs of Fluent Bit by container.",
  ),
  image: v.exactOptional(described(text, "Default: AWS for Fluent Bit.")),
  configuration: v.exactOptional(
    v.strictObject({
      file: v.exactOptional(described(text, "File in the image.")),
      s3Arn: v.exactOptional(described(text, "ARN of an object in S3, on EC2.")),
    }),
  ),
  metadata: v.exactOptional(described(v.boolean(), "Whether records say which task they are from. Default: true.")),
  cpu: v.exactOptional(described(text, "Default: 50m.")),
  memory: v.exactOptional(described(text, "Default: 128Mi.")),
});

export const taskDefinition = v.strictObject({
  launch: v.exactOptional(
    described(v.picklist(["FARGATE", "EC2", "EXTERNAL"]), "On what its tasks run. Default: FARGATE."),
  ),
  family: v.exactOptional(described(text, "Default: the cluster's name, - and the key.")),
  containers: described(v.array(taskContainer), "1 to 10 containers that run side by side."),
  size: v.exactOptional(
    described(
      v.strictObject({ cpu: text, memory: text }),
      "CPU and memory of the whole task. Default: on Fargate the smallest size that holds the containers.",
    ),
  ),
  operatingSystem: v.exactOptional(described(v.picklist(OPERATING_SYSTEMS), "Default: LINUX.")),
  architecture: v.exactOptional(described(v.picklist(["X86_64", "ARM64"]), "Default: X86_64.")),
  ephemeralStorage: v.exactOptional(described(text, "Disk of the task on Fargate, 21Gi to 200Gi. Default: 20 GiB.")),
  volumes: v.exactOptional(described(v.record(text, volume), "Volumes by name, each of one type.")),
  logs: v.exactOptional(described(logs, "The log group of its own.")),
  fireLens: v.exactOptional(described(fireLens, "Sends the logs of some containers elsewhere.")),
  secretKeyArns: v.exactOptional(described(texts, "KMS keys that encrypt the secrets, where they are not AWS's own.")),
  networkMode: v.exactOptional(
    described(v.picklist(["awsvpc", "bridge", "host"]), "Network of tasks on instances. Default: awsvpc."),
  ),
  placementConstraints: v.exactOptional(described(texts, "Which instances tasks may run on, in ECS's query language.")),
  taskRoleName: v.exactOptional(described(text, "Default: the family and -task.")),
  taskRoleArn: v.exactOptional(described(text, "A role that exists, instead of one of its own.")),
  executionRoleName: v.exactOptional(described(text, "Default: the family and -execution.")),
  executionRoleArn: v.exactOptional(described(text, "A role that exists, instead of one of its own.")),
  taskPolicy: v.exactOptional(described(v.array(statement), "What the programs may do in AWS. Default: nothing.")),
});

export const taskDefinitionsSchema = described(
  v.record(text, taskDefinition),
  "What runs together as one task, by name.",
);

export type TaskDefinitionSettings = v.InferOutput<typeof taskDefinition>;

/** What is wrong with them, seen from 'ecs'. */
export function taskDefinitionsProblems(settings: EcsSettings): Problem[] {
  const { taskDefinitions = {} } = settings.ecs;
  return under(
    "taskDefinitions",
    Object.entries(taskDefinitions).flatMap(([key, each]) => under(key, problemsOf(settings, key, each))),
  );
}

/** Stands for the URL of any repository where containers are checked. */
const SOME_REPOSITORY = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/repository";

function problemsOf(settings: EcsSettings, key: string, each: TaskDefinitionSettings): Problem[] {
  const { launch = "FARGATE", family = names.taskFamily(settings.name, key) } = each;
  const options = taskOptionsOf(each, () => SOME_REPOSITORY);
  const named = problemAt(
    each.family === undefined ? [] : ["family"],
    nameProblem("taskFamily", family, each.family === undefined ? "give 'family'" : "choose another"),
  );
  return [
    ...named,
    ...(named.length > 0 ? [] : taskRoleProblems(family, each)),
    ...elsewhereProblems(each, launch),
    ...under("containers", imageRepositoryProblems(each.containers, settings.ecs.repositories)),
    ...(launch === "FARGATE" ? fargateTaskProblems(options) : ec2TaskProblems({ ...options, launch })),
    ...volumeProblems(each, settings.ecs.efs),
    ...under("taskPolicy", roleStatementProblems(each.taskPolicy ?? [])),
  ];
}

/** Settings that another launch has. */
function elsewhereProblems(each: TaskDefinitionSettings, launch: TaskLaunch): Problem[] {
  const elsewhere = {
    ephemeralStorage: launch !== "FARGATE" && '"FARGATE"; on instances, make the disk of the capacity large enough',
    networkMode: launch === "FARGATE" && '"EC2" and "EXTERNAL", as tasks on Fargate are always "awsvpc"',
    placementConstraints: launch === "FARGATE" && '"EC2" and "EXTERNAL", as Fargate has no instances to choose from',
  };
  return Object.entries(elsewhere).flatMap(([property, where]) =>
    problemAt(
      [property],
      where === false || each[property as keyof typeof elsewhere] === undefined
        ? undefined
        : `'${property}' is for 'launch' ${where}; leave it out`,
    ),
  );
}

function volumeProblems(
  { volumes = {} }: TaskDefinitionSettings,
  fileSystems: EcsSettings["ecs"]["efs"] = {},
): Problem[] {
  return Object.entries(volumes).flatMap(([name, { efs }]) => {
    if (efs === undefined) {
      return [];
    }
    const { accessPoints } = ownValue(fileSystems, efs.fileSystem) ?? {};
    return [
      ...problemAt(
        ["volumes", name, "efs", "fileSystem"],
        missingProblem(`volume ${quote(name)}`, "efs", fileSystems, efs.fileSystem),
      ),
      ...problemAt(
        ["volumes", name, "efs", "accessPoint"],
        accessPoints === undefined || Object.hasOwn(accessPoints, efs.accessPoint)
          ? undefined
          : `volume ${quote(name)} must name an access point of ${quote(efs.fileSystem)} (${quoteAll(Object.keys(accessPoints))}), got ${quote(efs.accessPoint)}`,
      ),
    ];
  });
}

/** Keys of the file systems that it mounts. */
export function fileSystemsOf({ volumes = {} }: TaskDefinitionSettings): string[] {
  return Object.values(volumes).flatMap(({ efs }) => (efs === undefined ? [] : [efs.fileSystem]));
}

/**
 * The same as the model has it. That volumes are of one type each is a rule of the model.
 *
 * @param urlOf URL of a repository by its key
 */
export function taskOptionsOf(
  settings: TaskDefinitionSettings,
  urlOf: (repository: string) => string,
): FargateTaskOptions<string> & Ec2TaskOptions<string> {
  const containers = settings.containers.map((container) => containerOf(container, urlOf));
  return { ...settings, containers } as FargateTaskOptions<string> & Ec2TaskOptions<string>;
}
