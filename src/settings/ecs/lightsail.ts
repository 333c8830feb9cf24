import * as v from "valibot";
import { type LightsailOptions, lightsailNameProblem, lightsailProblems as modelProblems } from "../../model/lightsail";
import { LIGHTSAIL_POWER_NAMES } from "../../model/lightsail-powers";
import { names } from "../../model/names";
import { ownValue } from "../../model/own-value";
import { type Problem, problemAt, under } from "../../model/problem";
import { partitionProblem } from "../../model/regional-services";
import { described, text, names as texts } from "../pieces";
import { containerEntries, containerOf, imageRepositoryProblems } from "./containers";
import type { EcsSettings } from "./schema";

const service = v.strictObject({
  serviceName: v.exactOptional(
    described(text, "1 to 63 characters. Default: the name of the settings, - and the key."),
  ),
  containers: described(v.array(v.strictObject(containerEntries)), "1 to 10 containers, which share each node."),
  power: v.exactOptional(
    described(v.picklist(LIGHTSAIL_POWER_NAMES), "What a node has. Default: the smallest for the containers."),
  ),
  scale: v.exactOptional(described(v.number(), "Nodes, 1 to 20. Default: 2.")),
  publicEndpoint: v.exactOptional(
    described(
      v.union([
        v.literal(false),
        v.strictObject({
          container: v.exactOptional(described(text, "Name of the container. Default: the only one.")),
          port: v.exactOptional(described(text, "Name of its port. Default: its only one.")),
        }),
      ]),
      "The port that everybody reaches, or false for none. Default: the only port of the only container.",
    ),
  ),
  certificate: v.exactOptional(
    described(
      v.strictObject({
        domainName: text,
        subjectAlternativeNames: v.exactOptional(texts),
        attached: v.exactOptional(
          described(v.boolean(), "Whether the service answers by its domains; once it is valid. Default: false."),
        ),
      }),
      "A certificate for domains of its own.",
    ),
  ),
  disabled: v.exactOptional(described(v.boolean(), "Whether its containers are stopped. Default: false.")),
});

export const lightsailSchema = described(v.record(text, service), "Container services of Amazon Lightsail, by name.");

export type LightsailSettings = v.InferOutput<typeof service>;

/** Name of the service. */
export function lightsailServiceName(app: string, key: string, { serviceName }: LightsailSettings): string {
  return serviceName ?? names.lightsailService(app, key);
}

/**
 * The options as the model has them.
 *
 * @param urlOf URL of a repository by its key
 */
export function lightsailOptions(
  { containers, serviceName: _, ...options }: LightsailSettings,
  urlOf: (repository: string) => string,
): LightsailOptions {
  return { ...options, containers: containers.map((container) => containerOf(container, urlOf)) };
}

/** The repositories that its images name, by key. */
export function lightsailRepositories({ containers }: LightsailSettings): string[] {
  const keys = containers.flatMap(({ image }) => (typeof image === "string" ? [] : [image.repository]));
  return [...new Set(keys)].sort();
}

/** What is wrong with them, seen from 'ecs'. */
export function lightsailProblems(settings: EcsSettings): Problem[] {
  return under("lightsail", [
    ...Object.entries(settings.ecs.lightsail ?? {}).flatMap(([key, each]) =>
      under(key, problemsOf(settings, key, each)),
    ),
    ...repositoryPolicyProblems(settings),
  ]);
}

const SOME_REPOSITORY = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/repository";

function problemsOf({ name, region, ecs }: EcsSettings, key: string, each: LightsailSettings): Problem[] {
  return [
    ...problemAt(
      each.serviceName === undefined ? [] : ["serviceName"],
      lightsailNameProblem(lightsailServiceName(name, key, each)),
    ),
    ...problemAt([], partitionProblem("Lightsail", region)),
    ...modelProblems(lightsailOptions(each, () => SOME_REPOSITORY)),
    ...under("containers", imageRepositoryProblems(each.containers, ecs.repositories)),
  ];
}

/** A repository has one policy, and a service that pulls from it needs it for itself. */
function repositoryPolicyProblems({ ecs: { lightsail = {}, repositories = {} } }: EcsSettings): Problem[] {
  const users = Object.entries(lightsail).flatMap(([key, each]) =>
    lightsailRepositories(each).map((repository) => ({ key, repository })),
  );
  return users.flatMap(({ key, repository }, index) => {
    const first = users.findIndex((other) => other.repository === repository);
    const { pullAccounts = [], pullOrganizations = [] } = ownValue(repositories, repository) ?? {};
    return problemAt(
      [key],
      first < index
        ? `services "${users[first]?.key}" and "${key}" of Lightsail both pull from repository "${repository}", whose one policy lets one of them in; give each a repository of its own`
        : pullAccounts.length + pullOrganizations.length > 0
          ? `repository "${repository}" has a policy for 'pullAccounts' or 'pullOrganizations', and Lightsail needs its one policy to pull; give the service a repository of its own`
          : undefined,
    );
  });
}
