import * as v from "valibot";
import { type AlarmsOptions, alarmsProblems, plannedAlarms } from "../../model/alarms";
import { ALARM_ARNS } from "../../model/arn-places";
import { nameProblem, names } from "../../model/names";
import { arnPlaceProblems } from "../../model/place";
import type { Problem } from "../../model/problem";
import { regionProblem } from "../../model/regions";
import { described, names as texts } from "../pieces";
import type { Settings } from "../schema";

const alarm = (description: string) =>
  v.exactOptional(
    described(
      v.union([
        v.literal(false),
        v.strictObject({
          threshold: v.exactOptional(v.number()),
          minutes: v.exactOptional(described(v.number(), "For how long.")),
        }),
      ]),
      description,
    ),
  );

export const alarmsSchema = described(
  v.strictObject({
    topicArns: v.exactOptional(described(texts, "SNS topics that hear of it, five at most. Default: none.")),
    containerInsights: v.exactOptional(
      described(v.boolean(), "Whether metrics of pods are published. Default: whether there is 'containerInsights'."),
    ),
    apiServerErrors: alarm("Percent of requests that the API server fails. Default: 1 for 15 minutes."),
    apiServerLatency: alarm("Seconds that one in a hundred requests takes. Default: 1 for 15 minutes."),
    collector: alarm("Data points of pods in 5 minutes, below which metrics are missing. Default: 1 for 15 minutes."),
    fargateQuota: alarm("Percent of the account's vCPUs on Fargate. Default: 80 for 15 minutes."),
    podCpu: alarm("Percent of the busiest pod's CPU. Default: 90 for 15 minutes."),
    podMemory: alarm("Percent of the fullest pod's memory. Default: 90 for 10 minutes."),
    stateSize: alarm("GiB of the cluster's database. Default: 6 for 15 minutes."),
    unschedulablePods: alarm("Pods that find no place. Default: 0 for 15 minutes."),
  }),
  "Alarms of CloudWatch; {} for all of them, false in place of one.",
);

/** The alarms of the settings: those of pods only where their metrics are published. */
export function alarmsOf({ inCluster = {} }: Settings): AlarmsOptions {
  return { containerInsights: inCluster.containerInsights !== undefined, ...inCluster.alarms };
}

/** What is wrong with the alarms. */
export function alarmsSettingsProblems(settings: Settings): Problem[] {
  const { region, account } = settings;
  const options = alarmsOf(settings);
  const malformed = plannedAlarms(settings.name, options).flatMap(
    ({ slug }) => nameProblem("alarm", names.alarm(settings.name, slug), "choose a shorter 'name'") ?? [],
  );
  return [
    ...alarmsProblems(options),
    // Of a Region that is none, nothing follows.
    ...(regionProblem(region) === undefined ? arnPlaceProblems(options, ALARM_ARNS, { region, account }) : []),
    ...malformed.map((message) => ({ at: [], message })),
  ];
}
