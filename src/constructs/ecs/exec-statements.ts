import { quoteAll } from "../../model/problem";
import type { TaskContainer } from "../../model/task-container";
import type { PolicyStatement } from "../iam/policy-document";
import type { ExecLogging } from "./iecs-cluster";

/**
 * What a task role needs so that ECS Exec can open a shell: the channels of Session Manager, for which IAM knows no
 * narrower resource, the log group of the sessions and the key that encrypts them.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
 */
export function execStatements({ kmsKeyArn, logGroupArn }: ExecLogging): PolicyStatement[] {
  return [
    {
      sid: "Channels",
      actions: [
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ],
      resources: ["*"],
    },
    { sid: "LogGroups", actions: ["logs:DescribeLogGroups"], resources: ["*"] },
    {
      sid: "SessionLogs",
      actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      resources: [logGroupArn, `${logGroupArn}:*`],
    },
    { sid: "SessionKey", actions: ["kms:Decrypt"], resources: [kmsKeyArn] },
  ];
}

/** Where ECS Exec's agent writes. Source: github.com/aws/containers-roadmap, issue 1359. */
const AGENT_FOLDERS = ["/var/lib/amazon/ssm", "/var/log/amazon/ssm"];

/** Why a shell may not open in some of the containers, or `undefined`. */
export function execWarning(containers: readonly TaskContainer[]): string | undefined {
  const closed = containers.filter(
    ({ readOnlyRootFilesystem = true, mounts = {} }) =>
      readOnlyRootFilesystem && !AGENT_FOLDERS.every((folder) => isUnder(folder, Object.keys(mounts))),
  );
  return closed.length === 0
    ? undefined
    : `ECS Exec opens no shell in containers with a read-only root file system (${quoteAll(closed.map(({ name }) => name))}), as its agent writes to ${quoteAll(AGENT_FOLDERS)}; mount a 'bind' volume on each of the two, or give readOnlyRootFilesystem: false`;
}

function isUnder(folder: string, paths: readonly string[]): boolean {
  return paths.some((path) => folder === path || folder.startsWith(`${path.replace(/\/$/, "")}/`));
}
