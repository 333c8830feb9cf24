/** Tasks that work off a queue: mostly on Spot, as many as the backlog is worth, none when there is nothing to do. */
import { App, TerraformOutput } from "cdktf";
import { PlatformStack, synthesize, Vpc } from "cdktf-eks-fargate";
import { EcsCluster, FargateService, FargateTaskDefinition, QueueWorker } from "cdktf-eks-fargate/ecs";

const REGISTRY = "111122223333.dkr.ecr.eu-west-1.amazonaws.com";

synthesize(() => {
  const app = new App();
  const stack = new PlatformStack(app, "ecs-worker", { region: "eu-west-1", backend: { type: "local" } });

  const vpc = new Vpc(stack, "vpc", { name: "press", zones: ["eu-west-1a", "eu-west-1b"], nat: "single" });
  const cluster = new EcsCluster(stack, "cluster", { clusterName: "press", vpc });

  // A picture takes 20 seconds and should not wait longer than five minutes: 15 of them for each task.
  const pictures = new QueueWorker(stack, "pictures", {
    cluster,
    queue: {
      visibilityTimeoutInSeconds: 180,
      deadLetter: { maxReceiveCount: 4 },
      // An example has nothing to lose.
      deletionProtection: false,
    },
    containers: [
      {
        name: "worker",
        image: `${REGISTRY}/press/pictures:2.3.1`,
        cpu: "500m",
        memory: "1Gi",
        stopTimeoutInSeconds: 60,
      },
    ],
    scaling: {
      minimum: 0,
      maximum: 40,
      acceptableLatencyInSeconds: 300,
      averageProcessingTimeInSeconds: 20,
      // The editors come at seven, and nobody wants to wait for the first task then.
      schedules: {
        morning: { schedule: "cron(50 6 ? * MON-FRI *)", timeZone: "Europe/Berlin", minimum: 2 },
        evening: { schedule: "cron(0 20 ? * MON-FRI *)", timeZone: "Europe/Berlin", minimum: 0 },
      },
    },
    // The first task is there for sure; four in five of the others may be taken away at two minutes' notice.
    service: { capacity: { FARGATE: { base: 1, weight: 1 }, FARGATE_SPOT: { weight: 4 } } },
    alarms: { topicArns: ["arn:aws:sns:eu-west-1:111122223333:press-on-call"] },
  });

  const desk = new FargateTaskDefinition(stack, "desk-task", {
    cluster,
    containers: [
      {
        name: "desk",
        image: `${REGISTRY}/press/desk:5.0.2`,
        cpu: "250m",
        memory: "512Mi",
        environment: { PICTURES_QUEUE_URL: pictures.queue.queueUrl },
      },
    ],
  });
  pictures.queue.grantSend(desk);
  new FargateService(stack, "desk", {
    cluster,
    taskDefinition: desk,
    scaling: {
      minimum: 2,
      maximum: 6,
      targetTracking: { cpu: { metric: "cpu", target: 60 }, memory: { metric: "memory", target: 75 } },
    },
  });

  new TerraformOutput(stack, "pictures_queue_url", {
    description: "Where pictures are sent to",
    value: pictures.queue.queueUrl,
  });
  return app;
});
