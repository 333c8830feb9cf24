import { tellExample } from "../support/example";
import type { Stage } from "../support/story";

/** Content type and first half of the target by which the services are asked. */
const SERVICES = {
  "application-autoscaling": ["application/x-amz-json-1.1", "AnyScaleFrontendService"],
  ecs: ["application/x-amz-json-1.1", "AmazonEC2ContainerServiceV20141113"],
  sqs: ["application/x-amz-json-1.0", "AmazonSQS"],
} as const;

/** An answer of AWS in the emulated account. */
async function ask<T>(stage: Stage, service: keyof typeof SERVICES, action: string, request: object): Promise<T> {
  const [contentType, target] = SERVICES[service];
  const response = await fetch(stage.emulator.url, {
    method: "POST",
    headers: {
      "Content-Type": contentType,
      "X-Amz-Target": `${target}.${action}`,
      Authorization: `AWS4-HMAC-SHA256 Credential=test/20261121/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=test`,
    },
    body: JSON.stringify(request),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}

interface Policy {
  readonly PolicyName: string;
  readonly PolicyType: string;
  readonly TargetTrackingScalingPolicyConfiguration?: object;
  readonly StepScalingPolicyConfiguration?: object;
}

interface Attributes {
  readonly Attributes: Readonly<Record<string, string>>;
}

interface Messages {
  readonly Messages?: readonly { readonly Body: string }[];
}

tellExample("ecs-worker", {
  main: "aws_ecs_cluster.cluster",

  meanwhile: (stage) => {
    const target = { ServiceNamespace: "ecs", ResourceId: "service/press/press-pictures" };
    const url = (name: string) => `${stage.emulator.url}/111122223333/${name}`;
    const attributes = async (name: string) =>
      (await ask<Attributes>(stage, "sqs", "GetQueueAttributes", { QueueUrl: url(name), AttributeNames: ["All"] }))
        .Attributes;
    const receive = (name: string) =>
      ask<Messages>(stage, "sqs", "ReceiveMessage", { QueueUrl: url(name), VisibilityTimeout: 0, WaitTimeSeconds: 0 });

    test("keeps the backlog of each task at what may wait five minutes", async () => {
      const { ScalingPolicies } = await ask<{ ScalingPolicies: Policy[] }>(
        stage,
        "application-autoscaling",
        "DescribeScalingPolicies",
        target,
      );
      const policies = new Map(ScalingPolicies.map((policy) => [policy.PolicyName, policy]));
      expect([...policies.keys()].sort()).toEqual(["press-pictures-backlog", "press-pictures-from-zero-above"]);
      const metric = (id: string, Namespace: string, MetricName: string, Stat: string, dimensions: object) => ({
        Id: id,
        ReturnData: false,
        MetricStat: {
          Stat,
          Metric: {
            Namespace,
            MetricName,
            Dimensions: expect.arrayContaining(Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }))),
          },
        },
      });
      expect(policies.get("press-pictures-backlog")?.TargetTrackingScalingPolicyConfiguration).toMatchObject({
        TargetValue: 15,
        CustomizedMetricSpecification: {
          // Terraform has them as a set.
          Metrics: expect.arrayContaining([
            metric("running", "ECS/ContainerInsights", "RunningTaskCount", "Average", {
              ClusterName: "press",
              ServiceName: "press-pictures",
            }),
            metric("visible", "AWS/SQS", "ApproximateNumberOfMessagesVisible", "Maximum", {
              QueueName: "press-pictures",
            }),
            {
              Id: "result",
              Expression: "IF(running > 0, visible / running, visible)",
              Label: "Backlog per task",
              ReturnData: true,
            },
          ]),
        },
      });
      expect(policies.get("press-pictures-from-zero-above")?.StepScalingPolicyConfiguration).toMatchObject({
        AdjustmentType: "ChangeInCapacity",
        StepAdjustments: expect.arrayContaining([
          { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 29, ScalingAdjustment: 1 },
          { MetricIntervalLowerBound: 479, ScalingAdjustment: 32 },
        ]),
      });
    });

    test("runs none at night and up to forty, the most of them on Spot", async () => {
      const { ScalableTargets } = await ask<{ ScalableTargets: object[] }>(
        stage,
        "application-autoscaling",
        "DescribeScalableTargets",
        { ServiceNamespace: "ecs", ResourceIds: [target.ResourceId] },
      );
      expect(ScalableTargets).toMatchObject([{ MinCapacity: 0, MaxCapacity: 40 }]);
      const { services } = await ask<{ services: object[] }>(stage, "ecs", "DescribeServices", {
        cluster: "press",
        services: ["press-pictures"],
      });
      expect(services).toMatchObject([
        {
          desiredCount: 0,
          capacityProviderStrategy: expect.arrayContaining([
            { capacityProvider: "FARGATE", base: 1, weight: 1 },
            // No base is none.
            { capacityProvider: "FARGATE_SPOT", weight: 4 },
          ]),
        },
      ]);
    });

    test("keeps messages encrypted, and those that were given up for longer", async () => {
      const queue = await attributes("press-pictures");
      expect(queue).toMatchObject({
        VisibilityTimeout: "180",
        MessageRetentionPeriod: "345600",
        ReceiveMessageWaitTimeSeconds: "20",
        MaximumMessageSize: "1048576",
        SqsManagedSseEnabled: "true",
      });
      expect(JSON.parse(queue.RedrivePolicy ?? "")).toEqual({
        deadLetterTargetArn: "arn:aws:sqs:eu-west-1:111122223333:press-pictures-dead-letters",
        maxReceiveCount: 4,
      });
      const deadLetters = await attributes("press-pictures-dead-letters");
      expect(deadLetters).toMatchObject({ MessageRetentionPeriod: "1209600", SqsManagedSseEnabled: "true" });
      expect(JSON.parse(deadLetters.RedriveAllowPolicy ?? "")).toEqual({
        redrivePermission: "byQueue",
        sourceQueueArns: ["arn:aws:sqs:eu-west-1:111122223333:press-pictures"],
      });
      for (const { Policy } of [queue, deadLetters]) {
        expect(JSON.parse(Policy ?? "")).toMatchObject({
          Statement: [{ Effect: "Deny", Action: "sqs:*", Condition: { Bool: { "aws:SecureTransport": "false" } } }],
        });
      }
    });

    test("gives a message up after four tries", async () => {
      await ask(stage, "sqs", "SendMessage", { QueueUrl: url("press-pictures"), MessageBody: "picture" });
      for (let tries = 0; tries < 4; tries++) {
        expect((await receive("press-pictures")).Messages).toMatchObject([{ Body: "picture" }]);
      }
      expect((await receive("press-pictures")).Messages ?? []).toEqual([]);
      expect((await receive("press-pictures-dead-letters")).Messages).toMatchObject([{ Body: "picture" }]);
    });
  },
});
