import { ownValue } from "../../model/own-value";
import { type Problem, problemAt, quote, quoteAll } from "../../model/problem";
import { usedTaskKeys } from "../../model/task-workflow-steps";
import { runnableTask } from "./run-task";
import type { EcsSettings } from "./schema";
import type { ServiceSettings } from "./service-schema";
import { definitionOf } from "./workflows";

/** Features whose tasks may call services. */
const CALLERS = ["services", "queueWorkers", "scheduledTasks", "eventTasks", "workflows"] as const;

export type CallerFeature = (typeof CALLERS)[number];

/** The features that have something of that key. */
export function featuresOf({ ecs }: Pick<EcsSettings, "ecs">, key: string): CallerFeature[] {
  return CALLERS.filter((feature) => Object.hasOwn(ecs[feature] ?? {}, key));
}

/** What is wrong with who may call a service. */
export function allowFromProblems(settings: EcsSettings, key: string, service: ServiceSettings): Problem[] {
  return Object.entries(service.allowFrom ?? {}).flatMap(([caller, ports]) => [
    ...problemAt(["allowFrom", caller], callerProblem(settings, caller) ?? sharedProblem(settings, key, caller)),
    ...ports.flatMap((port, index) =>
      problemAt(
        ["allowFrom", caller, index],
        !Number.isInteger(port) || port < 1 || port > 65_535 || ports.indexOf(port) !== index
          ? `'allowFrom' must hold ports from 1 to 65535, each once, got ${quote(port)} for ${quote(caller)}`
          : caller === key && reachesItself(service, port)
            ? `'allowFrom' lets tasks of ${quote(key)} call each other at port ${port}, as 'egress' with 'self' does already, and AWS takes each rule once; leave one of them out`
            : undefined,
      ),
    ),
  ]);
}

function callerProblem(settings: EcsSettings, caller: string): string | undefined {
  const features = featuresOf(settings, caller);
  const there = CALLERS.flatMap((feature) => Object.keys(settings.ecs[feature] ?? {}));
  return features.length === 0
    ? `'allowFrom' must name something of ${CALLERS.map((feature) => `'${feature}'`).join(", ")} (${quoteAll([...new Set(there)])}), got ${quote(caller)}`
    : features.length > 1
      ? `'allowFrom' must name one thing alone, and ${quote(caller)} is a key of ${features.map((feature) => `'${feature}'`).join(" and ")}; rename one of them`
      : undefined;
}

function sharedProblem(settings: EcsSettings, key: string, caller: string): string | undefined {
  const shared = !hasOwnNetwork(settings, "services", key)
    ? key
    : featuresOf(settings, caller).some((feature) => !hasOwnNetwork(settings, feature, caller))
      ? caller
      : undefined;
  return shared === undefined
    ? undefined
    : `'allowFrom' opens the security group of a service's tasks to that of others, and those of ${quote(shared)} have their instance's; choose 'networkMode' "awsvpc" of its task definition, or leave ${quote(caller)} out`;
}

/** Whether there is a security group of its own. Task definitions that are not there are told elsewhere. */
function hasOwnNetwork(settings: EcsSettings, feature: CallerFeature, key: string): boolean {
  const tasks = taskDefinitionsOf(settings, feature, key).flatMap((name) => runnableTask(settings, name) ?? []);
  return tasks.length === 0 || tasks.some(({ ownNetworkInterface }) => ownNetworkInterface);
}

function taskDefinitionsOf({ ecs }: EcsSettings, feature: CallerFeature, key: string): string[] {
  switch (feature) {
    case "services":
      return [ownValue(ecs.services ?? {}, key)?.taskDefinition ?? key];
    case "queueWorkers":
      return [];
    case "scheduledTasks":
      return [ownValue(ecs.scheduledTasks ?? {}, key)?.taskDefinition ?? key];
    case "eventTasks":
      return Object.values(ownValue(ecs.eventTasks ?? {}, key)?.tasks ?? {}).map(
        ({ taskDefinition }) => taskDefinition,
      );
    case "workflows": {
      const workflow = ownValue(ecs.workflows ?? {}, key);
      return workflow === undefined ? [] : [...usedTaskKeys(definitionOf(workflow))];
    }
  }
}

function reachesItself({ egress = {} }: ServiceSettings, tcpPort: number): boolean {
  return Object.values(egress).some(({ self = false, protocol = "tcp", port }) => {
    const { from, to } = typeof port === "number" ? { from: port, to: port } : (port ?? { from: 0, to: 65_535 });
    return self && protocol === "tcp" && from === tcpPort && to === tcpPort;
  });
}
