import { tellExample } from "../support/example";
import { setStage } from "../support/story";
import { Terraform } from "../support/terraform";

type Answer = Readonly<Record<string, unknown>>;

tellExample("ecs-batch", {
  main: "aws_sfn_state_machine.month-end_state-machine",

  meanwhile: (stage) => {
    test("runs the report at night in Berlin, on Spot, and keeps what could not be started", async () => {
      const schedule = await get(stage.emulator.url, "scheduler", "/schedules/books-nightly-report?groupName=books");
      expect(schedule).toMatchObject({
        ScheduleExpression: "cron(30 2 ? * TUE-SAT *)",
        ScheduleExpressionTimezone: "Europe/Berlin",
        FlexibleTimeWindow: { Mode: "FLEXIBLE", MaximumWindowInMinutes: 30 },
        State: "ENABLED",
        Target: {
          Arn: "arn:aws:ecs:eu-west-1:111122223333:cluster/books",
          RoleArn: "arn:aws:iam::111122223333:role/books-nightly-report-schedule",
          RetryPolicy: { MaximumEventAgeInSeconds: 14_400, MaximumRetryAttempts: 185 },
          DeadLetterConfig: { Arn: "arn:aws:sqs:eu-west-1:111122223333:books-nightly-report-schedule-dead-letters" },
          EcsParameters: {
            TaskDefinitionArn: expect.stringMatching(/:task-definition\/books-report:\d+$/),
            TaskCount: 1,
            CapacityProviderStrategy: [expect.objectContaining({ capacityProvider: "FARGATE_SPOT", weight: 1 })],
            NetworkConfiguration: { awsvpcConfiguration: { AssignPublicIp: "DISABLED" } },
            PropagateTags: "TASK_DEFINITION",
          },
        },
      });
      expect((schedule.Target as { EcsParameters: object }).EcsParameters).not.toHaveProperty("LaunchType");
    });

    test("keeps it encrypted, and takes it over TLS alone", async () => {
      const QueueUrl = `${stage.emulator.url}/111122223333/books-nightly-report-schedule-dead-letters`;
      const { Attributes } = await post(stage.emulator.url, "sqs", "AmazonSQS.GetQueueAttributes", {
        QueueUrl,
        AttributeNames: ["All"],
      });
      expect(Attributes).toMatchObject({ SqsManagedSseEnabled: "true", MessageRetentionPeriod: "1209600" });
      expect(String((Attributes as Answer).Policy)).toContain("aws:SecureTransport");
    });

    test("imports a file with its bucket and key in the environment", async () => {
      const { Targets } = await post(stage.emulator.url, "events", "AWSEvents.ListTargetsByRule", {
        Rule: "books-uploaded",
      });
      expect(Targets).toEqual([
        expect.objectContaining({
          Id: "import",
          Arn: "arn:aws:ecs:eu-west-1:111122223333:cluster/books",
          DeadLetterConfig: { Arn: "arn:aws:sqs:eu-west-1:111122223333:books-uploaded-event-dead-letters" },
          InputTransformer: {
            InputPathsMap: { detail_bucket_name: "$.detail.bucket.name", detail_object_key: "$.detail.object.key" },
            InputTemplate: expect.stringContaining('{"name":"OBJECT_KEY","value":"<detail_object_key>"}'),
          },
        }),
      ]);
    });

    test("closes the books in steps that Step Functions found sound, from the first of each month", async () => {
      const { definition, tracingConfiguration, loggingConfiguration } = await post(
        stage.emulator.url,
        "states",
        "AWSStepFunctions.DescribeStateMachine",
        { stateMachineArn: "arn:aws:states:eu-west-1:111122223333:stateMachine:books-month-end" },
      );
      expect(tracingConfiguration).toEqual({ enabled: true });
      expect(loggingConfiguration).toMatchObject({ level: "ALL" });
      expect(loggingConfiguration).not.toMatchObject({ includeExecutionData: true });
      expect(Object.keys((JSON.parse(String(definition)) as { States: object }).States)).toEqual([
        "Collect",
        "Reconcile",
        "Report",
        "Tell",
        "Failed",
      ]);
      expect((await stage.emulator.calls("states")).map(({ action }) => action)).toContain(
        "ValidateStateMachineDefinition",
      );
      const start = await get(stage.emulator.url, "scheduler", "/schedules/books-month-end-monthly?groupName=books");
      expect(start).toMatchObject({
        ScheduleExpression: "cron(0 4 1 * ? *)",
        Target: { Input: '{"scheduledTime":"<aws.scheduler.scheduled-time>"}' },
      });
    });
  },
});

describe("a workflow", () => {
  const stage = setStage();
  let terraform: Terraform;

  test("applies, after which a second plan has no changes", async () => {
    terraform = new Terraform(await stage.workspace.synthesizeProgram("workflow"), stage.emulator);
    await terraform.init();
    await terraform.apply();
    expect(await terraform.plan()).toEqual([]);
  });

  test("gets a step in the middle, and nothing else changes", async () => {
    await stage.workspace.synthesizeProgram("workflow", { WORKFLOW_LATER: "1" });
    expect(await terraform.plan()).toEqual([
      { address: "aws_sfn_state_machine.close_state-machine", actions: ["update"] },
    ]);
    await terraform.apply();
    expect(await terraform.plan()).toEqual([]);
  });

  test("is destroyed with nothing left", async () => {
    await terraform.destroy();
    expect(await stage.emulator.leftovers()).toEqual({});
  });
});

/** What a service answers that has paths for its actions. */
async function get(url: string, service: string, path: string): Promise<Answer> {
  return answerTo(`${url}${path}`, service, { method: "GET" });
}

/** What a service answers that has names for its actions. */
async function post(url: string, service: string, target: string, request: Answer): Promise<Answer> {
  return answerTo(url, service, {
    method: "POST",
    body: JSON.stringify(request),
    headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": target },
  });
}

async function answerTo(url: string, service: string, request: RequestInit): Promise<Answer> {
  const credential = `Credential=test/20261121/eu-west-1/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=test`;
  const response = await fetch(url, { ...request, headers: { ...request.headers, authorization } });
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
}
