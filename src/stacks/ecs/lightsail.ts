import { TerraformOutput } from "cdktf";
import { LightsailContainerService } from "../../constructs/serverless/lightsail-container-service";
import {
  type LightsailSettings,
  lightsailOptions,
  lightsailRepositories,
  lightsailServiceName,
} from "../../settings/ecs/lightsail";
import { addOutput } from "../in-cluster/output";
import { byKey, type EcsContext, pick } from "./context";

/** Container services of Lightsail. */
export function addLightsail(context: EcsContext): void {
  const { stack, ecs } = context;
  const services = byKey(ecs.lightsail).map(([key, settings]) => [key, addService(context, key, settings)] as const);
  addOutput(
    stack,
    "lightsail_urls",
    "Where the services of Lightsail answer, by key",
    Object.fromEntries(services.map(([key, { url }]) => [key, url])),
  );
  const records = services.flatMap(([key, { validationRecords }]) =>
    validationRecords === undefined ? [] : [[key, validationRecords] as const],
  );
  if (records.length > 0) {
    new TerraformOutput(stack, "lightsail_validation_records", {
      description: "Records that Lightsail has to find in DNS before a certificate is valid, by key",
      value: Object.fromEntries(records),
    });
  }
}

function addService(context: EcsContext, key: string, settings: LightsailSettings): LightsailContainerService {
  const { stack, repositories = {}, repositoryUrls } = context;
  return new LightsailContainerService(stack, `lightsail-${key}`, {
    ...lightsailOptions(settings, (repository) => pick("repository", repositoryUrls, repository)),
    serviceName: lightsailServiceName(context.settings.name, key, settings),
    repositories: Object.fromEntries(
      lightsailRepositories(settings).map((repository) => [repository, pick("repository", repositories, repository)]),
    ),
  });
}
