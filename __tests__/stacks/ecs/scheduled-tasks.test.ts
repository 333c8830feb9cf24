import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { SchedulerScheduleGroup } from "@cdktf/provider-aws/lib/scheduler-schedule-group";
import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import { parseEcsSettings } from "../../../src/settings/load";
import { EcsStack } from "../../../src/stacks/ecs-stack";
import { addresses, appInMemory, resource, resources, synth } from "../../support/stack";

const synthesized = (ecs: string) =>
  synth(
    new EcsStack(
      appInMemory(),
      "shop-ecs",
      parseEcsSettings(
        `name: shop
region: eu-west-1
account: "111122223333"
network: { zones: [eu-west-1a, eu-west-1b], nat: single, natZone: eu-west-1a }
ecs:
  taskDefinitions:
    report: { containers: [{ name: report, image: "registry.example.com/report:1", cpu: 250m, memory: 512Mi }] }
${ecs}`,
        "ecs.yaml",
      ),
    ),
  );

const outputs = (text: string) => (JSON.parse(text) as { output: Record<string, { value: unknown }> }).output;

describe("what runs tasks, in a stack", () => {
  test("may lie in a group of schedules that is there already", () => {
    const text = synthesized(`  scheduledTasks:
    nightly: { taskDefinition: report, schedule: rate(1 day), group: default }
  workflows:
    month-end:
      steps: [{ name: Report, task: report }]
      schedules: { monthly: { schedule: rate(30 days), group: billing } }
`);
    expect(resources(text, SchedulerScheduleGroup)).toEqual({});
    expect(resource(text, SchedulerSchedule, "scheduled-task-nightly_schedule").group_name).toBe("default");
    expect(resource(text, SchedulerSchedule, "workflow-month-end_schedule-monthly_schedule").group_name).toBe(
      "billing",
    );
  });

  test("is a schedule, with a queue that is told", () => {
    const text = synthesized(`  scheduledTasks:
    nightly: { taskDefinition: report, schedule: cron(30 2 * * ? *) }
    hourly: { taskDefinition: report, schedule: rate(1 hour), deadLetters: false }
`);
    expect(resource(text, SchedulerSchedule, "scheduled-task-nightly_schedule")).toMatchObject({
      name: "shop-nightly",
      target: { ecs_parameters: { task_definition_arn: "${aws_ecs_task_definition.task-report_task-definition.arn}" } },
    });
    expect(outputs(text).scheduled_task_dead_letter_queue_urls?.value).toEqual({
      nightly: "${aws_sqs_queue.scheduled-task-nightly_schedule_dead-letters_queue.url}",
    });
  });

  test("is a rule, with a queue that is told", () => {
    const text = synthesized(`  eventTasks:
    uploaded:
      pattern: { source: [aws.s3] }
      tasks: { import: { taskDefinition: report, containers: { report: { environment: { KEY: { from: detail.object.key } } } } } }
`);
    expect(resource(text, CloudwatchEventTarget)).toMatchObject({
      rule: "shop-uploaded",
      input_transformer: { input_paths: { detail_object_key: "$.detail.object.key" } },
    });
    expect(outputs(text).event_task_dead_letter_queue_urls?.value).toEqual({
      uploaded: "${aws_sqs_queue.event-task-uploaded_rule_dead-letters_queue.url}",
    });
  });

  test("is a workflow with what starts it, whose ARN is told", () => {
    const text = synthesized(`  workflows:
    month-end:
      steps: [{ name: Load, task: report }]
      schedules: { monthly: { schedule: cron(0 4 1 * ? *) } }
      events: { closed: { pattern: { source: [shop.books] }, deadLetters: false } }
`);
    expect(resource(text, SfnStateMachine).name).toBe("shop-month-end");
    expect(Object.keys(resources(text, SchedulerSchedule))).toEqual(["workflow-month-end_schedule-monthly_schedule"]);
    expect(Object.keys(resources(text, CloudwatchEventTarget))).toEqual([
      "workflow-month-end_event-closed_target-workflow",
    ]);
    expect(outputs(text).state_machine_arns?.value).toEqual({
      "month-end": "${aws_sfn_state_machine.workflow-month-end_state-machine.arn}",
    });
    expect(outputs(text).workflow_dead_letter_queue_urls?.value).toEqual({
      "month-end/monthly": "${aws_sqs_queue.workflow-month-end_schedule-monthly_dead-letters_queue.url}",
    });
  });

  test("keeps its addresses whatever stands beside it, in whatever order", () => {
    const a = "    a: { taskDefinition: report, schedule: rate(1 day) }\n";
    const b = "    b: { taskDefinition: report, schedule: rate(1 day) }\n";
    const one = synthesized(`  scheduledTasks:\n${b}`);
    expect(synthesized(`  scheduledTasks:\n${a}${b}`)).toBe(synthesized(`  scheduledTasks:\n${b}${a}`));
    expect(addresses(synthesized(`  scheduledTasks:\n${a}${b}`))).toEqual(expect.arrayContaining(addresses(one)));
  });
});
