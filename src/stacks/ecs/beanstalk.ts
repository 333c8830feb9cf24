import { BeanstalkContainerApp } from "../../constructs/serverless/beanstalk-container-app";
import { type BeanstalkSettings, beanstalkNames, beanstalkOptions } from "../../settings/ecs/beanstalk";
import { addOutput } from "../in-cluster/output";
import { byKey, clusterOf, type EcsContext, pick } from "./context";
import { grantCachedPulls } from "./repositories";

/** Applications of Elastic Beanstalk. */
export function addBeanstalk(context: EcsContext): void {
  const apps = byKey(context.ecs.beanstalk).map(([key, settings]) => [key, addApp(context, key, settings)] as const);
  addOutput(
    context.stack,
    "beanstalk_domains",
    "Domains of the Elastic Beanstalk environments, by key",
    Object.fromEntries(apps.map(([key, { domainName }]) => [key, domainName])),
  );
}

function addApp(context: EcsContext, key: string, settings: BeanstalkSettings): BeanstalkContainerApp {
  const { certificate, policy = [] } = settings;
  const options = beanstalkOptions(settings, (repository) => pick("repository", context.repositoryUrls, repository));
  const app = new BeanstalkContainerApp(context.stack, `beanstalk-${key}`, {
    ...options,
    ...beanstalkNames(context.settings.name, key, settings),
    vpc: context.vpc ?? clusterOf(context).vpc,
    ...(certificate === undefined ? {} : { certificateArn: pick("certificate", context.certificateArns, certificate) }),
  });
  grantCachedPulls(
    context,
    options.containers.map(({ image }) => image),
    (pull, statements) => app.grant(pull, statements),
  );
  if (policy.length > 0) {
    app.grant("settings", policy);
  }
  return app;
}
