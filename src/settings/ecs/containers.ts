import * as v from "valibot";
import { LINUX_CAPABILITIES } from "../../model/capabilities";
import { LOG_DRIVERS } from "../../model/container-logging";
import { type Problem, problemAt, quote } from "../../model/problem";
import type { TaskContainer } from "../../model/task-container";
import { described, names, text } from "../pieces";
import { mounts, probe } from "../pod-template";
import { missingProblem } from "./references";

const texts = v.array(v.string());
const map = v.record(text, v.string());
const count = v.number();

/** A secret by where it is kept; that it is kept in one place is a rule of the model. */
export const secretSource = v.strictObject({
  secretArn: v.exactOptional(described(text, "Whole ARN of a secret of AWS Secrets Manager.")),
  jsonKey: v.exactOptional(described(text, "Key in the secret's JSON. Default: the whole secret.")),
  versionStage: v.exactOptional(described(text, "Default: AWSCURRENT.")),
  parameterArn: v.exactOptional(described(text, "ARN of a parameter of Parameter Store.")),
  secretName: v.exactOptional(described(text, "Name of a Kubernetes Secret, which is for pods.")),
  key: v.exactOptional(text),
});

const image = v.union([
  text,
  v.strictObject({
    repository: described(text, "Key of one of 'repositories'."),
    tag: described(text, "Tag of the image."),
  }),
]);

/** What every container may say, whatever its home; what a home cannot do is a rule of the model. */
export const containerEntries = {
  name: text,
  image: described(image, "With a tag or a digest, or the key of one of 'repositories' and a tag."),
  command: v.exactOptional(described(texts, "Replaces the image's ENTRYPOINT.")),
  args: v.exactOptional(described(texts, "Replaces the image's CMD.")),
  workingDir: v.exactOptional(text),
  environment: v.exactOptional(described(map, "Variables by name.")),
  secrets: v.exactOptional(
    described(v.record(text, secretSource), "Variables by name, each with the place where its value is kept."),
  ),
  podFields: v.exactOptional(described(map, "Fields of a Kubernetes pod, which is for pods.")),
  ports: v.exactOptional(
    described(
      v.record(
        text,
        v.union([
          count,
          v.strictObject({
            port: count,
            protocol: v.exactOptional(v.picklist(["TCP", "UDP"])),
            appProtocol: v.exactOptional(
              described(v.picklist(["http", "http2", "grpc"]), "For Service Connect to count requests."),
            ),
          }),
        ]),
      ),
      "Ports by name.",
    ),
  ),
  cpu: described(text, 'What it gets, such as "250m".'),
  memory: described(text, 'What it gets, such as "512Mi".'),
  ephemeralStorage: v.exactOptional(described(text, "Disk that it needs. Default: its part of the task's.")),
  liveness: v.exactOptional(described(probe, "Health check, which ECS asks by 'exec' alone.")),
  readiness: v.exactOptional(described(probe, "Health check of the load balancer.")),
  startup: v.exactOptional(described(probe, "How long 'liveness' may fail at the start.")),
  preStop: v.exactOptional(described(texts, "A hook of Kubernetes, which is for pods.")),
  mounts: v.exactOptional(mounts),
  user: v.exactOptional(described(count, "Id of the user; 0 is root. Default: the image's.")),
  group: v.exactOptional(count),
  readOnlyRootFilesystem: v.exactOptional(described(v.boolean(), "Default: true, and false on Windows.")),
  addCapabilities: v.exactOptional(v.array(v.picklist(LINUX_CAPABILITIES))),
  plainText: v.exactOptional(described(names, "Variables that look like secrets and are none.")),
};

const condition = v.picklist(["START", "COMPLETE", "SUCCESS", "HEALTHY"]);

/** A container of a task. */
export const taskContainer = v.strictObject({
  ...containerEntries,
  essential: v.exactOptional(described(v.boolean(), "Whether the task ends when it does. Default: true.")),
  dependsOn: v.exactOptional(
    described(v.record(text, condition), "Containers that it waits for, each with what has to have happened."),
  ),
  startTimeoutInSeconds: v.exactOptional(described(count, "How long others wait for it, 2 to 120 on Fargate.")),
  stopTimeoutInSeconds: v.exactOptional(described(count, "From SIGTERM to the end, 2 to 120 on Fargate. Default: 30.")),
  repositoryCredentials: v.exactOptional(
    described(text, "ARN of the secret with user name and password of a registry outside AWS."),
  ),
  openFiles: v.exactOptional(
    described(v.strictObject({ soft: count, hard: count }), "Files it may have open. Default: 65535 on Fargate."),
  ),
  restartPolicy: v.exactOptional(
    described(
      v.strictObject({
        ignoredExitCodes: v.exactOptional(v.array(count)),
        attemptPeriodInSeconds: v.exactOptional(described(count, "60 to 1800. Default: 300.")),
      }),
      "Restarts it inside the running task; {} for always.",
    ),
  ),
  initProcess: v.exactOptional(described(v.boolean(), "A small init process. Default: true on Linux.")),
  logging: v.exactOptional(
    described(
      v.strictObject({
        driver: described(v.picklist(LOG_DRIVERS), "On Fargate awslogs or splunk."),
        options: v.exactOptional(map),
        secrets: v.exactOptional(v.record(text, secretSource)),
      }),
      "Driver of its own for its output. Default: the task's log group, or 'fireLens'.",
    ),
  ),
  gpus: v.exactOptional(described(count, "GPUs for it alone, on EC2.")),
});

export type ContainerSettings = v.InferOutput<typeof taskContainer>;

/** What is wrong with the repositories that images name, seen from the list of containers. */
export function imageRepositoryProblems(
  containers: readonly Pick<ContainerSettings, "name" | "image">[],
  repositories: Readonly<Record<string, unknown>> | undefined,
): Problem[] {
  return containers.flatMap(({ name, image: given }, index) =>
    problemAt(
      [index, "image", "repository"],
      typeof given === "string"
        ? undefined
        : missingProblem(`'image' of container ${quote(name)}`, "repositories", repositories, given.repository),
    ),
  );
}

/**
 * The container as the model has it. That probes and secrets are of one kind each is a rule of the model.
 *
 * @param urlOf URL of a repository by its key
 */
export function containerOf(
  settings: Pick<ContainerSettings, "name" | "image">,
  urlOf: (repository: string) => string,
): TaskContainer {
  const { image: given } = settings;
  const name = typeof given === "string" ? given : `${urlOf(given.repository)}:${given.tag}`;
  return { ...settings, image: name } as TaskContainer;
}
