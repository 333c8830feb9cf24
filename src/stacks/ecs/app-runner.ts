import { TerraformOutput } from "cdktf";
import { AppRunnerService } from "../../constructs/serverless/app-runner-service";
import { type AppRunnerSettings, appRunnerOptions, appRunnerServiceName } from "../../settings/ecs/app-runner";
import { addOutput } from "../in-cluster/output";
import { byKey, type EcsContext, pick } from "./context";

/** Services of App Runner. */
export function addAppRunner(context: EcsContext): void {
  const { stack, ecs } = context;
  const services = byKey(ecs.appRunner).map(([key, settings]) => [key, addService(context, key, settings)] as const);
  addOutput(
    stack,
    "app_runner_urls",
    "Where the services of App Runner answer, by key",
    Object.fromEntries(services.map(([key, { domainName }]) => [key, `https://${domainName}/`])),
  );
  const records = services.flatMap(([, service]) =>
    service.domainNames.map((domain) => [domain, service.validationRecords(domain)] as const),
  );
  if (records.length > 0) {
    new TerraformOutput(stack, "app_runner_validation_records", {
      description: "Records that App Runner has to find in DNS before it serves a domain, by domain",
      value: Object.fromEntries(records),
    });
  }
}

function addService(context: EcsContext, key: string, settings: AppRunnerSettings): AppRunnerService {
  const { stack, vpc, zones, repositories = {}, repositoryUrls, webAclArn: ours } = context;
  const { domains = {}, webAcl = false, webAclArn, policy = [], container } = settings;
  const options = appRunnerOptions(settings, (repository) => pick("repository", repositoryUrls, repository));
  const aclArn = webAcl ? ours : webAclArn;
  const service = new AppRunnerService(stack, `app-runner-${key}`, {
    ...options,
    serviceName: appRunnerServiceName(context.settings.name, key, settings),
    ...(vpc === undefined ? {} : { vpc }),
    ...(typeof container.image === "string"
      ? {}
      : { repository: pick("repository", repositories, container.image.repository) }),
    ...(aclArn === undefined ? {} : { webAclArn: aclArn }),
    domains: Object.fromEntries(
      byKey(domains).map(([domain, { zone, ...rest }]) => [
        domain,
        { ...rest, ...(zone === undefined ? {} : { zone: pick("hosted zone", zones, zone) }) },
      ]),
    ),
  });
  if (policy.length > 0) {
    service.grant("settings", policy);
  }
  return service;
}
